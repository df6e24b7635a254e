// Meanings: triggers of a sentence, operators applied to contents, with who does it to whom.
// Only entry point: Composer::read(). What a meaning's scope makes of it (denied, future, reported) is scope.h's.
#pragma once

#include <string>
#include <vector>

#include "events/arguments.h"
#include "events/predicates.h"
#include "legation/event.h"

namespace legation {

using Party = std::vector<const Mention*>;

/// "I", "our": not resolved by the mentions; the quotation's speaker stands for it.
bool is_first_person(const Actor& actor);

/// What a trigger, alone or under operators, says: "refused to stop bombing" is one meaning, REJECT yield.
struct Reading {
  MeaningCode code = meaning_none;
  std::vector<std::string_view> modes, contexts;
  std::uint32_t trigger = 0;  ///< outermost token: its place in the tree decides scope
  std::uint32_t content = 0;  ///< innermost token: dates and quantities stand beside it
  Party actors, recipients;
  Frame::Symmetry symmetry = Frame::Symmetry::no;
  bool agentless = false;  ///< something was done, and the text does not say by whom
  bool promised = false;   ///< agreed, promised or planned: the words bind what comes
  bool alone = true;       ///< false: no event without a light verb above it
  bool user = false;       ///< by a user's own row, which the scorer does not judge
  std::uint8_t auxiliary = 0;
  std::string rule;
  int conditions = 0;  ///< how many conditions the rows asked for: the more, the surer
};

/// Reads one document's sentences. Holds the choice per token between calls, so one object per document and thread.
class Composer {
 public:
  Composer(const Arguments& arguments, bool trace) : arguments_(arguments), parse_(arguments.parse()), predicates_(arguments.predicates()), trace_(trace) {
    choices_.assign(parse_.tokens.size(), nullptr);
    chosen_.assign(parse_.tokens.size(), 0);
    consumed_.assign(parse_.tokens.size(), 0);
  }

  /// Appends the meanings of one sentence, outermost triggers first in the text's order, acts that are only named ("the arrest of")
  /// marked as not alone; and (when tracing) the senses that are no event. Cost: linear in the sentence, times the rows per lemma.
  void read(std::uint32_t sentence, std::vector<Reading>& out, std::vector<Dropped>& dropped);
  /// The row that a token of a sentence read before was taken for; null = none.
  const PredicateEntry* choice(std::uint32_t token) const { return choices_[token]; }

 private:
  const PredicateEntry* choose(std::uint32_t token);
  void meanings_of(std::uint32_t token, int depth, std::vector<Reading>& out);
  void inner_meanings(std::uint32_t token, int depth, std::vector<Reading>& out);
  void apply(std::uint32_t token, const PredicateEntry& entry, int depth, std::vector<Reading>& out);
  Reading content(std::uint32_t token, const PredicateEntry& entry);
  void collect(std::uint32_t token, const std::vector<Slot>& slots, Arguments::Side side, bool all, Party& out);
  bool carried(std::uint32_t token) const;
  std::string_view lower_lemma(std::uint32_t token);
  void use_up(std::uint32_t token, const PredicateEntry& entry);
  void share(Reading& meaning) const;
  bool compose(std::uint32_t token, const PredicateEntry& entry, const Reading* inner, std::vector<Reading>& out);

  const Arguments& arguments_;
  const Parse& parse_;
  const Predicates& predicates_;
  bool trace_;
  std::vector<const PredicateEntry*> choices_;
  std::vector<std::uint8_t> chosen_, consumed_;
  std::string scratch_;
  std::vector<Reading> kept_;  // contents that stay events of their own beside their operator's
  std::vector<Dropped>* dropped_ = nullptr;
  std::uint32_t sentence_ = 0;
};

}  // namespace legation
