// Reads words.tsv. Door: WordLists::load.
#include "entities/word_lists.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/table.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::string_view words_file = "data/entities/words.tsv";

/// How the words of a list are looked up: in small letters whatever their case in the text, or as the text has them.
enum class Letters : std::uint8_t { small, as_written };

struct Entry {
  std::string_view name;
  WordList WordLists::*list;
  Letters letters;
};
constexpr std::array<Entry, 65> entries = {{
    {"place_prepositions", &WordLists::place_prepositions, Letters::small},
    {"verbs_of_place", &WordLists::verbs_of_place, Letters::small},
    {"words_of_motion", &WordLists::words_of_motion, Letters::small},
    {"verbs_to_somebody", &WordLists::verbs_to_somebody, Letters::small},
    {"former_words", &WordLists::former_words, Letters::small},
    {"lost_words", &WordLists::lost_words, Letters::small},
    {"acting_words", &WordLists::acting_words, Letters::small},
    {"deputy_words", &WordLists::deputy_words, Letters::small},
    {"designate_words", &WordLists::designate_words, Letters::small},
    {"owning_words", &WordLists::owning_words, Letters::small},
    {"exiled_words", &WordLists::exiled_words, Letters::small},
    {"honorifics", &WordLists::honorifics, Letters::as_written},
    {"mens_titles", &WordLists::mens_titles, Letters::small},
    {"womens_titles", &WordLists::womens_titles, Letters::small},
    {"heads", &WordLists::heads, Letters::small},
    {"leader_titles", &WordLists::leader_titles, Letters::small},
    {"party_heads", &WordLists::party_heads, Letters::small},
    {"rulers", &WordLists::rulers, Letters::small},
    {"ranks", &WordLists::ranks, Letters::small},
    {"sole_offices", &WordLists::sole_offices, Letters::small},
    {"callings", &WordLists::callings, Letters::small},
    {"heads_of_bodies", &WordLists::heads_of_bodies, Letters::small},
    {"spokesmen", &WordLists::spokesmen, Letters::small},
    {"spokesmen_endings", &WordLists::spokesmen_endings, Letters::small},
    {"institutions", &WordLists::institutions, Letters::small},
    {"envoys", &WordLists::envoys, Letters::small},
    {"posted_abroad", &WordLists::posted_abroad, Letters::small},
    {"names_with_article", &WordLists::names_with_article, Letters::as_written},
    {"owned_nouns", &WordLists::owned_nouns, Letters::small},
    {"from_elsewhere", &WordLists::from_elsewhere, Letters::small},
    {"foreign_words", &WordLists::foreign_words, Letters::as_written},
    {"geographic_nouns", &WordLists::geographic_nouns, Letters::small},
    {"country_words", &WordLists::country_words, Letters::small},
    {"party_words", &WordLists::party_words, Letters::small},
    {"definite_pairs", &WordLists::definite_pairs, Letters::small},
    {"counted_parties", &WordLists::counted_parties, Letters::small},
    {"sides", &WordLists::sides, Letters::small},
    {"pairs", &WordLists::pairs, Letters::small},
    {"trios", &WordLists::trios, Letters::small},
    {"hosts", &WordLists::hosts, Letters::small},
    {"kin", &WordLists::kin, Letters::small},
    {"naming_nouns", &WordLists::naming_nouns, Letters::small},
    {"nouns_of_bodies", &WordLists::nouns_of_bodies, Letters::small},
    {"nouns_of_firms", &WordLists::nouns_of_firms, Letters::small},
    {"nouns_of_parties", &WordLists::nouns_of_parties, Letters::small},
    {"nouns_of_rebels", &WordLists::nouns_of_rebels, Letters::small},
    {"nouns_of_leagues", &WordLists::nouns_of_leagues, Letters::small},
    {"nouns_of_places", &WordLists::nouns_of_places, Letters::small},
    {"company_endings", &WordLists::company_endings, Letters::small},
    {"press_endings", &WordLists::press_endings, Letters::small},
    {"press_beginnings", &WordLists::press_beginnings, Letters::small},
    {"place_beginnings", &WordLists::place_beginnings, Letters::small},
    {"thing_beginnings", &WordLists::thing_beginnings, Letters::small},
    {"place_nouns", &WordLists::place_nouns, Letters::small},
    {"speaking_verbs", &WordLists::speaking_verbs, Letters::small},
    {"compass_adjectives", &WordLists::compass_adjectives, Letters::small},
    {"compass_points", &WordLists::compass_points, Letters::small},
    {"area_nouns", &WordLists::area_nouns, Letters::small},
    {"town_prepositions", &WordLists::town_prepositions, Letters::small},
    {"calendar_words", &WordLists::calendar_words, Letters::small},
    {"currencies", &WordLists::currencies, Letters::small},
    {"saying_verbs", &WordLists::saying_verbs, Letters::small},
    {"wishing_verbs", &WordLists::wishing_verbs, Letters::small},
    {"judging_verbs", &WordLists::judging_verbs, Letters::small},
    {"empty_verbs", &WordLists::empty_verbs, Letters::small},
}};

