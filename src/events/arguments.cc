#include "events/arguments.h"

#include <algorithm>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr int max_depth = 6;  // of inheritance through conjuncts and control; trees deeper than this are noise

bool is_oblique(Deprel deprel) {
  return deprel == Deprel::obl || deprel == Deprel::obl_agent || deprel == Deprel::obl_unmarked || deprel == Deprel::nmod || deprel == Deprel::nmod_desc ||
         deprel == Deprel::nmod_unmarked;
}

bool is_modifier(Deprel deprel) {
  return deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::nummod || deprel == Deprel::nmod_desc || deprel == Deprel::advmod ||
         deprel == Deprel::nmod_poss || deprel == Deprel::det;
}

bool quote_mark(std::string_view form) { return form == "\"" || form == "\u201C" || form == "\u201D" || form == "``" || form == "''"; }

/// Prepositions whose phrase parsers often hang on the noun before: "sent tents to Belmar", "spoke by phone with Xi".
bool floats(Slot slot) {
  return slot == Slot::to || slot == Slot::with || slot == Slot::against || slot == Slot::from || slot == Slot::on || slot == Slot::at || slot == Slot::for_ ||
         slot == Slot::into || slot == Slot::over;
}

bool is_relative_pronoun(const Token& token) {
  return token.upos == Upos::PRON &&
         (token.has(morph_relative) || token.lemma == "who" || token.lemma == "which" || token.lemma == "that" || token.lemma == "whom");
}

}  // namespace

std::int32_t Arguments::child(std::uint32_t token, Deprel deprel) const {
  for (std::uint32_t at : parse_.children(token))
    if (parse_[at].deprel == deprel) return static_cast<std::int32_t>(at);
  return -1;
}

std::string_view Arguments::preposition(std::uint32_t dependent) const {
  const std::int32_t at = child(dependent, Deprel::case_);
  return at < 0 ? std::string_view() : parse_[static_cast<std::uint32_t>(at)].lemma;
}

bool Arguments::is_predicate(std::uint32_t token) const { return parse_[token].upos == Upos::VERB || child(token, Deprel::cop) >= 0; }

bool Arguments::is_passive(std::uint32_t predicate) const {
  const Token& token = parse_[predicate];
  if (token.upos != Upos::VERB && token.upos != Upos::ADJ) return false;
  for (std::uint32_t at : parse_.children(predicate)) {
    const Deprel deprel = parse_[at].deprel;
    if (deprel == Deprel::nsubj_pass || deprel == Deprel::aux_pass || deprel == Deprel::obl_agent) return true;
    if (deprel == Deprel::nsubj || deprel == Deprel::obj) return false;
  }
  // a second verb shares the first one's voice ("condemned it and called"), whatever its ending looks like
  const bool second = token.deprel == Deprel::conj && token.head >= 0 && parse_[static_cast<std::uint32_t>(token.head)].upos == Upos::VERB;
  if (second) return is_passive(static_cast<std::uint32_t>(token.head));
  if (token.has(morph_passive)) return true;
  const bool bare_participle = token.has(morph_participle | morph_past) && child(predicate, Deprel::aux) < 0;
  if (!bare_participle) return false;
  // "soldiers captured in the raid", "captured in the raid, the soldiers ...": no finite verb has this form
  return token.deprel == Deprel::acl || token.deprel == Deprel::advcl || token.deprel == Deprel::amod;
}

void Arguments::add_with_conjuncts(std::uint32_t token, Tokens& out) const {
  if (std::find(out.begin(), out.end(), token) != out.end()) return;
  out.push_back(token);
  for (std::uint32_t at : parse_.children(token))
    if (parse_[at].deprel == Deprel::conj && parse_[at].upos != Upos::VERB) add_with_conjuncts(at, out);
}

std::uint32_t Arguments::antecedent(std::uint32_t token) const {
  if (!is_relative_pronoun(parse_[token])) return token;
  std::int32_t at = parse_[token].head;
  for (int depth = 0; at >= 0 && depth < max_depth; ++depth) {
    const Token& governor = parse_[static_cast<std::uint32_t>(at)];
    if (governor.deprel == Deprel::acl_relcl && governor.head >= 0) return static_cast<std::uint32_t>(governor.head);
    at = governor.head;
  }
  return token;
}

void Arguments::surface_subject(std::uint32_t predicate, Tokens& out) const { subject(predicate, out, 0); }

