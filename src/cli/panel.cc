// legation movers, network, forecast: all dyads of a ledger at once.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/series_arguments.h"
#include "cli/session.h"
#include "ledger/ledger.h"
#include "relations/forecast.h"
#include "relations/network.h"
#include "relations/panel.h"
#include "relations/parties.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

struct PanelArguments {
  TableArguments tables;
  SeriesArguments series;
  std::string ledger, states, graphml;
  std::int64_t min_events = 10;
  std::size_t top = 20, origins = 24;
  double rate = 0.1;
  std::int64_t ties = 1;
  bool csv = false, json = false, periods = false;
  CLI::App* add_to(CLI::App& app, const char* name, const char* what) {
    CLI::App* command = app.add_subcommand(name, what);
    command->add_option("ledger", ledger, "a file that `legation ingest` made")->required();
    series.add_to(*command);
    command->add_option("--states", states, "only between these: KOR,CHN,\"United States\"");
    command->add_option("--min-events", min_events, "of a dyad in the whole stretch")->capture_default_str();
    tables.add_to(*command);
    return command;
  }
};

struct LoadedPanel {
  DyadPanel panel;
  Provenance provenance;
  std::vector<std::string> states;
};

Result<std::vector<std::string>> states_of(const PanelArguments& arguments) {
  if (arguments.states.empty()) return std::vector<std::string>();
  const auto resources = load_resources(arguments.tables);
  if (!resources.ok()) return resources.error();
  const auto base = KnowledgeBase::load(*resources.value());
  if (!base.ok()) return base.error();
  return resolve_party(base.value(), arguments.states);
}

Result<LoadedPanel> load_panel(const PanelArguments& arguments) {
  const auto filter = arguments.series.filter();
  if (!filter.ok()) return filter.error();
  auto states = states_of(arguments);
  if (!states.ok()) return states.error();
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return ledger.error();
  auto panel = read_all_dyads(ledger.value(), filter.value(), arguments.min_events);
  if (!panel.ok()) return panel.error();
  const auto outside = [&](const std::string& code) { return std::find(states.value().begin(), states.value().end(), code) == states.value().end(); };
  if (!states.value().empty()) std::erase_if(panel.value().dyads, [&](const SparseDyad& dyad) { return outside(dyad.a) || outside(dyad.b); });
  if (panel.value().dyads.empty())
    return Error{Error::Code::not_found, fmt::format("{}: no dyad with {} events under these filters; try --min-events {}", arguments.ledger,
                                                     arguments.min_events, std::max<std::int64_t>(1, arguments.min_events / 10))};
  auto provenance = read_provenance(ledger.value(), filter.value());
  if (!provenance.ok()) return provenance.error();
  return LoadedPanel{std::move(panel).value(), std::move(provenance).value(), std::move(states).value()};
}

std::string footer_of(const Provenance& provenance) {
  return fmt::format("Filters: {}.\nEngine: {}. Mapping tables: {}.\n", provenance.filter, provenance.engines, provenance.mappings);
}

Json head_of(const LoadedPanel& loaded) {
  return {{"filter", loaded.provenance.filter}, {"engine", loaded.provenance.engines}, {"mapping", loaded.provenance.mappings}};
}

int print(const std::string& text) { return write_out(text) ? exit_ok : exit_fault; }

std::string movers_json(const LoadedPanel& loaded, const std::vector<Mover>& movers) {
  Json json = head_of(loaded);
  json["movers"] = Json::array();
  for (const Mover& m : movers)
    json["movers"].push_back({{"a", m.a},
                              {"b", m.b},
                              {"what", m.conflict ? "conflict" : "cooperation"},
                              {"seen", m.seen},
                              {"expected", m.expected},
                              {"index_before", m.index_before},
                              {"index_after", m.index_after},
                              {"p", m.p},
                              {"q", m.q}});
  return json.dump(1) + "\n";
}

