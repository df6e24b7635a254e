#include "events/event_parties.h"

#include <algorithm>

#include "events/affiliation.h"
#include "events/document_countries.h"

namespace legation {
namespace {

/// A country or person may be named twice on one side ("the president of Arland and Arland").
void add_actor(std::vector<Actor>& list, const Actor& actor) {
  const bool known = std::any_of(list.begin(), list.end(), [&](const Actor& other) {
    return (actor.entity != no_entity && other.entity == actor.entity) ||
           (other.code == actor.code && other.sector == actor.sector && other.text == actor.text);
  });
  if (!known) list.push_back(actor);
}

/// Who "we" is: the innermost speaker who is known by name or role.
const Actor* quoted_speaker(const Event& event) {
  for (auto link = event.attribution.rbegin(); link != event.attribution.rend(); ++link)
    if (!link->speaker.code.empty() || (!link->speaker.text.empty() && !is_first_person(link->speaker))) return &link->speaker;
  return nullptr;
}

/// "a South Korean island", taken beside "South Korean"; "former minister" beside the name behind it: one party, the whole phrase, or the words that
/// say who it is.
void drop_parts(Party& side, const Parse& parse) {
  const auto known = [](const Mention* mention) { return mention->actors.front().entity != no_entity; };
  for (std::size_t i = 0; i < side.size();) {
    const Token& head = parse[side[i]->head];
    const bool owner = head.deprel == Deprel::amod || head.deprel == Deprel::compound || head.deprel == Deprel::nmod_poss;
    const bool same = head.deprel == Deprel::flat || head.deprel == Deprel::appos;
    const auto whole =
        owner || same ? std::ranges::find_if(side, [&](const Mention* mention) { return head.head == static_cast<std::int32_t>(mention->head); }) : side.end();
    const bool others = whole != side.end() && same && side[i]->actors.front().code != (*whole)->actors.front().code;  // a list that was read as an apposition
    if (whole == side.end() || others) {
      ++i;
      continue;
    }
    if (same && known(side[i]) && !known(*whole)) std::swap(side[i], *whole);
    side.erase(side.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

/// The mention whose words an actor has; -1 = none (implied, or who speaks).
std::int32_t EventParties::mention_of(const Actor& actor, std::uint32_t sentence) const {
  const TokenRange range = c_.parse.sentences[sentence].tokens;
  for (std::uint32_t at = range.first; at < range.last && !actor.span.empty(); ++at) {
    const std::int32_t mention = c_.mentions.of_token[at];
    if (mention >= 0 && c_.parse.span(c_.mentions.list[static_cast<std::size_t>(mention)].range).begin == actor.span.begin) return mention;
  }
  return -1;
}

/// The mention, in whatever sentence, that begins with an actor's words; null = none.
const Mention* EventParties::mention_of(const Actor& actor) const {
  const std::int32_t first = actor.span.empty() ? -1 : c_.parse.beginning_at(actor.span.begin);
  return first < 0 ? nullptr : c_.mentions.at(static_cast<std::uint32_t>(first));
}

std::vector<std::int32_t> EventParties::mentions_of(const std::vector<Actor>& actors, std::uint32_t sentence) const {
  std::vector<std::int32_t> mentions;
  for (const Actor& actor : actors)
    if (const std::int32_t mention = mention_of(actor, sentence); mention >= 0) mentions.push_back(mention);
  return mentions;
}

std::vector<std::uint32_t> EventParties::heads_of(const std::vector<Actor>& actors, std::uint32_t sentence) const {
  std::vector<std::uint32_t> heads;
  for (const std::int32_t mention : mentions_of(actors, sentence)) heads.push_back(c_.mentions.list[static_cast<std::size_t>(mention)].head);
  return heads;
}

/// A phrase that the entities passed over but that stands where a party does: nobody we know, by its words; "a NATO jet" is NATO's.
const Mention* EventParties::loose_mention(std::uint32_t head) {
  TokenRange range{head, head + 1};
  Actor actor;
  for (const std::uint32_t child : c_.parse.children(head)) {
    const Deprel deprel = c_.parse[child].deprel;
    const bool within =
        deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::nummod || deprel == Deprel::flat || deprel == Deprel::nmod_poss;
    if (!within) continue;
    range.first = std::min(range.first, child), range.last = std::max(range.last, child + 1);
    const Mention* owner = c_.mentions.at(child);
    if (owner != nullptr && owner->head == child && owner->kind == MentionKind::organisation) actor.code = owner->actors.front().code;
  }
  Mention mention;
  mention.range = range;
  mention.head = head;
  actor.span = c_.parse.span(range);
  actor.text = std::string(c_.parse.words(range));
  actor.why = "stands where a party does";
  mention.actors.push_back(std::move(actor));
  return &loose_.emplace_back(std::move(mention));
}

const Mention* EventParties::at(std::uint32_t head) {
  const Mention* mention = c_.mentions.at(head);
  return mention != nullptr ? mention : loose_mention(head);
}

// Mentions become actors as they were on the event's own date.
void EventParties::add(const Party& party, const Event& event, std::vector<Actor>& out) const {
  for (const Mention* mention : party) {
    for (const Actor& actor : mention->actors) {
      if (is_first_person(actor)) {
        if (const Actor* speaker = quoted_speaker(event)) add_actor(out, *speaker);
        continue;
      }
      const bool other_day = event.date && event.date->basis == DateBasis::expression && c_.published && event.date->span.begin != *c_.published;
      const bool unresolved = mention->kind == MentionKind::pronoun && actor.code.empty() && actor.name.empty();
      if (unresolved && &out == &event.recipients) continue;  // "its" tells nobody whom
      add_actor(out, other_day ? c_.linker.redate(actor, event.date->span.begin) : actor);
      // A capital that is visited or addressed is its government.
      if (mention->kind == MentionKind::place && actor.entity != no_entity && out.back().sector.empty() &&
          c_.linker.base().entity(actor.entity).kind == Entity::Kind::state && actor.text != actor.name)
        out.back().sector = "GOV";
    }
  }
}

void EventParties::set(Party actors, Party recipients, Event& event) const {
  drop_parts(actors, c_.parse);
  drop_parts(recipients, c_.parse);
  const bool visit = std::ranges::count(event.modes, "visit") > 0;
  if (event.type == EventType::CONSULT && !visit) actors.insert(actors.end(), recipients.begin(), recipients.end()), recipients.clear();
  std::vector<Actor> old_actors = std::move(event.actors), old_recipients = std::move(event.recipients);
  event.actors.clear(), event.recipients.clear();
  add(actors, event, event.actors);
  add(recipients, event, event.recipients);
  if (event.actors.empty()) event.actors = std::move(old_actors);
  if (event.recipients.empty()) event.recipients = std::move(old_recipients);
  drop_self(event);
  std::erase_if(event.recipients, [&](const Actor& recipient) {  // "Xi promised that China": his own country
    return recipient.sector.empty() &&
           std::ranges::any_of(event.actors, [&](const Actor& actor) { return !actor.code.empty() && actor.code == recipient.code && actor.sector == "GOV"; });
  });
  complete_host(event);
}

/// PLOVER reference, gap 6: what nobody is named for is somebody's. Table: data/ontology/implied_actors.tsv.
bool EventParties::imply_actor(std::uint32_t trigger, Event& event) const {
  const bool people = c_.mentions.of_token[trigger] >= 0;  // "fired at protesters" tells of them, not of the protest
  const Ontology::ImpliedActor* implied = c_.ontology.implied_actor(event.type, event.modes);
  if (!c_.options.implied_actors || implied == nullptr || (event.type == EventType::PROTEST && people)) return false;
  Actor unknown;
  unknown.sector = implied->sector;
  unknown.why = "implied: the text names no actor";
  event.actors.push_back(std::move(unknown));
  return event.implied_actor = true;
}

/// The country or the power of state that a word with "anti-" names.
std::optional<Actor> EventParties::opposed_by(std::uint32_t token) const {
  constexpr std::string_view against = "anti-";
  const Token& word = c_.parse[token];
  const std::string_view form = word.form;
  if (form.size() <= against.size() || !std::ranges::equal(form.substr(0, against.size()), against, {}, [](char c) { return c == 'A' ? 'a' : c; }))
    return std::nullopt;
  KnowledgeBase::Digest digest;
  if (!KnowledgeBase::extend(digest, form.substr(against.size()))) return std::nullopt;
  const KnowledgeBase& base = c_.linker.base();
  Actor actor;
  actor.span = {word.begin, word.end};
  actor.text = std::string(form);
  bool more = false;
  for (const Name& name : base.names(digest, more)) {
    actor.why = base.row(name.table, name.line) + ", against whom";
    if (name.kind == NameKind::state || name.kind == NameKind::adjective || name.kind == NameKind::capital) {
      actor.code = base.entity(name.target).code;
      return actor;
    }
    if (name.kind == NameKind::agent && std::ranges::count(base.agents()[name.target].sectors, "GOV") > 0) {
      actor.sector = "GOV";
      return actor;
    }
  }
  return std::nullopt;
}

void EventParties::oppose(std::uint32_t sentence, const Reading& meaning, Event& event) const {
  if (event.type != EventType::PROTEST) return;
  constexpr int near = 3;  // "staged an anti-American rally", "pro-Russian and anti-Kyiv demonstrators"
  const std::vector<std::uint32_t> actors = heads_of(event.actors, sentence);
  const TokenRange range = c_.parse.sentences[sentence].tokens;
  for (std::uint32_t token = range.first; token < range.last; ++token) {
    std::optional<Actor> opposed = opposed_by(token);
    if (!opposed) continue;
    std::int32_t at = static_cast<std::int32_t>(token);
    const auto found = [&] {
      const auto word = static_cast<std::uint32_t>(at);
      return word == meaning.trigger || word == meaning.content || std::ranges::find(actors, word) != actors.end();
    };
    for (int depth = 0; depth < near && at >= 0 && !found(); ++depth) at = c_.parse[static_cast<std::uint32_t>(at)].head;
    if (at < 0 || !found()) continue;
    if (!opposed->code.empty())
      std::ranges::for_each(event.actors, [&](Actor& actor) {
        if (actor.code == opposed->code && actor.sector == "CVL") actor.code.clear(), actor.entity = no_entity;
      });
    else if (!event.actors.empty())
      opposed->code = event.actors.front().code;
    if (event.recipients.empty()) event.recipients.push_back(std::move(*opposed));
    return;
  }
}

/// "Putin sacked Defence Minister Shoigu", "the government dismissed the health minister": of one government, and not one.
bool EventParties::are_two(const Actor& actor, const Actor& recipient) const {
  const Mention *one = mention_of(actor), *other = mention_of(recipient);
  const auto person = [](const Mention* mention) {
    return mention != nullptr && (mention->kind == MentionKind::person || mention->kind == MentionKind::agent);
  };
  const bool body = one != nullptr && one->kind == MentionKind::organisation;
  const bool same = actor.entity == recipient.entity && (actor.entity != no_entity || actor.text == recipient.text);
  return !same && (person(one) || body) && person(other);
}

void EventParties::part_inferred(Event& event) const {
  for (Actor& actor : event.actors) {
    const Mention* mention = mention_of(actor);
    if (mention == nullptr || !mention->country_inferred || mention->antecedent >= 0 || actor.code.empty()) continue;
    const bool faces_its_own = std::ranges::any_of(event.recipients, [&](const Actor& recipient) {
      const Mention* other = mention_of(recipient);
      return recipient.code == actor.code && other != nullptr && other->kind == MentionKind::state && own_words(*other);
    });
    if (faces_its_own) give_country({}, actor);
  }
}

// "tightened its sanctions", "on his victory": who acts does not act on himself. A rebel unit on another is no match:
// only the same named actor, or the same bare country or government, is.
void EventParties::drop_self(Event& event) const {
  part_inferred(event);
  std::erase_if(event.recipients, [&](const Actor& recipient) {
    return std::any_of(event.actors.begin(), event.actors.end(), [&](const Actor& actor) {
      const bool same_entity = actor.entity != no_entity && actor.entity == recipient.entity && actor.sector == recipient.sector;
      const bool same_state =
          !actor.code.empty() && actor.code == recipient.code && actor.sector == recipient.sector && (actor.sector.empty() || actor.sector == "GOV");
      return same_entity || (same_state && !are_two(actor, recipient));
    });
  });
  // "he hopes that Arland and Belmar will": his own country stands beside the other one
  if (event.recipients.size() < 2) return;
  std::erase_if(event.recipients, [&](const Actor& recipient) {
    return recipient.sector.empty() && !recipient.code.empty() &&
           std::ranges::any_of(event.actors, [&](const Actor& actor) { return actor.code == recipient.code && actor.sector == "GOV"; });
  });
}

// Who visits a country in office is received by its government.
void EventParties::complete_host(Event& event) {
  const bool visit = event.type == EventType::CONSULT && std::find(event.modes.begin(), event.modes.end(), "visit") != event.modes.end();
  const bool official = std::any_of(event.actors.begin(), event.actors.end(), [](const Actor& actor) { return actor.sector == "GOV"; });
  if (!visit || !official) return;
  for (Actor& host : event.recipients)
    if (host.sector.empty() && !host.code.empty()) host.sector = "GOV";
}

/// "the APEC summit", "more talks": a noun for what people do together, and only one of them named.
bool EventParties::meets_alone(const Reading& meaning, const Event& event) const {
  return !c_.options.lenient && meaning.symmetry == Frame::Symmetry::yes && event.actors.size() == 1 && event.recipients.empty() &&
         c_.parse[meaning.content].upos != Upos::VERB;
}

}  // namespace legation
