// Scores a language model on gold CoNLL-U, with gold tokens and from raw text, and its speed from text to trees.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>

#include "lang/analyzer.h"
#include "lang/conllu.h"
#include "lang/conllu_score.h"

namespace legation {
namespace {

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

double seconds(auto&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print_score(const char* title, const Result<ConlluScore>& score) {
  if (!score)
    fmt::print("{}: {}\n", title, score.error().what);
  else
    fmt::print("{}\n{}", title, score.value().table());
}

int measure(const Analyzer& analyzer, const std::string& path, const std::string& out) {
  const std::string bytes = file_bytes(path);
  auto gold = read_conllu(path, bytes);
  if (!gold) return fmt::print(stderr, "{}\n", gold.error().what), 1;
  Analyzer::Workspace workspace;
  Parse with_tokens = gold.value().parse;
  const double time_trees = seconds([&] { analyzer.analyze_tokens(with_tokens, workspace); });
  Parse raw;
  double time = 1e9;
  for (int run = 0; run < 5; ++run) time = std::min(time, seconds([&] { analyzer.analyze(*gold.value().document, raw, workspace); }));
  fmt::print("== {}\n", path);
  print_score("gold tokens", score_conllu(gold.value().parse, with_tokens));
  print_score("raw text", score_conllu(gold.value().parse, raw));
  fmt::print("{} words; tokens to trees {:.0f} words/s; text to trees {:.0f} words/s\n", raw.tokens.size(), with_tokens.tokens.size() / time_trees,
             raw.tokens.size() / time);
  if (!out.empty()) {
    std::string text;
    write_conllu(out.ends_with(".raw") ? raw : with_tokens, text);
    std::ofstream(out, std::ios::binary) << text;
  }
  return 0;
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  std::vector<std::string> gold;
  std::string model_path, out;
  CLI::App app("Scores a language model on gold CoNLL-U");
  app.add_option("--model", model_path)->required();
  app.add_option("--out", out, "write the analysis here (of raw text when the name ends in .raw)");
  app.add_option("gold", gold)->required();
  CLI11_PARSE(app, argc, argv);
  const std::string bytes = legation::file_bytes(model_path);
  auto analyzer = legation::Analyzer::load(bytes);
  if (!analyzer) return fmt::print(stderr, "{}\n", analyzer.error().what), 1;
  fmt::print("{}, {:.1f} MB\n", analyzer.value().version(), bytes.size() / 1e6);
  int status = 0;
  for (const std::string& path : gold) status |= legation::measure(analyzer.value(), path, out);
  return status;
}
