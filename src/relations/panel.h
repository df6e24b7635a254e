// All dyads at once: index and changes of each, and who moved most lately. Doors: csv_all_dyads(),
// find_movers().
#pragma once

#include <string>
#include <vector>

#include "relations/index.h"
#include "relations/report.h"
#include "relations/series.h"

namespace legation {

/// What the dyads of a panel have in common.
struct PanelModel {
  Balance group;
  double discount = 0.9;
};
/// Learned on the most active dyads (at most 400), periods [0, periods) only.
PanelModel learn_panel(const DyadPanel& panel, std::size_t periods);

/// Periods [0, n) of one dyad, those without events too.
std::vector<Observation> counts(const DyadPanel& panel, const SparseDyad& dyad, std::size_t n);

/// One row a dyad and period with events: counts by quad, filtered index with interval, 1 where the balance
/// changed. A comment line of provenance goes before the header. On all cores; the same bytes whatever their
/// number.
std::string csv_all_dyads(const DyadPanel& panel, const Provenance& provenance);

/// One row a dyad, however thin: its events, and the rates of cooperation and of conflict at the end of the
/// last period, in events of a usual period, with 90% intervals. They are those that the index rests on
/// (RateFilter), so a dyad that was silent lately still has the rate that its past lets one expect.
std::string csv_dyad_rates(const DyadPanel& panel, const Provenance& provenance);

/// A count of the last period, under what the dyad's own past lets one expect.
struct Mover {
  std::string a, b;
  bool conflict = false;  ///< else cooperation
  std::int64_t seen = 0;
  double expected = 0;                       ///< mean of the posterior predictive
  double index_before = 0, index_after = 0;  ///< filtered
  double p = 1;                              ///< twice the smaller tail of the posterior predictive, the count itself in both tails
  double q = 1;                              ///< false discovery rate at which it is told (Benjamini & Hochberg, JRSS B 57, 1995)
};

/// Both counts of every dyad in the last period, most surprising first.
std::vector<Mover> find_movers(const DyadPanel& panel);

/// Sets q from p over all tests; keeps the order.
void control_discoveries(std::vector<Mover>& movers);

}  // namespace legation
