// How near a system's CoNLL-U comes to gold, by the definitions of the CoNLL 2018 shared task. Door: score_conllu().
#pragma once

#include <cstdint>
#include <string>

#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

struct ConlluMetric {
  std::uint32_t gold = 0, system = 0, correct = 0;
  std::uint32_t aligned = 0;  ///< words that both sides have; 0 for tokens and sentences
  double precision() const { return system == 0 ? 0 : 100.0 * correct / system; }
  double recall() const { return gold == 0 ? 0 : 100.0 * correct / gold; }
  double f1() const { return gold + system == 0 ? 0 : 200.0 * correct / (gold + system); }
  /// Accuracy on the words both sides have.
  double aligned_accuracy() const { return aligned == 0 ? 0 : 100.0 * correct / aligned; }
};

/// Tokens and sentences count when their characters are the same (white space left out); words count when aligned:
/// outside contractions by their characters, inside by longest common subsequence of forms.
/// `las` compares main relations ("nsubj:pass" = "nsubj") as the shared task does, `las_subtypes` the whole relation.
/// FEATS are compared on the shared task's universal features only (`feats`) and whole (`all_feats`).
struct ConlluScore {
  ConlluMetric tokens, sentences, words, upos, xpos, feats, all_feats, lemmas, uas, las, las_subtypes;
  std::string table() const;
};

/// Errors: bad_format when the two texts differ once white space is left out.
Result<ConlluScore> score_conllu(const Parse& gold, const Parse& system);

}  // namespace legation
