#include "lang/word_vectors.h"

#include <cstring>
#include <string>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lang/feature_hash.h"

namespace legation {
namespace {

struct Header {
  char magic[4];
  std::uint32_t version;
  std::uint64_t checksum, size;
  std::uint32_t slots, words, numbers;
  char reserved[28];
};
static_assert(sizeof(Header) == 64);
constexpr std::uint32_t known_version = 1;

Error damaged(const char* what) { return {Error::Code::bad_format, std::string("word vectors: ") + what}; }

}  // namespace

Result<WordVectors> WordVectors::view(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) return damaged("cut off");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::string_view(header.magic, 4) != "LGW1") return damaged("no such file");
  if (header.version > known_version) return Error{Error::Code::newer_version, "word vectors: made for a newer program"};
  if (header.size != bytes.size()) return damaged("cut off");
  const std::string_view body = bytes.substr(sizeof(header));
  if (XXH3_64bits(body.data(), body.size()) != header.checksum) return damaged("wrong checksum");
  const std::uint64_t table = std::uint64_t{header.slots} * sizeof(WordRow), numbers = std::uint64_t{header.words} * header.numbers;
  const bool fits = header.slots > 0 && header.numbers > 0 && header.numbers <= 1024 && header.numbers % 4 == 0 && table <= body.size() && numbers <= body.size() - table;
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
