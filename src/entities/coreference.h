// Coreference: whom "the two leaders", "both sides", "the ministry" mean: those spoken of in the sentences before,
// and the last bearer of each role noun in the document. Pronouns choose among Referents. Door: Coreference.
#pragma once

#include <cstdint>
#include <functional>
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

  /// "Xi telephoned Moon. They agreed ...": the two persons whom the sentence before brought together; empty when unsure.
  std::vector<std::int32_t> pair_before(std::uint32_t token) const;
  /// The last mention called so: by a role noun ("president", "ministry"), whatever its distance; -1 when
  /// none.
  std::int32_t called(std::string_view noun) const;
  /// The last state ("the country"), person in office, or body, within the window; -1 when none.
  std::int32_t last(Traits::Being being, std::uint32_t sentence, bool subject_first) const;
  /// The mention that tells which country "the country" is: subject of the sentence first; -1 when none.
  std::int32_t country(std::uint32_t sentence) const;
  /// Mentions that make up "the two ..." , newest first: distinct countries (or persons of distinct
  /// countries).
  /// `fits`: may a mention be one of them? Empty: all may.
  std::vector<std::int32_t> pair(std::uint32_t sentence, std::size_t number, bool persons, const std::function<bool(std::int32_t)>& fits = {}) const;
  /// First and last of the latest pair told together ("Japan and China"), for "the former" and "the latter";
  /// empty when none.
  std::vector<std::int32_t> latest_coordination(std::uint32_t token) const;

 private:
  bool coordinated(std::int32_t first, std::int32_t second) const;

  const Parse& parse_;
  const Mentions& mentions_;
  std::vector<Traits> traits_;
  std::unordered_map<std::uint64_t, std::int32_t> by_noun_;
};

}  // namespace legation
