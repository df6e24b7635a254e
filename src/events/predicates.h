// Predicates: the tables of data/predicates, read and indexed. What each table means: docs/predicates.md.
// Only entry point: Predicates::load(). Knows nothing of sentences; trigger.h matches its rows against them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/resources.h"
#include "legation/ontology.h"
#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

/// A place beside a trigger that may be filled. Prepositions are slots of their own.
enum class Slot : std::uint8_t {
  subj,
  obj,
  iobj,
  prt,
  mod,
  xcomp,
  ccomp,
  advcl,
  by,
  to,
  with,
  against,
  on,
  from,
  for_,
  in,
  at,
  over,
  into,
  between,
  towards,
  about,
  of,
  after,
  under,
  as,
  among,
  through,
  upon,
  around,
  near,
  before,
  during,
  behind,
  off,
  out,
  onto,
  across,
  within,
  without,
  until,
  since,
  despite,
  inside,
  outside,
  amid,
  along,
  above,
  below,
  beyond,
  like,
  via,
  per,
  versus,
  alongside,
  regarding,
  owner,   ///< the possessor of a noun as the one it happens to ("the editor's arrest")
  site,    ///< the town or province before a noun ("the Mumbai attacks")
  victims  ///< those above a noun that are called its victims ("survivors of the massacre")
};
std::optional<Slot> parse_slot(std::string_view name);
/// The slot of a preposition's lemma; empty when it is none of ours.
std::optional<Slot> preposition_slot(std::string_view lemma);
std::string_view name(Slot slot);

/// Who fills a slot must be: of a lemma or class, of a kind, or anything.
struct Condition {
  enum class Kind : std::uint8_t { any, actor, state, person, organisation, place, armed, nonactor, number };
  Slot slot;
  bool absent = false;  ///< "!slot": must not hold
  Kind kind = Kind::any;
  std::vector<std::string_view> lemmas;            ///< one must match; empty = no matter
  std::unordered_set<std::string_view> lemma_set;  ///< lemmas with classes expanded
};

struct Frame {
  std::string_view name;
  std::vector<Slot> actor, recipient;
  /// no: actor and recipient; yes: all act together; sides: two-sided violence; split: without a recipient the first
  /// named acts and the others receive.
  enum class Symmetry : std::uint8_t { no, yes, sides, split };
  Symmetry symmetry = Symmetry::no;
};

/// Where the program puts a user's rows (--predicates) among the resources, as "NN/my-rows.tsv".
inline constexpr std::string_view user_predicates_prefix = "data/user-predicates/";
std::string user_predicates_path(std::size_t number, std::string_view file);

/// Meaning codes: 0..15 are PLOVER types, then the pseudo types that only feed operators, then "blocked".
using MeaningCode = std::int16_t;
inline constexpr MeaningCode meaning_blocked = -1;
inline constexpr MeaningCode meaning_none = -2;

/// A row of contents.tsv or operators.tsv.
struct PredicateEntry {
  std::string_view lemma;
  Upos upos = Upos::VERB;
  bool is_operator = false;
  bool alone = true;                   ///< contents: false = only under an operator or a light verb
  bool user = false;                   ///< a user's own row: it wins over ours and over the scorer
  MeaningCode meaning = meaning_none;  ///< contents
  std::uint8_t op = 0;                 ///< operators: index into operator_names()
  std::vector<std::string_view> modes, contexts;
  std::uint16_t frame = 0;
  std::vector<Slot> complements;  ///< operators: where the content stands
  std::vector<Condition> needs;
  std::string place;  ///< "contents.tsv:118"
};

/// Where a composed event takes an argument from, first that is filled; a `join` takes all.
enum class ArgumentSource : std::uint8_t { op_actor, op_addressee, content_actor, content_recipient };
struct ArgumentRule {
  std::vector<std::vector<ArgumentSource>> alternatives;  ///< each alternative joins its members
};

