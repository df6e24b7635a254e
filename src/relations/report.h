// RelationReport: everything that is said of one dyad: series, index, changes with their drivers, claims.
// Door: read_report().
#pragma once

#include <string>
#include <vector>

#include "relations/index.h"
#include "relations/series.h"

namespace legation {

/// One incident under a change.
struct Driver {
  std::string date, type, modes, who;  ///< who: "CHN to KOR", "CHN, KOR" when they act together
  int quad = 1;
  double score = 0;
  std::int64_t told = 1;                ///< tellings in the ledger
  std::string source, title, sentence;  ///< of the first telling
};

/// Where the balance of cells in a row changes. The index of a stretch is (cooperation - conflict) /
/// (cooperation + conflict).
struct BalanceChange {
  std::size_t at = 0;  ///< the first cell after it
  double before = 0, after = 0;
  double evidence = 0;  ///< likelihood-ratio statistic, divided by the dispersion; compare with `needed`
  double needed = 0;    ///< the penalty that it had to beat
};

struct BalanceChanges {
  std::vector<BalanceChange> changes;
  double dispersion = 1;  ///< of cells about the balance of their surroundings, in binomial variances; at least 1
};

/// A change of the dyad's balance, on a day, with what drove it.
struct Change : BalanceChange {
  Date day;                                        ///< the first that belongs to the new stretch
  std::size_t period = 0;                          ///< that holds the day, index into the series
  std::vector<Driver> drivers;                     ///< at most ReportOptions::most_drivers
  double after_without = 0, evidence_without = 0;  ///< as if the drivers had not happened
};

/// What a text states of the relation's structure.
struct StatedClaim {
  std::string property, who, value, date, speaker, source, sentence;
};

/// What a figure rests on.
struct Provenance {
  std::string engines, mappings, filter;
};

struct RelationReport {
  Dyad dyad;
  std::string actor_name, recipient_name;
  Series series;
  Balance group;
  RelationIndex index;
  std::vector<Change> changes;
  double dispersion = 1;  ///< as in BalanceChanges
  std::vector<StatedClaim> claims;
  Provenance provenance;
};

struct ReportOptions {
  SeriesFilter filter;
  double interval = 0.9;
  std::size_t most_drivers = 5;  ///< named under each change
  int near_days = 90;            ///< drivers are looked for in so many days from the change on ...
  int half_life = 21;            ///< ... and count half as much after each stretch of so many days
};

/// Errors: not_found when the ledger holds no event of the dyad, with those with whom it has most; those of
/// Database::query.
Result<RelationReport> read_report(Database& ledger, const Dyad& dyad, const ReportOptions& options);

/// Engines and mapping tables of a ledger's runs. Errors: those of Database::query.
Result<Provenance> read_provenance(Database& ledger, const SeriesFilter& filter);

/// PELT with the binomial cost; a change must beat 2 log n times the dispersion, n the cells with events.
/// Cells without events are passed over: they say nothing of the balance.
BalanceChanges find_balance_changes(const std::vector<Observation>& cells);

/// What the index rests on, a period each.
std::vector<Observation> observations(const Series& series);

}  // namespace legation
