// The tables and weights that the program carries (cmake/embed.cmake writes the list).
#pragma once

#include <span>
#include <string_view>

namespace legation {

struct EmbeddedFile {
  std::string_view name;   ///< path in the repository: "data/entities/states.tsv"
  std::string_view bytes;  ///< aligned to 64 bytes
};

/// Sorted by name.
std::span<const EmbeddedFile> embedded_files();

}  // namespace legation
