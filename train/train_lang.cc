// Trains the language model: tagger, parser, morphology, lemmas. One command: train/train.sh. Seeds are fixed, so the same data
// gives the same file.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <unordered_map>

#include "lang/lemmas.h"
#include "lang/morphology.h"
#include "lang/parser.h"
#include "lang/tagger.h"
#include "lang/word_features.h"
#include "model_writer.h"
#include "oracle.h"
#include "perceptron.h"
#include "table_sections.h"
#include "treebank.h"

namespace legation {
namespace {

struct Settings {
  std::vector<std::string> treebanks;
  std::string out, clusters, tables;
  std::string name = "english-1";
  double noise = 0.2, dropout = 0.25;
  int tagger_epochs = 8, jackknife_epochs = 4, parser_epochs = 8, other_epochs = 5, folds = 4;
  int choosing_epochs = 3;  ///< of the parser, to find the features worth keeping
  std::size_t parser_features = 390000, tagger_features = 190000;
  double tagger_threshold = 0.3, parser_threshold = 0.8, other_threshold = 0.02;
};

/// What is known of all sentences before any weight is trained.
struct Inventory {
  std::vector<LexiconEntry> lexicon_slots;
  Lexicon lexicon;
  std::unordered_map<std::uint32_t, std::uint32_t> counts;  ///< lower-cased form -> how often
  std::vector<std::string> tags;                            ///< "NOUN\tNN"
  std::map<std::string, std::uint16_t> tag_of;
  std::vector<std::string> feats;
  std::map<std::string, std::uint16_t> feats_of;
  std::vector<std::set<std::uint16_t>> feats_by_tag;
  std::vector<std::string> rules;
  std::map<std::string, std::uint16_t> rule_of;
};

/// A sentence made ready: features computed once, gold as numbers.
struct Example {
  const TrainingSentence* sentence = nullptr;
  std::vector<WordFeatures> words;
  std::vector<std::uint16_t> gold_tags, tags, feats, rules;
};

std::string tag_key(const Token& token) { return fmt::format("{}\t{}", name(token.upos), token.xpos); }

/// Marks of the annotators that nobody can predict from the words.
std::string plain_feats(std::string_view feats) {
  std::string out;
  while (!feats.empty()) {
    const std::size_t bar = std::min(feats.find('|'), feats.size());
    const std::string_view feature = feats.substr(0, bar);
    if (feature != "Typo=Yes") out.append(out.empty() ? "" : "|").append(feature);
    feats.remove_prefix(std::min(bar + 1, feats.size()));
  }
  return out;
}

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

void count_feats(const Treebank& bank, Inventory& inventory) {
  std::map<std::pair<std::uint16_t, std::string>, int> counts;
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) ++counts[{inventory.tag_of[tag_key(token)], plain_feats(token.feats)}];
  }
  inventory.feats.push_back("");
  inventory.feats_of[""] = 0;
  inventory.feats_by_tag.resize(inventory.tags.size());
  for (const auto& [key, count] : counts) {
    if (count < 3) continue;
    const auto [at, fresh] = inventory.feats_of.try_emplace(key.second, static_cast<std::uint16_t>(inventory.feats.size()));
    if (fresh) inventory.feats.push_back(key.second);
    inventory.feats_by_tag[key.first].insert(at->second);
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

std::unordered_map<std::string, std::uint16_t> read_clusters(const std::string& path) {
  std::unordered_map<std::string, std::uint16_t> clusters;
  std::ifstream file(path);
  std::string word;
  for (int cluster = 0; file >> word >> cluster;) clusters[word] = static_cast<std::uint16_t>(cluster + 1);
  return clusters;
}

/// The tags that make up at least a twentieth of a word's uses.
std::set<std::uint16_t> usual_tags(const std::map<std::uint16_t, int>& counts) {
  int all = 0;
  for (const auto& [tag, count] : counts) all += count;
  std::set<std::uint16_t> usual;
  for (const auto& [tag, count] : counts) {
    if (count * 20 >= all) usual.insert(tag);
  }
  return usual;
}

void build_lexicon(const Treebank& bank, const Settings& settings, Inventory& inventory) {
  std::map<std::string, std::map<std::uint16_t, int>> seen;
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) ++seen[lower_case(token.form)][inventory.tag_of[tag_key(token)]];
  }
  std::map<std::string, LexiconEntry> entries;
  std::map<std::set<std::uint16_t>, std::uint16_t> classes;
  for (const auto& [form, tags] : seen) {
    const int all = std::accumulate(tags.begin(), tags.end(), 0, [](int sum, const auto& item) { return sum + item.second; });
    inventory.counts[hash_bytes(form)] = static_cast<std::uint32_t>(all);
    if (all < 2) continue;
    const auto ambiguity = classes.try_emplace(usual_tags(tags), static_cast<std::uint16_t>(classes.size() + 1)).first->second;
    entries[form] = {hash_bytes(form), 0, ambiguity};
  }
  for (const auto& [form, cluster] : read_clusters(settings.clusters)) {
    LexiconEntry& entry = entries[form];
    entry.key = hash_bytes(form);
    entry.cluster = cluster;
  }
  fmt::print("lexicon {} forms, {} tag sets\n", entries.size(), classes.size());
  std::vector<LexiconEntry> list;
  for (const auto& [form, entry] : entries) list.push_back(entry);
  inventory.lexicon_slots = hashed_slots(list);
  inventory.lexicon = Lexicon(inventory.lexicon_slots);
}

