// From units to noun phrases. Surface first, because titles and nationalities stand side by side in news; the
// tree may forbid a join ("gave China aid") and is asked where the surface is silent.
#include "entities/phrases.h"

#include <algorithm>
#include <array>

#include "entities/normal_form.h"

namespace legation {
namespace {

template <std::size_t n>
bool one_of(std::string_view form, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is_lower_case_of(form, word); });
}

class Builder {
 public:
  Builder(const KnowledgeBase& base, const Parse& parse, const std::vector<Unit>& units, std::size_t first, std::size_t last, std::vector<Phrase>& phrases)
      : base_(base), words_(base.words()), parse_(parse), units_(units), first_(first), last_(last), phrases_(phrases), begin_(phrases.size()) {}

  void run() {
    for (std::size_t at = first_; at < last_;) {
      std::size_t last = nationalities(at);
      while (last + 1 < last_ && joins(last, last + 1)) ++last;
      add(at, last);
      at = last + 1;
    }
    for (std::size_t at = phrases_.size(); at-- > begin_;) attach_following(at);
    const auto end = std::remove_if(phrases_.begin() + static_cast<std::ptrdiff_t>(begin_), phrases_.end(), [](const Phrase& p) { return p.dead; });
    phrases_.erase(end, phrases_.end());
  }

 private:
  const AgentTerm& term(const Unit& unit) const { return base_.agents()[unit.best->target]; }
  bool is_agent(const Unit& unit) const { return unit.is(NameKind::agent); }
  static bool is_name(const Unit& unit) { return unit.is(NameKind::person) || unit.is(NameKind::name_part) || unit.unknown(); }
  static bool modifies(const Unit& unit) {
    return unit.country() || unit.is(NameKind::organisation) || unit.is(NameKind::place) || unit.is(NameKind::agent) || unit.unknown();
  }

  // ---- joining ----

  /// "Chinese and Japanese officials": the last of the nationalities that share one noun, else `at`.
  std::size_t nationalities(std::size_t at) const {
    std::size_t last = at;
    while (last + 1 < last_ && units_[last].country() && units_[last + 1].country() && only_list_words(units_[last], units_[last + 1])) ++last;
    if (last == at || last + 1 >= last_) return at;
    const Unit& head = units_[last + 1];
    const bool adjectives =
        units_[at].is(NameKind::adjective) || (units_[at].is(NameKind::state) && units_[at].best->acronym) || units_[at].is(NameKind::people);
    return adjectives && is_agent(head) && units_[last].range.last == head.range.first && !units_[last].is(NameKind::state) ? last : at;
  }

  bool only_list_words(const Unit& left, const Unit& right) const {
    if (right.range.first <= left.range.last || right.range.first > left.range.last + 2 || left.possessive) return false;
    for (std::uint32_t i = left.range.last; i < right.range.first; ++i) {
      const Token& token = parse_[i];
      if (token.upos != Upos::CCONJ && token.form != "," && token.form != "&") return false;
    }
    return true;
  }

  bool joins(std::size_t left_unit, std::size_t right_unit) const {
    const Unit& left = units_[left_unit];
    const Unit& right = units_[right_unit];
    if (right.honorific) return false;
    if (left.honorific) return left.range.last == right.range.first && is_name(right);
    if (left.possessive) return !left.is(NameKind::person) && !left.is(NameKind::name_part) && owns(left) && is_owned(right) && glue(left, right);
    if (is_name(left) && !left.unknown()) return false;
    if (opens_with_where(left) && begins_person(right_unit)) return false;
    if (is_agent(left) && is_name(right)) return title_before_name(left, right);
    if (!modifies(left) || !is_owned(right) || !glue(left, right)) return false;
    if (left.is(NameKind::adjective)) return true;
    if (left.is(NameKind::people) && right.range.first == left.range.last) return is_agent(right);
    return same_phrase(parse_, left.range.last - 1, head_of(parse_, right.range)) || titled(left, right);
  }

  /// "In Kabul Defense Secretary Mark Esper said", "From Lubumbashi Kabila proclaimed": the place is where,
  /// whatever the tree says.
  bool opens_with_where(const Unit& left) const {
    if (!left.is(NameKind::capital) && !left.is(NameKind::place)) return false;
    const std::uint32_t begin = parse_.sentences[left.sentence].tokens.first;
    return left.range.first == begin + 1 && parse_[begin].upos == Upos::ADP && one_of(parse_[begin].form, std::array<std::string_view, 3>{"in", "from", "at"});
  }

