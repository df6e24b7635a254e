// ReferenceModel: what is known beforehand of words that refer: classes of nouns, genders of given names, and the
// weights by which a pronoun chooses. Door: ReferenceModel::load.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"

namespace legation {

/// What a noun phrase stands for, as far as pronouns care.
enum class Being : std::uint8_t { person, group, state, place, animal, object, text, event, time, measure, abstract, unknown };
inline constexpr std::size_t being_count = 12;

struct NounClass {
  Being being = Being::unknown;
  char gender = 0;  ///< 'm', 'f', 0 = not told
};

/// The three kinds of pronouns of the third person, each with weights of its own.
enum class PronounKind : std::uint8_t { he, it, they };
inline constexpr std::size_t pronoun_kinds = 3;

/// Names of the features, "distance.2": a group and a value in it. Order is that of the weights; docs/coreference.md.
class FeatureSpace {
 public:
  enum Group : std::uint8_t {
    kind,
    number,
    gender,
    distance,
    roles,
    between,
    rivals,
    article,
    chain,
    subject_before,
    command,
    binding,
    paragraph,
    quotes,
    speaker,
    judged,
    says,
    coarse,
    ahead,
    actor,
    fit,
    none,
    none_role,
    none_left
  };
  static std::uint16_t index(Group group, std::size_t value);
  static std::size_t size();
  static std::string name(std::size_t index);
};

/// Const and safe on many threads. Views point into the resources, which must outlive it. Absent tables are empty:
/// no noun has a class and every weight is 0.
class ReferenceModel {
 public:
  /// Errors: bad_format with file and line (unknown class or feature, a weight that is no number).
  static Result<ReferenceModel> load(const Resources& resources);

  /// Class of a noun by its lemma in lower case; unknown when not listed.
  NounClass noun(std::string_view lemma) const;
  /// 'm' or 'f' of a given name as written; 0 = not known or both.
  char given_name(std::string_view name) const;
  float weight(PronounKind kind, std::uint16_t feature) const { return weights_[static_cast<std::size_t>(kind)][feature]; }

 private:
  struct Noun {
    std::uint64_t digest;
    NounClass of;
  };
  struct GivenName {
    std::string_view name;
    char gender;
  };
  Status load_nouns(const Resources& resources);
  Status load_given_names(const Resources& resources);
  Status load_weights(const Resources& resources);

  std::vector<Noun> nouns_;             ///< sorted by digest
  std::vector<GivenName> given_names_;  ///< sorted by name
  std::array<std::vector<float>, pronoun_kinds> weights_;
};

}  // namespace legation
