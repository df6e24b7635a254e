// Groups words into classes by the words they stand between (exchange algorithm of Kneser and Ney 1993 on bigrams of
// classes). Reads text with one paragraph a line, writes "word<TAB>class", class 1..n. Deterministic.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/segment.h"
#include "lang/word_features.h"
#include "legation/parse.h"

namespace legation {
namespace {

struct Settings {
  std::vector<std::string> files;
  std::string out, tables;
  int classes = 512, rounds = 10, least = 5;
};

using Neighbours = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // word or class, how often

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The text as word numbers; 0 stands for rare words and the ends of sentences.
struct Corpus {
  std::vector<std::string> words{""};
  std::vector<std::uint32_t> counts{0};
  std::vector<std::uint32_t> text;
};

void read_text(const std::string& path, const SegmentTables& tables, std::unordered_map<std::string, std::uint32_t>& ids, Corpus& corpus) {
  std::ifstream file(path);
  Parse parse;
  SegmentScratch scratch;
  std::string lower;
  for (std::string line; std::getline(file, line);) {
    Document document;
    document.buffer = std::move(line);
    segment(document, tables, 2000, parse, scratch);
    for (const Sentence& sentence : parse.sentences) {
      corpus.text.push_back(0);
      for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
        lower_case(parse[i].form, lower);
        const auto id = ids.try_emplace(lower, static_cast<std::uint32_t>(corpus.words.size())).first->second;
        if (id == corpus.words.size()) corpus.words.push_back(lower), corpus.counts.push_back(0);
        ++corpus.counts[id];
        corpus.text.push_back(id);
      }
    }
  }
}

/// Renumbers by frequency and drops the rare.
Corpus frequent(const Corpus& corpus, int least) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 1; i < corpus.words.size(); ++i) {
    if (corpus.counts[i] >= static_cast<std::uint32_t>(least)) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::pair(corpus.counts[b], corpus.words[a]) < std::pair(corpus.counts[a], corpus.words[b]); });
  Corpus out;
  std::vector<std::uint32_t> renumbered(corpus.words.size(), 0);
  for (std::uint32_t id : order) {
    renumbered[id] = static_cast<std::uint32_t>(out.words.size());
    out.words.push_back(corpus.words[id]);
    out.counts.push_back(corpus.counts[id]);
  }
  for (std::uint32_t id : corpus.text) out.text.push_back(renumbered[id]);
  return out;
}

double information(double count) { return count <= 0 ? 0 : count * std::log(count); }

class Clustering {
 public:
  Clustering(const Corpus& corpus, int classes) : corpus_(corpus), classes_(static_cast<std::size_t>(classes)), words_(corpus.words.size()) {
    class_of_.resize(words_);
    for (std::size_t w = 1; w < words_; ++w) class_of_[w] = static_cast<std::uint32_t>(1 + (w - 1) % (classes_ - 1));  // class 0: rare words
    collect();
    pairs_.assign(classes_ * classes_, 0);
    sizes_.assign(classes_, 0);
    for (std::size_t i = 0; i + 1 < corpus.text.size(); ++i) ++pairs_[at(class_of_[corpus.text[i]], class_of_[corpus.text[i + 1]])];
    for (std::uint32_t word : corpus.text) ++sizes_[class_of_[word]];
  }

  int round() {
    int moved = 0;
    for (std::uint32_t w = 1; w < words_; ++w) moved += move_word(w);
    return moved;
  }
  std::uint32_t class_of(std::size_t word) const { return class_of_[word]; }

 private:
  std::size_t at(std::size_t left, std::size_t right) const { return left * classes_ + right; }