  /// A name, or titles with a name behind them.
  bool begins_person(std::size_t at) const {
    while (at + 1 < last_ && is_agent(units_[at]) && units_[at + 1].range.first == units_[at].range.last) ++at;
    return is_name(units_[at]);
  }

  static bool owns(const Unit& left) {
    return left.country() || left.is(NameKind::organisation) || left.is(NameKind::place) || left.is(NameKind::agent) || left.unknown();
  }
  bool is_owned(const Unit& right) const {
    return is_agent(right) || right.is(NameKind::person) || right.is(NameKind::name_part) || right.is(NameKind::organisation) ||
           (right.unknown() && !right.possessive);
  }

  /// A capitalised country or body right before a title or body: headline style "US President", "UN Security
  /// Council".
  bool titled(const Unit& left, const Unit& right) const {
    if (left.range.last != right.range.first || !is_agent(right)) return false;
    const Deprel deprel = parse_[left.range.last - 1].deprel;
    return deprel != Deprel::nsubj && deprel != Deprel::iobj && deprel != Deprel::obj && deprel != Deprel::nsubj_pass && deprel != Deprel::root;
  }

  bool title_before_name(const Unit& left, const Unit& right) const {
    const bool hyphen_title = right.range.first == left.range.last + 2 && is_hyphen(parse_[left.range.last].form);
    if (left.plural || (left.range.last != right.range.first && !hyphen_title && !designate_between(left, right))) return false;
    if (same_phrase(parse_, left.range.last - 1, head_of(parse_, right.range))) return true;
    if (one_of(parse_[left.range.first].form, std::array<std::string_view, 1>{"under"})) return true;  // "Under Secretary Burns" looks like a place to the tree
    if (!term(left).can_be_title && term(left).kind != AgentTerm::Kind::person) return false;
    return !both_arguments(head_of(parse_, left.range), head_of(parse_, right.range));
  }

  bool designate_between(const Unit& left, const Unit& right) const {
    if (right.range.first <= left.range.last || right.range.first > left.range.last + 2) return false;
    return words_.designate_words.has_in_any_case(parse_[right.range.first - 1].form);
  }

  bool both_arguments(std::uint32_t left, std::uint32_t right) const {
    const auto argument = [&](std::uint32_t at) {
      switch (parse_[at].deprel) {
        case Deprel::nsubj:
        case Deprel::nsubj_pass:
        case Deprel::obj:
        case Deprel::iobj:
        case Deprel::obl:
          return true;
        default:
          return false;
      }
    };
    // a verb has one subject and one object: side by side they are one phrase that the parser cut in two
    const bool same_part = parse_[left].deprel == parse_[right].deprel && parse_[left].head == parse_[right].head && parse_[left].deprel != Deprel::obl;
    return argument(left) && argument(right) && !same_part;
  }

  /// Words between two units of one phrase: adjectives, nouns, numbers, hyphens, "newly elected".
  bool glue(const Unit& left, const Unit& right) const {
    const std::uint32_t from = left.range.last + (left.possessive ? 1 : 0);
    if (right.range.first < from || right.range.first > from + 4) return false;
    bool hyphen = false;
    for (std::uint32_t i = from; i < right.range.first; ++i) {
      const Token& token = parse_[i];
      if (is_hyphen(token.form)) {
        hyphen = true;
        continue;
      }
      if (hyphen && i == from + 1 && (token.upos == Upos::VERB || token.upos == Upos::ADJ)) {
        if (!words_.owning_words.has_in_any_case(token.form)) return false;
        continue;
      }
      const bool participle = token.upos == Upos::VERB && token.deprel == Deprel::amod;
      if (token.upos != Upos::ADJ && token.upos != Upos::NOUN && token.upos != Upos::PROPN && token.upos != Upos::NUM && token.upos != Upos::ADV && !participle)
        return false;
      if (words_.calendar_words.has_in_any_case(token.form)) return false;
      if (token.upos == Upos::NOUN && token.deprel != Deprel::compound && token.deprel != Deprel::nmod_desc && token.deprel != Deprel::amod &&
          token.deprel != Deprel::nmod_poss)
        return false;
    }
    return !(hyphen && right.range.first == from + 1 && !is_agent(right) && right.country());
  }

  // ---- making ----

  void add(std::size_t first, std::size_t last) {
    Phrase phrase;
    phrase.sentence = units_[first].sentence;
    phrase.range = {units_[first].range.first, units_[last].range.last};
    phrase.possessive = units_[last].possessive;
    for (std::size_t i = first; i <= last; ++i) place(phrase, static_cast<std::uint32_t>(i), i == last);
    phrase.head = head_of(parse_, phrase.core == no_unit ? phrase.range : TokenRange{units_[phrase.core].range.first, phrase.range.last});
    if (phrase.core != no_unit && phrase.title != no_unit) phrase.head = outer_head(phrase);
    read_before(phrase, first > first_ ? units_[first - 1].range.last : 0);
    read_inside(phrase);
    take_plural_title(phrase);
    if (phrase.core != no_unit) phrases_.push_back(std::move(phrase));
  }

