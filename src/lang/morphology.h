// Morphology: chooses FEATS for a word whose tag and place in the tree are known. English verbs agree with subjects and
// auxiliaries, so the tree comes first. Doors: choose_feats(); feats_features() for training.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lang/feature_hash.h"
#include "lang/model.h"
#include "lang/word_features.h"

namespace legation {

/// Per word, the dependents that decide its FEATS: -1 = none. Indices are relative to the sentence.
struct Dependents {
  std::int32_t subject = -1, auxiliary = -1, copula = -1, marker = -1, first_left = -1;
};

/// `sentence` has upos, head and deprel, heads relative to its first token.
void find_dependents(std::span<const Token> sentence, std::vector<Dependents>& out);

struct MorphologyInput {
  std::span<const Token> sentence;
  std::span<const WordFeatures> words;
  std::span<const std::uint16_t> tags;
  std::span<const Dependents> dependents;
};
void feats_features(const MorphologyInput& input, std::size_t at, FeatureKeys& keys);

/// Row of model.feats for word `at`; only values seen with its tag are candidates.
std::size_t choose_feats(const LanguageModel& model, const MorphologyInput& input, std::size_t at,
                         std::vector<std::int32_t>& scores);

}  // namespace legation
