// Choice and application of lemma rules. Doors: choose_lemma_rule(), apply_lemma_rule(), lemma_features().
#include "lang/lemmas.h"

#include <algorithm>

namespace legation {

std::uint32_t lemma_key(std::uint32_t lower_hash, Upos upos) {
  const std::uint32_t key = (lower_hash ^ (static_cast<std::uint32_t>(upos) + 1) * 0x9e3779b1u) * 0x85ebca6bu;
  return key == 0 ? 1 : key;
}

void lemma_features(const WordFeatures& word, std::size_t tag, FeatureKeys& keys) {
  keys.clear();
  keys.add(1, tag);
  for (std::uint32_t i = 0; i < 5; ++i) keys.add(2 + i, tag, word.suffix[i]);
  keys.add(7, tag, word.shape);
  keys.add(8, tag, word.lower);
  keys.add(9, tag, word.suffix[1], word.prefix[2]);
  keys.add(10, tag, word.shape, word.suffix[1]);
  keys.add(11, tag, word.suffix[3], word.prefix[0]);
}

std::size_t choose_lemma_rule(const LanguageModel& model, const WordFeatures& word, std::size_t tag,
                              std::vector<std::int32_t>& scores) {
  if (const KnownLemma* known = model.known_lemmas.find(lemma_key(word.lower, model.tags[tag].upos))) {
    return std::min<std::size_t>(known->rule, model.lemma_rules.size() - 1);
  }
  FeatureKeys keys;
  lemma_features(word, tag, keys);
  scores.assign(model.lemma_rules.size(), 0);
  model.lemmatizer.score(keys.keys(), scores.data());
  return best_class(scores);
}

void apply_lemma_rule(const LemmaRule& rule, std::string_view form, std::string& out) {
  if (rule.letter_case == LemmaRule::Case::keep) out.assign(form);
  else lower_case(form, out);
  if (rule.letter_case == LemmaRule::Case::capital && !out.empty() && out[0] >= 'a' && out[0] <= 'z') {
    out[0] = static_cast<char>(out[0] - 32);
  }
  if (rule.strip > out.size() || (rule.strip == out.size() && rule.append.empty())) return;
  out.resize(out.size() - rule.strip);
  out.append(rule.append);
}

}  // namespace legation