  /// "former ministers Ana Roe and Ben Moe": the title is that of each.
  void take_plural_title(Phrase& phrase) const {
    if (phrases_.size() == begin_ || phrase.core == no_unit || !is_name(units_[phrase.core]) || phrase.title != no_unit) return;
    const Phrase& before = phrases_.back();
    const Unit& core = units_[before.core];
    const bool title = is_agent(core) && core.plural && term(core).kind == AgentTerm::Kind::person && before.range.last == phrase.range.first &&
                       (parse_[before.head].deprel == Deprel::nmod_desc ||
                        (parse_[phrase.head].deprel == Deprel::appos && parse_[phrase.head].head == static_cast<std::int32_t>(before.head)));
    const bool listed = before.plural_title && is_name(core) && only_list_words(core, units_[phrase.core]) && parse_[phrase.head].deprel == Deprel::conj;
    if (!title && !listed) return;
    phrase.title = title ? before.core : before.title;
    phrase.former = before.former;
    phrase.countries = before.countries;
    phrase.plural_title = true;
  }

  std::uint32_t outer_head(const Phrase& phrase) const { return head_of(parse_, phrase.range); }

  /// Gives one unit its part. The last unit is the core; agents before it are titles or bodies.
  void place(Phrase& phrase, std::uint32_t index, bool last) const {
    const Unit& unit = units_[index];
    if (unit.honorific) {
      phrase.honorific = true;
      return;
    }
    phrase.former = phrase.former || unit.former;
    if (is_agent(unit) && term(unit).kind == AgentTerm::Kind::person && phrase.title != no_unit && term(units_[phrase.title]).term == "deputy")
      phrase.deputy = true, phrase.title = no_unit;  // "Deputy Interior Minister"
    if (last) {
      phrase.core = index;
      return;
    }
    if (is_agent(unit)) {
      (term(unit).kind == AgentTerm::Kind::person ? phrase.title : phrase.body) = index;
    } else if (unit.is(NameKind::organisation) || (unit.unknown() && phrase.organisation == no_unit)) {
      phrase.organisation = index;
    } else if (unit.country() || unit.is(NameKind::place)) {
      phrase.countries.push_back(index);
    }
  }

  /// Determiners and "former", "acting", "two", "his" in front; widens the range over "former" and the like.
  /// @param limit  end of the unit before, which these words belong to from there on
  void read_before(Phrase& phrase, std::uint32_t limit) const {
    const std::uint32_t begin = std::max(parse_.sentences[phrase.sentence].tokens.first, limit);
    for (std::uint32_t at = phrase.range.first, steps = 0; at-- > begin && steps < 5; ++steps) {
      const Token& token = parse_[at];
      if (read_marker(phrase, token)) {
        phrase.range.first = at;
        continue;
      }
      if (token.upos == Upos::DET || token.upos == Upos::PRON) {
        read_determiner(phrase, at);
        return;
      }
      if (token.upos == Upos::NUM && (one_of(token.form, std::array<std::string_view, 1>{"two"}) || token.form == "2"))
        phrase.number = 2;
      else if (token.upos == Upos::NUM && one_of(token.form, std::array<std::string_view, 1>{"three"}))
        phrase.number = 3;
      else if (token.upos != Upos::ADJ && token.upos != Upos::NOUN && token.upos != Upos::ADV && !is_hyphen(token.form) && token.deprel != Deprel::amod)
        return;
    }
  }

  /// "the ousted president", and not "soldiers ousted President Roe".
  bool is_former(const Token& token) const {
    return words_.former_words.has_in_any_case(token.form) && (token.upos != Upos::VERB || token.deprel == Deprel::amod);
  }

  bool read_marker(Phrase& phrase, const Token& token) const {
    if (words_.deputy_words.has_in_any_case(token.form) && token.deprel != Deprel::root && token.deprel != Deprel::nsubj) return phrase.deputy = true;
    if (is_former(token)) return phrase.former = true;
    if (words_.acting_words.has_in_any_case(token.form)) return phrase.acting = true;
    return is_hyphen(token.form) && phrase.former;
  }

