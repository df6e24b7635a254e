// The header that model files beside the language model begin with: 64 bytes of magic, version, checksum and size. Door: open_model_file().
#pragma once

#include <cstdint>
#include <string_view>

#include "legation/result.h"

namespace legation {

struct ModelFile {
  std::uint64_t checksum = 0;
  std::string_view own;   ///< the 40 bytes of the header that each kind of file uses as it likes
  std::string_view body;  ///< what follows the header
};

/// Checks magic, version, size and checksum. `what` names the file in errors: bad_format, newer_version.
Result<ModelFile> open_model_file(std::string_view bytes, std::string_view magic, std::uint32_t version, std::string_view what);

}  // namespace legation
