#include "lang/model_file.h"

#include <cstring>
#include <string>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace legation {
namespace {

struct Header {
  char magic[4];
  std::uint32_t version;
  std::uint64_t checksum, size;
  char own[40];
};
static_assert(sizeof(Header) == 64);

}  // namespace

Result<ModelFile> open_model_file(std::string_view bytes, std::string_view magic, std::uint32_t version, std::string_view what) {
  const auto damaged = [&](const char* how) { return Error{Error::Code::bad_format, std::string(what) + ": " + how}; };
  Header header;
  if (bytes.size() < sizeof(header)) return damaged("cut off");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::string_view(header.magic, 4) != magic) return damaged("no such file");
  if (header.version > version) return Error{Error::Code::newer_version, std::string(what) + ": made for a newer program"};
  if (header.version < version) return damaged("made for an older program");
  if (header.size != bytes.size()) return damaged("cut off");
  const std::string_view body = bytes.substr(sizeof(header));
  if (XXH3_64bits(body.data(), body.size()) != header.checksum) return damaged("wrong checksum");
  return ModelFile{header.checksum, bytes.substr(offsetof(Header, own), sizeof(header.own)), body};
}

}  // namespace legation