// The overt subject, or the one shared through coordination, control or participles.
void Arguments::subject(std::uint32_t predicate, Tokens& out, int depth) const {
  if (depth > max_depth) return;
  std::int32_t overt = -1;  // the last before the verb: "on June 4, the day on which Roe was sworn in, Poe sent", where the parser takes "day" for one, too
  for (std::uint32_t at : parse_.children(predicate))
    if (is_subject(parse_[at].deprel) && (overt < 0 || at < predicate)) overt = static_cast<std::int32_t>(at);
  if (overt >= 0) return add_with_conjuncts(antecedent(static_cast<std::uint32_t>(overt)), out);
  const Token& token = parse_[predicate];
  if (token.head < 0) return;
  const auto governor = static_cast<std::uint32_t>(token.head);
  switch (token.deprel) {
    case Deprel::conj:
      if (is_predicate(governor) || child(governor, Deprel::nsubj) >= 0) subject(governor, out, depth + 1);
      return;
    case Deprel::xcomp:
    case Deprel::ccomp:
    case Deprel::advcl:
      return controller(predicate, governor, out, depth);
    case Deprel::acl:
      if (token.has(morph_participle) || token.has(morph_gerund)) return add_with_conjuncts(governor, out);
      return noun_subject(governor, out, depth + 1);  // "a plan to attack": the planner attacks
    case Deprel::acl_relcl:
      return;  // "the man police arrested" has an overt subject; the head noun is the object
    case Deprel::amod:
      return add_with_conjuncts(governor, out);
    default:
      return;
  }
}

// Who does the inner verb of "X urged Y to V" (Y), "X agreed to V" (X), "X was told to V" (X).
void Arguments::controller(std::uint32_t clause, std::uint32_t governor, Tokens& out, int depth) const {
  const bool finite_ccomp = parse_[clause].deprel == Deprel::ccomp && !parse_[clause].has(morph_infinitive);
  if (finite_ccomp) return;
  if (parse_[clause].deprel == Deprel::xcomp && !is_passive(governor)) {
    for (std::uint32_t at : parse_.children(governor))
      if ((parse_[at].deprel == Deprel::obj || parse_[at].deprel == Deprel::iobj) && at < clause && parse_[at].upos != Upos::VERB &&
          (mentions_.at(at) != nullptr || parse_[at].upos == Upos::PRON))
        return add_with_conjuncts(antecedent(at), out);
  }
  // "criticised Arland for spying on him"
  if (parse_[clause].deprel == Deprel::advcl && parse_[clause].has(morph_gerund) && !is_passive(governor)) {
    const std::int32_t mark = child(clause, Deprel::mark);
    const bool why = mark >= 0 && parse_[static_cast<std::uint32_t>(mark)].lemma == "for";
    const std::int32_t whom = why ? child(governor, Deprel::obj) : -1;
    if (whom >= 0 && mentions_.at(static_cast<std::uint32_t>(whom)) != nullptr) return add_with_conjuncts(antecedent(static_cast<std::uint32_t>(whom)), out);
  }
  if (!is_predicate(governor) && parse_[governor].upos == Upos::NOUN) return noun_subject(governor, out, depth + 1);
  if (parse_[clause].deprel == Deprel::advcl && is_passive(governor)) return subject(governor, out, depth + 1);
  subject(governor, out, depth + 1);
}

std::int32_t Arguments::light_verb(std::uint32_t noun) const {
  std::uint32_t at = noun;
  for (int depth = 0; depth < max_depth && parse_[at].head >= 0; ++depth) {
    const auto governor = static_cast<std::uint32_t>(parse_[at].head);
    const Deprel deprel = parse_[at].deprel;
    if (deprel == Deprel::conj) {
      at = governor;
      continue;
    }
    // "a series of attacks", "a round of talks"
    if (deprel == Deprel::nmod && preposition(at) == "of" && predicates_.in_class("quantifier", parse_[governor].lemma)) {
      at = governor;
      continue;
    }
    const bool complement =
        deprel == Deprel::obj || deprel == Deprel::nsubj_pass ||
        ((deprel == Deprel::obl || deprel == Deprel::nmod) && preposition(at) != "by" && predicates_.in_class("light_oblique", parse_[governor].lemma));
    if (complement && predicates_.is_light(parse_[governor].lemma)) return static_cast<std::int32_t>(governor);
    if (deprel == Deprel::obj && parse_[governor].upos == Upos::VERB)
      for (const PredicateEntry& entry : predicates_.entries(parse_[governor].lemma, Upos::VERB))
        if (entry.is_operator) return static_cast<std::int32_t>(governor);
    return -1;
  }
  return -1;
}

