// Which language a text is in. Only entry point: detect_language().
#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace legation {
namespace {

// The detector needs no more to be sure, and costs about a microsecond per 10 bytes.
constexpr std::size_t sample_bytes = 4096;
// Shorter texts in Latin letters are often names ("Angela Merkel, Berlin"): undecided.
constexpr int letters_min = 60;
constexpr int short_letters = 400;

std::string_view sample(std::string_view text) {
  if (text.size() <= sample_bytes) return text;
  std::size_t end = sample_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// Calls `use` for each word, as blanks divide them.
template <class Use>
void for_each_word(std::string_view text, Use use) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    if (end > at) use(text.substr(at, end - at));
    at = end + 1;
  }
}

bool is_english_function_word(std::string_view word) {
  static constexpr std::array<std::string_view, 16> words = {"the",  "The", "and",  "of",   "to",  "by",    "that", "with",
                                                             "from", "for", "said", "were", "has", "after", "are",  "is"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// True for a text in which one word in eight is such a word.
bool has_english_grammar(std::string_view text) {
  std::size_t all = 0, english = 0;
  for_each_word(text, [&](std::string_view word) {
    ++all;
    english += is_english_function_word(word);
  });
  return english >= 2 && english * 8 >= all;
}

/// The text without words that begin with a capital: in a short piece of news most of these are foreign
/// names.
std::string without_names(std::string_view text) {
  std::string rest;
  for_each_word(text, [&](std::string_view word) {
    if (ascii::is_upper(word[0])) return;
    rest.append(word).append(" ");
  });
  return rest;
}

bool is_real(CLD2::Language language) { return language != CLD2::UNKNOWN_LANGUAGE && language < CLD2::NUM_LANGUAGES; }

struct Guess {
  CLD2::Language top = CLD2::UNKNOWN_LANGUAGE;
  int percent = 0, english_percent = 0, letters = 0;
  bool reliable = false;
};

Guess make_guess(std::string_view text) {
  std::array<CLD2::Language, 3> languages;
  std::array<int, 3> percents;
  std::array<double, 3> scores;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  Guess guess;
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(), percents.data(), scores.data(), nullptr,
                                 &guess.letters, &guess.reliable);
  guess.top = languages[0];
  guess.percent = percents[0];
  for (std::size_t i = 0; i < 3; ++i) guess.english_percent += languages[i] == CLD2::ENGLISH ? percents[i] : 0;
  return guess;
}

bool names_misled(std::string_view text, CLD2::Language guessed) { return make_guess(without_names(text)).top != guessed; }

}  // namespace

Language detect_language(std::string_view text) {
  text = sample(text);
  const Guess guess = make_guess(text);
  Language result;
  if (!is_real(guess.top)) return result;
  const bool decided = guess.reliable && guess.letters >= letters_min && guess.percent >= 60;
  const bool other = guess.top != CLD2::ENGLISH && decided && guess.english_percent < 30;
  result.english = !other || has_english_grammar(text) || (guess.letters < short_letters && names_misled(text, guess.top));
  if (guess.top != CLD2::ENGLISH && result.english) return result;
  result.code = CLD2::LanguageCode(guess.top);
  result.percent = guess.percent;
  return result;
}

}  // namespace legation
