// Ontology: the PLOVER tables of data/ontology: quads, scores, and the way to CAMEO and Goldstein.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/resources.h"
#include "legation/ontology.h"
#include "legation/result.h"

namespace legation {

/// Views point into Resources, which must outlive it. Safe to share.
class Ontology {
 public:
  /// Errors: bad_format naming file and line; not_found when a table is missing.
  static Result<Ontology> load(const Resources& resources);

  int quad(EventType type) const { return types_[static_cast<std::size_t>(type)].quad; }  ///< 1..4
  bool requires_recipient(EventType type) const { return types_[static_cast<std::size_t>(type)].requires_recipient; }
  /// PLOVER score -10..10: the mode's of greatest magnitude, else the type's (PLOVER reference, gap 4).
  double score(EventType type, const std::vector<std::string>& modes) const;
  bool has_mode(EventType type, std::string_view mode) const;
  /// Who acts where the text names nobody; null where an event of the type is then not told.
  struct ImpliedActor {
    EventType type;
    std::string mode, sector;  ///< mode: empty = any
    bool of_country;           ///< of the country told of
  };
  const ImpliedActor* implied_actor(EventType type, const std::vector<std::string>& modes) const;
  /// Sector of the recipient whom a word of the act implies ("coup": the government); empty = none.
  std::string_view implied_recipient(EventType type, std::string_view lemma) const;
  /// All modes in the order of data/ontology/modes.tsv.
  const std::vector<std::pair<EventType, std::string>>& modes() const { return modes_; }
  /// Row among modes(), counted from 1; 0 when unknown.
  std::size_t mode_row(EventType type, std::string_view mode) const;
  /// All sectors in the order of data/ontology/sectors.tsv; before them "", the country as such.
  const std::vector<std::string>& sectors() const { return sectors_; }
  /// Row among sectors(); 0 when unknown.
  std::size_t sector_row(std::string_view sector) const;
  bool has_context(std::string_view context) const { return contexts_.contains(std::string(context)); }

  /// CAMEO 1.1b3 code of the type with its first mode that has one; the type's base code otherwise.
  std::string_view cameo(EventType type, const std::vector<std::string>& modes) const;
  /// Goldstein score of a CAMEO code (ICEWS list); the parent's where the code has none. Empty when unknown.
  std::optional<double> goldstein(std::string_view cameo) const;

 private:
  struct TypeRow {
    int quad = 0;
    bool requires_recipient = false;
    double score = 0;
  };
  std::array<TypeRow, event_type_count> types_{};
  std::vector<std::pair<EventType, std::string>> modes_;
  std::vector<std::string> sectors_ = {""};
  std::vector<ImpliedActor> implied_actors_;
  std::unordered_map<std::string, double> mode_scores_;              // "CONSULT/visit"
  std::unordered_map<std::string, std::string> implied_recipients_;  // "COERCE/coup"
  std::unordered_map<std::string, std::string_view> cameo_, contexts_;
  std::unordered_map<std::string, double> goldstein_;
};

}  // namespace legation
