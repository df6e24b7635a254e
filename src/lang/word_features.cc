// Hashes of forms, affixes and shapes. Doors: describe_words(), shape_of(), casing_of(), lower_case().
#include "lang/word_features.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/ascii.h"
#include "lang/feature_hash.h"

namespace legation {
namespace {

struct LetterCounts {
  std::uint32_t upper = 0, lower = 0, digits = 0, other_letters = 0, symbols = 0;
  bool first_upper = false;
  std::uint32_t letters() const { return upper + lower + other_letters; }
};

void count_wide(std::string_view form, std::size_t& at, LetterCounts& counts) {
  UChar32 c = 0;
  auto next = static_cast<std::int32_t>(at);
  U8_NEXT(form.data(), next, static_cast<std::int32_t>(form.size()), c);
  if (c >= 0 && u_isUUppercase(c))
    counts.first_upper |= at == 0, ++counts.upper;
  else if (c >= 0 && u_isULowercase(c))
    ++counts.lower;
  else if (c >= 0 && u_isalpha(c))
    ++counts.other_letters;
  else if (c >= 0 && u_isdigit(c))
    ++counts.digits;
  else
    ++counts.symbols;
  at = static_cast<std::size_t>(next);
}

LetterCounts count_letters(std::string_view form) {
  LetterCounts counts;
  for (std::size_t at = 0; at < form.size();) {
    const auto byte = static_cast<unsigned char>(form[at]);
    if (byte >= 0x80) {
      count_wide(form, at, counts);
      continue;
    }
    if (byte >= 'A' && byte <= 'Z')
      counts.first_upper |= at == 0, ++counts.upper;
    else if (byte >= 'a' && byte <= 'z')
      ++counts.lower;
    else if (byte >= '0' && byte <= '9')
      ++counts.digits;
    else
      ++counts.symbols;
    ++at;
  }
  return counts;
}

Shape shape_from(const LetterCounts& counts) {
  if (counts.digits > 0) return counts.letters() > 0 ? Shape::number_mixed : Shape::number;
  if (counts.letters() == 0) return Shape::punctuation;
  if (counts.other_letters > 0) return Shape::other;
  if (counts.upper == 0) return Shape::lower;
  if (counts.first_upper && counts.upper == 1) return Shape::capital;
  return counts.lower == 0 ? Shape::upper : Shape::mixed;
}

std::uint32_t affix(std::string_view lower, std::size_t size, bool from_end) {
  if (lower.size() < size) return 0;
  return hash_bytes(from_end ? lower.substr(lower.size() - size) : lower.substr(0, size));
}

bool contains(std::string_view form, char byte) { return form.find(byte) != std::string_view::npos; }

std::uint8_t packed_shape(std::string_view form, Shape shape, Casing casing) {
  const unsigned marks = (contains(form, '-') ? 64u : 0u) | (form.size() > 1 && form.back() == '.' ? 128u : 0u);
  return static_cast<std::uint8_t>(static_cast<unsigned>(shape) | static_cast<unsigned>(casing) << 3 | marks);
}

void describe(std::string_view form, Casing casing, std::string& lower, WordFeatures& out) {
  lower_case(form, lower);
  out.lower = hash_bytes(lower);
  for (std::size_t i = 0; i < 5; ++i) out.suffix[i] = affix(lower, i + 1, true);
  for (std::size_t i = 0; i < 3; ++i) out.prefix[i] = affix(lower, i + 1, false);
  out.shape = packed_shape(form, shape_of(form), casing);
}

}  // namespace

Shape shape_of(std::string_view form) { return shape_from(count_letters(form)); }

Casing casing_of(std::span<const Token> sentence) {
  std::uint32_t words = 0, upper = 0, capital = 0, long_lower = 0, lower = 0;
  for (const Token& token : sentence) {
    const Shape shape = shape_of(token.form);
    if (shape > Shape::mixed) continue;
    ++words;
    upper += shape == Shape::upper && token.form.size() > 1;
    capital += shape != Shape::lower;
    lower += shape == Shape::lower;
    long_lower += shape == Shape::lower && token.form.size() > 3;
  }
  if (words >= 3 && upper * 10 >= words * 7) return Casing::upper;
  if (words >= 4 && capital * 10 >= words * 5 && long_lower * 8 <= words) return Casing::title;
  if (words >= 4 && lower == words) return Casing::lower;
  return Casing::normal;
}

void lower_case(std::string_view form, std::string& out) {
  out.clear();
  for (std::int32_t at = 0, size = static_cast<std::int32_t>(form.size()); at < size;) {
    const auto byte = static_cast<unsigned char>(form[static_cast<std::size_t>(at)]);
    if (byte < 0x80) {
      out.push_back(ascii::to_lower(static_cast<char>(byte)));
      ++at;
      continue;
    }
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(form.data(), at, size, c);
    if (c < 0) {
      out.append(form.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
      continue;
    }
    // The typographic apostrophe is the plain one for every lookup.
    c = c == 0x2019 ? U'\'' : u_tolower(c);
    char bytes[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    out.append(bytes, static_cast<std::size_t>(length));
  }
}

std::string lower_case(std::string_view form) {
  std::string out;
  lower_case(form, out);
  return out;
}

void describe_words(std::span<const Token> sentence, std::span<WordFeatures> out) {
  const Casing casing = casing_of(sentence);
  std::string lower;
  for (std::size_t i = 0; i < sentence.size(); ++i) describe(sentence[i].form, casing, lower, out[i]);
}

}  // namespace legation
