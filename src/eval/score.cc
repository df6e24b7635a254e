#include "eval/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "store/record_writer.h"

namespace legation {
namespace {

using Identity = std::pair<std::string, std::string>;  // code and sector

template <class Actors>
std::set<Identity> identities(const Actors& actors, bool with_sector) {
  std::set<Identity> set;
  for (const auto& actor : actors) set.emplace(actor.code, with_sector ? actor.sector : "");
  return set;
}

bool same_parties(const GoldEvent& gold, const Event& event, bool with_sector) {
  return identities(gold.actors, with_sector) == identities(event.actors, with_sector) &&
         identities(gold.recipients, with_sector) == identities(event.recipients, with_sector);
}

bool same_date(const GoldEvent& gold, const Event& event) {
  return gold.begin && event.date && *gold.begin == event.date->span.begin && (!gold.end || *gold.end == event.date->span.end);
}

/// The chain of speakers by code, outermost first; an unnamed source ("reportedly") is a speaker without a code.
bool same_speakers(const GoldEvent& gold, const Event& event) {
  return std::equal(gold.speakers.begin(), gold.speakers.end(), event.attribution.begin(), event.attribution.end(),
                    [](const GoldActor& a, const Attribution& b) { return a.code == b.speaker.code; });
}

bool same_modes(const GoldEvent& gold, const Event& event) {
  return std::set<std::string>(gold.modes.begin(), gold.modes.end()) == std::set<std::string>(event.modes.begin(), event.modes.end());
}

/// 0 = cannot pair; more = agrees in more.
int agreement(const GoldEvent& gold, const Event& event, const DocumentPlaces& places) {
  if (gold.type != event.type) return 0;
  int best = 0;
  for (const Evidence& evidence : event.evidence) {
    const DocumentPlaces::Place sentence = places.of(evidence.sentence_span);
    const DocumentPlaces::Place trigger = places.of(evidence.trigger);
    for (const GoldPlace& place : gold.triggers) {
      if (place.in_title != sentence.in_title || place.begin < sentence.begin || place.begin >= sentence.end) continue;
      const bool overlap = place.begin < trigger.end && trigger.begin < place.end;
      best = std::max(best, overlap ? 9 : 1);
    }
  }
  if (best == 0) return 0;
  return best +
         (same_parties(gold, event, true)    ? 4
          : same_parties(gold, event, false) ? 3
                                             : 0) +
         (same_date(gold, event) ? 1 : 0) + (gold.auxiliary == event.auxiliary ? 2 : 0);
}

template <class Actors>
std::string describe(const Actors& actors) {
  std::string text;
  for (const auto& actor : actors)
    text += fmt::format("{}{}{}{} \"{}\"", text.empty() ? "" : ", ", actor.code.empty() ? "?" : actor.code, actor.sector.empty() ? "" : " ", actor.sector,
                        actor.text);
  return text.empty() ? "-" : text;
}

std::string describe(const GoldEvent& gold) {
  std::string text = std::string(name(gold.type)) + fmt::format(" {}", fmt::join(gold.modes, " "));
  for (std::string_view flag : auxiliary_names(gold.auxiliary)) text += fmt::format(" [{}]", flag);
  return text + "  " + describe(gold.actors) + " -> " + describe(gold.recipients) + "  says " + describe(gold.speakers) + "  " +
         (gold.begin ? gold.begin->iso() : "no date") + "  \"" + gold.triggers.front().text + "\"";
}

std::string describe(const Event& event, const Document& document) {
  std::string text = std::string(name(event.type)) + fmt::format(" {}", fmt::join(event.modes, " "));
  for (std::string_view flag : auxiliary_names(event.auxiliary)) text += fmt::format(" [{}]", flag);
  std::vector<Actor> speakers;
  for (const Attribution& link : event.attribution) speakers.push_back(link.speaker);
  return text + "  " + describe(event.actors) + " -> " + describe(event.recipients) + "  says " + describe(speakers) + "  " +
         (event.date ? event.date->span.begin.iso() : "no date") + "  \"" + std::string(document.words(event.evidence.front().trigger)) + "\"  " + event.rule;
}

std::string row(std::string_view label, const Counts& counts) {
  return fmt::format("{:<26}{:>9.3f}{:>9.3f}{:>9.3f}{:>8}{:>8}{:>8}\n", label, counts.precision(), counts.recall(), counts.f1(), counts.right, counts.gold,
                     counts.coded);
}

}  // namespace

void EventScore::add(const GoldDocument& gold, const CodedDocument& coded) {
  const auto& events = coded.coded.events;
  const DocumentPlaces places(coded.document);
  std::vector<std::tuple<int, std::size_t, std::size_t>> pairs;
  for (std::size_t g = 0; g < gold.events.size(); ++g)
    for (std::size_t e = 0; e < events.size(); ++e)
      if (const int points = agreement(gold.events[g], events[e], places); points > 0) pairs.emplace_back(-points, g, e);
  std::sort(pairs.begin(), pairs.end());
  std::vector<bool> gold_taken(gold.events.size()), taken(events.size());
  for (Counts* counts : {&type, &parties, &codes, &date, &speaker, &auxiliary, &modes}) {
    counts->gold += gold.events.size();
    counts->coded += events.size();
  }
  for (const GoldEvent& event : gold.events) ++by_type[static_cast<std::size_t>(event.type)].gold, ++parties_by_type[static_cast<std::size_t>(event.type)].gold;
  for (const Event& event : events) ++by_type[static_cast<std::size_t>(event.type)].coded, ++parties_by_type[static_cast<std::size_t>(event.type)].coded;
  for (const auto& [points, g, e] : pairs) {
    if (gold_taken[g] || taken[e]) continue;
    gold_taken[g] = taken[e] = true;
    const GoldEvent& wanted = gold.events[g];
    const Event& event = events[e];
    const bool whole = same_parties(wanted, event, true);
    ++type.right;
    ++by_type[static_cast<std::size_t>(event.type)].right;
    parties.right += whole;
    parties_by_type[static_cast<std::size_t>(event.type)].right += whole;
    codes.right += same_parties(wanted, event, false);
    date.right += same_date(wanted, event);
    speaker.right += same_speakers(wanted, event);
    auxiliary.right += wanted.auxiliary == event.auxiliary;
    modes.right += same_modes(wanted, event);
    if (!whole || !same_date(wanted, event) || !same_speakers(wanted, event) || wanted.auxiliary != event.auxiliary || !same_modes(wanted, event))
      wrong_.push_back(gold.id + ": gold  " + describe(wanted) + "\n" + std::string(gold.id.size() + 2, ' ') + "coded " + describe(event, coded.document));
  }
  for (std::size_t g = 0; g < gold.events.size(); ++g)
    if (!gold_taken[g]) missed_.push_back(gold.id + ": " + describe(gold.events[g]) + "\n    " + gold.events[g].sentence);
  for (std::size_t e = 0; e < events.size(); ++e) {
    Tenth& tenth = reliability[static_cast<std::size_t>(std::clamp(static_cast<int>(events[e].confidence * 10), 0, 9))];
    ++tenth.coded;
    tenth.right += taken[e];
    tenth.confidence += static_cast<double>(events[e].confidence);
  }
  for (std::size_t e = 0; e < events.size(); ++e)
    if (!taken[e])
      extra_.push_back(gold.id + ": " + describe(events[e], coded.document) + "\n    " +
                       std::string(coded.document.words(events[e].evidence.front().sentence_span)));
}

std::string EventScore::report(bool misses) const {
  std::string out;
  if (misses) {
    for (const std::string& line : missed_) out += "missed " + line + "\n";
    for (const std::string& line : extra_) out += "extra  " + line + "\n";
    for (const std::string& line : wrong_) out += "wrong  " + line + "\n";
    out += "\n";
  }
  out += fmt::format("{:<26}{:>9}{:>9}{:>9}{:>8}{:>8}{:>8}\n", "", "precision", "recall", "F1", "right", "gold", "coded");
  out += row("event type", type);
  out += row("type+actor+recipient", parties);
  out += row("type+countries", codes);
  out += row("modes", modes);
  out += row("date", date);
  out += row("attribution", speaker);
  out += row("auxiliary mode", auxiliary);
  out += fmt::format("\n{:<26}{:>9}{:>9}{:>9}{:>8}{:>8}{:>8}\n", "by type", "precision", "recall", "F1", "right", "gold", "coded");
  for (std::size_t at = 0; at < event_type_count; ++at) {
    if (by_type[at].gold + by_type[at].coded == 0) continue;
    out += row(name(static_cast<EventType>(at)), by_type[at]);
    out += row("  with parties", parties_by_type[at]);
  }
  out += fmt::format("\n{:<26}{:>9}{:>9}{:>9}\n", "confidence", "mean", "right", "coded");
  for (std::size_t at = 0; at < reliability.size(); ++at) {
    const Tenth& tenth = reliability[at];
    if (tenth.coded == 0) continue;
    const auto coded = static_cast<double>(tenth.coded);
    out += fmt::format("{:.1f} to {:<19.1f}{:>9.2f}{:>9.2f}{:>9}\n", static_cast<double>(at) / 10, static_cast<double>(at + 1) / 10, tenth.confidence / coded,
                       static_cast<double>(tenth.right) / coded, tenth.coded);
  }
  return out;
}

}  // namespace legation
