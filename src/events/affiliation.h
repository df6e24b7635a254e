// Affiliations: the state and sector of a party that its own words leave open ("the president", "villagers", "Ankara"): by the countries
// named around it and by the learned scorer. Door: complete().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_network.h"
#include "events/ontology.h"

namespace legation {

/// For one document. Holds references to all it is given.
class Affiliations {
 public:
  /// `network` may be null: then only what the words around say counts.
  Affiliations(const Parse& parse, const Mentions& mentions, const Ontology& ontology, const EventNetwork* network, const EventNetwork::Scores& scores,
               EventNetwork::Scratch& scratch);

  /// Fills in code and sector where they are empty, and puts right a sector that words alone give wrongly. What a person's office or a
  /// user's own row says stands.
  void complete(Actor& actor, EventNetwork::Place place);
  /// The one country that the document names; empty when there is none or several.
  const std::string& only_country() const { return only_country_; }

 private:
  std::int32_t head_of(const Actor& actor) const;
  std::optional<std::uint32_t> owned_by(std::uint32_t head, const Mention* mention) const;
  void complete_sector(std::uint32_t head, const Mention* mention, EventNetwork::Place place, Actor& actor);
  void complete_country(std::uint32_t head, const Mention* mention, Actor& actor);
  const Mention* country_within(std::uint32_t head) const;
  void correct_country(std::uint32_t head, Actor& actor);
  const Mention* country_beside(std::uint32_t head, float likely);

  const Parse& parse_;
  const Mentions& mentions_;
  const Ontology& ontology_;
  const EventNetwork* network_;
  const EventNetwork::Scores& scores_;
  EventNetwork::Scratch& scratch_;
  std::string only_country_;  ///< of the document; empty when it names none or several
  std::vector<float> chances_;
  std::vector<PairFeatures> pairs_;
  std::vector<std::array<float, EventNetwork::roles>> roles_;
};

}  // namespace legation