std::string movers_csv(const LoadedPanel& loaded, const std::vector<Mover>& movers) {
  std::string out = fmt::format("# {}; engine {}; mapping {}\na,b,what,seen,expected,index_before,index_after,p,q\n", loaded.provenance.filter,
                                loaded.provenance.engines, loaded.provenance.mappings);
  for (const Mover& m : movers)
    out += fmt::format("{},{},{},{},{:.3f},{:.4f},{:.4f},{:.3g},{:.3g}\n", m.a, m.b, m.conflict ? "conflict" : "cooperation", m.seen, m.expected,
                       m.index_before, m.index_after, m.p, m.q);
  return out;
}

std::string movers_table(const LoadedPanel& loaded, const std::vector<Mover>& movers, double rate) {
  const std::string period = period_label(loaded.panel.begins.back(), loaded.panel.by);
  std::string out = fmt::format(
      "Most surprising in {} under their own past, of {} counts ({} dyads)\n\n{:<9} {:<12} {:>6} {:>9}  "
      "{:>14}  {:>8}  {:>8}\n",
      period, 2 * loaded.panel.dyads.size(), loaded.panel.dyads.size(), "dyad", "what", "seen", "expected", "index", "p", "q");
  for (const Mover& m : movers)
    out += fmt::format("{:<9} {:<12} {:>6} {:>9.2f}  {:+.2f} to {:+.2f}  {:>8.2g}  {:>8.2g}{}\n", m.a + "-" + m.b, m.conflict ? "conflict" : "cooperation",
                       m.seen, m.expected, m.index_before, m.index_after, m.p, m.q, m.q <= rate ? "  *" : "");
  const auto found = std::count_if(movers.begin(), movers.end(), [&](const Mover& m) { return m.q <= rate; });
  return out + fmt::format("\n* {} of them stand at a false discovery rate of {:.0f}%.\n", found, 100 * rate) + footer_of(loaded.provenance);
}

int movers(const PanelArguments& arguments) {
  const auto loaded = load_panel(arguments);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  auto found = find_movers(loaded.value().panel);
  if (found.empty()) return complain(arguments.ledger + ": fewer than three periods: nobody has a past to move from"), exit_fault;
  if (found.size() > arguments.top) found.resize(arguments.top);
  return print(arguments.json  ? movers_json(loaded.value(), found)
               : arguments.csv ? movers_csv(loaded.value(), found)
                               : movers_table(loaded.value(), found, arguments.rate));
}

std::string network_table(const LoadedPanel& loaded, const RelationNetwork& network, std::size_t top) {
  std::string out = fmt::format("{} states, {} ties, {} communities (signed modularity {:.2f})\n", network.nodes.size(), network.edges.size(),
                                network.communities, network.modularity);
  if (network.triads > 0)
    out += fmt::format("{} closed triads, {:.0f}% balanced; {:.0f}% if signs fell by chance\n", network.triads,
                       100.0 * static_cast<double>(network.balanced) / static_cast<double>(network.triads), 100 * network.balanced_by_chance);
  std::vector<RelationNetwork::Node> nodes = network.nodes;
  std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.cooperation + a.conflict > b.cooperation + b.conflict; });
  out += fmt::format("\n{:<6} {:>11} {:>9} {:>12} {:>10}\n", "state", "cooperation", "conflict", "betweenness", "community");
  for (std::size_t at = 0; at < std::min(top, nodes.size()); ++at)
    out += fmt::format("{:<6} {:>11} {:>9} {:>12.3f} {:>10}\n", nodes[at].code, nodes[at].cooperation, nodes[at].conflict, nodes[at].betweenness,
                       nodes[at].community + 1);
  if (!loaded.states.empty() && loaded.states.size() <= 8) {
    out += fmt::format("\nTogether or against each other (correlation of the changes of the index)\n");
    for (const CoMovement& pair : co_movements(loaded.panel, loaded.states))
      out += fmt::format("{0}-{1} and {0}-{2}: {3:+.2f} over {4} periods in which both have events\n", pair.shared, pair.one, pair.other, pair.correlation,
                         pair.periods);
  }
  return out + "\n" + footer_of(loaded.provenance);
}

