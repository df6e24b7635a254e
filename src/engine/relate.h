// Relating: what does a sentence say that one marked party does to another? Door: Relater::relate().
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace legation {

/// A sentence and two parties in it; a side that the text does not name has no span, one that it names again may have several.
struct MarkedSentence {
  std::string text;
  std::vector<Span> source, target;  ///< bytes of text, in order
};

/// "<s>A</s> sued <t>B</t>, and <t>B</t> lost" without the marks. Errors: bad_format for marks that do not close.
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

/// A row of data/mappings/marked_relations.tsv: what sets of marked relations call an act that this codebook has elsewhere.
struct MarkedRoot {
  EventType type;
  std::string_view mode;                 ///< empty = any
  std::vector<std::string_view> lemmas;  ///< of the trigger or its object; empty = any
  std::vector<std::string_view> beside;  ///< of a word that hangs on the trigger, up to three arcs away; empty = any
  EventType root;
};

/// Const, safe on many threads with a Workspace each. Engine and resources must outlive it.
class Relater {
 public:
  /// Errors: bad_format naming file and line; not_found.
  static Result<Relater> load(const Resources& resources, const Engine& engine);
  /// The relation that best joins source to target, weighed from the tables' events and the scorer's word; none when the sentence tells none.
  std::optional<Relation> relate(const MarkedSentence& sentence, Engine::Workspace& workspace) const;

 private:
  using TypeScores = std::array<double, event_type_count>;
  explicit Relater(const Engine& engine) : engine_(engine) {}
  EventType root_type(EventType type, const std::vector<std::string>& modes, const Parse& parse, std::uint32_t first, std::uint32_t last) const;
  TypeScores learned_scores(const Observed& observed, const Parse& parse, const MarkedSentence& sentence) const;

  const Engine& engine_;
  std::vector<MarkedRoot> roots_;
};

}  // namespace legation