/// "condemned the attack": who speaks of a deed has not done it.
bool Arguments::speaks_of(std::uint32_t verb) const {
  return std::ranges::any_of(predicates_.entries(parse_[verb].lemma, parse_[verb].upos),
                             [&](const PredicateEntry& entry) { return entry.is_operator && predicates_.keeps_content(entry.op); });
}

/// "launched an attack", "resumed talks", but not "called the attack a crime", which no row has with a deed as its object.
bool Arguments::lends_subject(std::uint32_t verb) const {
  if (speaks_of(verb)) return false;
  const auto& entries = predicates_.entries(parse_[verb].lemma, parse_[verb].upos);
  return predicates_.is_light(parse_[verb].lemma) || std::ranges::any_of(entries, [](const PredicateEntry& entry) {
           return entry.is_operator && std::ranges::all_of(entry.needs, &Condition::absent) && std::ranges::count(entry.complements, Slot::obj) > 0;
         });
}

/// "the Mumbai attacks": where it happened, and not who did it.
bool Arguments::is_site(std::uint32_t noun, std::uint32_t dependent) const {
  const Mention* mention = mentions_.at(dependent);
  return dependent < noun && parse_[dependent].deprel == Deprel::compound && mention != nullptr && mention->kind == MentionKind::place;
}

void Arguments::noun_subject(std::uint32_t noun, Tokens& out, int depth) const {
  if (depth > max_depth) return;
  for (std::uint32_t at : parse_.children(noun))
    if (parse_[at].deprel == Deprel::nmod_poss) return add_with_conjuncts(antecedent(at), out);
  const std::size_t before = out.size();
  for (std::uint32_t at : parse_.children(noun)) {
    const Deprel deprel = parse_[at].deprel;
    const bool before_noun = at < noun && (deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::nmod_desc || deprel == Deprel::nmod ||
                                           deprel == Deprel::nmod_unmarked || deprel == Deprel::flat);
    if (before_noun && mentions_.at(at) != nullptr && !is_site(noun, at)) add_with_conjuncts(at, out);
  }
  if (out.size() > before) return;
  const std::int32_t verb = light_verb(noun);
  if (verb >= 0) {
    const auto predicate = static_cast<std::uint32_t>(verb);
    if (!lends_subject(predicate)) return;
    return is_passive(predicate) ? prepositional(predicate, Slot::by, out) : subject(predicate, out, depth + 1);
  }
  const Token& token = parse_[noun];
  if (token.deprel == Deprel::conj && token.head >= 0 && parse_[static_cast<std::uint32_t>(token.head)].upos == Upos::NOUN)
    noun_subject(static_cast<std::uint32_t>(token.head), out, depth + 1);
}

// Where the tree gives a finite verb no subject at all, the nearest name before it that stands in no prepositional
// phrase: parsers lose the subject behind appositions and long noun phrases.
void Arguments::nearest_name_before(std::uint32_t verb, Tokens& out) const {
  constexpr std::uint32_t farthest = 25;  // words
  const std::uint32_t first = parse_.sentences[parse_[verb].sentence].tokens.first;
  for (std::uint32_t at = verb; at > first && verb - at < farthest;) {
    --at;
    const Token& token = parse_[at];
    const bool same_subject = parse_[verb].deprel == Deprel::conj && parse_[verb].head == static_cast<std::int32_t>(at);
    const bool clause_border = token.upos == Upos::VERB && token.has(morph_finite) && token.deprel != Deprel::acl_relcl && !same_subject;
    if (clause_border || token.upos == Upos::SCONJ || quote_mark(token.form)) return;
    const Mention* mention = mentions_.at(at);
    if (mention == nullptr || mention->head != at || !mention->can_act || mention->kind == MentionKind::unknown) continue;
    if (child(at, Deprel::case_) >= 0 || token.deprel == Deprel::nmod_poss || token.deprel == Deprel::compound || token.deprel == Deprel::amod) continue;
    return add_with_conjuncts(at, out);
  }
}