  void read_determiner(Phrase& phrase, std::uint32_t at) const {
    const Token& token = parse_[at];
    if (is_lower_case_of(token.form, "both")) phrase.number = 2;
    if (one_of(token.form, std::array<std::string_view, 3>{"neither", "either", "each"})) phrase.number = 2, phrase.distributive = true;
    if (one_of(token.form, std::array<std::string_view, 5>{"the", "this", "that", "these", "those"})) phrase.definite = true;
    if (one_of(token.form, std::array<std::string_view, 5>{"a", "an", "some", "another", "any"})) phrase.indefinite = true;
    if (token.deprel == Deprel::nmod_poss || token.has(morph_possessive)) phrase.pronoun = at;
  }

  void read_inside(Phrase& phrase) const {
    for (std::uint32_t i = phrase.range.first; i < phrase.range.last; ++i) {
      if (is_former(parse_[i])) phrase.former = true;
      if (words_.acting_words.has_in_any_case(parse_[i].form)) phrase.acting = true;
      if (i > phrase.range.first && words_.designate_words.has_in_any_case(parse_[i].form)) phrase.designate = true;
    }
    const std::uint32_t end = parse_.sentences[phrase.sentence].tokens.last;
    std::uint32_t at = phrase.range.last;
    if (at + 1 < end && is_hyphen(parse_[at].form) && words_.designate_words.has_in_any_case(parse_[at + 1].form)) phrase.designate = true;
  }

  // ---- "of", "for", "from" and "in" after an agent ----

  bool takes_complement(const Phrase& phrase) const {
    if (phrase.dead || phrase.core == no_unit || phrase.possessive) return false;
    return is_agent(units_[phrase.core]) || (units_[phrase.core].unknown() && phrase.countries.empty());
  }

  /// The phrase that follows at once after a preposition: "officials | of | the foreign ministry".
  void attach_following(std::size_t at) {
    Phrase& phrase = phrases_[at];
    if (!takes_complement(phrase) || at + 1 >= phrases_.size()) return;
    const std::uint32_t preposition = phrase.range.last;
    const Phrase* next = next_alive(at);
    if (!next || preposition >= next->range.first || parse_[preposition].upos != Upos::ADP) return;
    if (next->range.first > preposition + 4 || !only_determiners(preposition + 1, next->range.first)) return;
    const std::string_view word = parse_[preposition].form;
    const bool of = is_lower_case_of(word, "of");
    const bool owner = of || one_of(word, std::array<std::string_view, 3>{"for", "from", "with"});
    const bool where = one_of(word, std::array<std::string_view, 3>{"in", "at", "across"});
    if (!owner && !where) return;
    if (!of && !hangs_on(*next, phrase) && !where) return;
    if (!of && !is_agent(units_[phrase.core])) return;
    if (reads_as_person(phrase) && (units_[next->core].is(NameKind::organisation) || units_[next->core].unknown() || is_agent(units_[next->core])))
      return;  // "Philippe de Montebello of the Metropolitan Museum"
    if (where && serves_abroad(phrase)) return;
    if (where && (phrase.former || is_exiled(phrase))) return;  // "an exiled general in Sweden" is not Sweden's
    const bool sent = of || is_lower_case_of(word, "for");      // "the UN's envoy for Syria", not "Brazil's ambassador from Tel Aviv"
    take(phrase, at, of || owner, where, sent);
  }

  /// "the kingdom's ambassador in Washington": where is not whose.
  bool serves_abroad(const Phrase& phrase) const { return is_agent(units_[phrase.core]) && words_.posted_abroad.has_end_of(term(units_[phrase.core]).term); }

  /// A name in several parts that the tree strings together as those of people are.
  bool reads_as_person(const Phrase& phrase) const {
    const TokenRange name = units_[phrase.core].range;
    if (!units_[phrase.core].unknown() || name.size() < 2 || phrase.definite) return false;
    for (std::uint32_t at = name.first + 1; at < name.last; ++at)
      if (parse_[at].deprel != Deprel::flat && !is_hyphen(parse_[at].form)) return false;
    return true;
  }

  bool is_exiled(const Phrase& phrase) const {
    const std::uint32_t begin = parse_.sentences[phrase.sentence].tokens.first;
    for (std::uint32_t at = phrase.range.last; at-- > begin && at + 5 > phrase.range.first;)
      if (words_.exiled_words.has_in_any_case(parse_[at].form)) return true;
    return false;
  }

  const Phrase* next_alive(std::size_t at) const {
    for (std::size_t i = at + 1; i < phrases_.size() && i < at + 4; ++i)
      if (!phrases_[i].dead) return &phrases_[i];
    return nullptr;
  }

