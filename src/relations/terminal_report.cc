// The report on a terminal, in Unicode blocks.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "relations/report_writers.h"

namespace legation {
namespace {

constexpr int plot_rows = 13;
constexpr std::size_t gutter = 11;
constexpr std::array<const char*, 4> quad_names = {"verbal coop", "mater. coop", "verbal conf", "mater. conf"};
constexpr std::array<const char*, 9> bars = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

/// Which periods share a column, or how many columns a period has.
struct Columns {
  std::size_t periods, per_column = 1, per_period = 1;
  Columns(std::size_t n, std::size_t width) : periods(n) {
    if (n > width)
      per_column = (n + width - 1) / width;
    else
      per_period = std::clamp<std::size_t>(width / std::max<std::size_t>(n, 1), 1, 8);
  }
  std::size_t count() const { return per_column > 1 ? (periods + per_column - 1) / per_column : periods * per_period; }
  std::size_t first(std::size_t column) const { return per_column > 1 ? column * per_column : column / per_period; }
  std::size_t end(std::size_t column) const { return std::min(periods, first(column) + per_column); }
  std::size_t of(std::size_t period) const { return per_column > 1 ? period / per_column : period * per_period; }
};

int row_of(double value) { return static_cast<int>(std::lround((1 - value) / 2 * (plot_rows - 1))); }

class TerminalReport {
 public:
  TerminalReport(const RelationReport& report, const PlotOptions& options)
      : report_(report),
        options_(options),
        points_(options.filtered ? report.index.filtered : report.index.smoothed),
        columns_(report.series.periods.size(), options.width > gutter + 20 ? options.width - gutter - 1 : 40) {}

  std::string text() {
    heading();
    plot();
    axis();
    quads();
    changes();
    claims();
    footer();
    return std::move(out_);
  }

 private:
  std::string painted(const char* code, const std::string& text) const { return options_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text; }

  void heading() {
    std::int64_t events = 0, told = 0;
    for (const PeriodCounts& period : report_.series.periods) events += period.events(), told += period.told;
    const auto& periods = report_.series.periods;
    out_ += fmt::format("{} and {}, {} to {}: {} incidents in {} tellings\n\n", painted("1", report_.actor_name), painted("1", report_.recipient_name),
                        period_label(periods.front().begin, report_.series.by), period_label(periods.back().begin, report_.series.by), events, told);
  }

  IndexPoint mean_over(std::size_t column) const {
    IndexPoint out{0, 0, 0};
    const auto n = static_cast<double>(columns_.end(column) - columns_.first(column));
    for (std::size_t at = columns_.first(column); at < columns_.end(column); ++at)
      out.mean += points_[at].mean / n, out.lower += points_[at].lower / n, out.upper += points_[at].upper / n;
    return out;
  }
  bool has_events(std::size_t column) const {
    for (std::size_t at = columns_.first(column); at < columns_.end(column); ++at)
      if (report_.series.periods[at].events() > 0) return true;
    return false;
  }
  bool is_change(std::size_t column) const {
    return std::any_of(report_.changes.begin(), report_.changes.end(), [&](const Change& change) { return columns_.of(change.period) == column; });
  }

  std::string cell(int row, std::size_t column) const {
    const IndexPoint point = mean_over(column);
    if (row == row_of(point.mean)) return has_events(column) ? painted(point.mean >= 0 ? "34" : "31", "█") : "─";
    if (is_change(column)) return painted("33", "┃");
    if (row >= row_of(point.upper) && row <= row_of(point.lower)) return painted("2", "░");
    return row == row_of(0) ? painted("2", "┄") : " ";
  }

  void plot() {
    for (int row = 0; row < plot_rows; ++row) {
      const double value = 1 - 2.0 * row / (plot_rows - 1);
      const bool labelled = row % 3 == 0;
      out_ += labelled ? fmt::format("{:>{}} ┤", row == row_of(0) ? "0" : fmt::format("{:+.1f}", value), gutter - 2) : fmt::format("{:>{}} │", "", gutter - 2);
      for (std::size_t column = 0; column < columns_.count(); ++column) out_ += cell(row, column);
      out_ += '\n';
    }
  }

