// Sounds of words and the comparison of names by them.
#include "entities/near_names.h"

#include <algorithm>
#include <array>

#include "entities/normal_form.h"

namespace legation {
namespace {

constexpr int too_far = 1000;

/// Titles and particles that a spelling may have or lack.
bool is_optional(std::string_view word) {
  static constexpr std::array<std::string_view, 61> words = {
      "sir",    "dame", "sheikh", "shaikh", "sheik", "lord",    "dr",  "mr",      "mrs",       "ms",           "prince",       "princess", "king",
      "queen",  "emir", "crown",  "dato",   "datuk", "seri",    "sri", "tun",     "tan",       "ratu",         "samdech",      "lyonpo",   "tuanku",
      "mullah", "haji", "hajji",  "baron",  "gen",   "general", "col", "colonel", "ayatollah", "hojatoleslam", "hojatolislam", "maulana",  "mawlawi",
      "al",     "el",   "ul",     "as",     "az",    "bin",     "ibn", "ben",     "bint",      "de",           "da",           "do",       "dos",
      "del",    "la",   "le",     "van",    "von",   "der",     "den", "ould",    "the"};
  static const auto sorted = [] {
    auto list = words;
    std::ranges::sort(list);
    return list;
  }();
  return std::ranges::binary_search(sorted, word);
}

std::uint64_t hash_of(std::string_view sound) { return std::hash<std::string_view>()(sound); }

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

int edit_distance(std::string_view one, std::string_view other) {
  std::vector<int> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= one.size(); ++i) {
    int corner = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const int kept = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, corner + (one[i - 1] != other[j - 1])});
      corner = kept;
    }
  }
  return row[other.size()];
}

}  // namespace

std::string sound_of(std::string_view word) { return sound_of_form(normal_form(word)); }

std::string sound_of_form(std::string text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 19> spellings = {{{"sch", "sh"},
                                                                                               {"tch", "ch"},
                                                                                               {"dzh", "j"},
                                                                                               {"dj", "j"},
                                                                                               {"zh", "j"},
                                                                                               {"kh", "h"},
                                                                                               {"gh", "g"},
                                                                                               {"ph", "f"},
                                                                                               {"th", "t"},
                                                                                               {"dh", "d"},
                                                                                               {"ck", "k"},
                                                                                               {"q", "k"},
                                                                                               {"x", "ks"},
                                                                                               {"w", "v"},
                                                                                               {"tz", "ts"},
                                                                                               {"ce", "se"},
                                                                                               {"ci", "si"},
                                                                                               {"ch", "C"},
                                                                                               {"c", "k"}}};
  std::uint32_t letters = 0;  // which are there: most words need none of the replacements
  for (char c : text)
    if (c >= 'a' && c <= 'z') letters |= 1u << (c - 'a');
  for (const auto& [from, to] : spellings)
    if (letters & (1u << (from.front() - 'a'))) replace(text, from, to);
  std::string sound;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_vowel(c)) {
      if (i == 0) sound.push_back(c == 'y' ? 'i' : c == 'e' || c == 'i' ? 'i' : c == 'o' || c == 'u' ? 'u' : 'a');
    } else if (sound.empty() || sound.back() != c || is_vowel(text[i - 1])) {
      sound.push_back(c);
    }
  }
  return sound;
}

std::vector<NearNames::Word> NearNames::words_of(std::string_view name) {
  std::vector<Word> words;
  std::string form;
  for_each_piece(
      name, [&](char c) { form.push_back(c); },
      [&] {
        if (!is_optional(form)) words.push_back({form, sound_of_form(form)});
        form.clear();
      });
  return words;
}

void NearNames::add(std::string_view name, std::uint32_t id) {
  const std::vector<Word> words = words_of(name);
  if (words.size() < 2) return;
  const auto entry = static_cast<std::uint32_t>(entries_.size());
  for (const Word& word : words) by_sound_.emplace_back(hash_of(word.sound), entry);
  entries_.push_back({name, id});
}

void NearNames::index() {
  std::sort(by_sound_.begin(), by_sound_.end());
  by_sound_.erase(std::unique(by_sound_.begin(), by_sound_.end()), by_sound_.end());
}

/// How far one is from the other; too_far when they are not one name.
int NearNames::distance(const std::vector<Word>& one, const std::vector<Word>& other) {
  const auto& few = one.size() <= other.size() ? one : other;
  const auto& many = one.size() <= other.size() ? other : one;
  if (few.size() < 2 || many.size() > few.size() + 3) return too_far;
  int total = static_cast<int>(many.size() - few.size());
  std::size_t at = 0;
  bool first = false, last = false;
  for (std::size_t i = 0; i < few.size(); ++i, ++at) {
    while (at < many.size() && many[at].sound != few[i].sound) ++at;
    if (at == many.size()) return too_far;
    const int differs = edit_distance(few[i].form, many[at].form);
    if (differs * 5 > static_cast<int>(std::max(few[i].form.size(), many[at].form.size())) * 2) return too_far;
    total += 2 * differs;
    first = first || (i == 0 && at == 0);
    last = last || (i + 1 == few.size() && at + 1 == many.size());
  }
  return first || last ? total : too_far;
}

std::vector<std::uint32_t> NearNames::find(std::string_view name) const {
  const std::vector<Word> words = words_of(name);
  if (words.size() < 2 || words.size() > 10) return {};
  std::vector<std::uint32_t> seen;
  for (const Word& word : words) {
    const std::uint64_t sound = hash_of(word.sound);
    auto at = std::lower_bound(by_sound_.begin(), by_sound_.end(), std::pair<std::uint64_t, std::uint32_t>(sound, 0));
    for (; at != by_sound_.end() && at->first == sound; ++at) seen.push_back(at->second);
  }
  std::sort(seen.begin(), seen.end());
  std::vector<std::pair<int, std::uint32_t>> near;
  for (std::size_t i = 0; i + 1 < seen.size(); ++i) {
    if (seen[i] != seen[i + 1] || (i > 0 && seen[i - 1] == seen[i])) continue;  // two words must agree
    const int distance = NearNames::distance(words, words_of(entries_[seen[i]].name));
    if (distance < too_far) near.emplace_back(distance, entries_[seen[i]].id);
  }
  std::stable_sort(near.begin(), near.end());
  std::vector<std::uint32_t> ids;
  for (const auto& [distance, id] : near)
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  return ids;
}

}  // namespace legation