/// A row each period, or with --csv a row each period and tie.
std::string network_periods(const LoadedPanel& loaded, const std::vector<PeriodNetwork>& networks, bool ties) {
  const auto label = [&](const PeriodNetwork& one) { return period_label(loaded.panel.begins[one.period], loaded.panel.by); };
  const Provenance& from = loaded.provenance;
  std::string out;
  if (ties) {
    out =
        fmt::format("# {}; engine {}; mapping {}\nperiod,a,b,cooperation,conflict,balance,community_a,community_b\n", from.filter, from.engines, from.mappings);
    for (const PeriodNetwork& one : networks)
      for (const auto& edge : one.network.edges) {
        const auto &a = one.network.nodes[edge.a], &b = one.network.nodes[edge.b];
        out +=
            fmt::format("{},{},{},{},{},{:.4f},{},{}\n", label(one), a.code, b.code, edge.cooperation, edge.conflict, edge.balance(), a.community, b.community);
      }
    return out;
  }
  out = fmt::format("{:<11} {:>7} {:>6} {:>12} {:>11} {:>7} {:>10} {:>10}\n", "period", "states", "ties", "communities", "modularity", "triads", "balanced",
                    "by chance");
  for (const PeriodNetwork& one : networks) {
    const RelationNetwork& n = one.network;
    const std::string balanced = n.triads == 0 ? "" : fmt::format("{:.0f}%", 100.0 * static_cast<double>(n.balanced) / static_cast<double>(n.triads));
    out += fmt::format("{:<11} {:>7} {:>6} {:>12} {:>11.2f} {:>7} {:>10} {:>10}\n", label(one), n.nodes.size(), n.edges.size(), n.communities, n.modularity,
                       n.triads, balanced, n.triads == 0 ? "" : fmt::format("{:.0f}%", 100 * n.balanced_by_chance));
  }
  return out + "\n" + footer_of(from);
}

int network(const PanelArguments& arguments) {
  const auto loaded = load_panel(arguments);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  if (arguments.periods)
    return print(network_periods(loaded.value(), networks_by_period(loaded.value().panel, loaded.value().states, arguments.ties), arguments.csv));
  const RelationNetwork made = make_network(loaded.value().panel, loaded.value().states, arguments.min_events);
  if (!arguments.graphml.empty()) {
    std::ofstream file(arguments.graphml, std::ios::binary);
    file << graphml(made, loaded.value().provenance);
    file.close();
    if (!file) return complain(arguments.graphml + ": cannot be written"), exit_fault;
  }
  return print(arguments.csv ? csv(made, loaded.value().provenance) : network_table(loaded.value(), made, arguments.top));
}

