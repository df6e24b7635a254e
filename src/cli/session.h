// What the subcommands share: the options that choose tables and input, the loaded engine, the terminal.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "text/reader.h"

namespace legation {

/// Where the tables come from.
struct TableArguments {
  std::string folder;
  std::vector<std::string> user_tables;  ///< docs/knowledge-base.md; their rows win over the program's
  std::vector<std::string> predicates;   ///< docs/predicates.md; likewise
  void add_to(CLI::App& command);
};

/// Which documents are read and how.
struct InputArguments {
  std::vector<std::string> paths;
  std::string date, source;
  bool any_language = false;
  void add_to(CLI::App& command);
  /// Errors: bad_format when --date is no day.
  Result<ReaderOptions> reader_options() const;
};

/// Engine and the resources it views, kept together.
struct LoadedEngine {
  std::unique_ptr<Resources> resources;
  std::unique_ptr<Engine> engine;
};
Result<LoadedEngine> load_engine(const TableArguments& tables);
/// All bytes of a file. Errors: not_found, io, with the file's name.
Result<std::string> read_whole_file(const std::string& file);
/// The program's tables, with --data and --kb laid over them.
Result<std::unique_ptr<Resources>> load_resources(const TableArguments& tables);

/// One line on stderr: "legation: ...".
void complain(const std::string& what);
bool stdout_is_terminal();
bool stderr_is_terminal();
bool wants_colour();  ///< a terminal, and NO_COLOR is not set
unsigned terminal_width();
/// Writes all of it to stdout; false when stdout is gone or full.
bool write_out(std::string_view text);
/// Hands `write` the name of a file whose bytes go to stdout. Never a new opening of stdout itself: that would cut what a
/// shell's >> found there. Errors: those of `write`; io when stdout takes no more.
Status stream_out(const std::function<Status(const std::string& file)>& write);

}  // namespace legation
