#include "cli/session.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "base/embedded.h"
#include "entities/user_table.h"
#include "events/predicates.h"

namespace legation {

void TableArguments::add_to(CLI::App& command) {
  command.add_option("--data", folder, "folder laid out like the repository (data/..., models/...) whose files replace the program's own");
  command.add_option("--kb", user_tables, "table with actors of your own, which win over the program's (see docs/knowledge-base.md); may be given again")
      ->allow_extra_args(false)
      ->type_name("TABLE");
  command
      .add_option("--predicates", predicates,
                  "table with words of your own, rows as in data/predicates/contents.tsv or operators.tsv, which win over the program's and over the scorer "
                  "(see docs/predicates.md); may be given again")
      ->allow_extra_args(false)
      ->type_name("TABLE");
}

void InputArguments::add_to(CLI::App& command) {
  command.add_option("files", paths, "text, HTML, RSS/Atom or JSON Lines files (also .gz, .zst), folders, or - for standard input")->required();
  command.add_option("--date", date, "publication date (YYYY-MM-DD) of text that does not say");
  command.add_option("--source", source, "outlet of text that does not say");
  command.add_flag("--any-language", any_language, "code also what does not look English");
}

Result<ReaderOptions> InputArguments::reader_options() const {
  ReaderOptions options;
  options.default_source = source;
  options.language_check = !any_language;
  if (date.empty()) return options;
  options.default_date = Date::parse(date);
  if (!options.default_date) return Error{Error::Code::bad_format, "--date " + date + ": no such day, expected YYYY-MM-DD"};
  return options;
}

namespace {
/// @param path  where the n-th file stands among the resources
Status lay_user_files(const char* option, const std::vector<std::string>& files, std::string (*path)(std::size_t, std::string_view), Resources& resources) {
  constexpr std::size_t most = 90;
  if (files.size() > most) return Error{Error::Code::bad_format, std::string(option) + ": more than " + std::to_string(most) + " tables"};
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto bytes = read_whole_file(files[i]);
    if (!bytes.ok()) return bytes.error();
    resources.put(path(i, files[i]), std::move(bytes).value());
  }
  return success();
}
}  // namespace

Result<std::string> read_whole_file(const std::string& file) {
  std::error_code fault;
  if (std::filesystem::is_directory(file, fault)) return Error{Error::Code::io, file + ": is a folder, expected a file"};
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, file + ": cannot be opened"};
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return Error{Error::Code::io, file + ": cannot be read"};
  return bytes;
}

Result<std::unique_ptr<Resources>> load_resources(const TableArguments& tables) {
  auto resources = std::make_unique<Resources>(Resources::embedded(embedded_files()));
  if (!tables.folder.empty())
    if (const Status laid = resources->overlay(tables.folder); !laid.ok()) return laid.error();
  if (const Status laid = lay_user_files("--kb", tables.user_tables, user_table_path, *resources); !laid.ok()) return laid.error();
  if (const Status laid = lay_user_files("--predicates", tables.predicates, user_predicates_path, *resources); !laid.ok()) return laid.error();
  return resources;
}

Result<LoadedEngine> load_engine(const TableArguments& tables) {
  auto resources = load_resources(tables);
  if (!resources.ok()) return resources.error();
  auto engine = Engine::load(*resources.value());
  if (!engine.ok()) return engine.error();
  return LoadedEngine{std::move(resources).value(), std::make_unique<Engine>(std::move(engine).value())};
}

void complain(const std::string& what) {
  const std::string line = "legation: " + what + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) != 0; }
bool wants_colour() { return stdout_is_terminal() && std::getenv("NO_COLOR") == nullptr; }

unsigned terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 60) return size.ws_col;
  return 120;
}

bool write_out(std::string_view text) { return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0; }

Status stream_out(const std::function<Status(const std::string& file)>& write) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return Error{Error::Code::io, "no pipe can be opened"};
  bool taken = true;
  std::thread reader([&] {
    std::array<char, 65536> bytes{};
    for (ssize_t n = 0; (n = read(ends[0], bytes.data(), bytes.size())) > 0;)  // reads on after a fault: the writer must not hang
      taken = taken && write_out(std::string(bytes.data(), static_cast<std::size_t>(n)));
  });
  const Status written = write("/dev/fd/" + std::to_string(ends[1]));
  close(ends[1]);
  reader.join();
  close(ends[0]);
  if (!written.ok()) return written;
  return taken ? success() : Status(Error{Error::Code::io, "the output cannot be written"});
}

}  // namespace legation
