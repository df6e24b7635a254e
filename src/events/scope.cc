#include "events/scope.h"

#include <algorithm>

namespace legation {
namespace {

using Kind = ScopeRow::Kind;

bool is_clause_complement(Deprel deprel) {
  return deprel == Deprel::ccomp || deprel == Deprel::xcomp || deprel == Deprel::csubj || deprel == Deprel::csubj_pass || deprel == Deprel::acl ||
         deprel == Deprel::parataxis;
}

/// Where a governor's negation, modality or tense reaches: into its complements and its passive subject, not into
/// what stands beside it ("after the attack he did not speak").
bool reaches(Deprel deprel) {
  return deprel == Deprel::ccomp || deprel == Deprel::xcomp || deprel == Deprel::obj || deprel == Deprel::nsubj_pass || deprel == Deprel::conj ||
         deprel == Deprel::nsubj;
}

bool is_auxiliary(Deprel deprel) { return deprel == Deprel::aux || deprel == Deprel::aux_pass || deprel == Deprel::cop; }

bool is_finite(const Token& token) { return token.has(morph_finite) || token.xpos == "VBD" || token.xpos == "VBZ" || token.xpos == "VBP"; }

/// A clause with a tense of its own: "will march, and have hired buses". It shares no auxiliary with the clause it is joined to.
bool has_own_tense(const Parse& parse, std::uint32_t clause) {
  if (parse[clause].upos == Upos::VERB && is_finite(parse[clause])) return true;
  return std::ranges::any_of(parse.children(clause), [&](std::uint32_t child) { return is_auxiliary(parse[child].deprel) && is_finite(parse[child]); });
}

/// Told as it is, without modal: "warned of strikes if it went ahead" is a warning, whatever the condition.
bool is_plain(const Parse& parse, std::uint32_t clause, bool past_only) {
  const Token& token = parse[clause];
  if (token.upos != Upos::VERB) return false;
  for (const std::uint32_t child : parse.children(clause))
    if (is_auxiliary(parse[child].deprel))
      return parse[child].upos == Upos::AUX && parse[child].has(morph_past | morph_finite) && parse[child].lemma != "would" && parse[child].lemma != "could" &&
             parse[child].lemma != "might" && parse[child].lemma != "should";
  return token.xpos == "VBD" || token.has(morph_past | morph_finite) || (!past_only && is_finite(token));
}

/// "Had they met, ...", "Were it to strike, ...", "Should he resign, ...": the auxiliary before its subject makes a condition.
struct Inversion {
  TokenRange clause;
  bool denied = false;  ///< "had they not met": they did
};

std::optional<Inversion> inversion(const Parse& parse, TokenRange stretch, TokenRange sentence) {
  if (stretch.size() < 4 || parse[sentence.last - 1].form == "?") return std::nullopt;
  for (std::uint32_t at = stretch.first; at + 2 < stretch.last; ++at) {
    const std::string_view form = parse[at].form;
    const bool opens = form == "Had" || form == "Were" || form == "Should";
    const bool inside = form == "had" || form == "were" || form == "should";
    if (!opens && !inside) continue;
    const Token& next = parse[at + 1];
    const bool names = next.upos == Upos::DET || next.upos == Upos::PRON || next.upos == Upos::PROPN ||
                       (opens && (next.upos == Upos::NOUN || next.upos == Upos::ADJ || next.upos == Upos::NUM));
    const bool free = at == stretch.first || parse[at - 1].form == "," || parse[at - 1].form == "\u201C" || parse[at - 1].form == "\"";
    if (!names || !free) continue;
    const bool before_subject =
        opens || std::ranges::any_of(parse.children(parse[at].head >= 0 ? static_cast<std::uint32_t>(parse[at].head) : at), [&](std::uint32_t child) {
          return child > at && (parse[child].deprel == Deprel::nsubj || parse[child].deprel == Deprel::nsubj_pass);
        });
    if (!before_subject || parse[stretch.first].lemma == "never" || parse[stretch.first].lemma == "nor" || parse[stretch.first].lemma == "only") continue;
    Inversion found{{at, at + 1}, false};
    while (found.clause.last < stretch.last && parse[found.clause.last].form != ",") {
      const std::string_view lemma = parse[found.clause.last].lemma;
      found.denied |= form.ends_with("ad") && lemma == "not";
      ++found.clause.last;
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace

ScopeReader::ScopeReader(const Arguments& arguments, bool trace)
    : arguments_(arguments), parse_(arguments.parse()), predicates_(arguments.predicates()), trace_(trace) {
  match_quotes();
  mark_segments();
}

// A semicolon ends what a speaker or a modal bears on: "A fell, X said; Y denied it".
void ScopeReader::mark_segments() {
  segment_.assign(parse_.tokens.size(), 0);
  std::uint32_t number = 0;
  for (std::uint32_t at = 0; at < parse_.tokens.size(); ++at) {
    if (parse_[at].form == ";") ++number;
    segment_[at] = number;
  }
}

bool ScopeReader::apart(std::uint32_t a, std::uint32_t b) const { return segment_[a] != segment_[b] && quoted_[b] == 0; }

// Straight marks toggle; a paragraph's end closes (newspapers reopen a running quotation at the next paragraph).
void ScopeReader::match_quotes() {
  quoted_.assign(parse_.tokens.size(), 0);
  std::uint32_t number = 0;
  bool open = false;
  std::uint32_t paragraph = 0;
  for (const Sentence& sentence : parse_.sentences) {
    if (sentence.paragraph != paragraph) open = false;
    paragraph = sentence.paragraph;
    for (std::uint32_t at = sentence.tokens.first; at < sentence.tokens.last; ++at) {
      const std::string_view form = parse_[at].form;
      const bool opens = form == "\u201C" || form == "``" || form == "\u00AB";
      const bool closes = form == "\u201D" || form == "''" || form == "\u00BB";
      const bool toggles = form == "\"";
      if (opens || (toggles && !open)) {
        open = true;
        ++number;
      } else if (closes || toggles) {
        open = false;
      } else if (open) {
        quoted_[at] = number;
      }
    }
  }
}

const ScopeRow* ScopeReader::row(std::uint32_t token, std::initializer_list<Kind> kinds) const {
  for (const ScopeRow& row : predicates_.scope(parse_[token].lemma)) {
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end()) continue;
    if (row.upos && *row.upos != parse_[token].upos) continue;
    if (arguments_.all_hold(token, row.needs)) return &row;
  }
  return nullptr;
}

void ScopeReader::add(std::uint8_t flags, const ScopeRow& row, Scope& scope) {
  scope.auxiliary |= flags;
  if (!trace_) return;
  std::string step = std::string(row.lemma) + " (" + row.place + ")";
  if (flags & auxiliary_negation) step += " negation";
  if (flags & auxiliary_future) step += " future";
  if (flags & auxiliary_hypothetical) step += " hypothetical";
  if (flags & auxiliary_historical) step += " historical";
  scope.steps.push_back(std::move(step));
}

bool ScopeReader::negated(std::uint32_t token) const {
  for (std::uint32_t at : parse_.children(token)) {
    const Deprel deprel = parse_[at].deprel;
    if (deprel != Deprel::advmod && deprel != Deprel::det && deprel != Deprel::case_ && deprel != Deprel::cc) continue;
    if (row(at, {Kind::negation}) != nullptr) return true;
  }
  return false;
}

/// The word that makes a noun phrase stand for nobody: "nobody was hurt", "neither side yielded".
const ScopeRow* ScopeReader::denied(std::uint32_t subject) const {
  if (const ScopeRow* found = row(subject, {Kind::negation})) return found;
  for (std::uint32_t at : parse_.children(subject))
    if (parse_[at].deprel == Deprel::det || (parse_[at].deprel == Deprel::cc && at < subject))
      if (const ScopeRow* found = row(at, {Kind::negation})) return found;
  return nullptr;
}

/// "the expulsion of two envoys surprised nobody": what the subject names is not denied with the verb's object.
bool ScopeReader::subject_holds_trigger(std::uint32_t verb) const {
  std::uint32_t at = trigger_;
  while (at != verb && parse_[at].head >= 0 && parse_[at].head != static_cast<std::int32_t>(verb)) at = static_cast<std::uint32_t>(parse_[at].head);
  return at != verb && (parse_[at].deprel == Deprel::nsubj || parse_[at].deprel == Deprel::nsubj_pass);
}

// Auxiliaries, negation and hedging adverbs that hang on the token itself.
void ScopeReader::read_modals(std::uint32_t token, Scope& scope) {
  const bool has_speaker = !scope.attribution.empty();
  for (std::uint32_t at : parse_.children(token)) {
    const Token& child = parse_[at];
    switch (child.deprel) {
      case Deprel::aux:
        if (const ScopeRow* modal = row(at, {Kind::modal})) {
          std::uint8_t flags = modal->auxiliary;
          if (child.lemma == "would") {  // what it means is known only once the speaker is
            would_ = true;
            flags = 0;
          }
          add(flags, *modal, scope);
          scope.obliged |= token == trigger_ && predicates_.in_class("obligation", child.lemma);
        }
        break;
      case Deprel::advmod:
      case Deprel::det:
      case Deprel::cc:
      case Deprel::amod:
      case Deprel::case_:
        if (const ScopeRow* found = row(at, {Kind::negation, Kind::hedge, Kind::expect, Kind::doubt})) {
          const bool cause = found->kind == Kind::expect && child.deprel == Deprel::case_ && parse_[token].upos != Upos::VERB;
          if (cause) break;  // "due to the fighting", beside "due to begin"
          add(found->auxiliary, *found, scope);
          if (found->kind == Kind::hedge) {
            scope.hedged = true;
            if (!has_speaker && child.deprel == Deprel::advmod)
              scope.attribution.push_back({Actor{}, std::string(child.lemma), false, true, {child.begin, child.end}});
          }
        }
        break;
      case Deprel::nsubj:
      case Deprel::nsubj_pass:
        if (const ScopeRow* nobody = parse_[token].upos == Upos::VERB ? denied(at) : nullptr) add(auxiliary_negation, *nobody, scope);
        break;
      case Deprel::obj:
      case Deprel::iobj:
      case Deprel::obl: {  // "released none of them", "met nobody", "fired no shots"
        if (parse_[token].upos != Upos::VERB || subject_holds_trigger(token)) break;
        const bool whole = child.deprel != Deprel::obl || child.upos == Upos::PRON || predicates_.in_class("whoever", child.lemma);
        if (const ScopeRow* nothing = whole ? denied(at) : nullptr) add(nothing->auxiliary, *nothing, scope);
        break;
      }
      case Deprel::mark:
        if (parse_[token].deprel != Deprel::advcl) break;
        if (const ScopeRow* conditional = row(at, {Kind::conditional})) {
          const bool came = conditional->auxiliary == auxiliary_future && is_plain(parse_, token, true);  // "until he fell"
          if (!came) add(conditional->auxiliary, *conditional, scope);
        } else if (const ScopeRow* without = row(at, {Kind::negation})) {
          add(without->auxiliary, *without, scope);
        }
        break;
      default:
        break;
    }
  }
  // "would strike if attacked": the condition makes the main clause hypothetical too
  for (std::uint32_t at : parse_.children(token)) {
    if (parse_[at].deprel != Deprel::advcl) continue;
    for (std::uint32_t mark : parse_.children(at))
      if (parse_[mark].deprel == Deprel::mark)
        if (const ScopeRow* conditional = row(mark, {Kind::conditional})) {
          const bool says = row(token, {Kind::report}) != nullptr || arguments_.child(token, Deprel::xcomp) >= 0 || arguments_.child(token, Deprel::ccomp) >= 0;
          if (!is_plain(parse_, token, !says)) add(conditional->auxiliary, *conditional, scope);
        }
  }
  // headlines: "Seoul to send envoy"
  const Token& head = parse_[token];
  if (head.deprel == Deprel::root && head.upos == Upos::VERB && arguments_.child(token, Deprel::aux) < 0) {
    const std::int32_t mark = arguments_.child(token, Deprel::mark);
    if (mark >= 0 && parse_[static_cast<std::uint32_t>(mark)].lemma == "to" && arguments_.child(token, Deprel::nsubj) >= 0) scope.auxiliary |= auxiliary_future;
  }
}

void ScopeReader::add_speaker(const Party& speakers, std::string verb, Span span, bool hedged, Scope& scope) {
  Attribution link;
  if (!speakers.empty()) {
    link.speaker = speakers.front()->actors.front();
  }
  link.verb = std::move(verb);
  link.direct = quoted_[trigger_] != 0;
  link.hedged = hedged;
  link.span = span;
  scope.attribution.push_back(std::move(link));  // innermost first here; read() turns the chain round
}

void ScopeReader::add_report(std::uint32_t verb, const ScopeRow& row, std::uint32_t, Scope& scope) {
  if (apart(verb, trigger_)) return;
  Tokens subjects;
  arguments_.deep_subject(verb, subjects);
  Party speakers;
  for (std::uint32_t subject : subjects) arguments_.mentions_of(subject, Arguments::Side::actor, speakers);
  if (!speakers.empty() && speakers.front()->kind == MentionKind::pronoun && speakers.front()->actors.front().name.empty() && !last_.empty() &&
      parse_[verb].sentence <= last_sentence_ + 1)
    return scope.attribution.push_back(last_.back());  // "He added": whoever spoke last
  if (speakers.empty() && !subjects.empty()) {
    Attribution link;
    const Token& subject = parse_[subjects.front()];
    link.speaker.text = std::string(subject.form);
    link.speaker.span = {subject.begin, subject.end};
    link.verb = std::string(parse_[verb].lemma);
    link.direct = quoted_[trigger_] != 0;
    link.hedged = row.hedged;
    link.span = {parse_[verb].begin, parse_[verb].end};
    return scope.attribution.push_back(std::move(link));
  }
  const bool unnamed = speakers.empty();  // "it is said that"
  add_speaker(speakers, std::string(parse_[verb].lemma), {parse_[verb].begin, parse_[verb].end}, row.hedged || unnamed, scope);
}

// Speakers that stand beside a clause: "..., he said", "according to X", "as X reported".
void ScopeReader::read_reports_beside(std::uint32_t token, Scope& scope) {
  for (std::uint32_t at : parse_.children(token)) {
    const Token& child = parse_[at];
    if (child.deprel == Deprel::parataxis || (child.deprel == Deprel::advcl && arguments_.child(at, Deprel::mark) >= 0 &&
                                              parse_[static_cast<std::uint32_t>(arguments_.child(at, Deprel::mark))].lemma == "as")) {
      const bool takes_content = arguments_.child(at, Deprel::ccomp) >= 0 || arguments_.child(at, Deprel::obj) >= 0;
      if (!takes_content)
        if (const ScopeRow* report = row(at, {Kind::report, Kind::quote})) add_report(at, *report, token, scope);
      continue;
    }
    if ((child.deprel != Deprel::obl && child.deprel != Deprel::nmod && child.deprel != Deprel::advcl) || apart(at, trigger_)) continue;
    for (std::uint32_t marker : parse_.children(at)) {
      if (parse_[marker].deprel != Deprel::case_ && parse_[marker].deprel != Deprel::mark) continue;
      if (const ScopeRow* report = row(marker, {Kind::report, Kind::quote})) {
        Party speakers;
        arguments_.mentions_of(at, Arguments::Side::actor, speakers);
        std::string verb(parse_[marker].form);
        std::transform(verb.begin(), verb.end(), verb.begin(), [](unsigned char c) { return std::tolower(c); });
        if (verb == "according") verb = "according to";
        add_speaker(speakers, verb, {parse_[marker].begin, parse_[marker].end}, report->hedged, scope);
        if (speakers.empty()) {
          Actor& speaker = scope.attribution.back().speaker;
          speaker.text = std::string(child.form);
          speaker.span = {child.begin, child.end};
        }
        break;
      }
    }
  }
}

void ScopeReader::read_token(std::uint32_t token, bool, Scope& scope) {
  read_modals(token, scope);
  read_reports_beside(token, scope);
}

bool ScopeReader::has_adverb(std::uint32_t token, std::string_view kind) const {
  return std::ranges::any_of(parse_.children(token),
                             [&](std::uint32_t child) { return parse_[child].deprel == Deprel::advmod && predicates_.in_class(kind, parse_[child].lemma); });
}

// One edge up: what the governor makes of its dependent.
void ScopeReader::read_step(std::uint32_t from, std::uint32_t to, bool told, bool within, Scope& scope) {
  const Deprel deprel = parse_[from].deprel;
  if (is_clause_complement(deprel) || deprel == Deprel::obj || deprel == Deprel::nsubj_pass || deprel == Deprel::nmod) {
    const bool clause = is_clause_complement(deprel);
    if (const ScopeRow* report = row(to, {Kind::report, Kind::quote}); report != nullptr && clause && told)
      add_report(to, *report, from, scope), add(report->auxiliary, *report, scope);
    if (!within) return;
    if (const ScopeRow* attitude = row(to, {Kind::doubt, Kind::expect, Kind::hedge, Kind::modal, Kind::negation})) {
      const bool not_yet = attitude->kind == Kind::modal && (has_adverb(to, "not_yet") || has_adverb(from, "not_yet"));  // "has yet to leave"
      add(not_yet ? std::uint8_t{auxiliary_negation} : attitude->auxiliary, *attitude, scope);
      if (attitude->kind == Kind::hedge) scope.hedged = true;
    }
  }
}

// What a relative clause or a clause of time tells is taken for granted: "said that the men who had stormed the plant",
// "said after his army had withdrawn". It rests on the narrator, not on the speaker of the clause around it.
bool ScopeReader::presupposed(std::uint32_t clause) const {
  if (parse_[clause].deprel == Deprel::acl_relcl) return true;
  if (parse_[clause].deprel != Deprel::advcl) return false;
  const std::int32_t mark = arguments_.child(clause, Deprel::mark);
  return mark >= 0 && predicates_.in_class("time_conjunction", parse_[static_cast<std::uint32_t>(mark)].lemma);
}

/// A clause that names the speaker beside what he says: "..., the agency said on Tuesday", "..., said a witness, ...".
struct ScopeReader::Aside {
  TokenRange words;
  const Mention* speaker = nullptr;
  std::uint32_t subject = 0;
  const ScopeRow* row = nullptr;
};

std::optional<ScopeReader::Aside> ScopeReader::aside(std::uint32_t verb) const {
  const Token& token = parse_[verb];
  if (token.upos != Upos::VERB || token.has(morph_gerund) || token.has(morph_infinitive)) return std::nullopt;
  Aside found;
  for (const ScopeRow& row : predicates_.scope(token.lemma))  // beside its words a verb needs no clause below it
    if (found.row == nullptr && row.kind == Kind::report && row.upos == Upos::VERB) found.row = &row;
  if (found.row == nullptr) return std::nullopt;
  const TokenRange sentence = parse_.sentences[token.sentence].tokens;
  std::uint32_t first = verb;
  const std::int32_t subject = arguments_.child(verb, Deprel::nsubj);
  if (subject >= 0 && parse_[static_cast<std::uint32_t>(subject)].has(morph_relative)) return std::nullopt;
  if (subject >= 0) {
    found.subject = static_cast<std::uint32_t>(subject);
    found.speaker = arguments_.mentions().at(found.subject);
    for (std::uint32_t at = sentence.first; at < verb && first == verb; ++at) {  // the subject's first word
      std::uint32_t above = at;
      while (above != found.subject && above != verb && parse_[above].head >= 0) above = static_cast<std::uint32_t>(parse_[above].head);
      if (above == found.subject && parse_[at].upos != Upos::PUNCT && parse_[at].upos != Upos::CCONJ) first = at;
    }
  } else {  // a tree that went astray: whoever is named between the comma and the verb
    found.speaker = verb > sentence.first ? arguments_.mentions().at(verb - 1) : nullptr;
    if (found.speaker == nullptr || !found.speaker->can_act || found.speaker->range.last != verb) return std::nullopt;
    found.subject = found.speaker->head;
    first = found.speaker->range.first;
    if (first > sentence.first && parse_[first - 1].upos == Upos::DET) --first;
  }
  const auto ends_words = [&](std::uint32_t at) {
    return parse_[at].form == "," || parse_[at].form == "\u201D" || parse_[at].form == "\"" || parse_[at].form == "''";
  };
  if (first == sentence.first || !ends_words(first - 1)) return std::nullopt;
  std::uint32_t last = verb + 1;
  while (last < sentence.last && parse_[last].form != "," && parse_[last].form != ";") ++last;
  found.words = {first, last};
  const bool tells = predicates_.in_class("tell", token.lemma);
  for (const std::uint32_t child : parse_.children(verb)) {
    if (child < verb || child >= last) continue;
    const Deprel deprel = parse_[child].deprel;
    if (deprel == Deprel::ccomp || deprel == Deprel::xcomp || (deprel == Deprel::obj && !tells)) return std::nullopt;
  }
  return found;
}

// The aside that bears on the trigger: one to its right bears on all before it, one to its left on what goes on after it, as far as
// a new clause is joined on.
void ScopeReader::read_aside(std::uint32_t trigger, Scope& scope) {
  if (quoted_[trigger] == 0)
    for (std::uint32_t at = trigger; parse_[at].head >= 0; at = static_cast<std::uint32_t>(parse_[at].head))
      if (presupposed(at)) return;
  const TokenRange sentence = parse_.sentences[parse_[trigger].sentence].tokens;
  std::optional<std::uint32_t> chosen;
  std::optional<Aside> nearest;
  for (std::uint32_t verb = sentence.first; verb < sentence.last; ++verb) {
    if (segment_[verb] != segment_[trigger]) continue;
    const auto found = aside(verb);
    if (!found || found->words.contains(trigger)) continue;
    bool goes_on = true;
    for (std::uint32_t at = found->words.last; at + 1 < trigger && goes_on; ++at)
      goes_on = parse_[at].form != "," || !predicates_.in_class("clause_joint", parse_[at + 1].lemma);
    if (!goes_on) continue;
    if (chosen && *chosen > trigger) break;
    chosen = verb, nearest = found;
  }
  if (!chosen) return;
  const Token& verb = parse_[*chosen];
  Party speakers;
  arguments_.mentions_of(nearest->subject, Arguments::Side::actor, speakers);
  if (speakers.empty() && nearest->speaker != nullptr) speakers.push_back(nearest->speaker);
  const bool he = !speakers.empty() && speakers.front()->kind == MentionKind::pronoun && speakers.front()->actors.front().name.empty();
  if (he && !last_.empty() && parse_[trigger].sentence <= last_sentence_ + 1) return scope.attribution.push_back(last_.back());
  add_speaker(speakers, std::string(verb.lemma), {verb.begin, verb.end}, nearest->row->hedged, scope);
  if (speakers.empty()) {
    Actor& speaker = scope.attribution.back().speaker;
    speaker.text = std::string(parse_[nearest->subject].form);
    speaker.span = {parse_[nearest->subject].begin, parse_[nearest->subject].end};
  }
  add_told_medium(*chosen, scope);
  add(nearest->row->auxiliary, *nearest->row, scope);
}

// "a minister told the Daily News that": who was told, when he passes it on, stands outermost.
void ScopeReader::add_told_medium(std::uint32_t verb, Scope& scope) const {
  if (!predicates_.in_class("tell", parse_[verb].lemma)) return;
  for (const std::uint32_t child : parse_.children(verb)) {
    const Deprel deprel = parse_[child].deprel;
    const Mention* told = arguments_.mentions().at(child);
    if (child < verb || (deprel != Deprel::obj && deprel != Deprel::iobj) || told == nullptr) continue;
    const Actor& medium = told->actors.front();
    const bool reporters = parse_[child].has(morph_plural) && medium.name.empty();
    if (medium.sector != "JRN" || reporters) continue;
    Attribution link = scope.attribution.back();
    link.speaker = medium;
    scope.attribution.push_back(std::move(link));
    return;
  }
}

// Inside a quotation whose speaker stands in another sentence.
void ScopeReader::speaker_from_quotation(std::uint32_t trigger, Scope& scope) {
  const bool no_speaker = std::none_of(scope.attribution.begin(), scope.attribution.end(),
                                       [](const Attribution& link) { return !link.speaker.text.empty() || !link.speaker.code.empty(); });
  if (quoted_[trigger] == 0 || !no_speaker || last_.empty()) return;
  if (parse_[trigger].sentence > last_sentence_ + 1 && quoted_[trigger] != last_quotation_) return;
  scope.attribution.push_back(last_.back());
  scope.attribution.back().direct = true;
}

void ScopeReader::enter(std::uint32_t sentence) {
  const TokenRange range = parse_.sentences[sentence].tokens;
  Scope scope;
  for (std::uint32_t at = range.first; at < range.last && scope.attribution.empty(); ++at) {
    const Deprel deprel = parse_[at].deprel;
    const bool main_verb = deprel == Deprel::root || deprel == Deprel::parataxis;
    if (!main_verb || parse_[at].upos != Upos::VERB) continue;
    trigger_ = at;
    if (const ScopeRow* report = row(at, {Kind::report, Kind::quote})) add_report(at, *report, at, scope);
  }
  if (scope.attribution.empty() || scope.attribution.back().speaker.text.empty()) return;
  last_ = scope.attribution;
  last_sentence_ = sentence;
  last_quotation_ = 0;
  for (std::uint32_t at = range.first; at < range.last; ++at)
    if (quoted_[at] != 0) last_quotation_ = quoted_[at];
}

void ScopeReader::read_inversion(std::uint32_t trigger, Scope& scope) const {
  const TokenRange sentence = parse_.sentences[parse_[trigger].sentence].tokens;
  TokenRange stretch{trigger, trigger};
  while (stretch.first > sentence.first && segment_[stretch.first - 1] == segment_[trigger] && parse_[stretch.first - 1].form != ";") --stretch.first;
  if (parse_[stretch.first].form == ";" || parse_[stretch.first].form == "\u201C" || parse_[stretch.first].form == "\"") ++stretch.first;
  while (stretch.last < sentence.last && segment_[stretch.last] == segment_[trigger]) ++stretch.last;
  const auto found = inversion(parse_, stretch, sentence);
  if (!found) return;
  if (!found->clause.contains(trigger)) {
    if (would_) scope.auxiliary |= auxiliary_hypothetical;
    return;
  }
  for (std::uint32_t at = trigger; parse_[at].head >= 0; at = static_cast<std::uint32_t>(parse_[at].head))
    if (presupposed(at)) return;
  if (found->denied)
    scope.auxiliary &= static_cast<std::uint8_t>(~(auxiliary_negation | auxiliary_hypothetical));
  else
    scope.auxiliary |= auxiliary_hypothetical;
}

// "said it would go" is the past form of "will"; "would go if" is a condition. Read last, when both are known.
void ScopeReader::read_would(std::uint32_t trigger, Scope& scope) const {
  if (!would_) return;
  bool told = !scope.attribution.empty();
  for (std::int32_t at = parse_[trigger].head; at >= 0 && !told; at = parse_[static_cast<std::uint32_t>(at)].head)
    told = parse_[static_cast<std::uint32_t>(at)].upos == Upos::VERB && parse_[static_cast<std::uint32_t>(at)].has(morph_past);
  const bool conditional = (scope.auxiliary & auxiliary_hypothetical) != 0;
  scope.auxiliary |= told && !conditional ? auxiliary_future : auxiliary_hypothetical;
}

// "a plan to attack", "want to meet": an infinitive that no operator has taken up tells nothing as done. After "the
// first to", and as a purpose ("came to sign"), it does.
void ScopeReader::read_infinitive(std::uint32_t trigger, Scope& scope) const {
  const Token& token = parse_[trigger];
  const std::int32_t mark = arguments_.child(trigger, Deprel::mark);
  const bool infinitive = token.upos == Upos::VERB && mark >= 0 && parse_[static_cast<std::uint32_t>(mark)].lemma == "to";
  if (!infinitive || (token.deprel != Deprel::acl && token.deprel != Deprel::xcomp) || token.head < 0) return;
  const auto governor = static_cast<std::uint32_t>(token.head);
  for (std::uint32_t at : parse_.children(governor))
    if (parse_[at].has(morph_ordinal) || parse_[at].lemma == "first" || parse_[at].lemma == "last" || parse_[at].lemma == "only") return;
  if (parse_[governor].lemma == "first" || parse_[governor].lemma == "last") return;
  scope.auxiliary |= announces(governor) ? auxiliary_future : auxiliary_hypothetical;
}

/// "Arland to free sailors": the headline's whole clause, and what hangs on the name is what it will do.
bool ScopeReader::announces(std::uint32_t name) const {
  const Mention* mention = arguments_.mentions().at(name);
  if (parse_[name].head >= 0 || mention == nullptr || !mention->can_act) return false;
  const TokenRange range = parse_.sentences[parse_[name].sentence].tokens;
  for (std::uint32_t at = range.first; at < range.last; ++at)
    if (parse_[at].has(morph_finite)) return false;
  return true;
}

/// The same where the infinitive is the root: "US, China to hold talks".
bool ScopeReader::is_announced(std::uint32_t root) const {
  const std::int32_t mark = arguments_.child(root, Deprel::mark);
  const bool subject = arguments_.child(root, Deprel::nsubj) >= 0 || arguments_.child(root, Deprel::nsubj_pass) >= 0;
  return subject && mark >= 0 && parse_[static_cast<std::uint32_t>(mark)].lemma == "to" && parse_[root].has(morph_infinitive);
}

Scope ScopeReader::read(std::uint32_t trigger) {
  Scope scope;
  trigger_ = trigger;
  would_ = false;
  std::uint32_t at = trigger;
  bool reached = true;  // whether modality higher up still bears on the trigger
  bool within = true;   // whether attitudes higher up do: they reach further, but not into what is told beside
  bool told = true;     // whether speakers higher up do
  read_token(at, true, scope);
  while (parse_[at].head >= 0) {
    const auto governor = static_cast<std::uint32_t>(parse_[at].head);
    const Deprel deprel = parse_[at].deprel;
    if (apart(governor, trigger)) break;
    told = told && (quoted_[trigger] != 0 || !presupposed(at));
    within = within && deprel != Deprel::acl_relcl && deprel != Deprel::parataxis && deprel != Deprel::appos && !presupposed(at);
    read_step(at, governor, told, within, scope);
    reached = reached && reaches(deprel);
    const bool reported = is_clause_complement(deprel) && row(governor, {Kind::report, Kind::quote}) != nullptr;
    if (reported) reached = false;  // "did not say that": the saying is denied, not the said
    const bool joined = deprel == Deprel::conj && has_own_tense(parse_, at);
    if (reached && !joined)
      read_token(governor, false, scope);
    else if (told)
      read_reports_beside(governor, scope);
    at = governor;
  }
  if (scope.attribution.empty()) read_aside(trigger, scope);
  speaker_from_quotation(trigger, scope);
  read_inversion(trigger, scope);
  read_would(trigger, scope);
  if (scope.auxiliary == 0 && reached && is_announced(at)) scope.auxiliary |= auxiliary_future;
  if (scope.auxiliary == 0) read_infinitive(trigger, scope);
  std::reverse(scope.attribution.begin(), scope.attribution.end());
  if (!scope.attribution.empty() && !scope.attribution.back().speaker.text.empty()) {
    last_ = scope.attribution;
    last_sentence_ = parse_[trigger].sentence;
    last_quotation_ = quoted_[trigger];
  }
  return scope;
}

}  // namespace legation
