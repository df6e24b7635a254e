// SectorChooser: in which sector a party acts or is met. The tables know the noun and the scorer the sentence; here both stand beside the act, the
// noun's modifiers and the other party ("members of the ruling party" who vote, "gunmen" of a known movement). Doors: sector_candidates(), SectorChooser.
// Weights: models/events/sectors.bin (docs/model-format.md), made by train/events/sectors.py.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "events/event_network.h"
#include "events/ontology.h"
#include "events/row_network.h"
#include "legation/mention.h"

namespace legation {

/// A party whose sector is asked for.
struct SectorQuestion {
  std::uint32_t head = 0, trigger = 0;  ///< tokens
  EventNetwork::Place place{};
  std::size_t mode = 0;  ///< row of the event's first mode among all, counted from 1; 0 = none
  const Mention* mention = nullptr;
  std::string_view code, sector;  ///< by the tables
  std::string_view other_code, other_sector;
  std::span<const float> chances;  ///< of the sectors by the scorer, in the order of Ontology::sectors()
};

/// One sector that it may have: rows of the chooser's table, and the scorer's logit.
struct SectorCandidate {
  static constexpr std::size_t slots = 27, numbers = 1;
  std::size_t sector = 0;  ///< row of Ontology::sectors()
  std::array<std::uint16_t, slots> rows{};
  std::array<float, numbers> values{};
};

/// The tables' own, and those of which the scorer does not think too little.
void sector_candidates(const Parse& parse, const Ontology& ontology, const SectorQuestion& question, std::vector<SectorCandidate>& out);

/// Const and safe on many threads. Views the bytes, which must outlive it.
class SectorChooser {
 public:
  /// Errors: bad_format, newer_version.
  static Result<SectorChooser> view(std::string_view bytes);
  static std::size_t table_rows();  ///< of the weights, for training
  std::uint64_t checksum() const { return network_.checksum(); }
  /// Of the candidates, of which there must be one.
  RowChoice choose(std::span<const SectorCandidate> candidates) const;

 private:
  explicit SectorChooser(const RowNetwork& network) : network_(network) {}

  RowNetwork network_;
};

}  // namespace legation
