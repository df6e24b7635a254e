#include "lang/word_vectors.h"

#include <cstring>
#include <string>

#include "lang/feature_hash.h"
#include "lang/model_file.h"

namespace legation {
namespace {

constexpr std::uint32_t known_version = 1;

/// What this kind of file has in its header.
struct Sizes {
  std::uint32_t slots, words, numbers;
};

Error damaged(const char* what) { return {Error::Code::bad_format, std::string("word vectors: ") + what}; }

}  // namespace

Result<WordVectors> WordVectors::view(std::string_view bytes) {
  const auto file = open_model_file(bytes, "LGW1", known_version, "word vectors");
  if (!file.ok()) return file.error();
  const std::string_view body = file.value().body;
  Sizes header;
  std::memcpy(&header, file.value().own.data(), sizeof(header));
  const std::uint64_t table = std::uint64_t{header.slots} * sizeof(WordRow), numbers = std::uint64_t{header.words} * header.numbers;
  const bool fits =
      header.slots > 0 && header.numbers > 0 && header.numbers <= 1024 && header.numbers % 4 == 0 && table <= body.size() && numbers <= body.size() - table;
  if (!fits) return damaged("its sizes do not fit");
  WordVectors vectors;
  auto rows = HashedTable<WordRow>::view(body.substr(0, table));
  if (!rows.ok()) return damaged("its table is damaged");
  vectors.rows_ = std::move(rows).value();
  for (std::size_t slot = 0; slot < header.slots; ++slot) {
    WordRow row;
    std::memcpy(&row, body.data() + slot * sizeof(row), sizeof(row));
    if (row.key != 0 && row.row >= header.words) return damaged("a word has no row");
  }
  vectors.vectors_ = reinterpret_cast<const std::int8_t*>(body.data() + table);
  if (std::memchr(vectors.vectors_, 0x80, numbers) != nullptr) return damaged("a number is out of range");
  vectors.size_ = header.numbers;
  return vectors;
}

const std::int8_t* WordVectors::find(std::string_view lower) const {
  const WordRow* row = rows_.find(hash_bytes(lower));
  return row == nullptr ? nullptr : vectors_ + row->row * size_;
}

}  // namespace legation
