// The report as a picture. Written by hand: a few shapes need no library.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "relations/report_writers.h"

namespace legation {
namespace {

constexpr double left = 64, right = 976, index_top = 84, index_bottom = 300, bars_top = 336, bars_bottom = 476;
constexpr std::array<const char*, 4> quad_colours = {"#9ecae1", "#2171b5", "#fdae6b", "#cb181d"};
constexpr std::array<const char*, 4> quad_names = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"};
constexpr const char* change_colour = "#54278f";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out;
}

class SvgReport {
 public:
  SvgReport(const RelationReport& report, const PlotOptions& options)
      : report_(report),
        options_(options),
        points_(options.filtered ? report.index.filtered : report.index.smoothed),
        step_((right - left) / static_cast<double>(report.series.periods.size())) {}

  std::string text() {
    heading();
    silence();
    time_axis();
    index();
    bars();
    changes();
    footer();
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 {0:.0f}\" width=\"1000\" "
        "height=\"{0:.0f}\" "
        "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"12\" fill=\"#222\">\n"
        "<rect width=\"1000\" height=\"{0:.0f}\" fill=\"white\"/>\n{1}</svg>\n",
        y_, body_);
  }

 private:
  double x(double period) const { return left + period * step_; }
  static double y(double value) { return index_top + (1 - value) / 2 * (index_bottom - index_top); }
  void label(double x, double y, const std::string& text, const std::string& style = "") {
    body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}{}>{}</text>\n", x, y, style.empty() ? "" : " ", style, escaped(text));
  }
  void line(double x1, double y1, double x2, double y2, const char* style) {
    body_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x1, y1, x2, y2, style);
  }
  void box(double x, double y, double width, double height, const char* colour) {
    body_ += fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"{}\"/>\n", x, y, width, height, colour);
  }

  void heading() {
    std::int64_t events = 0, told = 0;
    for (const PeriodCounts& period : report_.series.periods) events += period.events(), told += period.told;
    label(left, 32, report_.actor_name + " and " + report_.recipient_name, "font-size=\"21\" font-weight=\"bold\"");
    label(left, 54,
          fmt::format("From +1, cooperation alone, to −1, conflict alone: posterior mean and 90% interval; {} "
                      "incidents in {} tellings",
                      events, told),
          "fill=\"#555\"");
  }

  /// Stretches that nobody covered are grey in both panels.
  void silence() {
    const auto& periods = report_.series.periods;
    for (std::size_t at = 0; at < periods.size(); ++at) {
      std::size_t end = at;
      while (end < periods.size() && periods[end].below_threshold) ++end;
      if (end == at) continue;
      for (const auto& [top, bottom] : {std::pair{index_top, index_bottom}, std::pair{bars_top, bars_bottom}})
        box(x(static_cast<double>(at)), top, static_cast<double>(end - at) * step_, bottom - top, "#f4f4f4");
      at = end;
    }
  }

  void time_axis() {
    const auto& periods = report_.series.periods;
    double free_from = 0;
    for (std::size_t at = 0; at < periods.size(); ++at) {
      if (at > 0 && periods[at].begin.year() == periods[at - 1].begin.year()) continue;
      const double here = x(static_cast<double>(at));
      if (here < free_from) continue;
      if (at > 0) line(here, index_top, here, bars_bottom, "stroke=\"#e4e4e4\"");
      label(here + 2, bars_bottom + 16, std::to_string(periods[at].begin.year()), "fill=\"#555\"");
      free_from = here + 36;
    }
  }

  std::string outline(double IndexPoint::*bound) const {
    std::string path;
    for (std::size_t at = 0; at < points_.size(); ++at) path += fmt::format("{:.1f},{:.1f} ", x(static_cast<double>(at) + 0.5), y(points_[at].*bound));
    return path;
  }

  void index() {
    for (const double value : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
      line(left, y(value), right, y(value), value == 0 ? "stroke=\"#999\"" : "stroke=\"#e4e4e4\"");
      label(left - 8, y(value) + 4, value == 0 ? "0" : fmt::format("{:+.1f}", value), "text-anchor=\"end\" fill=\"#555\"");
    }
    std::string back;
    for (std::size_t at = points_.size(); at-- > 0;) back += fmt::format("{:.1f},{:.1f} ", x(static_cast<double>(at) + 0.5), y(points_[at].lower));
    body_ += fmt::format("<polygon points=\"{}{}\" fill=\"#6baed6\" fill-opacity=\"0.3\"/>\n", outline(&IndexPoint::upper), back);
    body_ += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#08519c\" stroke-width=\"2\" "
        "stroke-linejoin=\"round\"/>\n",
        outline(&IndexPoint::mean));
  }

  /// Cooperation upwards, conflict downwards, the material part outermost.
  void bars() {
    std::int64_t up = 1, down = 1;
    for (const PeriodCounts& period : report_.series.periods) up = std::max(up, period.cooperation()), down = std::max(down, period.conflict());
    const double unit = (bars_bottom - bars_top) / static_cast<double>(up + down), zero = bars_top + static_cast<double>(up) * unit;
    const double width = std::max(0.6, step_ * 0.82);
    for (std::size_t at = 0; at < report_.series.periods.size(); ++at) {
      const Quads& quads = report_.series.periods[at].quads;
      double over = zero, under = zero;
      for (std::size_t quad = 0; quad < 4; ++quad) {
        const double height = static_cast<double>(quads[quad]) * unit;
        if (height <= 0) continue;
        if (quad < 2) over -= height;
        box(x(static_cast<double>(at)) + (step_ - width) / 2, quad < 2 ? over : under, width, height, quad_colours[quad]);
        if (quad >= 2) under += height;
      }
    }
    line(left, zero, right, zero, "stroke=\"#999\"");
    label(left - 8, bars_top + 8, std::to_string(up), "text-anchor=\"end\" fill=\"#555\"");
    label(left - 8, zero + 4, "0", "text-anchor=\"end\" fill=\"#555\"");
    label(left - 8, bars_bottom, std::to_string(down), "text-anchor=\"end\" fill=\"#555\"");
    double at = left;
    for (std::size_t quad = 0; quad < 4; ++quad) {
      box(at, bars_top - 16, 10, 10, quad_colours[quad]);
      label(at + 14, bars_top - 7, quad_names[quad], "font-size=\"11\"");
      at += 150;
    }
    box(at, bars_top - 16, 10, 10, "#e4e4e4");
    label(at + 14, bars_top - 7, "too little coverage to say", "font-size=\"11\"");
    y_ = bars_bottom + 44;
  }

  void marker(double x, double y, std::size_t number) {
    body_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"9\" fill=\"{}\"/>\n", x, y, change_colour);
    label(x, y + 4, std::to_string(number), "text-anchor=\"middle\" fill=\"white\" font-size=\"11\" font-weight=\"bold\"");
  }

  /// In periods: the day within its own.
  double place_of(const Change& change) const {
    const Date begin = report_.series.periods[change.period].begin;
    const int days = later_period(begin, report_.series.by, 1) - begin;
    return static_cast<double>(change.period) + static_cast<double>(change.day - begin) / std::max(days, 1);
  }

  void changes() {
    double free_from = left;  // markers of near changes stand side by side
    for (std::size_t at = 0; at < report_.changes.size(); ++at) {
      const Change& change = report_.changes[at];
      const double here = x(place_of(change));
      line(here, index_top - 4, here, bars_bottom, "stroke=\"#54278f\" stroke-dasharray=\"4 3\"");
      const double mark = std::max(here, free_from);
      marker(mark, index_top - 12, at + 1);
      free_from = mark + 19;
      marker(left + 9, y_ - 4, at + 1);
      label(left + 26, y_, fmt::format("{}: {:+.2f} to {:+.2f}", change.day.iso(), change.before, change.after), "font-weight=\"bold\"");
      label(left + 236, y_,
            fmt::format("evidence {:.1f}, needed {:.1f}; without the incidents below: {:+.2f}, evidence {:.1f}", change.evidence, change.needed,
                        change.after_without, change.evidence_without),
            "fill=\"#555\"");
      for (const Driver& driver : change.drivers) {
        y_ += 17;
        const std::string words = driver.sentence.empty() ? driver.title : driver.sentence;
        label(left + 26, y_, fmt::format("{}  {}  {}", driver.date, driver.type, driver.who), "font-size=\"11\"");
        const std::string by = driver.source.empty() ? "" : " — " + shortened(driver.source, 28);
        label(left + 236, y_, "“" + shortened(words, by.empty() ? 102 : 78) + "”" + by, "font-size=\"11\" fill=\"#444\"");
      }
      y_ += 24;
    }
  }

  void footer() {
    y_ += 4;
    label(left, y_,
          "Filters: " + report_.provenance.filter + fmt::format(". Discount {:.2f}, {}.", report_.index.discount, options_.filtered ? "filtered" : "smoothed"),
          "fill=\"#777\" font-size=\"10\"");
    label(left, y_ += 14, "Engine: " + shortened(report_.provenance.engines, 130) + ". Mapping tables: " + report_.provenance.mappings + ".",
          "fill=\"#777\" font-size=\"10\"");
    y_ += 16;
  }

  const RelationReport& report_;
  PlotOptions options_;
  const std::vector<IndexPoint>& points_;
  double step_, y_ = 0;
  std::string body_;
};

}  // namespace

std::string svg_report(const RelationReport& report, const PlotOptions& options) { return SvgReport(report, options).text(); }

}  // namespace legation
