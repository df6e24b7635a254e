// Affiliations: the state and sector of a party that its own words leave open ("the president", "villagers", "Ankara"): by the countries
// named around it, by the learned scorer and by the chooser of countries. Doors: complete(), complete_implied().
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/country_choice.h"
#include "events/event_network.h"
#include "events/ontology.h"
#include "events/sector_choice.h"

namespace legation {

/// Another country, or none: who holds the office there is not known.
void give_country(std::string_view code, Actor& actor);

/// For one document. Holds references to all it is given.
class Affiliations {
 public:
  /// What decides; each may be null. Without the network only what the words around say counts, without a chooser the rules' word stands.
  struct Judges {
    const EventNetwork* network = nullptr;
    const CountryChooser* countries = nullptr;
    const SectorChooser* sectors = nullptr;
  };
  Affiliations(const Parse& parse, const Mentions& mentions, const Ontology& ontology, const Judges& judges, const EventNetwork::Scores& scores,
               const DocumentCountries& countries, EventNetwork::Scratch& scratch);
  /// Told of every party that is asked about, with the candidates.
  struct Observer {
    std::function<void(const OpenParty&, std::span<const CountryCandidate>)> country;
    std::function<void(const SectorQuestion&, std::span<const SectorCandidate>)> sector;
  };
  void observe(Observer observer) { observer_ = std::move(observer); }

  /// Fills in code and sector where they are empty, and puts right a sector that words alone give wrongly. What a person's office or a
  /// user's own row says stands. `party`: what is known of its event; the rest is filled in here.
  void complete(Actor& actor, OpenParty party);
  /// The same for one who is not named and has the sector and country that rules imply.
  void complete_implied(Actor& actor, OpenParty party);
  /// The one country that the document names; empty when there is none or several.
  const std::string& only_country() const { return only_country_; }

 private:
  std::int32_t head_of(const Actor& actor) const;
  std::optional<std::uint32_t> owned_by(std::uint32_t head, const Mention* mention) const;
  void complete_sector(std::uint32_t head, const Mention* mention, const OpenParty& party, Actor& actor);
  OpenParty::Told complete_country(std::uint32_t head, const Mention* mention, Actor& actor);
  void choose_country(OpenParty& party, Actor& actor);
  const Mention* country_within(std::uint32_t head) const;
  void correct_country(Actor& actor);
  void judge_countries(std::uint32_t head);
  const Mention* country_beside(float likely) const;

  const Parse& parse_;
  const Mentions& mentions_;
  const Ontology& ontology_;
  const EventNetwork* network_;
  const CountryChooser* chooser_;
  const SectorChooser* sector_chooser_;
  const EventNetwork::Scores& scores_;
  EventNetwork::Scratch& scratch_;
  std::string only_country_;  ///< of the document; empty when it names none or several
  std::vector<float> chances_;
  std::vector<PairFeatures> pairs_;
  std::vector<std::array<float, EventNetwork::roles>> roles_;
  CountryCandidates countries_;
  std::vector<CountryCandidate> candidates_;
  std::vector<SectorCandidate> sectors_;
  Observer observer_;
};

}  // namespace legation