std::vector<Example> make_examples(const Treebank& bank, const Inventory& inventory) {
  std::vector<Example> examples(bank.sentences.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    Example& example = examples[i];
    example.sentence = &bank.sentences[i];
    describe_words(example.sentence->tokens, inventory.lexicon, example.words);
    for (const Token& token : example.sentence->tokens) {
      const auto feats = inventory.feats_of.find(plain_feats(token.feats));
      const auto rule = inventory.rule_of.find(lemma_rule(token.form, token.lemma));
      example.gold_tags.push_back(inventory.tag_of.at(tag_key(token)));
      example.feats.push_back(feats == inventory.feats_of.end() ? 0xffff : feats->second);
      example.rules.push_back(rule == inventory.rule_of.end() ? 0xffff : rule->second);
    }
    example.tags = example.gold_tags;
  }
  return examples;
}

/// Forgets rare forms now and then, so that the model learns to do without them.
std::vector<WordFeatures> drop_forms(const Example& example, const Inventory& inventory, double dropout, std::mt19937& random) {
  std::vector<WordFeatures> words = example.words;
  std::uniform_real_distribution<double> chance(0, 1);
  for (WordFeatures& word : words) {
    if (word.known && chance(random) < dropout / (dropout + inventory.counts.at(word.lower))) forget_form(word);
  }
  return words;
}

std::size_t best(std::span<const float> scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

using Order = std::vector<std::size_t>;

/// Tags with present weights; learns when `gold` is not null. Returns the number of right tags.
std::size_t tag_sentence(AveragedPerceptron& model, std::span<const WordFeatures> words, const std::vector<std::uint16_t>* gold,
                         std::vector<std::uint16_t>& tags) {
  std::size_t right = 0;
  std::vector<float> scores(model.classes());
  FeatureKeys keys;
  tags.resize(words.size());
  int before = -1, before_that = -1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    tag_features(words, i, before, before_that, keys);
    std::fill(scores.begin(), scores.end(), 0.0f);
    model.score(keys.keys(), scores.data());
    tags[i] = static_cast<std::uint16_t>(best(scores));
    if (gold) {
      right += tags[i] == (*gold)[i];
      model.update(keys.keys(), (*gold)[i], tags[i]);
      model.step();
    }
    before_that = before;
    before = tags[i];
  }
  return right;
}

