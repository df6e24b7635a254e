// Door: ModelWriter::write().
#include "model_writer.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fstream>

namespace legation {
namespace {

std::size_t aligned(std::size_t offset) { return (offset + model_alignment - 1) / model_alignment * model_alignment; }

template <class Item>
void append_item(std::string& bytes, const Item& item) {
  bytes.append(reinterpret_cast<const char*>(&item), sizeof(item));
}

}  // namespace

Status ModelWriter::write(const std::string& path) const {
  std::string entries, body;
  const std::size_t first = aligned(sizeof(ModelHeader) + sections_.size() * sizeof(SectionEntry));
  for (const auto& [section, bytes] : sections_) {
    append_item(entries, SectionEntry{static_cast<std::uint32_t>(section), 0, first + body.size(), bytes.size()});
    body += bytes;
    body.resize(aligned(body.size()), '\0');
  }
  entries.resize(first - sizeof(ModelHeader), '\0');
  const std::string rest = entries + body;
  std::string file;
  append_item(file, ModelHeader{model_magic, model_version, XXH3_64bits(rest.data(), rest.size()), sizeof(ModelHeader) + rest.size(),
                                static_cast<std::uint32_t>(sections_.size()), 0});
  file += rest;
  std::ofstream out(path, std::ios::binary);
  out.write(file.data(), static_cast<std::streamsize>(file.size()));
  if (!out.flush()) return Error{Error::Code::io, path + ": cannot be written"};
  return success();
}

}  // namespace legation
