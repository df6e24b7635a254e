// RowNetwork: a table of rows and two small layers over their sum, as the choosers of parties and of countries are. Doors: view(), answer().
// Weights: models/events/*.bin (docs/model-format.md), made by train/events/row_network.py.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "lang/tensor_reader.h"
#include "legation/result.h"

namespace legation {

/// Const and safe on many threads. Views the bytes, which must outlive it.
class RowNetwork {
 public:
  /// What the program asks of the file; a file of another shape is refused.
  struct Shape {
    std::string_view magic, what;  ///< what it is, for errors
    std::size_t rows, slots, numbers, answers;
  };
  /// `more`: reads on behind the network, where the file has more. Errors: bad_format, newer_version.
  static Result<RowNetwork> view(std::string_view bytes, const Shape& shape, std::optional<TensorReader>* more = nullptr);
  /// The file of `what` is not as it must be.
  static Error damaged(std::string_view what, std::string_view how);
  std::uint64_t checksum() const { return checksum_; }
  /// Logits of the answers to one question: its rows of the table, and its numbers, which are cut at 8.
  void answer(std::span<const std::uint16_t> rows, std::span<const float> numbers, std::span<float> out) const;

 private:
  struct Sizes {
    std::uint32_t rows, slots, numbers, wide, narrow;
  };
  Sizes sizes_{};
  std::uint64_t checksum_ = 0;
  const float *table_ = nullptr, *direct_ = nullptr, *number_ = nullptr, *wide_bias_ = nullptr, *narrow_ = nullptr, *narrow_bias_ = nullptr, *out_ = nullptr,
              *out_bias_ = nullptr;
};

/// The likeliest of several answers, each with a question of its own, and its probability among them.
struct RowChoice {
  std::size_t answer = 0;
  float chance = 0;
};

/// `logits`: one for each answer; there must be one.
RowChoice likeliest(std::span<const float> logits);

/// Gives each feature of a question its own stretch of the table's rows, in the order of `counts`: how many values each feature has.
class FeatureRows {
 public:
  FeatureRows(std::span<const std::uint16_t> counts, std::span<std::uint16_t> out) : counts_(counts), out_(out) {}
  ~FeatureRows();
  void put(std::size_t value);

 private:
  std::span<const std::uint16_t> counts_;
  std::span<std::uint16_t> out_;
  std::size_t slot_ = 0, next_ = 0;
};

/// Row of a word among `rows`; 0 = none.
std::size_t word_row(std::string_view word, std::size_t rows);
/// Half a logit wide, `logit_rows` of them.
std::size_t logit_row(float logit);
inline constexpr std::size_t logit_rows = 33;

}  // namespace legation
