// Result<T>: a value, or the reason there is none. The world's faults travel in it; ours are asserts.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace legation {

/// What went wrong outside the program, in one plain sentence that names the file and the place.
struct Error {
  enum class Code : std::uint8_t { bad_encoding, bad_format, newer_version, not_found, io, skipped };
  Code code = Code::io;
  std::string what;  ///< "agents.tsv:41: sector "CPO" is not in sectors.tsv"
};

/// Stands in for std::expected, which C++20 has not.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }
  T& value() & {
    assert(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(state_));
  }
  const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<std::monostate>;
inline Status success() { return std::monostate{}; }

}  // namespace legation
