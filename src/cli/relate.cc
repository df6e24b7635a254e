// legation relate: the relation from a marked source to a marked target, a sentence a row.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "engine/relate.h"

namespace legation {
namespace {

struct RelateArguments {
  TableArguments tables;
  std::string path;
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t')
      cells.emplace_back();
    else if (c != '\r')
      cells.back().push_back(c);
  }
  return cells;
}

/// Which column holds what; -1 = absent.
struct Columns {
  int uid = -1, sentence = -1, marked = -1, source = -1, target = -1;
  bool complete() const { return marked >= 0 || (sentence >= 0 && source >= 0 && target >= 0); }
};

Columns columns_of(const std::vector<std::string>& header) {
  Columns columns;
  for (int at = 0; at < static_cast<int>(header.size()); ++at) {
    const std::string& name = header[static_cast<std::size_t>(at)];
    if (name == "uid") columns.uid = at;
    if (name == "sentence") columns.sentence = at;
    if (name == "marked_sentence") columns.marked = at;
    if (name == "source") columns.source = at;
    if (name == "target") columns.target = at;
  }
  return columns;
}

class RelateRun {
 public:
  RelateRun(Relater relater, std::string path, Columns columns) : relater_(std::move(relater)), path_(std::move(path)), columns_(columns) {}

  /// False when stdout is gone.
  bool row(std::string_view line, std::size_t number, std::size_t place) {
    const std::vector<std::string> cells = cells_of(line);
    const auto cell = [&](int column) {
      return column >= 0 && column < static_cast<int>(cells.size()) ? cells[static_cast<std::size_t>(column)] : std::string();
    };
    nlohmann::ordered_json json = {{"uid", cell(columns_.uid).empty() ? std::to_string(number) : cell(columns_.uid)}};
    auto sentence = sentence_of(cell(columns_.marked), cell(columns_.sentence), cell(columns_.source), cell(columns_.target));
    if (!sentence.ok()) {
      complain(fmt::format("{}:{}: {}", path_, place, sentence.error().what));
      ++faults_;
    }
    const auto relation = sentence.ok() ? relater_.relate(sentence.value(), workspace_) : std::nullopt;
    for (const char* field : {"root", "penta", "type", "modes", "confidence", "why"}) json[field] = nullptr;
    if (relation) {
      json["root"] = relation->root;
      json["penta"] = relation->penta;
      json["type"] = name(relation->type);
      json["modes"] = relation->modes;
      json["confidence"] = static_cast<int>(relation->confidence * 1000) / 1000.0;
      json["why"] = relation->why;
    }
    return write_out(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  }
  std::size_t faults() const { return faults_; }

 private:
  static Result<MarkedSentence> sentence_of(const std::string& marked, const std::string& sentence, const std::string& source, const std::string& target) {
    if (!marked.empty()) return read_marks(marked);
    return find_parties(sentence, source, target);
  }

  Relater relater_;
  Engine::Workspace workspace_;
  std::string path_;
  Columns columns_;
  std::size_t faults_ = 0;
};

int relate(const RelateArguments& arguments) {
  std::ifstream file;
  if (arguments.path != "-") file.open(arguments.path);
  if (arguments.path != "-" && !file) return complain(arguments.path + ": cannot be read"), exit_fault;
  std::istream& input = arguments.path == "-" ? std::cin : file;
  std::string line;
  if (!std::getline(input, line)) return complain(arguments.path + ": empty; a header line was expected"), exit_fault;
  const Columns columns = columns_of(cells_of(line));
  if (!columns.complete()) return complain(arguments.path + ":1: no column marked_sentence, nor sentence, source and target"), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  auto relater = Relater::load(*loaded.value().resources, *loaded.value().engine);
  if (!relater.ok()) return complain(relater.error().what), exit_fault;
  RelateRun run(std::move(relater).value(), arguments.path, columns);
  std::size_t number = 0;
  for (std::size_t place = 2; std::getline(input, line); ++place) {
    if (line.empty()) continue;
    if (!run.row(line, number++, place)) return exit_fault;
  }
  return run.faults() > 0 ? exit_fault : exit_ok;
}

}  // namespace

void add_relate(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<RelateArguments>();
  CLI::App* command = app.add_subcommand("relate", "say of marked sentences what the source does to the target");
  command->add_option("file", arguments->path, "TSV with a header: uid, marked_sentence (<s>..</s>, <t>..</t>), or sentence, source and target; - is stdin")
      ->required();
  arguments->tables.add_to(*command);
  command->footer("Example:\n  printf 'marked_sentence\\n<s>Arland</s> sued <t>Belmar</t>.\\n' | legation relate -");
  command->callback([arguments, &run] { run = [arguments] { return relate(*arguments); }; });
}

}  // namespace legation