void Arguments::deep_subject(std::uint32_t predicate, Tokens& out) const {
  if (parse_[predicate].upos == Upos::NOUN || parse_[predicate].upos == Upos::PROPN) {
    if (child(predicate, Deprel::cop) >= 0) return subject(predicate, out, 0);
    return noun_subject(predicate, out, 0);
  }
  if (is_passive(predicate)) return prepositional(predicate, Slot::by, out);
  subject(predicate, out, 0);
  const bool second = parse_[predicate].deprel == Deprel::conj;
  if (out.empty() && (second || parse_[predicate].has(morph_finite))) nearest_name_before(predicate, out);
}

void Arguments::deep_object(std::uint32_t predicate, Tokens& out) const { object(predicate, out, 0); }

void Arguments::object(std::uint32_t predicate, Tokens& out, int depth) const {
  if (depth > max_depth) return;
  const Token& token = parse_[predicate];
  if (token.upos == Upos::NOUN || token.upos == Upos::PROPN) return;
  if (is_passive(predicate)) {
    if (token.deprel == Deprel::acl && token.head >= 0) return add_with_conjuncts(static_cast<std::uint32_t>(token.head), out);
    return subject(predicate, out, depth);
  }
  for (std::uint32_t at : parse_.children(predicate))
    if (parse_[at].deprel == Deprel::obj) return add_with_conjuncts(antecedent(at), out);
  for (std::uint32_t at : parse_.children(predicate))
    if (stray_particle(predicate, at) >= 0) return add_with_conjuncts(at, out);
  if (token.head < 0) return;
  const auto governor = static_cast<std::uint32_t>(token.head);
  const std::int32_t overt_subject = child(predicate, Deprel::nsubj);
  if (token.deprel == Deprel::acl_relcl && overt_subject >= 0 && !is_relative_pronoun(parse_[static_cast<std::uint32_t>(overt_subject)]))
    return add_with_conjuncts(governor, out);
  // "arrested and questioned two men": the first verb's object serves both, or the last one's
  const bool has_complement = std::any_of(parse_.children(predicate).begin(), parse_.children(predicate).end(), [&](std::uint32_t at) {
    const Deprel deprel = parse_[at].deprel;
    return is_oblique(deprel) || deprel == Deprel::ccomp || deprel == Deprel::xcomp;
  });
  if (has_complement) return;
  if (token.deprel == Deprel::conj && parse_[governor].upos == Upos::VERB && !is_passive(governor)) return object(governor, out, depth + 1);
}

// The last resort where the tree hangs the preposition elsewhere: the same words a few places behind the verb.
void Arguments::nearest_phrase_behind(std::uint32_t verb, Slot slot, Tokens& out) const {
  constexpr std::uint32_t farthest = 6, longest_title = 5;  // words
  const std::uint32_t last = parse_.sentences[parse_[verb].sentence].tokens.last;
  for (std::uint32_t at = verb + 1; at < last && at - verb <= farthest; ++at) {
    const Token& token = parse_[at];
    if (token.upos == Upos::VERB || token.upos == Upos::SCONJ || token.form == ";" || quote_mark(token.form)) return;
    if (token.upos != Upos::ADP || preposition_slot(token.lemma) != slot) continue;
    for (std::uint32_t next = at + 1; next < last && next - at <= longest_title; ++next)
      if (const Mention* mention = mentions_.at(next); mention != nullptr && mention->range.first <= next)
        return left_out_.empty() || !left_out_[mention->head] ? add_with_conjuncts(mention->head, out) : void();
    return;
  }
}

// "called off the march": parsers read the particle as the preposition of what is its object.
std::int32_t Arguments::stray_particle(std::uint32_t verb, std::uint32_t dependent) const {
  if (parse_[dependent].deprel != Deprel::obl || dependent < verb) return -1;
  const std::int32_t at = child(dependent, Deprel::case_);
  if (at != static_cast<std::int32_t>(verb) + 1) return -1;
  return predicates_.in_class("particle", parse_[static_cast<std::uint32_t>(at)].lemma) ? at : -1;
}

void Arguments::leave_out(const std::vector<TimeExpression>& times) {
  left_out_.assign(parse_.tokens.size(), 0);
  for (const TimeExpression& time : times)
    for (std::uint32_t at = time.range.first; at < time.range.last; ++at)
      if (mentions_.at(at) == nullptr) left_out_[at] = 1;
}

