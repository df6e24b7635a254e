// EventFeatures: what the learned scorer sees of a token beside the encoder's vector: its place in the tree, the mention it heads, the row
// of the tables it was taken for, the event that the tables make of it. Doors: read_event_features(), pair_features().
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/meaning.h"
#include "events/ontology.h"
#include "events/scope.h"

namespace legation {

/// Rows of the scorer's feature table; 0 = nothing to say. Ranges are in the model file: append, never renumber.
struct EventFeatureRows {
  static constexpr std::size_t per_token = 8;
  static constexpr std::uint16_t choice = 1, choices = 160;               ///< by name, see ChoiceNames
  static constexpr std::uint16_t event = choice + choices;                ///< type, and whether the tables tell it
  static constexpr std::uint16_t mention = event + 2 * event_type_count;  ///< kind and can_act of a head; the last: inside a mention
  static constexpr std::uint16_t mention_kinds = 9;
  static constexpr std::uint16_t place = mention + 2 * mention_kinds + 1;  ///< title, quoted, both
  static constexpr std::uint16_t deprel = place + 3;
  static constexpr std::uint16_t upos = deprel + deprel_count;
  static constexpr std::uint16_t auxiliary = upos + upos_count;          ///< flags of the event, if any
  static constexpr std::uint16_t sector = auxiliary + 15, sectors = 40;  ///< of a mention's head, and whether its country is known
  static constexpr std::uint16_t count = sector + 2 * sectors;
};

/// Names of contents and operators as the model knows them: tables may gain rows and names without a new model.
class ChoiceNames {
 public:
  ChoiceNames() = default;
  explicit ChoiceNames(const std::vector<std::string>& names);
  /// All that the tables have, for training.
  static std::vector<std::string> of(const Predicates& predicates);
  /// 0 when the model has not seen it.
  std::uint16_t row(const PredicateEntry& entry, const Predicates& predicates) const;

 private:
  std::unordered_map<std::string, std::uint16_t> rows_;
};

using EventFeatures = std::vector<std::array<std::uint16_t, EventFeatureRows::per_token>>;

/// What the tables make of a trigger, in short.
struct TableEvent {
  std::uint32_t trigger = 0;
  EventType type = EventType::CONSULT;
  std::vector<std::string> modes;
  std::uint8_t auxiliary = 0;
  bool told = false;                             ///< the tables alone would tell it
  std::vector<std::int32_t> actors, recipients;  ///< mentions, by their place in the list
};

/// Features of the tokens of one sentence, appended in order. `events`: those of the sentence; the first of a trigger counts.
void read_event_features(const Arguments& arguments, const Composer& composer, const ScopeReader& scopes, const std::vector<TableEvent>& events,
                         std::uint32_t sentence, const ChoiceNames& names, const Ontology& ontology, EventFeatures& out);

/// What is known of a trigger and a token that may be a party of it, or of a party and a country it may belong to: rows of three small tables.
struct PairFeatures {
  static constexpr std::uint32_t paths = 4096, distances = 12;
  std::uint32_t other = 0;
  std::uint8_t rule = 0;      ///< 1 the tables let it act, 2 receive, 3 both; of a country: 1 state, 2 place, 3 anybody else
  std::uint16_t path = 0;     ///< the way through the tree, hashed; 0 = longer than five arcs
  std::uint8_t distance = 0;  ///< in words and direction
};

/// One for each token of the trigger's sentence that may be a party: heads of mentions, and nouns, names and pronouns outside of them.
/// `event`: what the tables make of the trigger; may be null.
void pair_features(const Parse& parse, const Mentions& mentions, std::uint32_t trigger, const TableEvent* event, std::vector<PairFeatures>& out);

/// The country of a mention that has one and only one; empty for international bodies.
std::string_view country_of(const Mention& mention);
/// One for each other mention of the party's sentence that has a country.
void country_features(const Parse& parse, const Mentions& mentions, std::uint32_t party, std::vector<PairFeatures>& out);

}  // namespace legation
