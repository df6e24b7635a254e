// legation parse: text in, sentences, tags and trees out as CoNLL-U.
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/commands.h"
#include "cli/session.h"
#include "lang/conllu.h"

namespace legation {
namespace {

struct ParseArguments {
  TableArguments tables;
  InputArguments input;
  std::string kind = "text";
};

/// The whole of a file or of standard input ("-").
Result<std::string> read_all(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  if (!in) return Error{Error::Code::not_found, path + ": cannot be opened"};
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return Error{Error::Code::io, path + ": cannot be read"};
  return bytes;
}

int parse_conllu(const ParseArguments& arguments, const Engine& engine) {
  Engine::Workspace workspace;
  for (const std::string& path : arguments.input.paths) {
    const auto bytes = read_all(path);
    if (!bytes.ok()) return complain(bytes.error().what), exit_fault;
    auto text = read_conllu(path, bytes.value());
    if (!text.ok()) return complain(text.error().what), exit_fault;
    engine.analyzer().analyze_tokens(text.value().parse, workspace.analyzer);
    std::string out;
    write_conllu(text.value().parse, out);
    if (!write_out(out)) return exit_fault;
  }
  return exit_ok;
}

int parse_text(const ParseArguments& arguments, const Engine& engine) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  Engine::Workspace workspace;
  DocumentReader reader(arguments.input.paths, options.value());
  Parse parse;
  std::string out;
  bool read = false, fault = false;
  while (auto item = reader.next()) {
    if (!item->ok()) {
      complain(item->error().what);
      fault = true;
      continue;
    }
    engine.analyzer().analyze(item->value(), parse, workspace.analyzer);
    for (const std::string& warning : parse.warnings) complain(item->value().origin + ": " + warning);
    out.clear();
    write_conllu(parse, out, item->value().id);
    if (!write_out(out)) return exit_fault;
    read = true;
  }
  return fault && !read ? exit_fault : exit_ok;
}

int parse(const ParseArguments& arguments) {
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  return arguments.kind == "conllu" ? parse_conllu(arguments, engine) : parse_text(arguments, engine);
}

}  // namespace

void add_parse(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ParseArguments>();
  CLI::App* command = app.add_subcommand("parse", "write sentences, tags and dependency trees as CoNLL-U");
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_option("--input", arguments->kind, "text, or conllu: keep its sentences and tokens, predict the rest")
      ->check(CLI::IsMember({"text", "conllu"}))
      ->capture_default_str();
  command->footer("Example:\n  legation parse article.txt > article.conllu");
  command->callback([arguments, &run] { run = [arguments] { return parse(*arguments); }; });
}

}  // namespace legation
