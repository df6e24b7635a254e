// Treebank: training sentences, with copies in the casing of headlines. Doors: Treebank::read(), Treebank::add_noise().
#pragma once

#include <deque>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lang/conllu.h"
#include "legation/result.h"

namespace legation {

/// Tokens with heads relative to the sentence.
struct TrainingSentence {
  std::vector<Token> tokens;
  std::size_t origin = 0;  ///< index of the sentence that this one is a copy of, or its own
};

/// Owns the bytes that the tokens point into.
struct Treebank {
  std::deque<std::string> bytes;
  std::vector<ConlluText> texts;
  std::deque<std::string> forms;  ///< of noisy copies
  std::vector<TrainingSentence> sentences;

  /// Appends the sentences of a CoNLL-U file.
  Status read(const std::string& path);
  /// Appends copies of a share of the sentences in other casing: upper, title, lower, and without final full stop.
  void add_noise(double share, std::mt19937& random);
};

}  // namespace legation
