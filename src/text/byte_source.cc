// Bytes of a file, gzip and Zstandard undone on the way. Only entry point: ByteSource.
#include "text/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <vector>

namespace legation {
namespace {

constexpr std::size_t peek_bytes = 64 * 1024;
constexpr std::size_t raw_buffer_bytes = 64 * 1024;
// zstd frames may ask for windows of up to 2 GiB; a window of 128 MiB is what `zstd -d` grants without being
// told.
constexpr int zstd_window_log_max = 27;

std::string system_fault() {
  const int code = errno;
  return code == ENOENT ? "no such file or directory" : std::strerror(code);
}

}  // namespace

/// The file descriptor with a buffer, and where we are in it.
class ByteSource::RawFile {
 public:
  RawFile(int descriptor, bool owned, std::string name) : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}
  ~RawFile() {
    if (owned_) ::close(descriptor_);
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  /// Refills when empty. Empty view = end of file.
  Result<std::string_view> available() {
    if (begin_ == end_) {
      begin_ = end_ = 0;
      if (Status filled = fill(); !filled) return filled.error();
    }
    return std::string_view(buffer_.data() + begin_, end_ - begin_);
  }
  void take(std::size_t size) {
    assert(size <= end_ - begin_);
    begin_ += size;
  }
  /// The first bytes of the file, before anything was taken: pipes may deliver them one by one.
  Result<std::string_view> first(std::size_t size) {
    while (end_ < size) {
      const std::size_t before = end_;
      if (Status filled = fill(); !filled) return filled.error();
      if (end_ == before) break;
    }
    return std::string_view(buffer_.data(), end_);
  }
  std::uint64_t taken() const { return read_ - (end_ - begin_); }
  const std::string& name() const { return name_; }

 private:
  Status fill() {
    ssize_t got = -1;
    do {
      got = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return Error{Error::Code::io, name_ + ": " + system_fault()};
    end_ += static_cast<std::size_t>(got);
    read_ += static_cast<std::uint64_t>(got);
    return success();
  }

  int descriptor_;
  bool owned_;
  std::string name_;
  std::vector<char> buffer_ = std::vector<char>(raw_buffer_bytes);
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t read_ = 0;
};

class ByteSource::Stream {
 public:
  explicit Stream(RawFile& file) : file_(file) {}
  virtual ~Stream() = default;
  virtual Result<std::size_t> read(char* out, std::size_t size) = 0;

 protected:
  Error damaged(const std::string& what) const { return {Error::Code::bad_format, file_.name() + ": " + what}; }
  RawFile& file_;
};

class ByteSource::PlainStream : public Stream {
 public:
  using Stream::Stream;
  Result<std::size_t> read(char* out, std::size_t size) override {
    auto bytes = file_.available();
    if (!bytes) return bytes.error();
    const std::size_t taken = std::min(size, bytes.value().size());
    std::memcpy(out, bytes.value().data(), taken);
    file_.take(taken);
    return taken;
  }
};

/// One or more gzip members; what follows the last member and is none is ignored, as gzip does.
class ByteSource::GzipStream : public Stream {
 public:
  explicit GzipStream(RawFile& file) : Stream(file) { inflateInit2(&state_, 15 + 16); }
  ~GzipStream() override { inflateEnd(&state_); }

  Result<std::size_t> read(char* out, std::size_t size) override {
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = static_cast<uInt>(size);
    while (state_.avail_out == size && !ended_) {
      if (Status stepped = step(); !stepped) return stepped.error();
    }
    return size - state_.avail_out;
  }

 private:
  Status step() {
    auto bytes = file_.available();
    if (!bytes) return bytes.error();
    if (bytes.value().empty()) return end_of_file();
    if (between_members_ && bytes.value()[0] != '\x1f') {
      ended_ = true;
      return success();
    }
    between_members_ = false;
    return inflate_some(bytes.value());
  }

  Status end_of_file() {
    ended_ = true;
    if (!between_members_) return damaged("gzip data are cut off");
    return success();
  }

  Status inflate_some(std::string_view bytes) {
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    state_.avail_in = static_cast<uInt>(bytes.size());
    const int code = inflate(&state_, Z_NO_FLUSH);
    file_.take(bytes.size() - state_.avail_in);
    if (code == Z_STREAM_END) {
      inflateReset(&state_);
      between_members_ = true;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      ended_ = true;
      return damaged(std::string("gzip data are damaged (") + (state_.msg == nullptr ? "unknown fault" : state_.msg) + ")");
    }
    return success();
  }

  z_stream state_ = {};
  bool between_members_ = false;
  bool ended_ = false;
};

class ByteSource::ZstdStream : public Stream {
 public:
  explicit ZstdStream(RawFile& file) : Stream(file), state_(ZSTD_createDStream()) { ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, zstd_window_log_max); }
  ~ZstdStream() override { ZSTD_freeDStream(state_); }

  Result<std::size_t> read(char* out, std::size_t size) override {
    ZSTD_outBuffer output = {out, size, 0};
    while (output.pos == 0 && !ended_) {
      if (Status stepped = step(output); !stepped) return stepped.error();
    }
    return output.pos;
  }

 private:
  Status step(ZSTD_outBuffer& output) {
    auto bytes = file_.available();
    if (!bytes) return bytes.error();
    ZSTD_inBuffer input = {bytes.value().data(), bytes.value().size(), 0};
    const bool at_end = input.size == 0;
    // At the end of the file one more call gives what the decoder still holds back.
    if (at_end && wanted_ == 0) ended_ = true;
    if (ended_) return success();
    const std::size_t code = ZSTD_decompressStream(state_, &output, &input);
    file_.take(input.pos);
    return judge(code, at_end && output.pos == 0);
  }

  Status judge(std::size_t code, bool cut_off) {
    if (ZSTD_isError(code) != 0) {
      ended_ = true;
      return damaged(std::string("Zstandard data are damaged (") + ZSTD_getErrorName(code) + ")");
    }
    wanted_ = code;
    if (!cut_off || code == 0) return success();
    ended_ = true;
    return damaged("Zstandard data are cut off");
  }

  ZSTD_DStream* state_;
  std::size_t wanted_ = 0;  ///< the decoder's hint: 0 = a frame is complete
  bool ended_ = false;
};

namespace {

bool begins(std::string_view bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

/// Archives and compressions that a user may expect to work; empty = none of them.
std::string_view unread_compression(std::string_view head) {
  if (begins(head,
             "\xFD"
             "7zXZ"))
    return "xz";
  if (begins(head, "BZh") && head.size() > 4 && begins(head.substr(4), "1AY&SY")) return "bzip2";
  if (begins(head, "\x04\x22\x4D\x18")) return "lz4";
  if (begins(head, "7z\xBC\xAF")) return "7-Zip";
  return {};
}

}  // namespace

ByteSource::ByteSource(std::string name, std::unique_ptr<RawFile> file) : name_(std::move(name)), file_(std::move(file)) {}
ByteSource::~ByteSource() = default;

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "<stdin>" : path;
  const int descriptor = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? Error::Code::not_found : Error::Code::io;
    return Error{code, name + ": " + system_fault()};
  }
  auto file = std::make_unique<RawFile>(descriptor, !standard_input, name);
  auto head = file->first(16);
  if (!head) return head.error();
  if (const auto kind = unread_compression(head.value()); !kind.empty()) {
    return Error{Error::Code::skipped, name + ": skipped: " + std::string(kind) + " data are not read; unpack it first"};
  }
  std::unique_ptr<ByteSource> source(new ByteSource(name, std::move(file)));
  RawFile& raw = *source->file_;
  if (begins(head.value(), "\x1f\x8b"))
    source->stream_ = std::make_unique<GzipStream>(raw);
  else if (begins(head.value(), "\x28\xB5\x2F\xFD"))
    source->stream_ = std::make_unique<ZstdStream>(raw);
  else
    source->stream_ = std::make_unique<PlainStream>(raw);
  return source;
}