AveragedPerceptron train_tagger(const std::vector<Example>& examples, Order order, const Inventory& inventory, int epochs,
                                const Settings& settings, std::mt19937& random) {
  AveragedPerceptron model(inventory.tags.size());
  std::vector<std::uint16_t> tags;
  for (int epoch = -2; epoch < epochs; ++epoch) {
    if (epoch == 0) model.restart_with_best(settings.tagger_features);
    std::shuffle(order.begin(), order.end(), random);
    std::size_t right = 0, all = 0;
    for (std::size_t i : order) {
      const auto words = drop_forms(examples[i], inventory, settings.dropout, random);
      right += tag_sentence(model, words, &examples[i].gold_tags, tags);
      all += words.size();
    }
    fmt::print("  tagger epoch {}: {:.2f}\n", epoch + 1, 100.0 * right / all);
  }
  return model;
}

/// Tags every sentence by a model that has not seen it: the parser must learn from tags as wrong as they will be.
void jackknife(std::vector<Example>& examples, const Inventory& inventory, const Settings& settings, std::mt19937& random) {
  for (int fold = 0; fold < settings.folds; ++fold) {
    Order order;
    const auto in_fold = [&](std::size_t i) { return static_cast<int>(examples[i].sentence->origin / 50) % settings.folds == fold; };
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!in_fold(i)) order.push_back(i);
    }
    const AveragedPerceptron trained = train_tagger(examples, order, inventory, settings.jackknife_epochs, settings, random);
    const std::string bytes = trained.write(0.0).bytes;
    LanguageModel model;
    model.tags.resize(inventory.tags.size());
    model.tagger = SparseLinear::view(bytes).value();
    std::size_t right = 0, all = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!in_fold(i)) continue;
      tag_words(model, examples[i].words, examples[i].tags);
      for (std::size_t w = 0; w < examples[i].tags.size(); ++w) right += examples[i].tags[w] == examples[i].gold_tags[w], ++all;
    }
    fmt::print("fold {}: unseen {:.2f}\n", fold, 100.0 * right / all);
  }
}

/// The zero-cost transition with the highest score (the right label for a right arc).
std::size_t best_correct(const ParserState& state, std::span<const Token> gold, std::span<const float> scores) {
  int least = 1 << 20;
  std::size_t choice = transition_count;
  for (const Move move : {Move::shift, Move::left, Move::right}) {
    if (!state.allowed(move)) continue;
    const int lost = cost(state, move, gold);
    const bool takes_root = move == Move::left && state.next() == state.root();
    const Deprel gold_label = move == Move::shift ? Deprel::dep : gold[static_cast<std::size_t>(state.stack(0))].deprel;
    // A word that can no longer have its own head keeps its label; only the root's belongs to the root.
    const Deprel label = takes_root ? Deprel::root : gold_label == Deprel::root ? Deprel::parataxis : gold_label;
    const std::size_t candidate = transition(move, label);
    if (lost < least || (lost == least && scores[candidate] > scores[choice])) {
      least = lost;
      choice = candidate;
    }
  }
  return choice;
}

struct ParserTally {
  std::size_t right = 0, all = 0;
};

void parse_sentence(AveragedPerceptron& model, const Example& example, std::span<const WordFeatures> words, double follow_gold,
                    std::mt19937& random, ParserTally& tally) {
  const std::span<const Token> gold = example.sentence->tokens;
  std::uniform_real_distribution<double> chance(0, 1);
  std::vector<ParserWord> parser_word_list;
  parser_words(words, example.tags, parser_word_list);
  std::vector<float> scores(transition_count);
  std::vector<std::int32_t> ranks(transition_count);
  FeatureKeys keys;
  ParserState state;
  for (state.start(gold.size()); !state.done();) {
    parser_features(state, parser_word_list, keys);
    std::fill(scores.begin(), scores.end(), 0.0f);
    model.score(keys.keys(), scores.data());
    std::transform(scores.begin(), scores.end(), ranks.begin(), [](float score) { return static_cast<std::int32_t>(score); });
    const std::size_t predicted = choose_transition(state, ranks);
    const std::size_t correct = best_correct(state, gold, scores);
    const bool fine = predicted == correct;
    if (!fine) model.update(keys.keys(), correct, predicted);
    model.step();
    tally.right += fine;
    ++tally.all;
    const std::size_t taken = fine || chance(random) < follow_gold ? correct : predicted;
    state.apply(move_of(taken), deprel_of(taken));
  }
}

