// A report as text for a terminal, as SVG, JSON and CSV. No file is touched here: all give a string.
#pragma once

#include <string>

#include "relations/report.h"

namespace legation {

struct PlotOptions {
  unsigned width = 120;   ///< of the terminal, in cells
  bool filtered = false;  ///< the index as known in each period; else as known at the end
  bool colour = false;
};

/// Index with interval and changes, counts by quad, drivers, claims.
std::string terminal_report(const RelationReport& report, const PlotOptions& options);
/// The same as a picture, 1000 units wide. Only text, lines and shapes: no script, no outside reference.
std::string svg_report(const RelationReport& report, const PlotOptions& options);
/// One object; all numbers that are drawn and both forms of the index.
std::string json_report(const RelationReport& report);
/// One row a period, with a comment line of provenance before the header.
std::string csv_report(const RelationReport& report);

/// "KOR-CHN" of codes for file names and headings.
std::string dyad_code(const Dyad& dyad);
/// At most `length` code points, the last an ellipsis when cut; line breaks become blanks.
std::string shortened(const std::string& text, std::size_t length);

}  // namespace legation
