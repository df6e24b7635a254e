// Fuzz target: any bytes in, trees out. Each sentence has one root and no cycle, and tokens stand in the buffer in order.
//   cmake -G Ninja -S . -B build/fuzz -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_C_COMPILER=clang-14 -DLEGATION_FUZZ=ON -DLEGATION_TESTS=OFF
//   ninja -C build/fuzz analyze_fuzz && build/fuzz/tests/fuzz/analyze_fuzz -max_len=4096 -max_total_time=60
#include <cstdio>
#include <cstdlib>

#include "base/resources.h"
#include "lang/analyzer.h"

namespace {

using legation::Analyzer;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

const Analyzer& english() {
  static const legation::Resources resources = legation::Resources::embedded(legation::embedded_files());
  static const Analyzer analyzer = Analyzer::load(resources.file("models/english/lang.bin").value()).value();
  return analyzer;
}

void check_sentence(const legation::Parse& parse, const legation::Sentence& sentence) {
  std::size_t roots = 0;
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
    roots += parse[i].head < 0;
    std::uint32_t steps = 0;
    for (std::int32_t at = static_cast<std::int32_t>(i); at >= 0; at = parse[static_cast<std::uint32_t>(at)].head) {
      require(sentence.tokens.contains(static_cast<std::uint32_t>(at)), "a head lies outside its sentence");
      require(++steps <= sentence.tokens.size(), "heads run in a circle");
    }
  }
  require(roots == 1, "a sentence has not one root");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  legation::Document document;
  document.buffer.assign(reinterpret_cast<const char*>(data), size);
  legation::Parse parse;
  static Analyzer::Workspace workspace;
  english().analyze(document, parse, workspace);
  std::uint32_t end = 0;
  for (const legation::Token& token : parse.tokens) {
    require(token.begin >= end || token.begin < token.end, "a token is empty");
    require(token.end <= size, "a token lies outside the buffer");
    end = token.end;
  }
  for (const legation::Sentence& sentence : parse.sentences) check_sentence(parse, sentence);
  return 0;
}
