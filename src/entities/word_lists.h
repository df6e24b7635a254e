// WordLists: the lists of ordinary English words by which names, titles and places are understood, from
// data/entities/words.tsv. Door: WordLists::load; readers get them from KnowledgeBase::words().
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"

namespace legation {

/// One list. Asking it allocates nothing and looks only at the words as long as the one asked for.
class WordList {
 public:
  WordList() = default;
  explicit WordList(std::vector<std::string_view> words);

  /// Is the word in the list, letter for letter?
  bool has(std::string_view word) const;
  /// The same whatever its case in the text: "Former" where the list has "former".
  bool has_in_any_case(std::string_view form) const;
  /// Is the text one of the words, or does it end with one after a blank?
  bool has_last_words_of(std::string_view text) const;
  /// Does the text end with one of the words, be it the end of a longer word?
  bool has_end_of(std::string_view text) const;
  /// Does one of the words stand anywhere in the text?
  bool has_part_of(std::string_view text) const;
  /// What follows in a text that begins with one of the words: "leader" of "ousted leader"; empty when nothing follows, none when it
  /// begins with no word of the list.
  std::optional<std::string_view> behind_first_words_of(std::string_view text) const;

  std::vector<std::string_view>::const_iterator begin() const { return words_.begin(); }
  std::vector<std::string_view>::const_iterator end() const { return words_.end(); }

 private:
  std::span<const std::string_view> as_long_as(std::string_view word) const;

  std::vector<std::string_view> words_;       ///< sorted, the short ones first
  std::vector<std::uint32_t> first_as_long_;  ///< of each length the first word of it, and one past the last
};

/// All lists, each under its name in the table, whose notes say what they decide. Const and safe on many threads. Views point into
/// the resources, which must outlive it. An absent table leaves every list empty.
struct WordLists {
  /// Errors: bad_format with file and line (a list missing, unknown or told twice, one without words, a word twice in a list, a capital
  /// where words are looked up in small letters).
  static Result<WordLists> load(const Resources& resources);
  /// All of them, a line each, for check_entity_tables.
  static std::vector<std::string> faults(const Resources& resources);

  // does a state or capital act?
  WordList place_prepositions, verbs_of_place, words_of_motion, verbs_to_somebody;
  // around a title
  WordList former_words, lost_words, acting_words, deputy_words, designate_words, owning_words, exiled_words, honorifics, mens_titles, womens_titles;
  // which office?
  WordList heads, leader_titles, party_heads, rulers, ranks, sole_offices, callings, heads_of_bodies, spokesmen, spokesmen_endings, institutions, envoys,
      posted_abroad, names_with_article;
  // whose?
  WordList owned_nouns, from_elsewhere, foreign_words, geographic_nouns;
  // who was told before?
  WordList country_words, party_words, definite_pairs, counted_parties, sides, pairs, trios, hosts, kin, naming_nouns, nouns_of_bodies, nouns_of_firms,
      nouns_of_parties, nouns_of_rebels, nouns_of_leagues, nouns_of_places;
  // names that no table has
  WordList company_endings, press_endings, press_beginnings, place_beginnings, thing_beginnings, place_nouns, speaking_verbs;
  // no party
  WordList currencies;
  // no names of towns
  WordList compass_adjectives, compass_points, area_nouns, town_prepositions, calendar_words;
  // pronouns
  WordList saying_verbs, wishing_verbs, judging_verbs, empty_verbs;
};

}  // namespace legation
