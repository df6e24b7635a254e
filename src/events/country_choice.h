// CountryChooser: whose a party is that its own words leave open ("the army", "police", "his ministry", an arrest by nobody named): one of the
// countries and bodies that the document names, or none. Rules propose; here their word stands beside where each country is named, beside the
// other party, the speaker and the events before. Doors: CountryCandidates, CountryChooser.
// Weights: models/events/countries.bin (docs/model-format.md), made by train/events/countries.py.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/document_countries.h"
#include "events/event_features.h"
#include "events/event_network.h"
#include "events/row_network.h"
#include "events/vector_pairs.h"
#include "legation/event.h"
#include "legation/mention.h"

namespace legation {

/// A party whose country is asked for.
struct OpenParty {
  /// By what the rules gave it its country.
  enum class Told : std::uint8_t { nothing, inferred, refers_back, pronoun, scorer, only_country, implied, own_words };  ///< the last: it is not asked for
  std::int32_t head = -1;                                                                                                ///< its token; -1 = nobody is named
  std::uint32_t trigger = 0;                                                                                             ///< the event's
  EventNetwork::Place place{};
  std::size_t mode = 0;  ///< row of the event's first mode among all, counted from 1; 0 = none
  Told told = Told::nothing;
  std::string_view code, sector;  ///< by the rules
  std::string_view other_sector;
  std::string_view speaker, other, happens_in, acted_last, met_last;  ///< countries: who says so, the other side, the place, the parties of the event before
  std::span<const PairFeatures> pairs;                                ///< of the mentions of its sentence that have a country
  std::span<const std::array<float, EventNetwork::roles>> logits;     ///< the scorer's on each
};

/// One country or body that it may be of: rows of the chooser's table, and numbers.
struct CountryCandidate {
  static constexpr std::size_t slots = 39, own_numbers = 2, numbers = own_numbers + VectorPairs::numbers;
  static constexpr std::uint32_t nowhere = 0xffffffff;
  std::string_view code;          ///< empty = none
  std::uint32_t token = nowhere;  ///< of its namings the nearest in the party's sentence, else before it
  std::array<std::uint16_t, slots> rows{};
  std::array<float, numbers> values{};  ///< own numbers, then what compare() says
};

/// For one document. Holds references to all it is given.
class CountryCandidates {
 public:
  CountryCandidates(const Parse& parse, const Mentions& mentions, const Ontology& ontology, const DocumentCountries& countries);
  /// None, then those the document names, in its order; the rules' own even where it does not name it.
  void of(const OpenParty& party, std::vector<CountryCandidate>& out) const;

 private:
  using Place = DocumentCountries::Place;
  using Country = DocumentCountries::Country;
  std::string_view owner_country(std::int32_t head) const;
  std::string_view called_before(std::int32_t head) const;
  void describe(const OpenParty& party, const Country* country, std::string_view owner, std::string_view called, CountryCandidate& out) const;

  const Parse& parse_;
  const Mentions& mentions_;
  const Ontology& ontology_;
  const DocumentCountries& countries_;
};

/// Const and safe on many threads. Views the bytes, which must outlive it.
class CountryChooser {
 public:
  /// Errors: bad_format, newer_version.
  static Result<CountryChooser> view(std::string_view bytes, std::size_t vector_size);
  static std::size_t table_rows();  ///< of the weights, for training
  std::uint64_t checksum() const { return network_.checksum(); }
  /// What the scorer's vectors of the party (else of the trigger) and of each naming say of each other; before choose().
  void compare(const EventNetwork::Scores& scores, const OpenParty& party, std::span<CountryCandidate> candidates, EventNetwork::Scratch& scratch) const;
  /// Of the candidates, of which there must be one.
  RowChoice choose(std::span<const CountryCandidate> candidates) const;

 private:
  CountryChooser(const RowNetwork& network, const VectorPairs& pairs) : network_(network), pairs_(pairs) {}

  RowNetwork network_;
  VectorPairs pairs_;
};

}  // namespace legation
