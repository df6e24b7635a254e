// Relating: what does a sentence say that one marked party does to another? Door: Relater::relate().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace legation {

/// A sentence and two parties in it; a side that the text does not name has no span.
struct MarkedSentence {
  std::string text;
  std::optional<Span> source, target;  ///< bytes of text
};

/// "<s>A</s> sued <t>B</t>" without the marks. Errors: bad_format for marks that do not close, or a side marked twice.
Result<MarkedSentence> read_marks(std::string_view marked);
/// The first places of the two strings in the sentence, each side away from the other; what is not found has no span.
MarkedSentence find_parties(std::string_view sentence, std::string_view source, std::string_view target);

struct Relation {
  EventType type = EventType::CONSULT;
  std::vector<std::string> modes;
  std::string root;  ///< the type, CONCEDE and RETREAT as YIELD
  int penta = 0;     ///< 1 verbal cooperation, 2 material cooperation and YIELD, 3 verbal conflict, 4 material conflict
  double confidence = 0;
  std::string why;
};

/// Const, safe on many threads with a Workspace each.
class Relater {
 public:
  explicit Relater(const Engine& engine) : engine_(engine) {}
  /// The event that best joins source to target; none when the sentence tells none.
  std::optional<Relation> relate(const MarkedSentence& sentence, Engine::Workspace& workspace) const;

 private:
  const Engine& engine_;
};

}  // namespace legation
