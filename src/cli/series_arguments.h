// The options by which relations, movers, network and forecast choose what counts.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "legation/result.h"
#include "relations/series.h"

namespace legation {

struct SeriesArguments {
  std::string by = "month", from, to, context, sector;
  bool all = false, tellings = false, reports = false, official = false, raw = false;
  void add_to(CLI::App& command);
  /// Errors: bad_format for a day that is none, or --to before --from.
  Result<SeriesFilter> filter() const;
};

}  // namespace legation
