// Finds time expressions in a sentence: longest pattern at each word, doubtful ones refused, neighbours tied
// into spans. Only entry point: find_raw_expressions().
#include "time/raw_expressions.h"

#include <algorithm>

#include "base/ascii.h"

namespace legation {
namespace {

bool is_plural(const Token& token) { return token.has(morph_plural) || token.xpos == "NNS" || token.xpos == "NNPS"; }

/// The finder of one sentence.
class Finder {
 public:
  Finder(const Parse& parse, TokenRange sentence, const PatternTable& patterns, const std::vector<Atom>& atoms)
      : parse_(parse), sentence_(sentence), patterns_(patterns), atoms_(atoms) {}

  void run(std::uint32_t sentence, std::vector<RawExpression>& out);

 private:
  TokenRange range_of(const Match& match) const { return {atoms_[match.first].range.first, atoms_[match.last - 1].range.last}; }
  const Atom* before(const Match& match) const { return match.first == 0 ? nullptr : &atoms_[match.first - 1]; }
  bool accepted(const Match& match) const;
  bool year_accepted(const Match& match) const;
  bool counts_things(std::uint32_t token, const Token* previous) const;
  bool year_licensed(const Match& match, const Token* previous) const;
  bool month_accepted(const Match& match) const;
  bool weekday_accepted(const Match& match) const;
  void collect();
  void drop_tail(Match& match) const;
  std::optional<Bound> bound_of(const Match& match) const;
  bool ties(std::size_t i, bool opened) const;
  std::size_t compose(std::size_t i, RawExpression& raw) const;
  void extend_left(RawExpression& raw) const;
  bool names_event(const Match& match) const;

