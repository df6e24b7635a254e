// Learns what src/lang/lemmas.h uses from treebanks: rules, the table of known forms, weights for the others. Writes them and the
// tokenizer's tables as the base of a model file. Seeds are fixed, so the same data gives the same file.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <random>
#include <unordered_map>

#include "lang/lemmas.h"
#include "lang/word_features.h"
#include "model_writer.h"
#include "perceptron.h"
#include "table_sections.h"
#include "treebank.h"

namespace legation {
namespace {

struct Settings {
  std::vector<std::string> treebanks;
  std::string out, tables;
  double noise = 0.2, threshold = 0.02;
  int epochs = 5;
};

/// What is known of all sentences before any weight is trained.
struct Inventory {
  std::unordered_map<std::uint32_t, std::uint32_t> counts;  ///< lower-cased form -> how often
  std::vector<std::string> tags;                            ///< "NOUN\tNN"
  std::map<std::string, std::uint16_t> tag_of;
  std::vector<std::string> rules;
  std::map<std::string, std::uint16_t> rule_of;
};

/// A sentence made ready: features computed once, gold as numbers.
struct Example {
  const TrainingSentence* sentence = nullptr;
  std::vector<WordFeatures> words;
  std::vector<std::uint16_t> tags, rules;  ///< 0xffff: too rare a rule
};

std::string tag_key(const Token& token) { return fmt::format("{}\t{}", name(token.upos), token.xpos); }

/// The rule that leads from form to lemma with the least cutting and adding; lower case first on a tie.
std::string lemma_rule(std::string_view form, std::string_view lemma) {
  std::string best;
  std::size_t least = static_cast<std::size_t>(-1);
  for (const auto letter_case : {LemmaRule::Case::lower, LemmaRule::Case::keep, LemmaRule::Case::capital}) {
    std::string base;
    apply_lemma_rule({letter_case, 0, ""}, form, base);
    const std::size_t same = static_cast<std::size_t>(std::mismatch(base.begin(), base.end(), lemma.begin(), lemma.end()).first - base.begin());
    const std::size_t edits = base.size() - same + lemma.size() - same;
    if (edits >= least) continue;
    least = edits;
    best = fmt::format("{}\t{}\t{}", static_cast<int>(letter_case), base.size() - same, lemma.substr(same));
  }
  return best;
}

void count_tags(const Treebank& bank, Inventory& inventory) {
  std::map<std::string, int> counts;
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) ++counts[tag_key(token)];
  }
  std::map<Upos, std::pair<int, std::string>> commonest;
  for (const auto& [key, count] : counts) {
    const Upos upos = *parse_upos(key.substr(0, key.find('\t')));
    if (count > commonest[upos].first) commonest[upos] = {count, key};
    if (count < 5) continue;
    inventory.tag_of[key] = static_cast<std::uint16_t>(inventory.tags.size());
    inventory.tags.push_back(key);
  }
  // Rare pairs (slips, mostly) count as the commonest of their part of speech.
  for (const auto& [key, count] : counts) {
    const Upos upos = *parse_upos(key.substr(0, key.find('\t')));
    if (!inventory.tag_of.contains(key)) inventory.tag_of[key] = inventory.tag_of[commonest[upos].second];
  }
}

void count_rules(const Treebank& bank, Inventory& inventory) {
  std::map<std::string, int> counts;
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) ++counts[lemma_rule(token.form, token.lemma)];
  }
  for (const auto& [rule, count] : counts) {
    if (count < 2) continue;
    inventory.rule_of[rule] = static_cast<std::uint16_t>(inventory.rules.size());
    inventory.rules.push_back(rule);
  }
}

void count_forms(const Treebank& bank, Inventory& inventory) {
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) ++inventory.counts[hash_bytes(lower_case(token.form))];
  }
}

std::vector<Example> make_examples(const Treebank& bank, const Inventory& inventory) {
  std::vector<Example> examples(bank.sentences.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    Example& example = examples[i];
    example.sentence = &bank.sentences[i];
    example.words.resize(example.sentence->tokens.size());
    describe_words(example.sentence->tokens, example.words);
    for (const Token& token : example.sentence->tokens) {
      const auto rule = inventory.rule_of.find(lemma_rule(token.form, token.lemma));
      example.tags.push_back(inventory.tag_of.at(tag_key(token)));
      example.rules.push_back(rule == inventory.rule_of.end() ? 0xffff : rule->second);
    }
  }
  return examples;
}

