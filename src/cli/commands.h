// The subcommands of `legation`, one file each. Each adds itself to the program and leaves its exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace legation {

/// What main() runs after the arguments are read.
using Run = std::function<int()>;

void add_code(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);
void add_parse(CLI::App& app, Run& run);
void add_entities(CLI::App& app, Run& run);
void add_eval(CLI::App& app, Run& run);
void add_relate(CLI::App& app, Run& run);
void add_kb(CLI::App& app, Run& run);
void add_ingest(CLI::App& app, Run& run);
void add_import(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_query(CLI::App& app, Run& run);
void add_diff(CLI::App& app, Run& run);
void add_relations(CLI::App& app, Run& run);
void add_movers(CLI::App& app, Run& run);
void add_network(CLI::App& app, Run& run);
void add_forecast(CLI::App& app, Run& run);

/// Exit codes: 0 all well; 1 the input or a table is at fault, or --strict met a fault; above 100 the call is wrong (CLI11).
inline constexpr int exit_ok = 0;
inline constexpr int exit_fault = 1;

}  // namespace legation
