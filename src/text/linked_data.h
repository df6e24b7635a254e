// JSON-LD: what a page says of its article in machine-readable form (schema.org).
#pragma once

#include <string>
#include <vector>

namespace legation {

struct LinkedData {
  std::string headline, published, publisher, url, body;  ///< empty = not said; `published` as written
};

/// The first article among the scripts; scripts that are no JSON are passed over.
LinkedData read_linked_data(const std::vector<std::string>& scripts);

}  // namespace legation
