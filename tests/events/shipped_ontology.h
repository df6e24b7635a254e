// The ontology that the program carries.
#pragma once

#include <utility>

#include "base/embedded.h"
#include "events/ontology.h"

namespace legation {

inline const Ontology& ontology() {
  static const Resources resources = Resources::embedded(embedded_files());
  static const Ontology loaded = std::move(Ontology::load(resources)).value();
  return loaded;
}

}  // namespace legation
