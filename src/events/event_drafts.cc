#include "events/event_drafts.h"

#include <algorithm>

namespace legation {
namespace {

void add_new(std::vector<std::string>& list, std::string_view item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.emplace_back(item);
}

/// Troops that keep a peace are help to the country they go to, and no threat to anybody.
void send_peacekeepers(Event& event) {
  const bool troops = event.type == EventType::MOBILIZE && std::ranges::count(event.modes, "troops") > 0;
  if (!troops || std::ranges::count(event.contexts, "peacekeeping") == 0) return;
  event.type = EventType::AID;
  event.modes.clear();
  event.rule += " of peacekeepers";
}

}  // namespace

EventDrafts::EventDrafts(const CodingContext& context, const ContextReader& contexts, EventParties& parties)
    : c_(context), parties_(parties), days_(context), composer_(context.arguments, context.options.trace), contexts_(contexts.read(context.parse)) {
  restart_scopes();
}

void EventDrafts::read(std::uint32_t sentence) {
  meanings_.clear();
  composer_.read(sentence, meanings_, c_.dropped);
  scopes_->enter(sentence);
  begin_.push_back(drafts_.size());
  for (const Reading& meaning : meanings_)
    for (const Telling& telling : tell_apart(sentence, meaning)) drafts_.push_back(draft(sentence, telling.meaning, telling.day));
}

std::span<Draft> EventDrafts::of(std::uint32_t sentence) {
  const std::size_t end = sentence + 1 < begin_.size() ? begin_[sentence + 1] : drafts_.size();
  return {drafts_.data() + begin_[sentence], end - begin_[sentence]};
}

/// An event on a token of which the tables say nothing: its scope and its day.
Event EventDrafts::bare(std::uint32_t sentence, const Reading& reading) {
  Event event;
  event.type = static_cast<EventType>(reading.code);
  const Token& trigger = c_.parse[reading.trigger];
  event.evidence.push_back({sentence, c_.parse.span(c_.parse.sentences[sentence].tokens), {trigger.begin, trigger.end}});
  event.rule = "scorer";
  Scope scope = scopes_->read(reading.trigger);
  if (c_.options.trace) event.trace = std::move(scope.steps);
  event.auxiliary = scope.auxiliary;
  event.attribution = std::move(scope.attribution);
  days_.date(reading, event);
  return event;
}

/// "spoke with A on Friday and with B on Monday": two events told with one verb, when each counterpart has a day behind it.
std::vector<EventDrafts::Telling> EventDrafts::tell_apart(std::uint32_t sentence, const Reading& meaning) const {
  for (Party Reading::*side : {&Reading::actors, &Reading::recipients}) {
    std::vector<Telling> tellings;
    Reading shared = meaning;
    (shared.*side).clear();
    for (const Mention* mention : meaning.*side) {
      const TimeExpression* day = day_behind(sentence, *mention, meaning.*side);
      if (day == nullptr || mention->range.first < meaning.trigger)
        (shared.*side).push_back(mention);
      else
        tellings.push_back({meaning, day}), (tellings.back().meaning.*side) = {mention};
    }
    if (tellings.size() < 2) continue;
    for (Telling& telling : tellings) {
      Party& party = telling.meaning.*side;
      party.insert(party.begin(), (shared.*side).begin(), (shared.*side).end());
    }
    return tellings;
  }
  return {{meaning, nullptr}};
}

/// The date that follows a party of the event before another party does.
const TimeExpression* EventDrafts::day_behind(std::uint32_t sentence, const Mention& mention, const Party& party) const {
  constexpr std::uint32_t reach = 6;
  const TokenRange within = c_.parse.sentences[sentence].tokens;
  for (const TimeExpression& time : c_.times) {
    if (!within.contains(time.range.first) || time.range.first < mention.range.last) continue;
    if (time.kind != TimeExpression::Kind::date || !time.resolved || time.range.first > mention.range.last + reach) return nullptr;
    const bool other_between =
        std::ranges::any_of(party, [&](const Mention* other) { return other->range.first >= mention.range.last && other->range.first < time.range.first; });
    return other_between ? nullptr : &time;
  }
  return nullptr;
}

Draft EventDrafts::draft(std::uint32_t sentence, const Reading& meaning, const TimeExpression* day) {
  Draft made{meaning, {}, {}};
  Event& event = made.event;
  const auto object = [&](std::string why) {
    if (made.why_not.empty()) made.why_not = std::move(why);
  };
  if (!meaning.alone && !c_.options.lenient) object("names the act without telling it: nothing carries it");
  event.type = static_cast<EventType>(meaning.code);
  for (std::string_view mode : meaning.modes) add_new(event.modes, mode);
  event.rule = meaning.rule;
  event.promised = meaning.promised;
  const Token& trigger = c_.parse[meaning.trigger];
  const Token& content = c_.parse[meaning.content];
  event.evidence.push_back(
      {sentence, c_.parse.span(c_.parse.sentences[sentence].tokens), {std::min(trigger.begin, content.begin), std::max(trigger.end, content.end)}});
  Scope scope = scopes_->read(meaning.trigger);
  if (c_.options.trace) event.trace = std::move(scope.steps);
  event.auxiliary = scope.auxiliary | meaning.auxiliary;
  if (says_who_is_meant(trigger)) {
    event.auxiliary |= auxiliary_historical;
    if (event.type != EventType::ASSAULT && !c_.options.lenient) object("the participle says who is meant");
  }
  event.attribution = std::move(scope.attribution);
  days_.date(meaning, event);
  if (day) event.date = EventDate{day->span, DateBasis::expression, c_.parse.span(day->range)};
  object(fill_parties(sentence, meaning, event));
  apply_refusal(meaning, event);
  if (scope.obliged) apply_obligation(meaning, event);
  if (!c_.options.lenient && names_coming_meeting(meaning, event)) object("the relative clause says which coming meeting is meant");
  apply_auxiliary(event);
  infer_phone(meaning, event);
  days_.date_commitment(event);
  drop_own_voice(event);
  if (!c_.options.lenient && c_.ontology.requires_recipient(event.type) && event.recipients.empty()) object("the type requires a recipient and none is named");
  add_contexts(sentence, meaning, event);
  send_peacekeepers(event);
  return made;
}

/// "The jailed editor", "the occupied town": told as known. Of such violence annotators tell half as background, of anything else hardly a fifth at all.
bool EventDrafts::says_who_is_meant(const Token& trigger) { return trigger.deprel == Deprel::amod && trigger.xpos == "VBN"; }

/// Says why the event cannot be told by these parties; empty = it can.
std::string EventDrafts::fill_parties(std::uint32_t sentence, const Reading& meaning, Event& event) {
  parties_.add(meaning.actors, event, event.actors);
  parties_.add(meaning.recipients, event, event.recipients);
  parties_.drop_self(event);
  EventParties::complete_host(event);
  event.two_sided = meaning.symmetry == Frame::Symmetry::sides && !event.recipients.empty();
  event.mutual = meaning.symmetry == Frame::Symmetry::yes;
  if (c_.options.lenient) return {};
  if (!event.actors.empty()) return parties_.meets_alone(meaning, event) ? "only one of those who take part is named" : "";
  if (std::string why = not_implied(sentence, meaning, event); !why.empty()) return why;
  parties_.imply_actor(meaning.trigger, event);
  return {};
}

/// Why no unknown actor may be put in (PLOVER reference, gap 6); empty = may.
std::string EventDrafts::not_implied(std::uint32_t sentence, const Reading& meaning, const Event& event) const {
  const bool force = event.type == EventType::ASSAULT || event.type == EventType::COERCE;
  if (!c_.options.implied_actors || !force) return "nobody is named who does it";
  if (event.recipients.empty()) return "neither the one who does it nor whom it hits is named";
  // An overt subject that is no actor did it: a deck that collapses, a storm; a weapon points to a hand behind it.
  Tokens subjects;
  c_.arguments.fillers(meaning.content, Slot::subj, subjects);
  for (std::uint32_t subject : subjects)
    if (!c_.predicates.in_class("weapon", c_.parse[subject].lemma) && c_.predicates.entries(c_.parse[subject].lemma, Upos::NOUN).empty())
      return "what does it is nobody who acts";
  // People are killed in disasters too: a bare killing is violence only where nothing speaks of one.
  const auto& contexts = contexts_[c_.parse.sentences[sentence].paragraph];
  const bool disaster = std::find(contexts.begin(), contexts.end(), "disasters") != contexts.end();
  if (event.type == EventType::ASSAULT && event.modes.empty() && disaster) return "the passage tells of a disaster";
  return {};
}

// PLOVER reference 2.3 and 4: if one plain type covers type and flag, the plain type stands. Table: auxiliary.tsv.
// "will not release them": who says what he will not do refuses it.
void EventDrafts::apply_refusal(const Reading& meaning, Event& event) const {
  constexpr std::uint8_t both = auxiliary_future | auxiliary_negation;
  if ((event.auxiliary & (both | auxiliary_hypothetical)) != both || c_.parse[meaning.trigger].upos != Upos::VERB) return;
  const auto reject = c_.predicates.operator_code("reject");
  const CompositionRow* row = reject ? c_.predicates.compose(*reject, static_cast<MeaningCode>(event.type), meaning.modes) : nullptr;
  if (row == nullptr || row->result < 0 || row->result >= static_cast<MeaningCode>(event_type_count)) return;
  event.type = static_cast<EventType>(row->result);
  event.modes.assign(row->modes.begin(), row->modes.end());
  event.auxiliary &= static_cast<std::uint8_t>(~both);
  event.rule += " will not -> " + row->place;
}

// "said that Arland must withdraw": who says so of another asks for it.
void EventDrafts::apply_obligation(const Reading& meaning, Event& event) const {
  if (event.attribution.empty() || event.actors.empty() || event.implied_actor || (event.auxiliary & auxiliary_negation)) return;
  const Actor& speaker = event.attribution.back().speaker;
  const bool known = !speaker.code.empty() || !speaker.name.empty() || !speaker.span.empty();
  const bool same = std::ranges::any_of(event.actors, [&](const Actor& actor) {
    return (actor.entity != no_entity && actor.entity == speaker.entity) || (!actor.code.empty() && actor.code == speaker.code) || actor.text == speaker.text;
  });
  const auto request = c_.predicates.operator_code("request");
  const CompositionRow* row = request ? c_.predicates.compose(*request, static_cast<MeaningCode>(event.type), meaning.modes) : nullptr;
  if (!known || same || is_first_person(speaker) || row == nullptr || row->result != static_cast<MeaningCode>(EventType::REQUEST)) return;
  event.type = EventType::REQUEST;
  event.modes.assign(row->modes.begin(), row->modes.end());
  event.recipients = std::move(event.actors);
  event.actors = {speaker};
  event.attribution.pop_back();
  event.auxiliary &= static_cast<std::uint8_t>(~auxiliary_hypothetical);
  event.rule += " must -> " + row->place;
}

void EventDrafts::apply_auxiliary(Event& event) const {
  for (const std::uint8_t flag : {auxiliary_future, auxiliary_hypothetical, auxiliary_negation, auxiliary_historical}) {
    if (!(event.auxiliary & flag)) continue;
    // What is denied or only imagined stays the act it is, flagged.
    if (flag == auxiliary_future && (event.auxiliary & (auxiliary_negation | auxiliary_hypothetical))) continue;
    const AuxiliaryRow* row = c_.predicates.auxiliary(flag, event.type);
    if (row == nullptr) continue;
    event.type = row->result;
    event.promised |= flag == auxiliary_future;
    if (!row->keeps_modes) event.modes.assign(row->modes.begin(), row->modes.end());
    if (!row->keeps_flag) event.auxiliary &= static_cast<std::uint8_t>(~flag);
    event.rule += " -> " + row->place;
  }
  std::erase_if(event.modes, [&](const std::string& mode) { return !c_.ontology.has_mode(event.type, mode); });
}

/// "the summit that Arland hosts in May": says which meeting is meant, and promises nothing.
bool EventDrafts::names_coming_meeting(const Reading& meaning, const Event& event) const {
  return event.type == EventType::CONSULT && (event.auxiliary & auxiliary_future) != 0 && c_.parse[meaning.trigger].deprel == Deprel::acl_relcl;
}

/// "Earlier, she had spoken with B": told beside a telephone call of hers, speaking is by telephone too.
void EventDrafts::infer_phone(const Reading& meaning, Event& event) const {
  if (event.type != EventType::CONSULT || !event.modes.empty() || !c_.predicates.in_class("speak_with", c_.parse[meaning.content].lemma)) return;
  const auto official = [](const Actor& actor) { return actor.sector == "GOV"; };
  if (!std::ranges::all_of(event.actors, official)) return;
  const bool beside_call = std::ranges::any_of(drafts_, [&](const Draft& draft) {
    const Event& other = draft.event;
    return draft.why_not.empty() && other.type == EventType::CONSULT && std::ranges::count(other.modes, "phone") > 0 &&
           std::ranges::any_of(other.actors, [&](const Actor& caller) {
             return caller.entity != no_entity && std::ranges::any_of(event.actors, [&](const Actor& actor) { return actor.entity == caller.entity; });
           });
  });
  if (beside_call) event.modes.emplace_back("phone");
}

// Who condemns, asks or refuses speaks for himself: the sentence that says so is no report of his.
void EventDrafts::drop_own_voice(Event& event) {
  const bool act_of_speech = event.type == EventType::REQUEST || event.type == EventType::ACCUSE || event.type == EventType::REJECT ||
                             event.type == EventType::THREATEN || event.type == EventType::SUPPORT;
  if (!act_of_speech || event.attribution.empty() || event.actors.size() != 1) return;
  const Actor& speaker = event.attribution.back().speaker;
  const Actor& actor = event.actors.front();
  const bool same = actor.entity == speaker.entity && (actor.entity != no_entity || actor.text == speaker.text);
  if (same && !event.attribution.back().direct) event.attribution.pop_back();
}

void EventDrafts::add_contexts(std::uint32_t sentence, const Reading& meaning, Event& event) const {
  for (std::string_view context : meaning.contexts) add_new(event.contexts, context);
  for (std::string_view context : contexts_[c_.parse.sentences[sentence].paragraph]) add_new(event.contexts, context);
  for (const std::string& mode : event.modes)
    if (event.type == EventType::COERCE && (mode == "cyber" || mode == "misinformation")) add_new(event.contexts, mode);
  std::sort(event.contexts.begin(), event.contexts.end());
}

}  // namespace legation
