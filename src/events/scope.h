// Scope: one walk from a trigger to the root of its sentence, collecting what makes it denied, future, conditional or
// reported, and by whom. Only entry point: ScopeReader::read().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/arguments.h"
#include "legation/event.h"

namespace legation {

struct Scope {
  bool obliged = false;  ///< "must", "should": whoever says so asks for it
  std::uint8_t auxiliary = 0;
  std::vector<Attribution> attribution;  ///< outermost speaker first
  bool hedged = false;                   ///< "reportedly", "may have"
  std::vector<std::string> steps;        ///< "may (scope.tsv:40): hypothetical", for explain
};

/// One document. Quotation marks are matched when made, so a quotation that runs over sentences keeps its speaker.
class ScopeReader {
 public:
  explicit ScopeReader(const Arguments& arguments, bool trace);

  /// Called once per sentence, in order, before read(): notes who speaks in it, for quotations that go on.
  void enter(std::uint32_t sentence);
  /// @param trigger  the token whose place in the tree decides. Call in the order of the sentences: a quotation that
  ///                 goes on takes its speaker from the sentence before.
  Scope read(std::uint32_t trigger);
  bool quoted(std::uint32_t token) const { return quoted_[token] != 0; }

 private:
  using Party = std::vector<const Mention*>;
  void match_quotes();
  void mark_segments();
  bool apart(std::uint32_t a, std::uint32_t b) const;
  void read_token(std::uint32_t token, bool is_trigger, Scope& scope);
  void read_step(std::uint32_t from, std::uint32_t to, bool told, bool within, Scope& scope);
  bool has_adverb(std::uint32_t token, std::string_view kind) const;
  void read_inversion(std::uint32_t trigger, Scope& scope) const;
  void read_modals(std::uint32_t token, Scope& scope);
  bool negated(std::uint32_t token) const;
  bool subject_holds_trigger(std::uint32_t verb) const;
  const ScopeRow* denied(std::uint32_t subject) const;
  void read_reports_beside(std::uint32_t token, Scope& scope);
  void add_report(std::uint32_t verb, const ScopeRow& row, std::uint32_t trigger, Scope& scope);
  void add_speaker(const Party& speakers, std::string verb, Span span, bool hedged, Scope& scope);
  void read_would(std::uint32_t trigger, Scope& scope) const;
  bool announces(std::uint32_t name) const;
  bool is_announced(std::uint32_t root) const;
  void read_infinitive(std::uint32_t trigger, Scope& scope) const;
  struct Aside;
  std::optional<Aside> aside(std::uint32_t verb) const;
  void read_aside(std::uint32_t trigger, Scope& scope);
  void add_told_medium(std::uint32_t verb, Scope& scope) const;
  bool presupposed(std::uint32_t clause) const;
  void speaker_from_quotation(std::uint32_t trigger, Scope& scope);
  const ScopeRow* row(std::uint32_t token, std::initializer_list<ScopeRow::Kind> kinds) const;
  void add(std::uint8_t flags, const ScopeRow& row, Scope& scope);

  const Arguments& arguments_;
  const Parse& parse_;
  const Predicates& predicates_;
  bool trace_;
  std::vector<std::uint32_t> segment_;  ///< per token: number of its stretch between semicolons
  std::vector<std::uint32_t> quoted_;   ///< per token: number of the quotation it stands in, 0 = none
  std::uint32_t trigger_ = 0;
  bool would_ = false;
  std::vector<Attribution> last_;  ///< the latest chain found
  std::uint32_t last_sentence_ = 0;
  std::uint32_t last_quotation_ = 0;
};

}  // namespace legation