  const Parse& parse_;
  TokenRange sentence_;
  const PatternTable& patterns_;
  const std::vector<Atom>& atoms_;
  std::vector<Match> matches_;
};

/// "1,950 troops", "in 2000 villages": the number counts what follows; "the 2018 protests" is dated by it.
bool Finder::counts_things(std::uint32_t token, const Token* previous) const {
  const bool determined =
      previous && (previous->upos == Upos::DET || previous->deprel == Deprel::nmod_poss || previous->form == "'s" || previous->form == "’s");
  const Token& number = parse_[token];
  if (!determined && number.deprel == Deprel::nummod && number.head > static_cast<std::int32_t>(token) &&
      is_plural(parse_[static_cast<std::uint32_t>(number.head)]))
    return true;
  if (token + 1 >= sentence_.last) return false;
  const Token& next = parse_[token + 1];
  if (next.upos == Upos::SYM || next.form == "%") return true;
  return !determined && next.upos == Upos::NOUN && is_plural(next);
}

bool Finder::year_licensed(const Match& match, const Token* previous) const {
  if (!previous) return true;
  const Atom* atom = before(match);
  if (atom->is(TimeClass::bound) || atom->is(TimeClass::part) || atom->is(TimeClass::daypart)) return true;
  if (atom->is(TimeClass::prep) && atom->value(TimeClass::prep) == 1) return true;
  if (atom->is(TimeClass::joiner)) return !matches_.empty() && matches_.back().last + 1 == match.first;
  if (previous->upos == Upos::DET || previous->deprel == Deprel::nmod_poss || previous->form == "'s") return true;
  return previous->form == "(" || previous->form == "," || previous->form == "[";
}

bool Finder::year_accepted(const Match& match) const {
  const auto token = atoms_[match.first].range.first;
  const Token* previous = token > sentence_.first ? &parse_[token - 1] : nullptr;
  return !counts_things(token, previous) && year_licensed(match, previous);
}

/// "May" and "March" are also names and verbs, "April" and "June" also people: a bare month must stand where
/// a date may.
bool Finder::month_accepted(const Match& match) const {
  const auto token = atoms_[match.first].range.first;
  const Atom* previous = before(match);
  if (previous && (previous->is(TimeClass::prep) || previous->is(TimeClass::bound) || previous->is(TimeClass::joiner))) return true;
  switch (parse_[token].deprel) {
    case Deprel::obl:
    case Deprel::obl_unmarked:
    case Deprel::nmod_unmarked:
    case Deprel::nmod:
    case Deprel::nmod_poss:
    case Deprel::conj:
      return true;
    case Deprel::compound:
      return parse_[token].head > static_cast<std::int32_t>(token);
    default:
      return false;
  }
}

/// "Bloody Sunday", "the Sunday Times": a weekday inside a name dates nothing.
bool Finder::weekday_accepted(const Match& match) const {
  const auto token = atoms_[match.last - 1].range.first;
  if (parse_[token].deprel == Deprel::flat) return false;
  const auto head = parse_[token].head;
  if (parse_[token].deprel == Deprel::compound && head > static_cast<std::int32_t>(token) && parse_[static_cast<std::uint32_t>(head)].upos == Upos::PROPN)
    return false;
  if (match.last - match.first > 1 || token == sentence_.first) return true;
  const Token& previous = parse_[token - 1];
  const bool capital = ascii::is_upper(previous.form[0]);
  return !(previous.upos == Upos::ADJ && capital && token - 1 > sentence_.first);
}

bool Finder::accepted(const Match& match) const {
  if (match.last <= match.first) return false;
  const bool single = match.last - match.first == 1;
  const bool bare_unit = atoms_[match.first].is(TimeClass::unit) && !atoms_[match.first].plural;
  switch (match.meaning) {
    case Meaning::year:
      return !single || year_accepted(match);
    case Meaning::month:
      return !single || month_accepted(match);
    case Meaning::weekday:
      return weekday_accepted(match);
    case Meaning::offset:
    case Meaning::ago:
      return !bare_unit;
    case Meaning::past_units:
    case Meaning::recent_units:
      return match.meaning == Meaning::past_units || match.slots.plural;
    case Meaning::duration:
      return !match.slots.vague || match.slots.plural;
    default:
      return true;
  }
}

/// A comma or "of" at the end belonged to a year that did not follow.
void Finder::drop_tail(Match& match) const {
  while (match.last > match.first + 1) {
    const auto form = parse_[atoms_[match.last - 1].range.first].form;
    if (form != "," && form != "of") return;
    --match.last;
  }
}

void Finder::collect() {
  const std::span<const Atom> atoms(atoms_);
  for (std::uint32_t i = 0; i < atoms.size();) {
    Match match{i, i, Meaning::none, {}, 0};
    if (atoms[i].known()) match = patterns_.match(atoms, i);
    if (!accepted(match)) {
      ++i;
      continue;
    }
    i = match.last;
    drop_tail(match);
    if (match.meaning != Meaning::none) matches_.push_back(match);
  }
}

/// Bound word before the expression, or the first of it when the pattern took it along.
std::optional<Bound> Finder::bound_of(const Match& match) const {
  if (match.meaning == Meaning::duration || match.meaning == Meaning::recurring) return std::nullopt;
  const Atom* previous = before(match);
  const Atom& first = atoms_[match.first];
  const bool own = first.is(TimeClass::bound) && match.last - match.first > 1;
  if (!own && (!previous || !previous->is(TimeClass::bound))) return std::nullopt;
  return static_cast<Bound>((own ? first : *previous).value(TimeClass::bound));
}

bool calendar(Meaning meaning) {
  switch (meaning) {
    case Meaning::date:
    case Meaning::month:
    case Meaning::year:
    case Meaning::weekday:
    case Meaning::season:
    case Meaning::decade:
    case Meaning::quarter:
    case Meaning::holiday:
    case Meaning::relative_day:
    case Meaning::shifted:
    case Meaning::iso_parts:
      return true;
    default:
      return false;
  }
}

/// True when match i + 1 is the other end of match i: "2016 to 2018", "between June and September".
bool Finder::ties(std::size_t i, bool opened) const {
  if (i + 1 >= matches_.size()) return false;
  const Match &begin = matches_[i], &end = matches_[i + 1];
  const bool mixed = opened && calendar(begin.meaning) && (calendar(end.meaning) || end.meaning == Meaning::ago);
  if (end.first != begin.last + 1 || (!mixed && (begin.meaning != end.meaning || !calendar(begin.meaning)))) return false;
  const Atom& joiner = atoms_[begin.last];
  if (!joiner.is(TimeClass::joiner)) return false;
  return joiner.value(TimeClass::joiner) == 0 || bound_of(begin) == Bound::between;
}

/// "two days after the vote" rather than "two days after".
bool Finder::names_event(const Match& match) const {
  const auto last = atoms_[match.last - 1].range;
  const auto form = parse_[last.first].form;
  const auto next = last.last;
  if ((form != "after" && form != "before") || next >= sentence_.last) return false;
  switch (parse_[next].upos) {
    case Upos::DET:
    case Upos::NOUN:
    case Upos::PROPN:
    case Upos::PRON:
    case Upos::ADJ:
    case Upos::NUM:
    case Upos::VERB:
      return true;
    default:
      return false;
  }
}

std::size_t Finder::compose(std::size_t i, RawExpression& raw) const {
  const Match& match = matches_[i];
  raw.match = match;
  raw.range = range_of(match);
  raw.bound = bound_of(match);
  const bool opened = raw.bound == Bound::from || raw.bound == Bound::between;
  if (ties(i, opened)) {
    raw.until = matches_[i + 1];
    raw.range.last = range_of(matches_[i + 1]).last;
    if (opened) raw.bound.reset();
    extend_left(raw);
    return i + 2;
  }
  if (raw.bound == Bound::between) raw.bound.reset();
  if (match.meaning == Meaning::offset && i + 1 < matches_.size() && matches_[i + 1].first == match.last && calendar(matches_[i + 1].meaning)) {
    raw.base = matches_[i + 1];
    raw.range.last = range_of(matches_[i + 1]).last;
    extend_left(raw);
    return i + 2;
  }
  raw.after_event = match.meaning == Meaning::offset && names_event(match);
  extend_left(raw);
  return i + 1;
}

void Finder::extend_left(RawExpression& raw) const {
  raw.words = raw.range;
  const Atom* previous = before(raw.match);
  if (!previous || previous->range.last != raw.range.first) return;
  if (previous->is(TimeClass::prep) || previous->is(TimeClass::bound)) raw.words.first = previous->range.first;
}

void Finder::run(std::uint32_t sentence, std::vector<RawExpression>& out) {
  collect();
  for (std::size_t i = 0; i < matches_.size();) {
    RawExpression raw;
    raw.sentence = sentence;
    i = compose(i, raw);
    out.push_back(std::move(raw));
  }
}

}  // namespace

void find_raw_expressions(const Parse& parse, std::uint32_t sentence, const TimeLexicon& lexicon, const PatternTable& patterns, std::vector<Atom>& atoms,
                          std::vector<RawExpression>& out) {
  const TokenRange range = parse.sentences[sentence].tokens;
  atoms.clear();
  lexicon.atoms(parse, range, atoms);
  Finder(parse, range, patterns, atoms).run(sentence, out);
}

}  // namespace legation
