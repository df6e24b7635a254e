// Gold: hand-annotated events of a document. Layout: docs/evaluation.md. Only entry point: read_gold().
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "legation/date.h"
#include "legation/ontology.h"
#include "legation/result.h"

namespace legation {

struct GoldActor {
  std::string code, sector, text;
};

/// Code points in the title or the text, end excluded.
struct GoldPlace {
  bool in_title = false;
  std::uint32_t begin = 0, end = 0;
  std::string text;
};

struct GoldEvent {
  EventType type = EventType::CONSULT;
  std::vector<std::string> modes, contexts;
  std::uint8_t auxiliary = 0;                           ///< Auxiliary flags
  std::vector<GoldActor> actors, recipients, speakers;  ///< speakers: outermost first
  std::optional<Date> begin, end;
  std::vector<GoldPlace> triggers;  ///< the first is the main one
  std::string sentence;
};

struct GoldDocument {
  std::string id, file;
  std::vector<GoldEvent> events;
};

/// Reads one JSON file per document out of a folder, or one file; by document id.
/// Errors: not_found; bad_format naming the file and what is wrong in it.
Result<std::map<std::string, GoldDocument>> read_gold(const std::string& path);

}  // namespace legation
