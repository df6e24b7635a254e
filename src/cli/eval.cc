// legation eval: coded events against gold records; CoNLL-U against gold trees.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/commands.h"
#include "cli/session.h"
#include "eval/corpus.h"
#include "eval/score.h"
#include "lang/conllu.h"
#include "lang/conllu_score.h"

namespace legation {
namespace {

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, path + ": cannot be opened"};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Trees against trees, by the CoNLL 2018 definitions.
int eval_conllu(const std::string& gold_path, const std::string& system_path) {
  const auto gold_bytes = read_file(gold_path);
  if (!gold_bytes.ok()) return complain(gold_bytes.error().what), exit_fault;
  const auto system_bytes = read_file(system_path);
  if (!system_bytes.ok()) return complain(system_bytes.error().what), exit_fault;
  const auto gold = read_conllu(gold_path, gold_bytes.value());
  if (!gold.ok()) return complain(gold.error().what), exit_fault;
  const auto system = read_conllu(system_path, system_bytes.value());
  if (!system.ok()) return complain(system.error().what), exit_fault;
  const auto score = score_conllu(gold.value().parse, system.value().parse);
  if (!score.ok()) return complain(score.error().what), exit_fault;
  return write_out(score.value().table()) ? exit_ok : exit_fault;
}

struct EvalArguments {
  TableArguments tables;
  std::string gold;
  std::vector<std::string> input;
  std::string part = "test";
  bool misses = false, tables_only = false;
};

bool is_corpus(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path.ends_with(".corpus");
  for (const auto& entry : std::filesystem::directory_iterator(path, ignored))
    if (entry.path().extension() == ".corpus") return true;
  return false;
}

/// The blocks of data/corpus against what is coded of them; blocks without an event count by what they wrongly yield.
int eval_corpus(const EvalArguments& arguments) {
  auto blocks = read_corpus(arguments.gold);
  if (!blocks.ok()) return complain(blocks.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  Engine::Workspace workspace;
  EventScore score;
  std::size_t scored = 0, quiet = 0, kept_quiet = 0;
  for (CorpusBlock& block : blocks.value()) {
    if (arguments.part != "all" && arguments.part != block.part) continue;
    CodedDocument coded;
    coded.document = std::move(block.document);
    CodingOptions options;
    options.scorer = !arguments.tables_only;
    engine.code(coded, workspace, options);
    score.add(block.gold, coded);
    ++scored;
    if (!block.gold.events.empty()) continue;
    ++quiet;
    kept_quiet += coded.coded.events.empty();
  }
  if (scored == 0) return complain(arguments.gold + ": no block of the part '" + arguments.part + "'"), exit_fault;
  std::string out = score.report(arguments.misses);
  out += fmt::format("\n{} blocks scored (part: {}); of {} without an event {} yield none ({:.1f}%); {}\n", scored, arguments.part, quiet, kept_quiet,
                     quiet == 0 ? 100.0 : 100.0 * static_cast<double>(kept_quiet) / static_cast<double>(quiet), engine.version());
  return write_out(out) ? exit_ok : exit_fault;
}

int eval(const EvalArguments& arguments) {
  if (is_corpus(arguments.gold)) return eval_corpus(arguments);
  if (arguments.input.empty()) return complain(arguments.gold + ": --input is needed: the documents that this gold is of"), exit_fault;
  if (arguments.gold.ends_with(".conllu")) return eval_conllu(arguments.gold, arguments.input.front());
  const auto gold = read_gold(arguments.gold);
  if (!gold.ok()) return complain(gold.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  Engine::Workspace workspace;
  DocumentReader reader(arguments.input, ReaderOptions{});
  EventScore score;
  std::size_t documents = 0;
  while (auto item = reader.next()) {
    if (!item->ok()) {
      complain(item->error().what);
      continue;
    }
    CodedDocument coded;
    coded.document = std::move(*item).value();
    const auto wanted = gold.value().find(coded.document.id);
    if (wanted == gold.value().end()) continue;
    CodingOptions options;
    options.scorer = !arguments.tables_only;
    engine.code(coded, workspace, options);
    score.add(wanted->second, coded);
    ++documents;
  }
  const std::size_t absent = gold.value().size() - documents;
  std::string out = score.report(arguments.misses);
  out += fmt::format("\n{} documents scored{}; {}\n", documents, absent == 0 ? "" : fmt::format(", {} of the gold not in the input", absent), engine.version());
  if (!write_out(out)) return exit_fault;
  return documents == 0 ? (complain("no document of the gold is in the input"), exit_fault) : exit_ok;
}

}  // namespace

void add_eval(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* command = app.add_subcommand("eval", "precision, recall and F1 of coded events against gold records");
  command
      ->add_option("gold", arguments->gold,
                   "folder of gold files (one JSON object a document), one such file, a CoNLL-U file of gold trees, or a corpus (*.corpus)")
      ->required();
  command->add_option("--input", arguments->input, "the documents: files or folders; for trees the CoNLL-U file to score");
  command->add_option("--part", arguments->part, "of a corpus: test (set aside), dev (a tenth of the rest), train, all")
      ->check(CLI::IsMember({"test", "dev", "train", "all"}));
  command->add_flag("--tables-only", arguments->tables_only, "leave out the learned scorer");
  command->add_flag("--misses", arguments->misses, "list what was missed, what is extra and what is wrong in part");
  arguments->tables.add_to(*command);
  command->footer("Example:\n  legation eval tests/gold/samples --input samples --misses\n  legation eval data/corpus --part test");
  command->callback([arguments, &run] { run = [arguments] { return eval(*arguments); }; });
}

}  // namespace legation