void Arguments::prepositional(std::uint32_t trigger, Slot slot, Tokens& out) const {
  for (std::uint32_t at : parse_.children(trigger)) {
    const Token& token = parse_[at];
    if (!left_out_.empty() && left_out_[at]) continue;
    if (!is_oblique(token.deprel) && token.deprel != Deprel::advcl && token.deprel != Deprel::acl) continue;
    if (slot == Slot::by && token.deprel == Deprel::obl_agent) {
      add_with_conjuncts(at, out);
      continue;
    }
    const std::string_view lemma = preposition(at);
    if (!lemma.empty()) {
      if (preposition_slot(lemma) == slot) add_with_conjuncts(antecedent(at), out);
      continue;
    }
    // "accused of bombing", "by firing": a clause behind the preposition
    const std::int32_t mark = child(at, Deprel::mark);
    if (mark >= 0 && token.upos == Upos::VERB && preposition_slot(parse_[static_cast<std::uint32_t>(mark)].lemma) == slot &&
        parse_[static_cast<std::uint32_t>(mark)].lemma != "to")
      add_with_conjuncts(at, out);
  }
  if (!out.empty()) return second_phrases(trigger, slot, out);
  if (slot != Slot::by || parse_[trigger].upos != Upos::NOUN) return;
  // "the release of two journalists by the Taliban": parsers hang who did it on whom it was done to
  for (std::uint32_t at : parse_.children(trigger))
    if (parse_[at].deprel == Deprel::nmod && preposition(at) == "of")
      for (std::uint32_t below : parse_.children(at))
        if (is_oblique(parse_[below].deprel) && preposition(below) == "by") add_with_conjuncts(below, out);
}

// "spoke with A on Friday and with B on Monday": parsers hang the second phrase on the day or on the verb.
void Arguments::second_phrases(std::uint32_t trigger, Slot slot, Tokens& out) const {
  const auto add = [&](std::uint32_t at) {
    const bool fits = parse_[at].deprel == Deprel::conj && parse_[at].upos != Upos::VERB && preposition_slot(preposition(at)) == slot;
    if (fits && std::find(out.begin(), out.end(), at) == out.end()) add_with_conjuncts(at, out);
  };
  for (std::uint32_t at : parse_.children(trigger)) {
    add(at);
    const bool elsewhere = is_oblique(parse_[at].deprel) && preposition_slot(preposition(at)) != slot;
    if (elsewhere || (!left_out_.empty() && left_out_[at]))
      for (std::uint32_t second : parse_.children(at)) add(second);
  }
}

