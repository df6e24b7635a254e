#include "events/merge.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace legation {
namespace {

constexpr int slack_days = 3;  // a headline bears the day of print, the story tells the day of the event

/// The same party, or one told less fully ("China" for "Chinese President Xi Jinping").
bool same_actor(const Actor& a, const Actor& b) {
  if (a.entity != no_entity && a.entity == b.entity) return true;
  const bool two_persons = a.entity != no_entity && b.entity != no_entity && !a.role.empty() && !b.role.empty();
  if (two_persons) return false;
  if (a.code.empty() || a.code != b.code) return a.code.empty() && b.code.empty() && a.text == b.text;
  return a.sector == b.sector || a.sector.empty() || b.sector.empty();
}

bool covers(const std::vector<Actor>& wide, const std::vector<Actor>& narrow) {
  return std::all_of(narrow.begin(), narrow.end(),
                     [&](const Actor& actor) { return std::any_of(wide.begin(), wide.end(), [&](const Actor& other) { return same_actor(actor, other); }); });
}

bool same_parties(const std::vector<Actor>& a, const std::vector<Actor>& b) { return covers(a, b) && covers(b, a); }

bool dates_meet(const Event& a, const Event& b) {
  if (!a.date || !b.date) return true;
  const bool assumed = a.date->basis != DateBasis::expression || b.date->basis != DateBasis::expression;
  if (assumed) return std::abs(a.date->span.begin - b.date->span.begin) <= slack_days;
  return a.date->span.begin <= b.date->span.end && b.date->span.begin <= a.date->span.end;
}

bool modes_agree(const Event& a, const Event& b) {
  return a.modes.empty() || b.modes.empty() ||
         std::any_of(a.modes.begin(), a.modes.end(), [&](const std::string& mode) { return std::find(b.modes.begin(), b.modes.end(), mode) != b.modes.end(); });
}

/// Words are spoken anew: two promises of one party to another are two, unless told in the same words or in the headline.
bool may_be_retold(const Event& a, const Event& b, std::uint32_t title_sentences) {
  const bool deed = a.type == EventType::CONSULT || a.type == EventType::COOPERATE || a.type == EventType::AID || a.type == EventType::RETREAT ||
                    a.type >= EventType::PROTEST;
  return deed || a.evidence.front().sentence < title_sentences || a.rule.substr(0, a.rule.find(' ')) == b.rule.substr(0, b.rule.find(' '));
}

bool same_event(const Event& a, const Event& b, std::uint32_t title_sentences) {
  if (a.type != b.type || a.auxiliary != b.auxiliary || !modes_agree(a, b) || !dates_meet(a, b)) return false;
  if (!may_be_retold(a, b, title_sentences)) return false;
  if (!same_parties(a.actors, b.actors)) return false;
  if (same_parties(a.recipients, b.recipients)) return true;
  return a.recipients.empty() || b.recipients.empty();
}

template <class T, class Same>
void join(std::vector<T>& into, const std::vector<T>& from, Same same) {
  for (const T& item : from)
    if (std::none_of(into.begin(), into.end(), [&](const T& other) { return same(item, other); })) into.push_back(item);
}

bool same_quantity(const Quantity& a, const Quantity& b) { return a.kind == b.kind && a.value == b.value; }

/// A named person tells more than a state.
bool fuller(const Actor& a, const Actor& b) { return !a.name.empty() && a.sector.size() > b.sector.size(); }

void prefer_fuller(std::vector<Actor>& into, const std::vector<Actor>& from) {
  for (Actor& actor : into)
    for (const Actor& other : from)
      if (same_actor(actor, other) && fuller(other, actor)) actor = other;
}

void fold(Event& into, const Event& from) {
  const auto equal = [](const auto& a, const auto& b) { return a == b; };
  join(into.modes, from.modes, equal);
  join(into.contexts, from.contexts, equal);
  join(into.quantities, from.quantities, same_quantity);
  prefer_fuller(into.actors, from.actors);
  prefer_fuller(into.recipients, from.recipients);
  if (into.recipients.empty()) into.recipients = from.recipients;
  if (!into.place) into.place = from.place;
  const bool better_date = from.date && (!into.date || (into.date->basis != DateBasis::expression && from.date->basis == DateBasis::expression));
  if (better_date) into.date = from.date;
  if (into.attribution.empty()) into.attribution = from.attribution;
  into.evidence.insert(into.evidence.end(), from.evidence.begin(), from.evidence.end());
  into.confidence = std::max(into.confidence, from.confidence);
  into.trace.insert(into.trace.end(), from.trace.begin(), from.trace.end());
}

}  // namespace

void merge_tellings(std::vector<Event>& events, std::uint32_t title_sentences) {
  constexpr std::size_t window = 64;  // events looked back at: keeps a very long document linear
  std::vector<Event> merged;
  for (Event& event : events) {
    const std::size_t first = merged.size() > window ? merged.size() - window : 0;
    const auto found = std::find_if(merged.begin() + static_cast<std::ptrdiff_t>(first), merged.end(),
                                    [&](const Event& other) { return same_event(other, event, title_sentences); });
    if (found == merged.end())
      merged.push_back(std::move(event));
    else
      fold(*found, event);
  }
  events = std::move(merged);
}

void cap_by_type(std::vector<Event>& events, std::size_t first) {
  const auto same = [](const std::vector<Actor>& a, const std::vector<Actor>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Actor& x, const Actor& y) { return x.code == y.code && x.sector == y.sector && x.text == y.text; });
  };
  for (std::size_t at = first; at < events.size(); ++at)
    for (std::size_t other = events.size(); --other > at;) {
      Event &a = events[at], &b = events[other];
      if (a.type != b.type || a.auxiliary != b.auxiliary || !same(a.actors, b.actors)) continue;
      const bool less_told = a.recipients.empty() != b.recipients.empty();
      if (!less_told && !same(a.recipients, b.recipients)) continue;
      if (less_told && a.recipients.empty()) std::swap(a, b);
      join(a.modes, b.modes, std::equal_to<>());
      join(a.quantities, b.quantities, same_quantity);
      events.erase(events.begin() + static_cast<std::ptrdiff_t>(other));
    }
}

}  // namespace legation
