// PartyChooser: of all who are named in a document, who acts in an event and who receives it. The scorer looks at one trigger and one word of its
// sentence at a time; here its word on each stands beside what it says of the others, beside their parts in the events around ("Islamabad denied
// it": whom India's accusation had named) and beside names of the sentences around. Doors: PartyCandidates, PartyChooser.
// Weights: models/events/parties.bin (docs/model-format.md), made by train/events/parties.py.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "events/document_countries.h"
#include "events/event_features.h"
#include "events/event_network.h"
#include "events/row_network.h"
#include "events/vector_pairs.h"
#include "legation/result.h"

namespace legation {

/// An event whose parties are still open: what the scorer and the tables make of them so far.
struct OpenEvent {
  std::uint32_t trigger = 0;
  EventType type = EventType::CONSULT;
  std::size_t mode = 0;  ///< row of its first mode among all, counted from 1; 0 = none
  std::uint8_t auxiliary = 0;
  bool settled = false;  ///< the tables know its parties; they are only told to the events around
  bool unknown_to_tables = false;
  bool no_recipient_in_tables = false;                        ///< they know the act, and find nobody whom it is done to
  std::int32_t speaker = -1;                                  ///< head token of who says so; -1 = nobody
  std::vector<PairFeatures> pairs;                            ///< words of its sentence that may be parties
  std::vector<std::array<float, EventNetwork::roles>> roles;  ///< logits of each pair
  std::vector<std::uint32_t> actors, recipients;              ///< head tokens, as taken so far
};

/// One who may be a party: rows of the chooser's table, and logits.
struct PartyCandidate {
  static constexpr std::size_t slots = 71, logits = 4, numbers = logits + VectorPairs::numbers;
  std::uint32_t token = 0;  ///< head
  std::string_view code;    ///< its country or body; empty = none known
  std::array<std::uint16_t, slots> rows{};
  std::array<float, numbers> values{};  ///< logits, then what compare() says
  bool suffers = false;                 ///< by its grammar it cannot act: "Arland was accused"
};

/// For one document. Holds references to all it is given.
class PartyCandidates {
 public:
  PartyCandidates(const Arguments& arguments, const Ontology& ontology, const DocumentCountries& named, std::span<const OpenEvent> events);
  /// All words of the event's sentence that may be parties, then who is named within three sentences of it and not in it, and
  /// the countries of title and lead and those named most.
  void of(std::size_t event, std::vector<PartyCandidate>& out);

 private:
  struct Part;
  template <class Holds>
  Part part_beside(std::size_t event, int step, const Holds& holds_in) const;
  std::size_t dealings(std::size_t event, std::string_view actor, std::string_view recipient) const;
  struct Told;
  Told told_before(std::size_t event) const;
  std::size_t part_in(std::int32_t event, std::string_view code) const;
  bool looks_into_it(std::size_t event, std::uint32_t token) const;
  void countries_of(const std::vector<std::uint32_t>& heads, std::vector<std::string_view>& out) const;
  const Mention* headed_by(std::uint32_t token) const;
  void named_elsewhere(std::size_t event, std::vector<std::uint32_t>& out) const;
  void named_most(std::size_t event, std::vector<std::uint32_t>& out) const;
  void describe(std::size_t event, const Told& told, std::uint32_t token, const PairFeatures* pair, const float* logits, const float* most,
                PartyCandidate& out) const;

  const Arguments& arguments_;
  const Parse& parse_;
  const Mentions& mentions_;
  const Ontology& ontology_;
  const DocumentCountries& named_;
  std::span<const OpenEvent> events_;
  std::vector<std::array<std::vector<std::string_view>, 2>> countries_;            ///< of each event's actors and recipients
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> dealings_;  ///< events by country that acts and that receives; empty = whichever
  std::vector<std::uint32_t> elsewhere_;
};

/// Const and safe on many threads. Views the bytes, which must outlive it.
class PartyChooser {
 public:
  enum Part : std::size_t { none, actor, recipient, parts };
  /// Errors: bad_format, newer_version.
  static Result<PartyChooser> view(std::string_view bytes, std::size_t vector_size);
  static std::size_t table_rows();  ///< of the weights, for training
  std::uint64_t checksum() const { return network_.checksum(); }
  /// What the scorer's vectors of trigger and candidates say of each other; before choose().
  void compare(const EventNetwork::Scores& scores, std::uint32_t trigger, std::span<PartyCandidate> candidates, EventNetwork::Scratch& scratch) const;
  /// Probabilities that the candidate is no party, acts, receives.
  std::array<float, parts> judge(const PartyCandidate& candidate) const;
  using Sides = std::array<std::vector<std::uint32_t>, 2>;  ///< head tokens of actors and recipients
  /// What is known of the recipient: its type wants one; it may have one; the tables know the act and found none.
  enum class Need : std::uint8_t { recipient, open, doubtful };
  /// Those more likely than not; where a side has none, of the country all of whose namings together are likeliest the likeliest naming, if
  /// they are likely enough.
  Sides choose(std::span<const PartyCandidate> candidates, Need need) const;

 private:
  PartyChooser(const RowNetwork& network, const VectorPairs& pairs) : network_(network), pairs_(pairs) {}

  RowNetwork network_;
  VectorPairs pairs_;
};

}  // namespace legation
