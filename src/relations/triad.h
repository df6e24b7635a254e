// Triad: three parties and their three relations. Does one relation move with another or against it, and is
// the triangle balanced? Door: read_triad().
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "relations/report.h"
#include "relations/series.h"

namespace legation {

/// One side of the triangle.
struct TriadSide {
  std::size_t one = 0, other = 1;  ///< of Triad::parties
  Series series;                   ///< over the periods of the triad
  std::vector<IndexPoint> index;   ///< filtered
  std::vector<double> positive;    ///< posterior probability that the index is above zero
};

/// Two sides that share a party.
struct TriadMovement {
  std::size_t one = 0, other = 1;  ///< of Triad::sides
  double correlation = 0;          ///< of the changes of the filtered index from period to period
  double lower = -1, upper = 1;    ///< 90% interval
  std::size_t periods = 0;         ///< compared: both had events
  double worth = 0;                ///< independent pairs that these are worth (Bayley & Hammersley 1946)
};

struct Triad {
  std::array<std::vector<std::string>, 3> parties;
  std::array<std::string, 3> names;
  Step by = Step::month;
  std::array<TriadSide, 3> sides;  ///< 0-1, 0-2, 1-2
  std::array<TriadMovement, 3> movements;
  /// Probability that the triangle is balanced: none or two of its sides negative (Cartwright & Harary 1956).
  /// Empty where a side has had no event yet.
  std::vector<std::optional<double>> balanced;
  Provenance provenance;
};

/// What one event does to two sides at once would move them together by itself: events in which the third
/// takes part are left out of each side. Errors: not_found when a side has no event under the filters; those
/// of Database::query.
Result<Triad> read_triad(Database& ledger, const std::array<std::vector<std::string>, 3>& parties, const ReportOptions& options);

/// Correlation with an interval by Fisher's transformation, the number of pairs reduced for what each series
/// remembers of itself.
TriadMovement moved_together(const std::vector<double>& x, const std::vector<double>& y);

std::string terminal_triad(const Triad& triad, unsigned width);
std::string json_triad(const Triad& triad);
/// One row a period.
std::string csv_triad(const Triad& triad);

}  // namespace legation
