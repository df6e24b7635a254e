// Coreference: whom "he", "the two leaders", "both sides", "the ministry" mean. First version: salience
// within the previous two sentences, plus the last bearer of each role noun in the document. Door:
// Coreference.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "legation/mention.h"
#include "legation/parse.h"

namespace legation {

/// What agreement asks of a mention.
struct Traits {
  enum class Being : std::uint8_t { person, body, state, place, group };
  Being being = Being::body;
  char gender = 0;  ///< 'm', 'f', 0 = not known
  bool plural = false;
  bool subject = false;
  bool quoted = false;  ///< inside quotation marks
  std::uint32_t sentence = 0;
};

/// Sees the mentions of one document in order and answers for the next one. Each answer looks at a bounded
/// window, so the cost stays linear in the document.
class Coreference {
 public:
  Coreference(const Parse& parse, const Mentions& mentions) : parse_(parse), mentions_(mentions) {}

  /// Mention number `mentions.list.size() - 1` has this nature and may be referred to by these nouns.
  void add(const Traits& traits) { traits_.push_back(traits); }
  void name_by(std::string_view noun, std::int32_t mention);
  const Traits& traits(std::size_t mention) const { return traits_[mention]; }

  /// The mentions a personal pronoun stands for: one, or the members of a list ("Yoon and Kishida ... they");
  /// none when unsure.
  std::vector<std::int32_t> pronoun(std::uint32_t token) const;
  /// The last mention called so: by a role noun ("president", "ministry"), whatever its distance; -1 when
  /// none.
  std::int32_t called(std::string_view noun) const;
  /// The last state ("the country"), person in office, or body, within the window; -1 when none.
  std::int32_t last(Traits::Being being, std::uint32_t sentence, bool subject_first) const;
  /// The mention that tells which country "the country" is: subject of the sentence first; -1 when none.
  std::int32_t country(std::uint32_t sentence) const;
  /// Mentions that make up "the two ..." , newest first: distinct countries (or persons of distinct
  /// countries).
  std::vector<std::int32_t> pair(std::uint32_t sentence, std::size_t number, bool persons) const;
  /// First and last of the latest pair told together ("Japan and China"), for "the former" and "the latter";
  /// empty when none.
  std::vector<std::int32_t> latest_coordination(std::uint32_t token) const;

 private:
  struct Wish {
    bool person = false, plural = false, possessive = false;
    char gender = 0;
  };
  std::vector<std::int32_t> members(std::size_t last) const;
  int fit_list(const std::vector<std::int32_t>& members, std::uint32_t token) const;
  int fit(std::size_t mention, const Wish& wish, std::uint32_t token) const;
  bool judged_for_own(std::size_t mention, std::uint32_t token) const;
  bool says_nothing(std::uint32_t token) const;
  bool argument_of_same_verb(std::size_t mention, std::uint32_t token) const;
  std::int32_t root_of(std::int32_t mention) const;
  std::vector<std::int32_t> fellow_arguments(std::uint32_t token) const;
  std::int32_t doer_of(std::uint32_t verb) const;
  std::vector<std::int32_t> pair_before(std::uint32_t token) const;

  const Parse& parse_;
  const Mentions& mentions_;
  std::vector<Traits> traits_;
  std::unordered_map<std::uint64_t, std::int32_t> by_noun_;
};

/// UNO, EUR, IGO, NGO, ...: PLOVER codes that are no countries.
bool is_international(std::string_view code);

/// Is it a pronoun of the third person that can refer: he, she, it, they and their forms?
bool refers(const Token& token);

}  // namespace legation
