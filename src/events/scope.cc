#include "events/scope.h"

#include <algorithm>

namespace legation {
namespace {

using Kind = ScopeRow::Kind;

bool is_clause_complement(Deprel deprel) {
  return deprel == Deprel::ccomp || deprel == Deprel::xcomp || deprel == Deprel::csubj ||
         deprel == Deprel::csubj_pass || deprel == Deprel::acl || deprel == Deprel::parataxis;
}

/// Where a governor's negation, modality or tense reaches: into its complements and its passive subject, not into
/// what stands beside it ("after the attack he did not speak").
bool reaches(Deprel deprel) {
  return deprel == Deprel::ccomp || deprel == Deprel::xcomp || deprel == Deprel::obj || deprel == Deprel::nsubj_pass ||
         deprel == Deprel::conj || deprel == Deprel::nsubj;
}

}  // namespace

ScopeReader::ScopeReader(const Arguments& arguments, bool trace)
    : arguments_(arguments), parse_(arguments.parse()), predicates_(arguments.predicates()), trace_(trace) {
  match_quotes();
}

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
    if (parse_[at].deprel == Deprel::det)
      if (const ScopeRow* found = row(at, {Kind::negation})) return found;
  return nullptr;
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
      case Deprel::mark:
        if (const ScopeRow* conditional = row(at, {Kind::conditional}))
          if (parse_[token].deprel == Deprel::advcl) add(conditional->auxiliary, *conditional, scope);
        break;
      default: break;
    }
  }
  // "would strike if attacked": the condition makes the main clause hypothetical too
  for (std::uint32_t at : parse_.children(token)) {
    if (parse_[at].deprel != Deprel::advcl) continue;
    for (std::uint32_t mark : parse_.children(at))
      if (parse_[mark].deprel == Deprel::mark)
        if (const ScopeRow* conditional = row(mark, {Kind::conditional})) add(conditional->auxiliary, *conditional, scope);
  }
  // headlines: "Seoul to send envoy"
  const Token& head = parse_[token];
  if (head.deprel == Deprel::root && head.upos == Upos::VERB && arguments_.child(token, Deprel::aux) < 0) {
    const std::int32_t mark = arguments_.child(token, Deprel::mark);
    if (mark >= 0 && parse_[static_cast<std::uint32_t>(mark)].lemma == "to" &&
        arguments_.child(token, Deprel::nsubj) >= 0)
      scope.auxiliary |= auxiliary_future;
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
  Tokens subjects;
  arguments_.deep_subject(verb, subjects);
  Party speakers;
  for (std::uint32_t subject : subjects) arguments_.mentions_of(subject, Arguments::Side::actor, speakers);
  if (!speakers.empty() && speakers.front()->kind == MentionKind::pronoun && speakers.front()->actors.front().name.empty() &&
      !last_.empty() && parse_[verb].sentence <= last_sentence_ + 1)
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
    if (child.deprel != Deprel::obl && child.deprel != Deprel::nmod && child.deprel != Deprel::advcl) continue;
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

// One edge up: what the governor makes of its dependent.
void ScopeReader::read_step(std::uint32_t from, std::uint32_t to, Scope& scope) {
  const Deprel deprel = parse_[from].deprel;
  if (is_clause_complement(deprel) || deprel == Deprel::obj || deprel == Deprel::nsubj_pass || deprel == Deprel::nmod) {
    const bool clause = is_clause_complement(deprel);
    if (const ScopeRow* report = row(to, {Kind::report, Kind::quote}); report != nullptr && clause)
      add_report(to, *report, from, scope), add(report->auxiliary, *report, scope);
    if (const ScopeRow* attitude = row(to, {Kind::doubt, Kind::expect, Kind::hedge, Kind::modal, Kind::negation})) {
      add(attitude->auxiliary, *attitude, scope);
      if (attitude->kind == Kind::hedge) scope.hedged = true;
    }
  }
}

// "..., the agency reported": the reporter's clause after the last comma, wherever the tree hung it.
void ScopeReader::read_trailing_report(std::uint32_t trigger, Scope& scope) {
  constexpr std::uint32_t longest_tail = 5;  // words behind the verb: "on Tuesday", "in a statement"
  const TokenRange range = parse_.sentences[parse_[trigger].sentence].tokens;
  std::uint32_t comma = range.last;
  while (comma > range.first && parse_[comma - 1].form != ",") --comma;
  if (comma == range.first || comma - 1 < trigger) return;
  for (std::uint32_t verb = comma + 1; verb < range.last; ++verb) {
    if (parse_[verb].upos != Upos::VERB) continue;
    const Mention* speaker = arguments_.mentions().at(verb - 1);
    const ScopeRow* report = row(verb, {Kind::report, Kind::quote});
    const bool whole = speaker != nullptr && speaker->can_act && speaker->range.first <= comma + 1 && speaker->range.last == verb;
    if (!whole || report == nullptr || parse_[verb].has(morph_gerund) || range.last - verb > longest_tail + 1) return;
    add_speaker({speaker}, std::string(parse_[verb].lemma), {parse_[verb].begin, parse_[verb].end}, report->hedged, scope);
    return add(report->auxiliary, *report, scope);
  }
}

// Inside a quotation whose speaker stands in another sentence.
void ScopeReader::speaker_from_quotation(std::uint32_t trigger, Scope& scope) {
  const bool no_speaker = std::none_of(scope.attribution.begin(), scope.attribution.end(), [](const Attribution& link) {
    return !link.speaker.text.empty() || !link.speaker.code.empty();
  });
  if (quoted_[trigger] == 0 || !no_speaker || last_.empty()) return;
  if (parse_[trigger].sentence > last_sentence_ + 1 && quoted_[trigger] != last_quotation_) return;
  scope.attribution.push_back(last_.back());
  scope.attribution.back().direct = true;
}

void ScopeReader::enter(std::uint32_t sentence) {
  const TokenRange range = parse_.sentences[sentence].tokens;
  trigger_ = parse_.sentences[sentence].root;
  Scope scope;
  for (std::uint32_t at = range.first; at < range.last && scope.attribution.empty(); ++at) {
    const Deprel deprel = parse_[at].deprel;
    const bool main_verb = deprel == Deprel::root || deprel == Deprel::parataxis;
    if (!main_verb || parse_[at].upos != Upos::VERB) continue;
    if (const ScopeRow* report = row(at, {Kind::report, Kind::quote})) add_report(at, *report, at, scope);
  }
  if (scope.attribution.empty() || scope.attribution.back().speaker.text.empty()) return;
  last_ = scope.attribution;
  last_sentence_ = sentence;
  last_quotation_ = 0;
  for (std::uint32_t at = range.first; at < range.last; ++at)
    if (quoted_[at] != 0) last_quotation_ = quoted_[at];
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
  scope.auxiliary |= auxiliary_hypothetical;
}

Scope ScopeReader::read(std::uint32_t trigger) {
  Scope scope;
  trigger_ = trigger;
  would_ = false;
  std::uint32_t at = trigger;
  bool reached = true;  // whether modality higher up still bears on the trigger
  read_token(at, true, scope);
  while (parse_[at].head >= 0) {
    const auto governor = static_cast<std::uint32_t>(parse_[at].head);
    read_step(at, governor, scope);
    reached = reached && reaches(parse_[at].deprel);
    const bool reported = is_clause_complement(parse_[at].deprel) && row(governor, {Kind::report, Kind::quote}) != nullptr;
    if (reported) reached = false;  // "did not say that": the saying is denied, not the said
    if (reached) read_token(governor, false, scope);
    else read_reports_beside(governor, scope);
    at = governor;
  }
  if (scope.attribution.empty()) read_trailing_report(trigger, scope);
  speaker_from_quotation(trigger, scope);
  read_would(trigger, scope);
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