struct CompositionRow {
  std::uint8_t op = 0;
  bool any_content = false, no_content = false;
  enum class Doer : std::uint8_t { any, own, other };
  Doer doer = Doer::any;  ///< own: the operator's actor would do the content himself; other: somebody else
  MeaningCode content = meaning_none;
  std::string_view content_mode;  ///< empty = any
  MeaningCode result = meaning_none;
  bool keeps_type = false, keeps_modes = false;
  std::vector<std::string_view> modes;
  ArgumentRule actor, recipient;
  std::uint8_t auxiliary = 0;
  bool keeps_content = false;  ///< the content is an event of its own as well
  std::uint8_t content_auxiliary = 0;
  std::string place;
};

struct ScopeRow {
  enum class Kind : std::uint8_t { report, hedge, modal, conditional, negation, doubt, expect, quote, stative };
  Kind kind = Kind::report;
  std::uint8_t auxiliary = 0;
  bool hedged = false;  ///< report verbs that doubt what they report ("claim")
  std::vector<Condition> needs;
  std::string_view lemma;
  std::optional<Upos> upos;
  std::string place;
};

struct AuxiliaryRow {
  std::uint8_t auxiliary = 0;
  EventType type, result;
  std::vector<std::string_view> modes;
  bool keeps_modes = true, keeps_flag = false;
  std::string place;
};

struct ClaimRow {
  std::string_view lemma, property;
  Upos upos = Upos::NOUN;
  std::uint16_t frame = 0;
  std::vector<Condition> needs;
  std::string place;
};

/// The predicate tables in memory. Views point into Resources, which must outlive it. Safe to share.
class Predicates {
 public:
  /// Errors: bad_format naming file and line; not_found when a table is missing.
  static Result<Predicates> load(const Resources& resources);

  /// Entries of a lemma with this part of speech, most specific first (then table order).
  const std::vector<PredicateEntry>& entries(std::string_view lemma, Upos upos) const;
  const std::vector<ScopeRow>& scope(std::string_view lemma) const;
  const std::vector<ClaimRow>& claims(std::string_view lemma, Upos upos) const;
  bool is_light(std::string_view lemma) const { return light_.contains(lemma); }
  const Frame& frame(std::uint16_t index) const { return frames_[index]; }
  /// The most specific composition row: exact type and mode, then type, then `*`. `content` meaning_none = no content.
  /// Rows for another doer than `doer` (own or other) do not count.
  const CompositionRow* compose(std::uint8_t op, MeaningCode content, const std::vector<std::string_view>& modes,
                                CompositionRow::Doer doer = CompositionRow::Doer::own) const;
  std::optional<std::uint8_t> operator_code(std::string_view name) const;
  const AuxiliaryRow* auxiliary(std::uint8_t flag, EventType type) const;
  std::string_view meaning_name(MeaningCode code) const;
  /// An operator that leaves some content a plain event of its own: "condemned the raid" tells of two.
  bool keeps_content(std::uint8_t op) const;
  std::string_view operator_name(std::uint8_t op) const { return operators_[op]; }
  std::vector<std::string_view> meaning_names() const;  ///< types, then pseudo types
  const std::vector<std::string_view>& operator_names() const { return operators_; }
  bool in_class(std::string_view class_name, std::string_view lemma) const;

 private:
  struct Loader;
  using Key = std::string_view;
  std::vector<Frame> frames_;
  std::vector<std::string_view> operators_, pseudo_;
  std::unordered_map<Key, std::vector<std::string_view>> classes_;
  std::array<std::unordered_map<Key, std::vector<PredicateEntry>>, 3> entries_;  // VERB, NOUN, ADJ
  std::unordered_map<Key, std::vector<ScopeRow>> scope_;
  std::unordered_map<Key, std::vector<ClaimRow>> claims_;
  std::unordered_set<Key> light_;
  std::vector<std::vector<CompositionRow>> composition_;  // by operator
  std::vector<AuxiliaryRow> auxiliary_;
};

}  // namespace legation
