// WordVectors: public word vectors by lower-cased form, for words that annotated text is too short to teach. File: models/words/vectors.bin
// (docs/model-format.md), made by train/events/words.py. Doors: view(), find().
#pragma once

#include <cstdint>
#include <string_view>

#include "lang/hashed_table.h"
#include "lang/model_format.h"
#include "legation/result.h"

namespace legation {

/// Views the bytes, which must outlive it. Const and safe on many threads.
class WordVectors {
 public:
  /// Errors: bad_format, newer_version.
  static Result<WordVectors> view(std::string_view bytes);

  std::size_t size() const { return size_; }  ///< numbers a word, in [-127, 127]
  /// `lower`: as lower_case() leaves the form. Null for a word that has no vector.
  const std::int8_t* find(std::string_view lower) const;

 private:
  HashedTable<WordRow> rows_;
  const std::int8_t* vectors_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace legation
