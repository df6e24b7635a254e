// Tagger: chooses UPOS and Penn tag together, left to right. Doors: tag_words(); tag_features() for training.
#pragma once

#include <span>
#include <vector>

#include "lang/feature_hash.h"
#include "lang/model.h"
#include "lang/word_features.h"

namespace legation {

/// The features of word `at`, given the tags already chosen for the two words before it (-1 = none).
void tag_features(std::span<const WordFeatures> words, std::size_t at, int before, int before_that, FeatureKeys& keys);

/// Fills tags[i] with a row of model.tags for each word. Thread-safe; linear.
void tag_words(const LanguageModel& model, std::span<const WordFeatures> words, std::vector<std::uint16_t>& tags);

}  // namespace legation