std::uint64_t ByteSource::raw_bytes() const { return file_->taken(); }

Result<std::size_t> ByteSource::read_stream(char* out, std::size_t size) {
  if (faulty_) {
    faulty_ = false;
    ended_ = true;
    return fault_;
  }
  if (ended_ || size == 0) return std::size_t{0};
  auto got = stream_->read(out, size);
  if (!got || got.value() == 0) ended_ = true;
  return got;
}

std::string_view ByteSource::peek() {
  while (head_.size() < peek_bytes && !ended_ && !faulty_) {
    const std::size_t before = head_.size();
    head_.resize(peek_bytes);
    auto got = read_stream(head_.data() + before, peek_bytes - before);
    head_.resize(before + (got ? got.value() : 0));
    if (got) continue;
    faulty_ = true;  // told to whoever reads, once he has the bytes before it
    fault_ = got.error();
  }
  return std::string_view(head_).substr(head_taken_);
}

Result<std::size_t> ByteSource::read(char* out, std::size_t size) {
  if (head_taken_ == head_.size()) return read_stream(out, size);
  const std::size_t taken = std::min(size, head_.size() - head_taken_);
  std::memcpy(out, head_.data() + head_taken_, taken);
  head_taken_ += taken;
  return taken;
}

ByteSource::Rest ByteSource::read_rest(std::uint64_t limit) {
  Rest rest;
  std::array<char, 16 * 1024> chunk;
  while (true) {
    auto got = read(chunk.data(), chunk.size());
    if (!got) {
      rest.faulty = true;
      rest.fault = got.error();
      return rest;
    }
    if (got.value() == 0) return rest;
    rest.too_long = rest.bytes.size() + got.value() > limit;
    if (rest.too_long) return rest;
    rest.bytes.append(chunk.data(), got.value());
  }
}

}  // namespace legation