std::size_t best(std::span<const float> scores) { return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin()); }

AveragedPerceptron train_lemmatizer(const std::vector<Example>& examples, const Inventory& inventory, const Settings& settings, std::mt19937& random) {
  AveragedPerceptron model(inventory.rules.size());
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<float> scores(model.classes());
  FeatureKeys keys;
  for (int epoch = 0; epoch < settings.epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    std::size_t right = 0, all = 0;
    for (std::size_t e : order) {
      const Example& example = examples[e];
      for (std::size_t i = 0; i < example.words.size(); ++i) {
        // The table answers for frequent words: these weights are for the others.
        const std::uint32_t count = inventory.counts.at(example.words[i].lower);
        if (example.rules[i] == 0xffff || count > 30) continue;
        lemma_features(example.words[i], example.tags[i], keys);
        std::fill(scores.begin(), scores.end(), 0.0f);
        model.score(keys.keys(), scores.data());
        const std::size_t chosen = best(scores);
        model.update(keys.keys(), example.rules[i], chosen);
        model.step();
        right += chosen == example.rules[i];
        ++all;
      }
    }
    fmt::print("  lemmatizer epoch {}: {:.2f}\n", epoch + 1, 100.0 * right / all);
  }
  return model;
}

/// The commonest rule of each form and part of speech, where it was seen often enough to trust.
std::vector<KnownLemma> known_lemmas(const std::vector<Example>& examples) {
  std::map<std::uint32_t, std::map<std::uint16_t, int>> seen;
  for (const Example& example : examples) {
    for (std::size_t i = 0; i < example.words.size(); ++i) {
      const Upos upos = example.sentence->tokens[i].upos;
      // The case of a name's lemma is the form's: no table by lower-cased form can know it.
      if (upos == Upos::PROPN || upos == Upos::X || upos == Upos::SYM || example.rules[i] == 0xffff) continue;
      ++seen[lemma_key(example.words[i].lower, upos)][example.rules[i]];
    }
  }
  std::vector<KnownLemma> known;
  for (const auto& [key, rules] : seen) {
    const auto most = std::max_element(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    int all = 0;
    for (const auto& [rule, count] : rules) all += count;
    if (all >= 3 && most->second * 2 > all) known.push_back({key, most->first});
  }
  return known;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Status train(const Settings& settings) {
  std::mt19937 random(20250610);
  Treebank bank;
  for (const std::string& path : settings.treebanks) {
    if (auto status = bank.read(path); !status) return status;
  }
  Inventory inventory;
  count_tags(bank, inventory);
  count_rules(bank, inventory);
  count_forms(bank, inventory);
  bank.add_noise(settings.noise, random);
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) inventory.counts.try_emplace(hash_bytes(lower_case(token.form)), 1);
  }
  const std::vector<Example> examples = make_examples(bank, inventory);
  fmt::print("{} sentences, {} tags, {} lemma rules\n", examples.size(), inventory.tags.size(), inventory.rules.size());
  const auto lemmatizer = train_lemmatizer(examples, inventory, settings, random).write(settings.threshold);
  fmt::print("{} features, {} weights, {:.1f} MB\n", lemmatizer.features, lemmatizer.weights, lemmatizer.bytes.size() / 1e6);

  ModelWriter writer;
  writer.add(Section::lemma_tags, joined(inventory.tags));
  writer.add(Section::lemma_rules, joined(inventory.rules));
  writer.add(Section::lemma_known, item_bytes(hashed_slots(known_lemmas(examples))));
  writer.add(Section::lemmatizer, lemmatizer.bytes);
  for (const TableSection& table : table_sections) writer.add(table.section, file_bytes(settings.tables + "/" + table.file));
  return writer.write(settings.out);
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  legation::Settings settings;
  CLI::App app("Learns lemmas from CoNLL-U treebanks");
  app.add_option("treebanks", settings.treebanks, "CoNLL-U files")->required();
  app.add_option("--out", settings.out, "file to write, for pack_encoder --base")->required();
  app.add_option("--tables", settings.tables, "folder of the tokenizer's tables (data/lang)")->required();
  app.add_option("--noise", settings.noise, "share of sentences copied in other casing");
  app.add_option("--epochs", settings.epochs);
  app.add_option("--threshold", settings.threshold, "weights below are left out");
  CLI11_PARSE(app, argc, argv);
  const auto status = legation::train(settings);
  if (!status) fmt::print(stderr, "{}\n", status.error().what);
  return status ? 0 : 1;
}
