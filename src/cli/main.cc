// The program `legation`: reads its arguments and calls one function. Results go to stdout, all else to stderr.
#include <csignal>
#include <cstdio>

#include "cli/commands.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // `legation code ... | head` ends with a write error, which is no fault
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a write error, told in a line
  CLI::App app{
      "Legation: news text in, political events out: who did what to whom, when, on whose word.\n"
      "Ontology: PLOVER. Every row says which words and which table rows it rests on."};
  app.require_subcommand(1);
  app.set_version_flag("--version", "legation 0.1.0");
  app.footer("Start with:  legation code samples/ --format table");
  legation::Run run;
  legation::add_code(app, run);
  legation::add_explain(app, run);
  legation::add_parse(app, run);
  legation::add_entities(app, run);
  legation::add_eval(app, run);
  legation::add_relate(app, run);
  legation::add_kb(app, run);
  legation::add_ingest(app, run);
  legation::add_import(app, run);
  legation::add_export(app, run);
  legation::add_query(app, run);
  legation::add_diff(app, run);
  legation::add_relations(app, run);
  legation::add_movers(app, run);
  legation::add_network(app, run);
  legation::add_forecast(app, run);
  CLI11_PARSE(app, argc, argv);
  return run();
}