void Arguments::fillers(std::uint32_t trigger, Slot slot, Tokens& out) const {
  const bool noun = parse_[trigger].upos == Upos::NOUN || parse_[trigger].upos == Upos::PROPN;
  switch (slot) {
    case Slot::subj:
      return deep_subject(trigger, out);
    case Slot::obj:
      return deep_object(trigger, out);
    case Slot::iobj:
      if (noun) {  // "sent him a message": the verb's indirect object
        const std::int32_t verb = parse_[trigger].deprel == Deprel::obj ? parse_[trigger].head : -1;
        const std::int32_t at = verb < 0 ? -1 : child(static_cast<std::uint32_t>(verb), Deprel::iobj);
        if (at >= 0) add_with_conjuncts(static_cast<std::uint32_t>(at), out);
        return;
      }
      if (const std::int32_t at = child(trigger, Deprel::iobj); at >= 0)
        add_with_conjuncts(static_cast<std::uint32_t>(at), out);
      else if (is_passive(trigger) && child(trigger, Deprel::obj) >= 0)
        subject(trigger, out, 0);  // "was given aid"
      return;
    case Slot::owner:
      for (std::uint32_t at : parse_.children(trigger))
        if (parse_[at].deprel == Deprel::nmod_poss) add_with_conjuncts(antecedent(at), out);
      return;
    case Slot::site:
      for (std::uint32_t at : parse_.children(trigger))
        if (is_site(trigger, at)) add_with_conjuncts(at, out);
      return;
    case Slot::victims: {
      const std::int32_t above = parse_[trigger].deprel == Deprel::nmod ? parse_[trigger].head : -1;
      if (above >= 0 && predicates_.in_class("victim", parse_[static_cast<std::uint32_t>(above)].lemma)) out.push_back(static_cast<std::uint32_t>(above));
      return;
    }
    case Slot::prt:
      for (std::uint32_t at : parse_.children(trigger))
        if (parse_[at].deprel == Deprel::compound_prt || parse_[at].deprel == Deprel::advmod)
          out.push_back(at);
        else if (const std::int32_t particle = stray_particle(trigger, at); particle >= 0)
          out.push_back(static_cast<std::uint32_t>(particle));
      return;
    case Slot::mod:
      for (std::uint32_t at : parse_.children(trigger))
        if (is_modifier(parse_[at].deprel)) out.push_back(at);
      return;
    case Slot::xcomp:
    case Slot::ccomp:
    case Slot::advcl: {
      const Deprel wanted = slot == Slot::xcomp ? Deprel::xcomp : slot == Slot::ccomp ? Deprel::ccomp : Deprel::advcl;
      for (std::uint32_t at : parse_.children(trigger)) {
        const Deprel deprel = parse_[at].deprel;
        const bool clause_of_noun = noun && deprel == Deprel::acl && slot != Slot::advcl;
        if (deprel != wanted && !clause_of_noun) continue;
        out.push_back(at);
        for (std::uint32_t inner : parse_.children(at))
          if (parse_[inner].deprel == Deprel::conj) out.push_back(inner);
      }
      // "expressed his willingness to meet": parsers hang the infinitive on the verb
      if (noun && out.empty() && slot == Slot::xcomp && parse_[trigger].deprel == Deprel::obj)
        for (std::uint32_t at : parse_.children(static_cast<std::uint32_t>(parse_[trigger].head)))
          if (at > trigger && parse_[at].upos == Upos::VERB && (parse_[at].deprel == Deprel::advcl || parse_[at].deprel == Deprel::xcomp) &&
              child(at, Deprel::mark) >= 0 && parse_[static_cast<std::uint32_t>(child(at, Deprel::mark))].lemma == "to")
            out.push_back(at);
      return;
    }
    default: {
      prepositional(trigger, slot, out);
      if (out.empty() && !noun && floats(slot))
        for (std::uint32_t at : parse_.children(trigger))
          if (parse_[at].deprel == Deprel::obj || parse_[at].deprel == Deprel::obl || parse_[at].deprel == Deprel::nsubj_pass)
            if (mentions_.at(at) == nullptr) prepositional(at, slot, out);
      if (out.empty() && !noun && floats(slot)) nearest_phrase_behind(trigger, slot, out);
      if (!out.empty() || !noun) return;
      const std::int32_t verb = light_verb(trigger);
      if (verb >= 0 && !(slot == Slot::by && !is_passive(static_cast<std::uint32_t>(verb)))) prepositional(static_cast<std::uint32_t>(verb), slot, out);
    }
  }
}

bool Arguments::kind_holds(std::uint32_t filler, Condition::Kind kind) const {
  if (kind == Condition::Kind::any) return true;
  if (kind == Condition::Kind::number) return parse_[filler].upos == Upos::NUM;
  const Mention* mention = mentions_.at(filler);
  if (kind == Condition::Kind::nonactor) return mention == nullptr || !mention->can_act;
  if (mention == nullptr) return false;
  switch (kind) {
    case Condition::Kind::actor:
      return mention->can_act || mention->kind == MentionKind::state;
    case Condition::Kind::state:
      return mention->kind == MentionKind::state;
    case Condition::Kind::person:
      return mention->kind == MentionKind::person || mention->kind == MentionKind::agent || mention->kind == MentionKind::collective ||
             mention->kind == MentionKind::pronoun;
    case Condition::Kind::organisation:
      return mention->kind == MentionKind::organisation;
    case Condition::Kind::place:
      return mention->kind == MentionKind::place || mention->kind == MentionKind::state;
    case Condition::Kind::armed: {
      const std::string& sector = mention->actors.front().sector;
      return sector == "MIL" || sector == "REB" || sector == "UAF" || sector == "PRM" || sector == "COP" || sector == "SPY";
    }
    default:
      return false;
  }
}

bool Arguments::lemma_holds(std::uint32_t filler, const Condition& condition) const {
  if (condition.lemma_set.empty()) return true;
  if (condition.lemma_set.contains(parse_[filler].lemma)) return true;
  if (parse_[filler].upos == Upos::PROPN && condition.lemma_set.contains(ascii::lowered(parse_[filler].lemma))) return true;  // "the Supreme Court"
  // "a series of strikes": the counted noun decides
  if (predicates_.in_class("quantifier", parse_[filler].lemma))
    for (std::uint32_t at : parse_.children(filler))
      if (is_oblique(parse_[at].deprel) && condition.lemma_set.contains(parse_[at].lemma)) return true;
  return false;
}