std::string quoted(std::string_view word) { return "\"" + std::string(word) + "\""; }

bool has_capital(std::string_view word) { return std::any_of(word.begin(), word.end(), ascii::is_upper); }

/// What is wrong with the words of one row; empty when nothing is.
std::string fault_of(const std::vector<std::string_view>& words, Letters letters) {
  if (words.empty()) return "has no words";
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (std::find(words.begin(), word, *word) != word) return "has the word " + quoted(*word) + " twice";
    if (letters == Letters::small && has_capital(*word)) return "is looked up in small letters, " + quoted(*word) + " has a capital";
  }
  return {};
}

std::vector<Error> read(const Resources& resources, WordLists& lists) {
  enum { list, words };
  const auto bytes = resources.file(words_file);
  if (!bytes.ok()) return {};
  const auto read = Table::read(words_file, bytes.value(), {"list", "words"});
  if (!read.ok()) return {read.error()};
  const Table& table = read.value();
  std::vector<Error> faults;
  std::array<std::string, entries.size()> told;  // where each list stands
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name = "list " + quoted(table.cell(row, list));
    const auto entry = std::ranges::find(entries, table.cell(row, list), &Entry::name);
    if (entry == entries.end()) {
      faults.push_back(table.fault(row, name + " is unknown"));
      continue;
    }
    std::string& place = told[static_cast<std::size_t>(entry - entries.begin())];
    if (!place.empty()) {
      faults.push_back(table.fault(row, name + " stands in " + place + " already"));
      continue;
    }
    place = table.place(row);
    std::vector<std::string_view> cell = split_list(table.cell(row, words));
    if (const std::string fault = fault_of(cell, entry->letters); !fault.empty()) faults.push_back(table.fault(row, name + " " + fault));
    lists.*entry->list = WordList(std::move(cell));
  }
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (told[i].empty()) faults.push_back({Error::Code::bad_format, "words.tsv:1: list " + quoted(entries[i].name) + " is missing"});
  return faults;
}

}  // namespace

WordList::WordList(std::vector<std::string_view> words) : words_(std::move(words)) {
  std::sort(words_.begin(), words_.end(), [](std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  if (words_.empty()) return;
  first_as_long_.resize(words_.back().size() + 2, static_cast<std::uint32_t>(words_.size()));
  for (std::size_t i = words_.size(); i-- > 0;) first_as_long_[words_[i].size()] = static_cast<std::uint32_t>(i);
  for (std::size_t length = first_as_long_.size() - 1; length-- > 0;) first_as_long_[length] = std::min(first_as_long_[length], first_as_long_[length + 1]);
}

std::span<const std::string_view> WordList::as_long_as(std::string_view word) const {
  const std::size_t length = word.size();
  if (length + 1 >= first_as_long_.size()) return {};
  return std::span(words_).subspan(first_as_long_[length], first_as_long_[length + 1] - first_as_long_[length]);
}

bool WordList::has(std::string_view word) const {
  const auto words = as_long_as(word);
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool WordList::has_in_any_case(std::string_view form) const {
  const auto words = as_long_as(form);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is_lower_case_of(form, word); });
}

bool WordList::has_last_words_of(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(),
                     [&](std::string_view word) { return text.ends_with(word) && (text.size() == word.size() || text[text.size() - word.size() - 1] == ' '); });
}

bool WordList::has_end_of(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(), [&](std::string_view word) { return text.ends_with(word); });
}

bool WordList::has_part_of(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(), [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::optional<std::string_view> WordList::behind_first_words_of(std::string_view text) const {
  for (std::string_view word : words_) {
    if (!text.starts_with(word)) continue;
    if (text.size() == word.size()) return std::string_view();
    if (text[word.size()] == ' ') return text.substr(word.size() + 1);
  }
  return std::nullopt;
}

Result<WordLists> WordLists::load(const Resources& resources) {
  WordLists lists;
  const std::vector<Error> faults = read(resources, lists);
  if (!faults.empty()) return faults.front();
  return lists;
}

std::vector<std::string> WordLists::faults(const Resources& resources) {
  WordLists lists;
  std::vector<std::string> lines;
  for (const Error& fault : read(resources, lists)) lines.push_back(fault.what);
  return lines;
}

}  // namespace legation