AveragedPerceptron train_parser(const std::vector<Example>& examples, const Inventory& inventory, const Settings& settings, std::mt19937& random) {
  AveragedPerceptron model(transition_count);
  Order order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  for (int epoch = -settings.choosing_epochs; epoch < settings.parser_epochs; ++epoch) {
    if (epoch == 0) model.restart_with_best(settings.parser_features);
    std::shuffle(order.begin(), order.end(), random);
    ParserTally tally;
    for (std::size_t i : order) {
      const auto words = drop_forms(examples[i], inventory, settings.dropout, random);
      parse_sentence(model, examples[i], words, epoch == 0 || epoch == -settings.choosing_epochs ? 1.0 : 0.1, random, tally);
    }
    fmt::print("  parser epoch {}: {:.2f}\n", epoch + 1, 100.0 * tally.right / tally.all);
    std::fflush(stdout);
  }
  return model;
}

AveragedPerceptron train_morphology(const std::vector<Example>& examples, const Inventory& inventory, const Settings& settings, std::mt19937& random) {
  AveragedPerceptron model(inventory.feats.size());
  Order order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<Dependents> dependents;
  std::vector<float> scores(model.classes());
  FeatureKeys keys;
  for (int epoch = 0; epoch < settings.other_epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    std::size_t right = 0, all = 0;
    for (std::size_t e : order) {
      const Example& example = examples[e];
      find_dependents(example.sentence->tokens, dependents);
      const MorphologyInput input{example.sentence->tokens, example.words, example.gold_tags, dependents};
      for (std::size_t i = 0; i < example.words.size(); ++i) {
        const auto& candidates = inventory.feats_by_tag[example.gold_tags[i]];
        if (candidates.size() < 2 || !candidates.contains(example.feats[i])) continue;
        feats_features(input, i, keys);
        std::fill(scores.begin(), scores.end(), 0.0f);
        model.score(keys.keys(), scores.data());
        const auto chosen = *std::max_element(candidates.begin(), candidates.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
        model.update(keys.keys(), example.feats[i], chosen);
        model.step();
        right += chosen == example.feats[i];
        ++all;
      }
    }
    fmt::print("  morphology epoch {}: {:.2f}\n", epoch + 1, 100.0 * right / all);
  }
  return model;
}

AveragedPerceptron train_lemmatizer(const std::vector<Example>& examples, const Inventory& inventory, const Settings& settings, std::mt19937& random) {
  AveragedPerceptron model(inventory.rules.size());
  Order order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<float> scores(model.classes());
  FeatureKeys keys;
  for (int epoch = 0; epoch < settings.other_epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    std::size_t right = 0, all = 0;
    for (std::size_t e : order) {
      const Example& example = examples[e];
      for (std::size_t i = 0; i < example.words.size(); ++i) {
        // The table answers for frequent words: these weights are for the others.
        const std::uint32_t count = inventory.counts.at(example.words[i].lower);
        if (example.rules[i] == 0xffff || count > 30) continue;
        lemma_features(example.words[i], example.gold_tags[i], keys);
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

std::string feats_by_tag_section(const Inventory& inventory) {
  std::vector<std::uint32_t> begin{0};
  std::vector<std::uint16_t> rows;
  for (const auto& feats : inventory.feats_by_tag) {
    rows.insert(rows.end(), feats.begin(), feats.end());
    begin.push_back(static_cast<std::uint32_t>(rows.size()));
  }
  return item_bytes(begin) + item_bytes(rows);
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void add_linear(ModelWriter& writer, Section section, const char* title, const AveragedPerceptron& model, double threshold) {
  const auto written = model.write(threshold);
  fmt::print("{}: {} features, {} weights, {:.1f} MB\n", title, written.features, written.weights, written.bytes.size() / 1e6);
  writer.add(section, written.bytes);
}

void add_tables(ModelWriter& writer, const Settings& settings, const Inventory& inventory,
                const std::vector<Example>& examples) {
  writer.add(Section::name, settings.name);
  writer.add(Section::lexicon, item_bytes(inventory.lexicon_slots));
  writer.add(Section::tags, joined(inventory.tags));
  writer.add(Section::feats, joined(inventory.feats));
  writer.add(Section::feats_by_tag, feats_by_tag_section(inventory));
  writer.add(Section::lemma_rules, joined(inventory.rules));
  writer.add(Section::lemma_known, item_bytes(hashed_slots(known_lemmas(examples))));
  for (const TableSection& table : table_sections) writer.add(table.section, file_bytes(settings.tables + "/" + table.file));
}

Status train(const Settings& settings) {
  std::mt19937 random(20250610);
  Treebank bank;
  for (const std::string& path : settings.treebanks) {
    if (auto status = bank.read(path); !status) return status;
  }
  Inventory inventory;
  count_tags(bank, inventory);
  count_feats(bank, inventory);
  count_rules(bank, inventory);
  build_lexicon(bank, settings, inventory);
  bank.add_noise(settings.noise, random);
  for (const auto& sentence : bank.sentences) {
    for (const Token& token : sentence.tokens) inventory.counts.try_emplace(hash_bytes(lower_case(token.form)), 1);
  }
  std::vector<Example> examples = make_examples(bank, inventory);
  fmt::print("{} sentences, {} tags, {} feats, {} lemma rules\n", examples.size(), inventory.tags.size(), inventory.feats.size(), inventory.rules.size());

  ModelWriter writer;
  add_tables(writer, settings, inventory, examples);
  add_linear(writer, Section::lemmatizer, "lemmatizer", train_lemmatizer(examples, inventory, settings, random), settings.other_threshold);
  add_linear(writer, Section::morphology, "morphology", train_morphology(examples, inventory, settings, random), settings.other_threshold);
  Order order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  add_linear(writer, Section::tagger, "tagger", train_tagger(examples, order, inventory, settings.tagger_epochs, settings, random), settings.tagger_threshold);
  jackknife(examples, inventory, settings, random);
  add_linear(writer, Section::parser, "parser", train_parser(examples, inventory, settings, random), settings.parser_threshold);
  return writer.write(settings.out);
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  legation::Settings settings;
  CLI::App app("Trains a language model from CoNLL-U treebanks");
  app.add_option("treebanks", settings.treebanks, "CoNLL-U files")->required();
  app.add_option("--out", settings.out, "model file to write")->required();
  app.add_option("--tables", settings.tables, "folder of the tokenizer's tables (data/lang)")->required();
  app.add_option("--clusters", settings.clusters, "word classes: lines 'word number'");
  app.add_option("--name", settings.name);
  app.add_option("--noise", settings.noise, "share of sentences copied in other casing");
  app.add_option("--dropout", settings.dropout);
  app.add_option("--tagger-epochs", settings.tagger_epochs);
  app.add_option("--jackknife-epochs", settings.jackknife_epochs);
  app.add_option("--parser-epochs", settings.parser_epochs);
  app.add_option("--parser-features", settings.parser_features, "how many the parser may keep");
  app.add_option("--tagger-features", settings.tagger_features, "how many the tagger may keep");
  app.add_option("--folds", settings.folds);
  app.add_option("--tagger-threshold", settings.tagger_threshold);
  app.add_option("--parser-threshold", settings.parser_threshold);
  app.add_option("--other-threshold", settings.other_threshold);
  CLI11_PARSE(app, argc, argv);
  const auto status = legation::train(settings);
  if (!status) fmt::print(stderr, "{}\n", status.error().what);
  return status ? 0 : 1;
}
