#include "ledger/unpack.h"

#include <fmt/format.h>
#include <lzma.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

namespace legation {
namespace {

constexpr std::size_t block = 1 << 18;

Status unpack(std::ifstream& in, std::ofstream& out, const std::string& path) {
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK) return Error{Error::Code::io, path + ": no memory to unpack"};
  std::vector<char> from(block), to(block);
  lzma_ret state = LZMA_OK;
  while (state == LZMA_OK) {
    if (stream.avail_in == 0 && in) {
      in.read(from.data(), block);
      stream.next_in = reinterpret_cast<const std::uint8_t*>(from.data());
      stream.avail_in = static_cast<std::size_t>(in.gcount());
    }
    stream.next_out = reinterpret_cast<std::uint8_t*>(to.data());
    stream.avail_out = block;
    state = lzma_code(&stream, in ? LZMA_RUN : LZMA_FINISH);
    out.write(to.data(), static_cast<std::streamsize>(block - stream.avail_out));
  }
  lzma_end(&stream);
  if (state != LZMA_STREAM_END) return Error{Error::Code::bad_format, path + ": the xz file is damaged or cut short"};
  if (!out.flush()) return Error{Error::Code::io, path + ": no room to unpack it"};
  return success();
}

}  // namespace

PlainFile::~PlainFile() {
  std::error_code ignored;
  if (ours_) std::filesystem::remove(path_, ignored);
}

Result<PlainFile> plain_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, path + ": cannot be read"};
  if (!path.ends_with(".xz")) return PlainFile(path, false);
  std::error_code fault;
  std::string name = (std::filesystem::temp_directory_path(fault) / "legation-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return Error{Error::Code::io, name + ": cannot be made"};
  ::close(descriptor);
  PlainFile file(name, true);
  std::ofstream out(name, std::ios::binary);
  if (const Status done = unpack(in, out, path); !done.ok()) return done.error();
  return file;
}

Result<bool> is_utf8(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, path + ": cannot be read"};
  std::vector<char> bytes(block);
  int open = 0;  // bytes still to come of a character
  while (in) {
    in.read(bytes.data(), block);
    for (std::streamsize at = 0; at < in.gcount(); ++at) {
      const auto byte = static_cast<unsigned char>(bytes[static_cast<std::size_t>(at)]);
      if (open == 0 && byte < 0x80) continue;
      const bool follows = (byte & 0xC0) == 0x80;
      if (follows != (open > 0)) return false;
      if (follows)
        --open;
      else if (byte >= 0xC2 && byte < 0xF5)
        open = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      else
        return false;
    }
  }
  if (in.bad()) return Error{Error::Code::io, path + ": cannot be read"};
  return open == 0;
}

Result<std::string> file_digest(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, path + ": cannot be read"};
  XXH3_state_t* state = XXH3_createState();
  XXH3_64bits_reset(state);
  std::vector<char> bytes(block);
  while (in) {
    in.read(bytes.data(), block);
    XXH3_64bits_update(state, bytes.data(), static_cast<std::size_t>(in.gcount()));
  }
  const std::string digest = fmt::format("{:016x}", XXH3_64bits_digest(state));
  XXH3_freeState(state);
  if (in.bad()) return Error{Error::Code::io, path + ": cannot be read"};
  return digest;
}

}  // namespace legation