  bool only_determiners(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i < to; ++i)
      if (parse_[i].upos != Upos::DET && parse_[i].upos != Upos::ADJ && parse_[i].upos != Upos::NUM && parse_[i].upos != Upos::ADV) return false;
    return true;
  }

  bool hangs_on(const Phrase& inner, const Phrase& outer) const {
    const std::int32_t governor = parse_[inner.head].head;
    return governor >= 0 && outer.range.contains(static_cast<std::uint32_t>(governor));
  }

  /// Takes up the following phrases of a list ("leaders of China, Japan and South Korea").
  void take(Phrase& phrase, std::size_t at, bool owner, bool where, bool sent) {
    std::uint32_t end = phrase.range.last;
    bool first = true;
    const bool owned = sent && !phrase.countries.empty() && is_agent(units_[phrase.core]) && term(units_[phrase.core]).kind == AgentTerm::Kind::person &&
                       !units_[phrase.core].plural;  // "the UN's envoy for Syria", "the American administrator of Iraq"
    for (std::size_t i = at + 1; i < phrases_.size(); ++i) {
      Phrase& next = phrases_[i];
      if (next.dead) continue;
      if (!first && !list_goes_on(end, next)) break;
      const Unit& core = units_[next.core];
      const bool country = core.country() || core.is(NameKind::place);
      if (is_name(core) && !core.unknown()) {
        if (first) phrase.person = next.core;
        return;
      }
      if (owned && country) return;
      if (where && !country) return;
      if (!first && !country) return;
      if (country) {
        if (phrase.countries.empty() || !first || owner) phrase.countries.push_back(next.core);
      } else if (is_agent(core)) {
        if (term(core).kind == AgentTerm::Kind::person && !core.plural) return;
        absorb_body(phrase, next);
      } else if (core.is(NameKind::vague)) {
        phrase.elsewhere = true;  // "leaders of the West": of no country, and not of that of the passage either
      } else {
        if (phrase.organisation == no_unit) phrase.organisation = next.core;
        phrase.countries.insert(phrase.countries.end(), next.countries.begin(), next.countries.end());
      }
      end = next.range.last;
      if (owner && !where) {
        next.dead = true;
        phrase.range.last = end;
        phrase.possessive = next.possessive;
      }
      first = false;
      if (where || next.possessive) return;
    }
  }

  void absorb_body(Phrase& phrase, const Phrase& next) const {
    if (phrase.body == no_unit) phrase.body = next.core;
    if (phrase.organisation == no_unit) phrase.organisation = next.organisation;
    phrase.countries.insert(phrase.countries.end(), next.countries.begin(), next.countries.end());
    if (phrase.person == no_unit) phrase.person = next.person;
    if (phrase.pronoun == no_unit) phrase.pronoun = next.pronoun;
    if (phrase.number == 0) phrase.number = next.number;
  }

  bool list_goes_on(std::uint32_t end, const Phrase& next) const {
    if (next.range.first <= end || next.range.first > end + 3) return false;
    bool linked = false;
    for (std::uint32_t i = end; i < next.range.first; ++i) {
      const Token& token = parse_[i];
      if (token.form == "," || token.upos == Upos::CCONJ)
        linked = true;
      else if (token.upos != Upos::DET)
        return false;
    }
    // A comma alone ends more than it continues, unless the tree says list.
    return linked && (parse_[next.head].deprel == Deprel::conj || parse_[next.range.first - 1].upos == Upos::CCONJ) &&
           !units_[next.core].is(NameKind::adjective) && governed_in_list(next);
  }

  bool governed_in_list(const Phrase& next) const {
    const std::int32_t governor = parse_[next.head].head;
    return parse_[next.head].deprel == Deprel::conj && governor >= 0 && parse_[static_cast<std::uint32_t>(governor)].upos == Upos::PROPN;
  }

  const KnowledgeBase& base_;
  const WordLists& words_;
  const Parse& parse_;
  const std::vector<Unit>& units_;
  std::size_t first_, last_;  ///< the units of the sentence
  std::vector<Phrase>& phrases_;
  std::size_t begin_;
};

}  // namespace

bool speaks_for_body(const WordLists& words, const AgentTerm& term) {
  return words.spokesmen.has(term.term) || words.spokesmen_endings.has_last_words_of(term.term);
}

void build_phrases(const KnowledgeBase& base, const Parse& parse, const std::vector<Unit>& units, std::size_t first_unit, std::size_t last_unit,
                   std::vector<Phrase>& phrases) {
  if (first_unit < last_unit) Builder(base, parse, units, first_unit, last_unit, phrases).run();
}

}  // namespace legation
