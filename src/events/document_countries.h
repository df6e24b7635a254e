// DocumentCountries: where a document names which country or body, and where it says that things happen. What the choosers of parties and of
// countries know of the whole document. Door: DocumentCountries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "legation/mention.h"
#include "legation/parse.h"

namespace legation {

/// Names whom it means by itself: no pronoun, nothing that refers back, no country read off what stands around.
inline bool own_words(const Mention& mention) { return !mention.country_inferred && mention.antecedent < 0 && mention.kind != MentionKind::pronoun; }

/// For one document. Holds references to what it is given.
class DocumentCountries {
 public:
  struct Place {
    std::uint32_t token, sentence;
    const Mention* mention;
  };
  struct Country {
    std::string_view code;
    std::vector<Place> places;  ///< where it is named in words of its own, in the order of the text
    bool in_title = false, in_lead = false;
  };
  /// A sentence's last word on where its story happens.
  struct Scene {
    std::string_view code;  ///< empty = nothing is told
    bool carried = false;   ///< told in a sentence before
  };

  DocumentCountries(const Parse& parse, const Mentions& mentions);
  /// In the order of the text, at most 24.
  const std::vector<Country>& list() const { return list_; }
  const Country* find(std::string_view code) const;
  /// Among all namings; 0 for none.
  double share(const Country* country) const;
  /// How many are named more often; 5 for none.
  std::size_t rank(const Country* country) const;
  /// Of the first subject of the sentence before, within title or text.
  std::string_view subject_before(std::uint32_t sentence) const;
  /// "in Copenhagen": of the last place told so in the sentence, else before it.
  Scene scene(std::uint32_t sentence) const { return scenes_[sentence]; }
  /// 0 nothing told, 1 it is the scene's, told here, 2 carried; 3 and 4 it is not: a feature.
  std::size_t scene_row(std::string_view code, std::uint32_t sentence) const;

 private:
  void add(const Mention& mention, std::string_view code);

  const Parse& parse_;
  std::vector<Country> list_;
  std::vector<std::string_view> subjects_;  ///< per sentence
  std::vector<Scene> scenes_;
  std::size_t named_ = 0;
};

/// 0 nothing to compare with, 1 the same, 2 another: a feature.
inline std::size_t compared(std::string_view a, std::string_view b) { return b.empty() ? 0 : a == b ? 1 : 2; }

}  // namespace legation
