// Features and choice of FEATS. Doors: find_dependents(), feats_features(), choose_feats().
#include "lang/morphology.h"

#include <algorithm>

namespace legation {
namespace {

bool is_subject(Deprel deprel) {
  return deprel == Deprel::nsubj || deprel == Deprel::nsubj_pass || deprel == Deprel::nsubj_outer ||
         deprel == Deprel::expl || deprel == Deprel::csubj || deprel == Deprel::csubj_pass;
}

void note(std::int32_t dependent, const Token& token, Dependents& of_head) {
  if (is_subject(token.deprel)) of_head.subject = dependent;
  else if (token.deprel == Deprel::aux || token.deprel == Deprel::aux_pass) of_head.auxiliary = dependent;
  else if (token.deprel == Deprel::cop) of_head.copula = dependent;
  else if (token.deprel == Deprel::mark && of_head.marker < 0) of_head.marker = dependent;
  if (dependent < token.head && of_head.first_left < 0) of_head.first_left = dependent;
}

struct Word {
  std::uint64_t lexical = 0, tag = 0, deprel = 0;
};

Word word_at(const MorphologyInput& input, std::int32_t at) {
  if (at < 0 || at >= static_cast<std::int32_t>(input.words.size())) return {};
  const auto i = static_cast<std::size_t>(at);
  return {input.words[i].lexical, input.tags[i] + 1u, 1 + static_cast<std::uint64_t>(input.sentence[i].deprel)};
}

/// The word whose subject a verb agrees with: for auxiliaries and copulas the head.
std::int32_t clause_of(const MorphologyInput& input, std::size_t at) {
  const Token& token = input.sentence[at];
  const bool leans = token.deprel == Deprel::aux || token.deprel == Deprel::aux_pass || token.deprel == Deprel::cop;
  return leans && token.head >= 0 ? token.head : static_cast<std::int32_t>(at);
}

/// A conjunct without a subject of its own shares the first conjunct's.
std::int32_t subject_of(const MorphologyInput& input, std::int32_t clause) {
  for (int steps = 0; steps < 4; ++steps) {
    const auto i = static_cast<std::size_t>(clause);
    if (input.dependents[i].subject >= 0) return input.dependents[i].subject;
    const Token& token = input.sentence[i];
    if (token.head < 0) return -1;
    if (token.deprel == Deprel::acl_relcl) return token.head;
    if (token.deprel != Deprel::conj) return -1;
    clause = token.head;
  }
  return -1;
}

/// "A and B are": the subject has conjuncts.
bool is_coordinated(const MorphologyInput& input, std::int32_t subject) {
  const auto end = std::min<std::size_t>(input.sentence.size(), static_cast<std::size_t>(subject) + 12);
  for (auto i = static_cast<std::size_t>(subject) + 1; i < end; ++i) {
    if (input.sentence[i].deprel == Deprel::conj && input.sentence[i].head == subject) return true;
  }
  return false;
}

void subject_features(const MorphologyInput& input, std::size_t at, std::uint64_t tag, std::uint64_t form, FeatureKeys& keys) {
  const std::int32_t subject = subject_of(input, clause_of(input, at));
  const Word who = word_at(input, subject);
  const bool several = subject >= 0 && is_coordinated(input, subject);
  keys.add(20, tag, who.lexical);
  keys.add(21, tag, who.tag, several);
  keys.add(22, form, who.tag, several);
  keys.add(23, form, who.lexical);
  keys.add(24, tag, who.tag, who.deprel, several);
  const Word article = subject < 0 ? Word{} : word_at(input, input.dependents[static_cast<std::size_t>(subject)].first_left);
  keys.add(25, tag, who.lexical, article.lexical);
}

}  // namespace

void find_dependents(std::span<const Token> sentence, std::vector<Dependents>& out) {
  out.assign(sentence.size(), {});
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::int32_t head = sentence[i].head;
    if (head >= 0) note(static_cast<std::int32_t>(i), sentence[i], out[static_cast<std::size_t>(head)]);
  }
}

void feats_features(const MorphologyInput& input, std::size_t at, FeatureKeys& keys) {
  const auto i = static_cast<std::int32_t>(at);
  const WordFeatures& word = input.words[at];
  const Dependents& dependents = input.dependents[at];
  const Word self = word_at(input, i), head = word_at(input, input.sentence[at].head);
  const Word before = word_at(input, i - 1), after = word_at(input, i + 1);
  const Word auxiliary = word_at(input, dependents.auxiliary), marker = word_at(input, dependents.marker);
  const std::uint64_t tag = self.tag;
  keys.clear();
  keys.add(1, tag);
  keys.add(2, tag, word.lower);
  keys.add(3, tag, word.suffix[1]);
  keys.add(4, tag, word.suffix[2]);
  keys.add(5, tag, word.shape);
  keys.add(6, tag, self.deprel);
  keys.add(7, tag, self.deprel, word.lower);
  keys.add(8, tag, auxiliary.lexical, auxiliary.deprel);
  keys.add(9, tag, marker.lexical);
  keys.add(10, tag, auxiliary.deprel, self.deprel);
  keys.add(11, tag, word.lower, before.lexical);
  keys.add(12, tag, word.lower, after.tag);
  keys.add(13, tag, word.lower, before.tag);
  keys.add(14, tag, self.deprel, head.tag);
  keys.add(15, tag, word.lower, head.tag, self.deprel);
  keys.add(16, tag, word.suffix[3]);
  keys.add(17, tag, at == 0, auxiliary.tag != 0, marker.lexical);
  keys.add(18, tag, self.deprel, head.deprel, auxiliary.lexical);
  keys.add(19, tag, word.shape, word.prefix[2]);
  subject_features(input, at, tag, word.lower, keys);
  keys.add(30, tag, word.lower, head.lexical);
  keys.add(31, tag, word.lower, after.lexical);
  keys.add(32, tag, word.cluster);
}

std::size_t choose_feats(const LanguageModel& model, const MorphologyInput& input, std::size_t at, std::vector<std::int32_t>& scores) {
  const auto rows = model.feats_of(input.tags[at]);
  if (rows.empty()) return 0;
  if (rows.size() == 1) return rows[0];
  FeatureKeys keys;
  feats_features(input, at, keys);
  scores.assign(model.feats.size(), 0);
  model.morphology.score(keys.keys(), scores.data());
  return *std::max_element(rows.begin(), rows.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
}

}  // namespace legation