  /// Numbers of the changes, then years or the first labels that fit.
  void axis() {
    std::string marks(columns_.count() + 8, ' '), labels(columns_.count() + 12, ' ');
    for (std::size_t at = 0; at < report_.changes.size(); ++at)
      marks.replace(columns_.of(report_.changes[at].period), std::to_string(at + 1).size(), std::to_string(at + 1));
    std::size_t free_from = 0;
    const auto& periods = report_.series.periods;
    for (std::size_t at = 0; at < periods.size(); ++at) {
      const std::size_t column = columns_.of(at);
      const bool new_year = at == 0 || periods[at].begin.year() != periods[at - 1].begin.year();
      if (!new_year || column < free_from) continue;
      labels.replace(column, 4, std::to_string(periods[at].begin.year()));
      free_from = column + 6;
    }
    if (!report_.changes.empty()) out_ += fmt::format("{:>{}}  {}\n", "change", gutter - 2, trimmed(marks));
    out_ += fmt::format("{:>{}}  {}\n", "", gutter - 2, trimmed(labels));
  }
  static std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  /// Below the threshold a blank, a true zero a low line.
  void quads() {
    std::int64_t most = 1;
    std::vector<Quads> sums(columns_.count());
    for (std::size_t column = 0; column < columns_.count(); ++column)
      for (std::size_t at = columns_.first(column); at < columns_.end(column); ++at)
        for (std::size_t quad = 0; quad < 4; ++quad) most = std::max(most, sums[column][quad] += report_.series.periods[at].quads[quad]);
    for (std::size_t quad = 0; quad < 4; ++quad) {
      std::int64_t total = 0;
      std::string line;
      for (std::size_t column = 0; column < columns_.count(); ++column) {
        const std::int64_t n = sums[column][quad];
        const bool silent = report_.series.periods[columns_.first(column)].below_threshold && !has_events(column);
        line += n > 0 ? bars[static_cast<std::size_t>(1 + 7 * (n - 1) / std::max<std::int64_t>(most - 1, 1))] : silent ? " " : "_";
      }
      for (const PeriodCounts& period : report_.series.periods) total += period.quads[quad];
      out_ += fmt::format("{} {}  {}\n", quad_names[quad], painted(quad < 2 ? "34" : "31", line), total);
    }
    out_ += fmt::format("{:>{}} highest bar {}; _ none; blank: too little coverage to say\n\n", "", gutter, most);
  }

  void changes() {
    if (report_.changes.empty()) out_ += "No change of balance is worth its penalty.\n\n";
    for (std::size_t at = 0; at < report_.changes.size(); ++at) {
      const Change& change = report_.changes[at];
      out_ += painted("1", fmt::format("{}  {}  {:+.2f} to {:+.2f}", at + 1, change.day.iso(), change.before, change.after));
      out_ += fmt::format("   evidence {:.1f}, needed {:.1f}; without these {} to {:+.2f}, evidence {:.1f}\n", change.evidence, change.needed,
                          change.drivers.size(), change.after_without, change.evidence_without);
      for (const Driver& driver : change.drivers) {
        const std::string head = fmt::format("   {}  {}{}{}  {}{}  ", driver.date, driver.type, driver.modes.empty() ? "" : " ", driver.modes, driver.who,
                                             driver.told > 1 ? fmt::format(", told {} times", driver.told) : "");
        out_ += head + "\n     “" + shortened(driver.sentence.empty() ? driver.title : driver.sentence, std::max(40u, options_.width - 12)) + "”" +
                (driver.source.empty() ? "" : " — " + driver.source) + "\n";
      }
      out_ += '\n';
    }
  }

  void claims() {
    if (!report_.claims.empty()) out_ += painted("1", "What texts state of it\n");
    for (const StatedClaim& claim : report_.claims)
      out_ += fmt::format("   {}  {}  {}  {}{}\n", claim.date, claim.property, claim.who, claim.value, claim.source.empty() ? "" : " — " + claim.source);
    if (!report_.claims.empty()) out_ += '\n';
  }

  void footer() {
    out_ += fmt::format(
        "Index: posterior of (cooperation − conflict) / (cooperation + conflict), mean and 90% interval, {}; "
        "discount {:.2f};\n"
        "shrunk to {:.1f} events of balance {:+.2f}. Changes: PELT on days, binomial cost, BIC times "
        "dispersion "
        "{:.2f}.\n"
        "Filters: {}.\nEngine: {}. Mapping tables: {}.\n",
        options_.filtered ? "filtered" : "smoothed", report_.index.discount, report_.group.cooperation + report_.group.conflict,
        (report_.group.cooperation - report_.group.conflict) / (report_.group.cooperation + report_.group.conflict), report_.dispersion,
        report_.provenance.filter, report_.provenance.engines, report_.provenance.mappings);
  }

  const RelationReport& report_;
  PlotOptions options_;
  const std::vector<IndexPoint>& points_;
  Columns columns_;
  std::string out_;
};

}  // namespace

std::string terminal_report(const RelationReport& report, const PlotOptions& options) { return TerminalReport(report, options).text(); }

std::string shortened(const std::string& text, std::size_t length) {
  std::size_t points = 0, cut = 0;
  std::string out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++points == length) cut = out.size();
    out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  }
  return points > length ? out.substr(0, cut) + "…" : out;
}

std::string dyad_code(const Dyad& dyad) { return fmt::format("{}-{}", fmt::join(dyad.actors, "+"), fmt::join(dyad.recipients, "+")); }

}  // namespace legation
