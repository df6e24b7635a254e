// WordFeatures: what the learned parts see of a word form. Door: describe_words().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "legation/parse.h"

namespace legation {

/// How the letters of a form are cased, and what else it is made of.
enum class Shape : std::uint8_t { lower, capital, upper, mixed, number, number_mixed, punctuation, other };

/// How a whole sentence is cased: a capital says little in a headline.
enum class Casing : std::uint8_t { normal, upper, title, lower };

struct WordFeatures {
  std::uint32_t lower = 0;       ///< hash of the lower-cased form
  std::uint32_t suffix[5] = {};  ///< hashes of the last 1..5 bytes; 0 when the form is shorter
  std::uint32_t prefix[3] = {};  ///< hashes of the first 1..3 bytes
  std::uint8_t shape = 0;        ///< Shape, Casing, and marks for hyphen and full stop, packed

  bool operator==(const WordFeatures&) const = default;
};

Shape shape_of(std::string_view form);
Casing casing_of(std::span<const Token> sentence);
/// Lower case by Unicode's simple mapping.
std::string lower_case(std::string_view form);
void lower_case(std::string_view form, std::string& out);

/// Fills out[i] for each token of the sentence; only forms are read.
void describe_words(std::span<const Token> sentence, std::span<WordFeatures> out);

}  // namespace legation