constexpr std::array<const char*, 4> quad_names = {"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};

std::string scores_table(const ForecastReport& report) {
  std::string out = fmt::format("{:<21} {:<14} {:>8} {:>10}\n", "counts of", "method", "CRPS", "log score");
  for (std::size_t quad = 0; quad < 4; ++quad)
    for (std::size_t method = 0; method < forecast_methods; ++method)
      out += fmt::format("{:<21} {:<14} {:>8.4f} {:>10.4f}{}\n", method == 0 ? quad_names[quad] : "", name(static_cast<ForecastMethod>(method)),
                         report.scores[quad][method].crps, report.scores[quad][method].log_score,
                         report.chosen[quad] == static_cast<ForecastMethod>(method) ? "  <- used" : "");
  return out;
}

std::string forecast_csv(const LoadedPanel& loaded, const ForecastReport& report) {
  std::string out = fmt::format("# {}; engine {}; mapping {}\na,b,period,quad,method,mean,lower,upper\n", loaded.provenance.filter, loaded.provenance.engines,
                                loaded.provenance.mappings);
  for (const DyadForecast& dyad : report.dyads)
    for (std::size_t quad = 0; quad < 4; ++quad)
      out += fmt::format("{},{},{},{},{},{:.4f},{},{}\n", dyad.a, dyad.b, period_label(report.next, loaded.panel.by), quad_names[quad],
                         name(report.chosen[quad]), dyad.quads[quad].mean, dyad.quads[quad].lower, dyad.quads[quad].upper);
  return out;
}

std::string forecast_table(const LoadedPanel& loaded, const ForecastReport& report, std::size_t top) {
  std::string out = fmt::format("{} dyads, {} rolling origins\n\n", report.dyads.size(), report.origins) + scores_table(report);
  for (std::size_t quad = 0; quad < 4; ++quad)
    if (report.chosen[quad] != ForecastMethod::model)
      out += fmt::format("\nThe model does not beat the {} for {}: that is used.", name(report.chosen[quad]), quad_names[quad]);
  std::vector<std::pair<double, const DyadForecast*>> order;
  for (const DyadForecast& dyad : report.dyads) order.emplace_back(dyad.quads[0].mean + dyad.quads[1].mean + dyad.quads[2].mean + dyad.quads[3].mean, &dyad);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  out += fmt::format("\n\nNext: {}, mean and 90% interval\n{:<9}  {:<17} {:<17} {:<17} {:<17}\n", period_label(report.next, loaded.panel.by), "dyad",
                     "verbal coop.", "material coop.", "verbal conflict", "material conflict");
  for (std::size_t at = 0; at < std::min(top, order.size()); ++at) {
    out += fmt::format("{:<9} ", order[at].second->a + "-" + order[at].second->b);
    for (const auto& count : order[at].second->quads) out += fmt::format(" {:<17}", fmt::format("{:.2f} ({}..{})", count.mean, count.lower, count.upper));
    out += '\n';
  }
  return out + "\n" + footer_of(loaded.provenance);
}

int forecasts(const PanelArguments& arguments) {
  const auto loaded = load_panel(arguments);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const ForecastReport report = forecast(loaded.value().panel, arguments.origins);
  return print(arguments.csv ? forecast_csv(loaded.value(), report) : forecast_table(loaded.value(), report, arguments.top));
}

}  // namespace

void add_movers(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<PanelArguments>();
  CLI::App* command = arguments->add_to(app, "movers", "which dyads did what nobody would expect from their past, in the last period");
  command->add_option("--top", arguments->top, "rows")->capture_default_str();
  command->add_option("--rate", arguments->rate, "false discovery rate at which a row gets its star")->capture_default_str();
  command->add_flag("--csv", arguments->csv);
  command->add_flag("--json", arguments->json);
  command->footer("Example:\n  legation movers news.ledger --to 2022-03 --top 10");
  command->callback([arguments, &run] { run = [arguments] { return movers(*arguments); }; });
}

void add_network(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<PanelArguments>();
  CLI::App* command = arguments->add_to(app, "network", "who stands with whom: communities, centrality, balance of triads");
  command->add_option("--top", arguments->top, "states listed")->capture_default_str();
  command->add_flag("--csv", arguments->csv, "the ties");
  CLI::Option* whole = command->add_option("--graphml", arguments->graphml, "also write this file");
  command->add_flag("--periods", arguments->periods, "a network for each period instead of one for the whole stretch")->excludes(whole);
  command->add_option("--min-tie", arguments->ties, "with --periods: events that make a tie in a period")->capture_default_str();
  command->footer(
      "Example:\n  legation network news.ledger --from 2020 --states KOR,PRK,CHN,JPN,USA,RUS --graphml "
      "asia.graphml");
  command->callback([arguments, &run] { run = [arguments] { return network(*arguments); }; });
}

void add_forecast(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<PanelArguments>();
  CLI::App* command = arguments->add_to(app, "forecast", "counts of the next period, by the method that did best on the past");
  command->add_option("--top", arguments->top, "dyads listed")->capture_default_str();
  command->add_option("--origins", arguments->origins, "periods of the past that are forecast to compare the methods")->capture_default_str();
  command->add_flag("--csv", arguments->csv, "all dyads");
  command->footer("Example:\n  legation forecast news.ledger --states KOR,CHN --min-events 1");
  command->callback([arguments, &run] { run = [arguments] { return forecasts(*arguments); }; });
}

}  // namespace legation
