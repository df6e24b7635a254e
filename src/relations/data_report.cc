// The report as JSON and CSV.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "legation/ontology.h"
#include "relations/report_writers.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const IndexPoint& point) { return {{"mean", point.mean}, {"lower", point.lower}, {"upper", point.upper}}; }
Json json_of(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

Json types_json(const Types& types) {
  Json json = Json::object();
  for (std::size_t at = 0; at < types.size(); ++at)
    if (types[at] > 0) json[std::string(name(static_cast<EventType>(at)))] = types[at];
  return json;
}

Json period_json(const RelationReport& report, std::size_t at) {
  const PeriodCounts& period = report.series.periods[at];
  return {{"period", period_label(period.begin, report.series.by)},
          {"begin", period.begin.iso()},
          {"below_threshold", period.below_threshold},
          {"coverage", period.coverage},
          {"exposure", period.exposure},
          {"quads", period.quads},
          {"types", types_json(period.types)},
          {"forward", period.forward},
          {"backward", period.backward},
          {"told", period.told},
          {"score", period.score},
          {"mean_score", json_of(period.mean_score())},
          {"goldstein", period.goldstein},
          {"mean_goldstein", json_of(period.mean_goldstein())},
          {"net", period.net()},
          {"cooperation_share", json_of(period.cooperation_share())},
          {"asymmetry", json_of(period.asymmetry())},
          {"index", json_of(report.index.smoothed[at])},
          {"index_filtered", json_of(report.index.filtered[at])}};
}

Json change_json(const RelationReport& report, const Change& change) {
  Json drivers = Json::array();
  for (const Driver& driver : change.drivers)
    drivers.push_back({{"date", driver.date},
                       {"type", driver.type},
                       {"modes", driver.modes},
                       {"who", driver.who},
                       {"quad", driver.quad},
                       {"score", driver.score},
                       {"told", driver.told},
                       {"source", driver.source},
                       {"title", driver.title},
                       {"sentence", driver.sentence}});
  return {{"day", change.day.iso()},
          {"period", period_label(report.series.periods[change.period].begin, report.series.by)},
          {"before", change.before},
          {"after", change.after},
          {"evidence", change.evidence},
          {"needed", change.needed},
          {"after_without_drivers", change.after_without},
          {"evidence_without_drivers", change.evidence_without},
          {"drivers", drivers}};
}

std::string number(std::optional<double> value) { return value ? fmt::format("{:.6g}", *value) : ""; }

}  // namespace

std::string json_report(const RelationReport& report) {
  Json json = {{"dyad", dyad_code(report.dyad)},
               {"actors", report.dyad.actors},
               {"recipients", report.dyad.recipients},
               {"directed", report.dyad.directed},
               {"by", name(report.series.by)},
               {"filter", report.provenance.filter},
               {"engine", report.provenance.engines},
               {"mapping", report.provenance.mappings},
               {"discount", report.index.discount},
               {"dispersion", report.dispersion},
               {"group", {{"cooperation", report.group.cooperation}, {"conflict", report.group.conflict}}}};
  json["periods"] = Json::array(), json["changes"] = Json::array(), json["claims"] = Json::array();
  for (std::size_t at = 0; at < report.series.periods.size(); ++at) json["periods"].push_back(period_json(report, at));
  for (const Change& change : report.changes) json["changes"].push_back(change_json(report, change));
  for (const StatedClaim& claim : report.claims)
    json["claims"].push_back({{"property", claim.property},
                              {"who", claim.who},
                              {"value", claim.value},
                              {"date", claim.date},
                              {"speaker", claim.speaker},
                              {"source", claim.source},
                              {"sentence", claim.sentence}});
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_report(const RelationReport& report) {
  std::string out =
      fmt::format("# {}; {}; engine {}; mapping {}\n", dyad_code(report.dyad), report.provenance.filter, report.provenance.engines, report.provenance.mappings);
  out +=
      "period,begin,below_threshold,coverage,verbal_cooperation,material_cooperation,verbal_conflict,"
      "material_conflict,told,score,mean_score,goldstein,"
      "mean_goldstein,cooperation_share,net,asymmetry,index,lower,upper,index_filtered,lower_filtered,upper_"
      "filtered,change";
  for (std::size_t at = 0; at < event_type_count; ++at) out += fmt::format(",{}", name(static_cast<EventType>(at)));
  out += '\n';
  for (std::size_t at = 0; at < report.series.periods.size(); ++at) {
    const PeriodCounts& p = report.series.periods[at];
    const IndexPoint &s = report.index.smoothed[at], &f = report.index.filtered[at];
    std::string change;
    for (std::size_t which = 0; which < report.changes.size(); ++which)
      if (report.changes[which].period == at) change += (change.empty() ? "" : " ") + std::to_string(which + 1);
    // Below the threshold a count is unknown, not zero.
    const std::string counts = p.below_threshold ? ",,," : fmt::format("{}", fmt::join(p.quads, ","));
    const std::string types = p.below_threshold ? std::string(event_type_count - 1, ',') : fmt::format("{}", fmt::join(p.types, ","));
    out +=
        fmt::format("{},{},{},{},{},{},{:.6g},{},{:.6g},{},{},{},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{},{}\n", period_label(p.begin, report.series.by),
                    p.begin.iso(), p.below_threshold ? 1 : 0, p.coverage, counts, p.told, p.score, number(p.mean_score()), p.goldstein,
                    number(p.mean_goldstein()), number(p.cooperation_share()), p.below_threshold ? "" : std::to_string(p.net()), number(p.asymmetry()), s.mean,
                    s.lower, s.upper, f.mean, f.lower, f.upper, change, types);
  }
  return out;
}

}  // namespace legation
