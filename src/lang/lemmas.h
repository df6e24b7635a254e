// Lemmas: a known form and part of speech has its rule in a table, others get one by their ending.
// Doors: choose_lemma_rule(), apply_lemma_rule(); lemma_features() for training.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/feature_hash.h"
#include "lang/model.h"
#include "lang/word_features.h"

namespace legation {

/// Key of Section::lemma_known.
std::uint32_t lemma_key(std::uint32_t lower_hash, Upos upos);
void lemma_features(const WordFeatures& word, std::size_t tag, FeatureKeys& keys);

/// Row of model.lemma_rules. `tag` is a row of model.lemma_tags.
/// For a verb form not seen in training the best rule that leads to a known verb, if any does.
std::size_t choose_lemma_rule(const LanguageModel& model, const WordFeatures& word, std::string_view form, std::size_t tag, std::vector<std::int32_t>& scores);
/// Writes the lemma to `out`. A rule that cuts more than there is leaves the form in its case.
void apply_lemma_rule(const LemmaRule& rule, std::string_view form, std::string& out);

}  // namespace legation
