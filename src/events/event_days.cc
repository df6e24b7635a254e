#include "events/event_days.h"

#include <algorithm>

namespace legation {
namespace {

/// A dated event older than this is told as background, not as news.
constexpr int news_days = 10;

EventDate event_date(const Parse& parse, const DatedBy& dated) {
  EventDate date;
  date.span = dated.span;
  date.basis = dated.basis == DatedBy::Basis::expression ? DateBasis::expression
               : dated.basis == DatedBy::Basis::dateline ? DateBasis::dateline
                                                         : DateBasis::publication;
  if (dated.words) date.words = parse.span(*dated.words);
  return date;
}

bool looks_ahead(Tense tense) { return tense == Tense::future || tense == Tense::modal || tense == Tense::infinitive; }

bool looks_back(Tense tense) { return tense == Tense::past || tense == Tense::past_perfect; }

}  // namespace

/// "the first visit since 1983", "the deadliest day since the truce of March": the year compares, it does not date.
bool EventDays::compares(std::uint32_t time) const {
  if (c_.arguments.preposition(time) != "since") return false;
  // word by word: the tree ties such a year to any noun, or to the verb
  constexpr std::uint32_t reach = 12;
  const std::uint32_t first = c_.parse.sentences[c_.parse[time].sentence].tokens.first;
  for (std::uint32_t at = time; at-- > first && at + reach > time;) {
    const Token& token = c_.parse[at];
    if (token.xpos == "JJS" || token.lemma == "first" || token.lemma == "last" || token.lemma == "only") return true;
    if (token.upos == Upos::VERB) return false;
  }
  return false;
}

/// "congratulated him on the election of June 3": the day is the election's.
bool EventDays::dates_another_noun(const Reading& meaning, const DatedBy& dated) const {
  if (dated.expression < 0) return false;
  const std::uint32_t head = c_.times[static_cast<std::size_t>(dated.expression)].head;
  if (compares(head)) return true;
  const std::int32_t governor = c_.parse[head].head;
  if (governor < 0) return false;
  const auto noun = static_cast<std::uint32_t>(governor);
  // "Monday's blast killed two" is of Monday, "criticised Monday's ruling" need not be
  const bool owns = c_.parse[head].deprel == Deprel::nmod_poss && !is_subject(c_.parse[noun].deprel);
  if (!owns && c_.arguments.preposition(head) != "of") return false;
  return noun != meaning.content && noun != meaning.trigger && c_.parse[noun].upos != Upos::VERB;
}

/// "extends the curfew until May 31", "called a strike for Wednesday": the day is that of the end or of what is to come, and the act is of now.
bool EventDays::dates_the_end(const DatedBy& dated) const {
  if (dated.expression < 0 || looks_ahead(dated.tense)) return false;
  const std::string_view how = c_.arguments.preposition(c_.times[static_cast<std::size_t>(dated.expression)].head);
  if (how == "until" || how == "till") return true;
  if (how == "for") return dated.span.granularity == Granularity::day;
  return dated.span.end > *c_.published && (how == "to" || how == "through");
}

/// Of the trigger or of the content.
DatedBy EventDays::date_of(std::uint32_t token, const Reading& meaning) const {
  DatedBy dated = c_.dater.date_of(c_.parse, token, c_.times, c_.published);
  if (!c_.published || !(dates_another_noun(meaning, dated) || dates_the_end(dated))) return dated;
  DatedBy day;
  day.span = {*c_.published, *c_.published};
  day.known = true;
  day.tense = dated.tense;
  return day;
}

void EventDays::date(const Reading& meaning, Event& event) {
  const DatedBy dated = date_of(meaning.trigger, meaning);
  const DatedBy content = meaning.content == meaning.trigger ? dated : date_of(meaning.content, meaning);
  const bool from_content = dated.basis != DatedBy::Basis::expression && content.basis == DatedBy::Basis::expression;
  const DatedBy& used = from_content ? content : dated;
  if (used.known) event.date = event_date(c_.parse, used);
  // "will meet in May" tells the meeting, "agreed to meet in May" the agreeing
  if (looks_ahead(dated.tense)) ahead_.push_back(event.evidence.front().trigger.begin);
  if (used.basis == DatedBy::Basis::expression) {
    if (!stays_background(meaning, used)) remember_date(event);
  } else if (looks_back(used.tense)) {
    carry_date(event);
  }
  const bool background = used.basis == DatedBy::Basis::expression && c_.published && *c_.published - used.span.end > news_days;
  if (used.before_publication_period || background) event.auxiliary |= auxiliary_historical;
  if (used.after_publication && !from_content) event.auxiliary |= auxiliary_future;
}

/// "Poland, which expelled an envoy on Monday, praised", "had bombed the camp on Saturday", "bombing since June 13": the story does not go on from that day.
bool EventDays::stays_background(const Reading& meaning, const DatedBy& used) const {
  if (used.tense == Tense::past_perfect) return true;
  const Deprel deprel = c_.parse[meaning.trigger].deprel;
  if (deprel == Deprel::acl_relcl || deprel == Deprel::advcl) return true;
  return used.expression >= 0 && c_.arguments.preposition(c_.times[static_cast<std::size_t>(used.expression)].head) == "since";
}

/// A day of the news period that the story has named.
void EventDays::remember_date(const Event& event) {
  const TimeSpan& span = event.date->span;
  if (!c_.published || span.granularity != Granularity::day || span.end > *c_.published || *c_.published - span.end > news_days) return;
  const NamedDay day{event.evidence.front().trigger.begin, event.evidence.front().sentence, *event.date};
  named_.insert(std::ranges::upper_bound(named_, day.begin, {}, &NamedDay::begin), day);
}

// A story told in the past goes on at the day it named last in the paragraph, else at the day of its lead.
void EventDays::carry_date(Event& event) const {
  if (!event.date) return;
  constexpr std::uint32_t lead_sentences = 3;
  const auto& sentences = c_.parse.sentences;
  const auto behind = std::ranges::lower_bound(named_, event.evidence.front().trigger.begin, {}, &NamedDay::begin);
  if (behind == named_.begin()) return;
  const NamedDay& last = *std::prev(behind);
  if (sentences[last.sentence].paragraph == sentences[event.evidence.front().sentence].paragraph)
    event.date = last.date;
  else if (named_.front().sentence < lead_sentences)
    event.date = named_.front().date;
}

bool EventDays::lies_ahead(const Event& event) const { return std::ranges::count(ahead_, event.evidence.front().trigger.begin) > 0; }

// What is agreed, promised or asked for lies ahead; the agreeing is of the day of the news.
void EventDays::date_commitment(Event& event) const {
  const bool verbal = c_.ontology.quad(event.type) % 2 == 1;  // verbal cooperation and verbal conflict
  if (lies_ahead(event) && event.type != EventType::REJECT && event.type != EventType::THREATEN) return;
  if (!verbal || !event.date || !c_.published || event.date->span.begin <= *c_.published) return;
  event.date = EventDate{TimeSpan{*c_.published, *c_.published}, DateBasis::publication, {}};
}

/// A month or a year that had ended before the news: whatever else is thought of the event, it is background.
bool EventDays::background(const Event& event) const {
  if (!event.date || event.date->basis != DateBasis::expression || !c_.published) return false;
  const TimeSpan& span = event.date->span;
  return span.granularity >= Granularity::month && *c_.published - span.end > 0;
}

}  // namespace legation
