// Features and greedy decoding of the tagger. Doors: tag_words(), tag_features().
#include "lang/tagger.h"

namespace legation {
namespace {

/// Stands in beyond the ends of the sentence.
const WordFeatures& outside() {
  static const WordFeatures none{};
  return none;
}

const WordFeatures& word_at(std::span<const WordFeatures> words, std::ptrdiff_t at) {
  return at >= 0 && at < static_cast<std::ptrdiff_t>(words.size()) ? words[static_cast<std::size_t>(at)] : outside();
}

void own_features(const WordFeatures& word, bool first, FeatureKeys& keys) {
  keys.add(1, word.lexical);
  keys.add(2, word.suffix[0]);
  keys.add(3, word.suffix[1]);
  keys.add(4, word.suffix[2]);
  keys.add(5, word.suffix[3]);
  keys.add(6, word.suffix[4]);
  keys.add(7, word.prefix[0]);
  keys.add(8, word.prefix[1]);
  keys.add(9, word.prefix[2]);
  keys.add(10, word.shape, first);
  keys.add(11, word.shape, word.suffix[2], first);
  keys.add(12, word.lexical, word.shape);
  keys.add(13, word.cluster);
  keys.add(14, word.cluster, word.shape);
  keys.add(15, word.ambiguity);
  keys.add(16, word.ambiguity, word.shape);
}

void context_features(std::span<const WordFeatures> words, std::ptrdiff_t i, FeatureKeys& keys) {
  const WordFeatures& w = words[static_cast<std::size_t>(i)];
  const WordFeatures &p1 = word_at(words, i - 1), &p2 = word_at(words, i - 2);
  const WordFeatures &n1 = word_at(words, i + 1), &n2 = word_at(words, i + 2);
  keys.add(20, p1.lexical);
  keys.add(21, p2.lexical);
  keys.add(22, n1.lexical);
  keys.add(23, n2.lexical);
  keys.add(24, p1.suffix[2]);
  keys.add(25, n1.suffix[2]);
  keys.add(26, n1.ambiguity, n1.shape);
  keys.add(27, w.ambiguity, n1.ambiguity);
  keys.add(28, n1.ambiguity, n2.ambiguity);
  keys.add(29, w.lexical, n1.lexical);
  keys.add(30, p1.lexical, w.lexical);
  keys.add(31, p1.cluster, w.cluster);
  keys.add(32, w.cluster, n1.cluster);
  keys.add(33, n1.cluster, n2.cluster);
  keys.add(34, p1.shape, w.shape, n1.shape);
  keys.add(35, p1.lexical, n1.lexical);
  keys.add(36, n1.suffix[1], w.suffix[1]);
  keys.add(37, n2.cluster);
  keys.add(38, w.lexical, n1.ambiguity, n2.ambiguity);
  keys.add(39, word_at(words, i + 3).ambiguity, n1.ambiguity, n2.ambiguity);
}

void history_features(const WordFeatures& word, const WordFeatures& next, int before, int before_that, FeatureKeys& keys) {
  const auto t1 = static_cast<std::uint64_t>(before + 1), t2 = static_cast<std::uint64_t>(before_that + 1);
  keys.add(50, t1);
  keys.add(51, t2, t1);
  keys.add(52, t1, word.lexical);
  keys.add(53, t1, word.ambiguity);
  keys.add(54, t1, word.ambiguity, next.ambiguity);
  keys.add(55, t2, t1, word.ambiguity);
  keys.add(56, t1, word.suffix[2]);
  keys.add(57, t1, word.shape);
  keys.add(58, t2, word.lexical);
  keys.add(59, t1, next.cluster);
  keys.add(60, t1, next.lexical);
}

}  // namespace

void tag_features(std::span<const WordFeatures> words, std::size_t at, int before, int before_that, FeatureKeys& keys) {
  const auto i = static_cast<std::ptrdiff_t>(at);
  keys.clear();
  own_features(words[at], at == 0, keys);
  context_features(words, i, keys);
  history_features(words[at], word_at(words, i + 1), before, before_that, keys);
}

void tag_words(const LanguageModel& model, std::span<const WordFeatures> words, std::vector<std::uint16_t>& tags) {
  tags.resize(words.size());
  std::vector<std::int32_t> scores(model.tags.size());
  FeatureKeys keys;
  int before = -1, before_that = -1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    tag_features(words, i, before, before_that, keys);
    std::fill(scores.begin(), scores.end(), 0);
    model.tagger.score(keys.keys(), scores.data());
    tags[i] = static_cast<std::uint16_t>(best_class(scores));
    before_that = before;
    before = tags[i];
  }
}

}  // namespace legation