bool Arguments::holds(std::uint32_t trigger, const Condition& condition) const {
  thread_local Tokens tokens;  // scratch: no recursion passes through here
  tokens.clear();
  fillers(trigger, condition.slot, tokens);
  const bool met =
      std::any_of(tokens.begin(), tokens.end(), [&](std::uint32_t filler) { return kind_holds(filler, condition.kind) && lemma_holds(filler, condition); });
  return met != condition.absent;
}

bool Arguments::all_hold(std::uint32_t trigger, const std::vector<Condition>& conditions) const {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) { return holds(trigger, condition); });
}

void Arguments::mentions_of(std::uint32_t filler, Side side, std::vector<const Mention*>& out) const {
  const Mention* mention = mentions_.at(filler);
  if (mention != nullptr && mention->can_act) {
    if (std::find(out.begin(), out.end(), mention) == out.end()) out.push_back(mention);
    return;
  }
  // "visited Seoul", "pulled out of Arland": a place that belongs to a state stands for it at the receiving end
  if (mention != nullptr && side == Side::recipient && mention->kind == MentionKind::place && !mention->actors.front().code.empty()) {
    out.push_back(mention);
    return;
  }
  if (parse_[filler].upos != Upos::VERB) owners(filler, side, out, 0);
}

namespace {

/// Which dependents name the owner of a phrase, in three ranks: the possessor or doer, a name before the noun, a place
/// or party behind it.
bool owns(const Arguments& arguments, std::uint32_t filler, std::uint32_t at, int rank, Arguments::Side side) {
  const Deprel deprel = arguments.parse()[at].deprel;
  const std::string_view preposition = arguments.preposition(at);
  if (rank == 0) return deprel == Deprel::nmod_poss || preposition == "by";
  if (rank == 1) {
    if (at > filler)  // "That evening South Korea summoned": a name that the parser hung on the noun before it
      return deprel == Deprel::flat || deprel == Deprel::appos || deprel == Deprel::dep;
    return deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::nmod_desc || deprel == Deprel::nmod;
  }
  if (!is_oblique(deprel)) return false;
  if (preposition == "of" || preposition == "from" || preposition == "between") return true;
  return side == Arguments::Side::recipient && (preposition == "in" || preposition == "against" || preposition == "with");
}

}  // namespace

/// "condemned the killing of two soldiers", "the Mumbai attacks", "resumed the Geneva talks": the deed is not of those whom or where it hits.
bool Arguments::suffers(std::uint32_t noun, std::uint32_t dependent) const {
  const auto& entries = predicates_.entries(parse_[noun].lemma, parse_[noun].upos);
  if (is_site(noun, dependent)) return std::ranges::any_of(entries, [](const PredicateEntry& entry) { return !entry.is_operator; });
  const std::int32_t verb = parse_[noun].head;
  const auto slot = verb >= 0 && speaks_of(static_cast<std::uint32_t>(verb)) ? preposition_slot(preposition(dependent)) : std::nullopt;
  return slot && std::ranges::any_of(entries, [&](const PredicateEntry& entry) {
           const Frame& frame = predicates_.frame(entry.frame);
           return !entry.is_operator && entry.meaning != meaning_blocked && std::ranges::count(frame.recipient, *slot) > 0 &&
                  std::ranges::count(frame.actor, *slot) == 0;
         });
}

void Arguments::owners(std::uint32_t filler, Side side, std::vector<const Mention*>& out, int depth) const {
  const Mention* place = mentions_.at(filler);
  if (place != nullptr && place->kind == MentionKind::place && !place->actors.front().code.empty() && depth > 0 && side == Side::recipient) {
    out.push_back(place);
    return;
  }
  if (depth > 2) return;
  const std::size_t before = out.size();
  for (int rank = 0; rank < 3 && out.size() == before; ++rank) {
    for (std::uint32_t at : parse_.children(filler)) {
      if (!owns(*this, filler, at, rank, side) || suffers(filler, at)) continue;
      const Mention* mention = mentions_.at(at);
      if (mention != nullptr && (mention->can_act || mention->kind == MentionKind::state))
        out.push_back(mention);
      else
        owners(at, side, out, depth + 1);
      for (std::uint32_t conjunct : parse_.children(at))
        if (parse_[conjunct].deprel == Deprel::conj)
          if (const Mention* more = mentions_.at(conjunct); more != nullptr && more->can_act) out.push_back(more);
    }
  }
}

}  // namespace legation
