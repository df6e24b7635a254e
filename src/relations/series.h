// Series: what passed between two sides, period by period, read from a ledger. Doors: read_series(),
// read_all_dyads().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/database.h"
#include "legation/date.h"
#include "legation/result.h"
#include "relations/period.h"

namespace legation {

/// Two sides, each one code or several ("KOR"; "KOR", "JPN").
struct Dyad {
  std::vector<std::string> actors, recipients;
  bool directed = false;  ///< only what actors do to recipients
};

/// How much an occurrence counts.
enum class Weight : std::uint8_t {
  incident,  ///< once, however often told
  reports,   ///< as often as outlets report it independently: an agency's reprints are one
  tellings,  ///< as often as any text tells it
};

/// Which rows speak, and how they count.
struct SeriesFilter {
  Step by = Step::month;
  std::optional<Date> from, to;  ///< days, both included; else the first and last event of the dyad
  bool plain = true;             ///< leave out what is denied, hypothetical, still ahead or background
  Weight weight = Weight::incident;
  std::string context, sector;  ///< PLOVER context; sector of either side; empty = all
  /// Only on the word of an organ of state (GOV, MIL, LEG, JUD, COP, SPY): one is among the speakers of the
  /// attribution, or the act is itself a verbal one of such an organ.
  bool official = false;
  std::vector<std::string> without;  ///< events in which one of these takes part are left out
  bool normalise = true;             ///< divide by the ledger's coverage of the period
  double speaking = 1;               ///< a period without events speaks only when at least so many would be usual
  std::string words() const;         ///< for people: "by month, incidents, plain events, ..."
};

/// Counts by quad: verbal and material cooperation, verbal and material conflict.
using Quads = std::array<std::int64_t, 4>;
/// Counts by type, in the order of EventType.
using Types = std::array<std::int64_t, 16>;

struct PeriodCounts {
  Date begin;
  Quads quads{};                ///< of both directions
  Quads forward{}, backward{};  ///< actors to recipients, recipients to actors; what they do together is in both
  std::int64_t told = 0;        ///< tellings behind the incidents
  Types types{};
  double score = 0, goldstein = 0;  ///< sums: PLOVER -10..10 and Goldstein -10..10 per incident
  std::int64_t coverage = 0;        ///< rows of the whole ledger in this period
  double exposure = 1;              ///< coverage relative to its mean
  bool below_threshold = false;     ///< no event, and too little coverage to take that for silence

  std::int64_t cooperation() const { return quads[0] + quads[1]; }
  std::int64_t conflict() const { return quads[2] + quads[3]; }
  std::int64_t events() const { return cooperation() + conflict(); }
  std::int64_t net() const { return cooperation() - conflict(); }
  std::optional<double> cooperation_share() const;  ///< 0..1; empty without events
  std::optional<double> mean_score() const;
  std::optional<double> mean_goldstein() const;
  std::optional<double> asymmetry() const;  ///< -1 (all backward) .. 1 (all forward)
};

/// What a day says of the balance.
struct DayBalance {
  Date day;
  std::int64_t cooperation = 0, conflict = 0;
};

struct Series {
  Step by = Step::month;
  std::vector<DayBalance> days;       ///< those with events, in order: changes are found on them
  std::vector<PeriodCounts> periods;  ///< without gaps, in order; empty when the dyad has no event
};

/// Counted in SQL; only days come into memory. Errors: those of Database::query.
Result<Series> read_series(Database& ledger, const Dyad& dyad, const SeriesFilter& filter);

/// One undirected dyad of many: only periods with events.
struct SparseDyad {
  std::string a, b;  ///< a < b
  struct Cell {
    std::uint32_t period = 0;
    Quads quads{};
  };
  std::vector<Cell> cells;  ///< ascending
  std::int64_t cooperation = 0, conflict = 0;
};

/// All dyads of a ledger over the same periods.
struct DyadPanel {
  Step by = Step::month;
  std::vector<Date> begins;
  std::vector<double> exposure;
  std::vector<SparseDyad> dyads;  ///< by a, then b
};

/// Dyads of different codes with at least `min_events`. Errors: those of Database::query.
Result<DyadPanel> read_all_dyads(Database& ledger, const SeriesFilter& filter, std::int64_t min_events);

/// FROM ... WHERE ... of the rows that speak; columns of `pairs` as p, of `coded_events` as e where a filter
/// needs them.
std::string rows_that_speak(const SeriesFilter& filter);
/// GROUP BY of the rows that tell one occurrence: the ledger's incident; of imported rows, which have none,
/// one type on a day.
std::string incident_key();
/// What one group of rows, made by incident_key(), counts.
std::string weight_sql(Weight weight);
/// p.actor and p.recipient are the two sides.
std::string between(const Dyad& dyad);
std::string listed(const std::vector<std::string>& codes);  ///< ('KOR', 'JPN')

}  // namespace legation