  void collect() {
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i + 1 < corpus_.text.size(); ++i) keys.push_back(std::uint64_t{corpus_.text[i]} << 32 | corpus_.text[i + 1]);
    std::sort(keys.begin(), keys.end());
    left_.resize(words_);
    right_.resize(words_);
    for (std::size_t i = 0; i < keys.size();) {
      std::size_t end = i;
      while (end < keys.size() && keys[end] == keys[i]) ++end;
      const auto a = static_cast<std::uint32_t>(keys[i] >> 32), b = static_cast<std::uint32_t>(keys[i]);
      const auto count = static_cast<std::uint32_t>(end - i);
      if (a != b) right_[a].emplace_back(b, count), left_[b].emplace_back(a, count);
      i = end;
    }
  }

  Neighbours by_class(const Neighbours& words, std::vector<std::uint32_t>& counts) const {
    Neighbours out;
    for (const auto& [word, count] : words) {
      if (counts[class_of_[word]] == 0) out.emplace_back(class_of_[word], 0);
      counts[class_of_[word]] += count;
    }
    for (auto& [neighbour, count] : out) count = std::exchange(counts[neighbour], 0);
    return out;
  }

  void shift(std::uint32_t to, const Neighbours& left, const Neighbours& right, std::uint32_t word, int sign) {
    for (const auto& [neighbour, count] : right) pairs_[at(to, neighbour)] += sign * static_cast<std::int64_t>(count);
    for (const auto& [neighbour, count] : left) pairs_[at(neighbour, to)] += sign * static_cast<std::int64_t>(count);
    sizes_[to] += sign * static_cast<std::int64_t>(corpus_.counts[word]);
  }

  double gain(std::uint32_t to, const Neighbours& left, const Neighbours& right, std::uint32_t word) const {
    double sum = 0;
    for (const auto& [neighbour, count] : right) sum += grown(pairs_[at(to, neighbour)], count);
    for (const auto& [neighbour, count] : left) sum += grown(pairs_[at(neighbour, to)], count);
    return sum - 2 * grown(sizes_[to], corpus_.counts[word]);
  }

  double grown(std::int64_t before, std::uint32_t by) const { return info(before + by) - info(before); }
  double info(std::int64_t count) const { return count < static_cast<std::int64_t>(table_.size()) ? table_[static_cast<std::size_t>(std::max<std::int64_t>(count, 0))] : information(static_cast<double>(count)); }

  int move_word(std::uint32_t word) {
    thread_local std::vector<std::uint32_t> counts;
    counts.assign(classes_, 0);
    const std::uint32_t from = class_of_[word];
    const Neighbours left = by_class(left_[word], counts), right = by_class(right_[word], counts);
    shift(from, left, right, word, -1);
    std::uint32_t best = from;
    double most = gain(from, left, right, word);
    for (std::uint32_t to = 1; to < classes_; ++to) {
      const double value = to == from ? most : gain(to, left, right, word);
      if (value > most + 1e-9) most = value, best = to;
    }
    class_of_[word] = best;
    shift(best, left, right, word, 1);
    return best != from;
  }

  static std::vector<double> make_table() {
    std::vector<double> table(1 << 16);
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = information(static_cast<double>(i));
    return table;
  }

  const Corpus& corpus_;
  std::size_t classes_, words_;
  std::vector<std::uint32_t> class_of_;
  std::vector<Neighbours> left_, right_;
  std::vector<std::int64_t> pairs_, sizes_;
  std::vector<double> table_ = make_table();
};

int cluster(const Settings& settings) {
  const std::string folder = settings.tables + "/";
  const std::string abbreviations = file_bytes(folder + "abbreviations.tsv"), prefixes = file_bytes(folder + "hyphen_prefixes.tsv");
  const std::string contractions = file_bytes(folder + "contractions.tsv"), starters = file_bytes(folder + "sentence_starters.tsv");
  const std::string speech = file_bytes(folder + "speech_verbs.tsv"), syllables = file_bytes(folder + "name_syllables.tsv");
  auto tables = SegmentTables::read({abbreviations, prefixes, contractions, starters, speech, syllables});
  if (!tables) return fmt::print(stderr, "{}\n", tables.error().what), 1;
  std::unordered_map<std::string, std::uint32_t> ids;
  Corpus all;
  for (const std::string& path : settings.files) read_text(path, tables.value(), ids, all);
  const Corpus corpus = frequent(all, settings.least);
  fmt::print("{} words of text, {} kept forms\n", corpus.text.size(), corpus.words.size());
  Clustering clustering(corpus, settings.classes);
  for (int round = 0; round < settings.rounds; ++round) {
    fmt::print("  round {}: {} moved\n", round + 1, clustering.round());
    std::fflush(stdout);
  }
  std::ofstream out(settings.out);
  for (std::size_t w = 1; w < corpus.words.size(); ++w) out << corpus.words[w] << '\t' << clustering.class_of(w) << '\n';
  return out.good() ? 0 : 1;
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  legation::Settings settings;
  CLI::App app("Groups words into classes");
  app.add_option("text", settings.files, "text files, one paragraph a line")->required();
  app.add_option("--tables", settings.tables, "folder of the tokenizer's tables (data/lang)")->required();
  app.add_option("--out", settings.out)->required();
  app.add_option("--classes", settings.classes);
  app.add_option("--rounds", settings.rounds);
  app.add_option("--least", settings.least, "rarer forms get no class");
  CLI11_PARSE(app, argc, argv);
  return legation::cluster(settings);
}
