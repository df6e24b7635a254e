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

#include "events/event_features.h"
#include "events/event_network.h"
#include "events/row_network.h"
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
  static constexpr std::size_t slots = 38, numbers = 2;
  std::string_view code;  ///< empty = none
  std::array<std::uint16_t, slots> rows{};
  std::array<float, numbers> values{};
};

/// For one document. Holds references to all it is given.
class CountryCandidates {
 public:
  CountryCandidates(const Parse& parse, const Mentions& mentions, const Ontology& ontology);
  /// None, then those the document names, in its order; the rules' own even where it does not name it.
  void of(const OpenParty& party, std::vector<CountryCandidate>& out) const;

 private:
  struct Place {
    std::uint32_t token, sentence;
    const Mention* mention;
  };
  struct Country {
    std::string_view code;
    std::vector<Place> places;
    bool in_title = false, in_lead = false;
  };
  void add(const Mention& mention, std::string_view code);
  std::string_view subject_country(std::uint32_t sentence) const;
  std::string_view owner_country(std::int32_t head) const;
  std::string_view called_before(std::int32_t head) const;
  void describe(const OpenParty& party, const Country* country, std::string_view owner, std::string_view called, CountryCandidate& out) const;

  const Parse& parse_;
  const Mentions& mentions_;
  const Ontology& ontology_;
  std::vector<Country> countries_;
  std::vector<std::string_view> subjects_;  ///< per sentence
  std::size_t named_ = 0;                   ///< how often countries are named
};

/// Const and safe on many threads. Views the bytes, which must outlive it.
class CountryChooser {
 public:
  /// Errors: bad_format, newer_version.
  static Result<CountryChooser> view(std::string_view bytes);
  static std::size_t table_rows();  ///< of the weights, for training
  std::uint64_t checksum() const { return network_.checksum(); }
  /// Of the candidates, of which there must be one.
  RowChoice choose(std::span<const CountryCandidate> candidates) const;

 private:
  explicit CountryChooser(const RowNetwork& network) : network_(network) {}

  RowNetwork network_;
};

}  // namespace legation
