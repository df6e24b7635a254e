// legation relations: how two countries stand with each other: index, changes and their reasons.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <set>

#include "cli/commands.h"
#include "cli/series_arguments.h"
#include "cli/session.h"
#include "ledger/ledger.h"
#include "relations/panel.h"
#include "relations/parties.h"
#include "relations/report_writers.h"
#include "relations/triad.h"

namespace legation {
namespace {

struct RelationsArguments {
  TableArguments tables;
  SeriesArguments series;
  std::string ledger, actor, recipient, third, svg, png;
  bool directed = false, filtered = false, csv = false, json = false, rates = false;
  unsigned width = 0;
};

Status write_file(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) return Error{Error::Code::io, path + ": cannot be written"};
  return success();
}

/// Pictures in pixels are drawn by librsvg's program: one more library for one option would be too much.
Status write_png(const std::string& path, const std::string& svg) {
  std::string between = path + ".svg";
  if (const Status written = write_file(between, svg); !written.ok()) return written;
  std::string program = "rsvg-convert", zoom = "--zoom=2", to = "--output=" + path;
  char* arguments[] = {program.data(), zoom.data(), to.data(), between.data(), nullptr};
  pid_t child = 0;
  int status = -1;
  const bool started = posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ) == 0 && waitpid(child, &status, 0) == child;
  unlink(between.c_str());
  if (!started) return Error{Error::Code::not_found, "--png needs rsvg-convert (Debian package librsvg2-bin); --svg needs nothing"};
  if (status != 0) return Error{Error::Code::io, path + ": rsvg-convert could not write it"};
  return success();
}

int print(const RelationsArguments& arguments, const RelationReport& report) {
  PlotOptions options;
  options.width = arguments.width != 0 ? arguments.width : terminal_width();
  options.filtered = arguments.filtered;
  options.colour = wants_colour();
  const std::string svg = arguments.svg.empty() && arguments.png.empty() ? "" : svg_report(report, options);
  if (!arguments.svg.empty())
    if (const Status written = write_file(arguments.svg, svg); !written.ok()) return complain(written.error().what), exit_fault;
  if (!arguments.png.empty())
    if (const Status written = write_png(arguments.png, svg); !written.ok()) return complain(written.error().what), exit_fault;
  const std::string text = arguments.json ? json_report(report) : arguments.csv ? csv_report(report) : terminal_report(report, options);
  return write_out(text) ? exit_ok : exit_fault;
}

/// Without a dyad: every one of them, as rows.
int all_dyads(const RelationsArguments& arguments, const SeriesFilter& filter) {
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto panel = read_all_dyads(ledger.value(), filter, 1);
  if (!panel.ok()) return complain(panel.error().what), exit_fault;
  const auto provenance = read_provenance(ledger.value(), filter);
  if (!provenance.ok()) return complain(provenance.error().what), exit_fault;
  const auto rows = arguments.rates ? csv_dyad_rates : csv_all_dyads;
  return write_out(rows(panel.value(), provenance.value())) ? exit_ok : exit_fault;
}

/// All three relations of three parties.
int triad(const RelationsArguments& arguments, const KnowledgeBase& base, const ReportOptions& options,
          const std::array<std::vector<std::string>, 3>& parties) {
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  auto read = read_triad(ledger.value(), parties, options);
  if (!read.ok()) return complain(read.error().what), exit_fault;
  Triad& three = read.value();
  for (std::size_t at = 0; at < 3; ++at) three.names[at] = party_name(base, parties[at]);
  const unsigned width = arguments.width != 0 ? arguments.width : terminal_width();
  return write_out(arguments.json ? json_triad(three) : arguments.csv ? csv_triad(three) : terminal_triad(three, width)) ? exit_ok : exit_fault;
}

/// A code on two sides at once would compare a country with itself.
std::optional<Error> twice(const std::vector<const std::vector<std::string>*>& sides) {
  std::set<std::string> seen;
  for (const auto* side : sides)
    for (const std::string& code : *side)
      if (!seen.insert(code).second) return Error{Error::Code::bad_format, code + " is named twice: a relation needs different sides"};
  return std::nullopt;
}

int relations(const RelationsArguments& arguments) {
  const auto filter = arguments.series.filter();
  if (!filter.ok()) return complain(filter.error().what), exit_fault;
  if (arguments.actor.empty()) return all_dyads(arguments, filter.value());
  if (arguments.rates) return complain("--rates is for all dyads: leave the two countries out"), exit_fault;
  const auto resources = load_resources(arguments.tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  const auto base = KnowledgeBase::load(*resources.value());
  if (!base.ok()) return complain(base.error().what), exit_fault;
  const auto actors = resolve_party(base.value(), arguments.actor), recipients = resolve_party(base.value(), arguments.recipient);
  for (const auto* side : {&actors, &recipients})
    if (!side->ok()) return complain(side->error().what), exit_fault;
  if (const auto fault = twice({&actors.value(), &recipients.value()})) return complain(fault->what), exit_fault;
  ReportOptions options;
  options.filter = filter.value();
  if (!arguments.third.empty()) {
    const auto third = resolve_party(base.value(), arguments.third);
    if (!third.ok()) return complain(third.error().what), exit_fault;
    if (const auto fault = twice({&actors.value(), &recipients.value(), &third.value()})) return complain(fault->what), exit_fault;
    return triad(arguments, base.value(), options, {actors.value(), recipients.value(), third.value()});
  }
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  auto report = read_report(ledger.value(), {actors.value(), recipients.value(), arguments.directed}, options);
  if (!report.ok()) return complain(report.error().what), exit_fault;
  report.value().actor_name = party_name(base.value(), actors.value());
  report.value().recipient_name = party_name(base.value(), recipients.value());
  return print(arguments, report.value());
}

}  // namespace

void add_relations(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<RelationsArguments>();
  CLI::App* command = app.add_subcommand("relations", "how two countries stand with each other: index, changes and what drove them");
  command->add_option("ledger", arguments->ledger, "a file that `legation ingest` made")->required();
  command->add_option("actor", arguments->actor, "code or name, or several with commas between: KOR, \"South Korea\", KOR,JPN; none: rows of all dyads");
  command->add_option("recipient", arguments->recipient, "likewise");
  arguments->series.add_to(*command);
  CLI::Option* third = command->add_option("--third", arguments->third,
                                           "a third party: which of the three relations move together or "
                                           "against each other, and is the triangle balanced");
  command->add_flag("--directed", arguments->directed, "only what the first does to the second");
  command->add_flag("--filtered", arguments->filtered, "draw the index as known in each period, not as known at the end");
  command->add_flag("--rates", arguments->rates,
                    "without a dyad: one row each, with the rates of cooperation and of conflict that its whole past "
                    "lets one expect at the end");
  command->add_flag("--csv", arguments->csv, "one row a period instead of the plot");
  command->add_flag("--json", arguments->json, "everything as one object instead of the plot");
  command->add_option("--svg", arguments->svg, "also draw into this file")->excludes(third);
  command->add_option("--png", arguments->png, "also draw into this file (needs rsvg-convert)")->excludes(third);
  command->add_option("--width", arguments->width, "of the plot, in characters; else the terminal's");
  arguments->tables.add_to(*command);
  command->footer(
      "Example:\n  legation relations news.ledger KOR CHN --by quarter --from 2015 --svg kor-chn.svg\n"
      "  legation relations news.ledger KOR CHN --third USA");
  command->callback([arguments, &run] { run = [arguments] { return relations(*arguments); }; });
}

}  // namespace legation
