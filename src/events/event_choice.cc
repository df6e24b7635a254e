#include "events/event_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace legation {
namespace {

/// The scorer's word tells an event by itself, in a document of which it is sure that it tells one, or nearly as sure of one that the tables tell, too.
/// Chosen on the dev parts of the corpus and of annotated news.
constexpr float told_above = 0.5f, sure_above = 0.7f;
/// "told Xi that ties should rest on equality": a request that no row knows is as often none when the scorer is no surer (9 of 19 on those parts), and the
/// founding scene has one that is none.
constexpr float asked_above = 0.62f;

/// Until the learned scorer stands here: how specific the row was, and how well the parties are known.
float confidence(const Reading& meaning, const Event& event) {
  float value = 0.55f + 0.08f * static_cast<float>(std::min(meaning.conditions, 3));
  const auto known = [](const std::vector<Actor>& actors) {
    return !actors.empty() && std::all_of(actors.begin(), actors.end(), [](const Actor& actor) { return !actor.code.empty(); });
  };
  if (known(event.actors)) value += 0.1f;
  if (known(event.recipients)) value += 0.1f;
  if (event.implied_actor) value -= 0.2f;
  if (!meaning.alone) value -= 0.3f;
  return std::clamp(value, 0.05f, 0.95f);
}

}  // namespace

void EventChoice::settle() {
  const bool scored = network_ != nullptr && c_.options.scorer;
  if (scored) drafts_.restart_scopes(), weigh_document();
  for (std::uint32_t sentence = 0; sentence < c_.parse.sentences.size(); ++sentence) {
    if (scored)
      settle_by_scorer(sentence, drafts_.of(sentence));
    else
      settle_by_tables(sentence, drafts_.of(sentence));
  }
}

void EventChoice::settle_by_tables(std::uint32_t sentence, std::span<Draft> drafts) {
  for (Draft& draft : drafts) {
    if (!draft.why_not.empty()) {
      c_.drop(sentence, draft.event, std::move(draft.why_not));
      continue;
    }
    draft.event.confidence = confidence(draft.reading, draft.event);
    open_.push_back(open_event(sentence, draft.reading.trigger, draft.event));
    open_.back().settled = true;
    found_.push_back({sentence, draft.reading, std::move(draft.event), {}, false});
  }
}

OpenEvent EventChoice::open_event(std::uint32_t sentence, std::uint32_t trigger, const Event& event) const {
  OpenEvent open;
  open.trigger = trigger;
  open.type = event.type;
  open.auxiliary = event.auxiliary;
  if (!event.modes.empty()) open.mode = c_.ontology.mode_row(event.type, event.modes.front());
  if (!event.attribution.empty())
    if (const std::int32_t mention = parties_.mention_of(event.attribution.back().speaker, sentence); mention >= 0)
      open.speaker = static_cast<std::int32_t>(c_.mentions.list[static_cast<std::size_t>(mention)].head);
  open.actors = parties_.heads_of(event.actors, sentence);
  open.recipients = parties_.heads_of(event.recipients, sentence);
  return open;
}

// The scorer has the last word on every token: whether it tells an event, of which type, by whom and to whom. What the tables make of
// the token is among the things it looks at; where both agree on the type the tables' event is kept in its other parts.
void EventChoice::settle_by_scorer(std::uint32_t sentence, std::span<Draft> drafts) {
  // Chosen on the dev parts of the corpus and of annotated news, but the first two, which the founding scene needs (dev alone would have more): what the
  // tables tell needs less of the scorer's word, and less still where they tell it as imagined ("the call may recalibrate ties").
  constexpr float confirmed_above = 0.016f, imagined_above = 0.005f, hardly = 0.1f;
  drafts_.scopes().enter(sentence);
  std::size_t next = 0;
  const TokenRange range = c_.parse.sentences[sentence].tokens;
  const auto spread_here = std::ranges::equal_range(spread_, sentence, {}, [this](const Spread& spread) { return c_.parse[spread.token].sentence; });
  for (std::uint32_t token = range.first; token < range.last; ++token) {
    const std::size_t begin = next;
    while (next < drafts.size() && drafts[next].reading.trigger == token) ++next;
    const std::span<Draft> own = drafts.subspan(begin, next - begin);
    const PredicateEntry* row = drafts_.composer().choice(token);
    if ((row != nullptr && row->user) || std::ranges::any_of(own, [](const Draft& draft) { return draft.reading.user; })) {
      settle_by_tables(sentence, own);
      continue;
    }
    const std::span<const float> p = scores_.of(token);
    const float told = 1 - p[EventNetwork::none];
    const auto spread = std::ranges::find(spread_here, token, &Spread::token);
    float needed = spread != spread_here.end() ? 0 : document_tells_ ? told_above : sure_above;
    for (const Draft& draft : own)
      if (draft.why_not.empty() && document_tells_)
        needed = std::min(needed, (draft.event.auxiliary & auxiliary_hypothetical) ? imagined_above : confirmed_above);
    if (own.empty() && says_when(token)) continue;
    if (spread == spread_here.end() && own.empty() && carries_told(token, drafts)) continue;
    if (told < needed) {
      for (const Draft& draft : own) c_.drop(sentence, draft.event, fmt::format("the scorer gives it {:.2f}", told));
      continue;
    }
    auto type = static_cast<EventType>(std::max_element(p.begin(), p.begin() + event_type_count) - p.begin());
    // of what it hardly believes in, its word on the type says nothing
    if (told < hardly)
      for (const Draft& draft : own)
        if (draft.why_not.empty()) type = draft.event.type;
    if (spread != spread_here.end()) type = spread->type;
    const float chance = spread != spread_here.end() ? spread->chance : p[static_cast<std::size_t>(type)];
    bool agreed = false;
    for (Draft& draft : own) {
      if (draft.event.type != type) continue;
      agreed = true;
      tell_scored(sentence, token, type, chance, &draft, own.size() > 1);
    }
    if (agreed) continue;
    if (chance > (own.empty() && type == EventType::REQUEST ? asked_above : told_above))
      tell_scored(sentence, token, type, chance, own.empty() ? nullptr : &own.front(), false);
    else if (!own.empty())
      c_.drop(sentence, own.front().event, fmt::format("the scorer gives {} {:.2f}", name(type), p[static_cast<std::size_t>(type)]));
  }
}

/// Whether the document tells any event at all, and where words tell one only together.
void EventChoice::weigh_document() {
  constexpr float together_above = 0.45f, table_weight = 2, noticed = 0.02f, agreed_above = 0.55f;  // chosen on the dev parts
  for (std::uint32_t sentence = 0; sentence < c_.parse.sentences.size(); ++sentence) {
    const TokenRange range = c_.parse.sentences[sentence].tokens;
    const std::span<const Draft> drafts = drafts_.of(sentence);
    for (std::size_t type = 0; type < event_type_count; ++type) {
      float chance = 0, most = 0, best = 0;
      std::uint32_t word = range.first;
      for (std::uint32_t token = range.first; token < range.last; ++token) {
        const std::span<const float> p = scores_.of(token);
        document_tells_ = document_tells_ || 1 - p[EventNetwork::none] > sure_above;
        chance += p[type], most = std::max(most, p[type]);
        const bool in_tables = p[type] > noticed && std::ranges::any_of(drafts, [&](const Draft& draft) {
                                 return draft.reading.trigger == token && draft.why_not.empty() && draft.event.type == static_cast<EventType>(type);
                               });
        document_tells_ = document_tells_ || (in_tables && p[type] > agreed_above);
        if (const float weight = p[type] * (in_tables ? table_weight : 1); weight > best) best = weight, word = token;
      }
      document_tells_ = document_tells_ || chance > sure_above;
      if (chance > together_above && most < told_above) spread_.push_back({word, static_cast<EventType>(type), std::min(chance, 0.95f)});
    }
  }
}

/// "sentenced to seven years": a time tells no act of its own.
bool EventChoice::says_when(std::uint32_t token) const {
  return std::ranges::any_of(c_.times, [token](const TimeExpression& time) { return time.range.contains(token); });
}

/// "sent him a message": the verb only carries the act that its object names, and the tables tell that one.
bool EventChoice::carries_told(std::uint32_t verb, std::span<const Draft> drafts) const {
  return std::ranges::any_of(drafts, [&](const Draft& draft) {
    const Token& object = c_.parse[draft.reading.trigger];
    return draft.why_not.empty() && object.head == static_cast<std::int32_t>(verb) && object.deprel == Deprel::obj;
  });
}

/// @param several  the trigger tells several events, each with parties of its own: those of the tables stay
void EventChoice::tell_scored(std::uint32_t sentence, std::uint32_t token, EventType type, float chance, const Draft* base, bool several) {
  Reading reading;
  if (base != nullptr)
    reading = base->reading;
  else
    reading.code = static_cast<MeaningCode>(type), reading.trigger = reading.content = token;
  Event event = base != nullptr ? base->event : drafts_.bare(sentence, reading);
  if (event.implied_actor) event.actors.clear(), event.implied_actor = false;  // the scorer may know one
  const bool agreed = base != nullptr && event.type == type;
  if (!agreed) {
    event.type = type;
    event.modes.clear();
    event.two_sided = event.mutual = event.promised = false;
    event.rule += event.rule.empty() ? "scorer" : " -> scorer";
  }
  const std::span<const float> p = scores_.of(token);
  event.confidence = chance;
  // events that the tables tell against the scorer's doubt are right more often than it thinks (read off the corpus's dev part)
  constexpr float floor = 0.2f, slope = 0.65f;
  if (agreed && event.confidence < told_above) event.confidence = floor + slope * event.confidence;
  if (c_.options.trace) trace_scores(p, event);
  if (!agreed)
    describe(token, event);
  else if (event.modes.empty())
    event.modes = likely_modes(token, type);
  // parties that act together stay together
  const bool together = agreed && reading.symmetry == Frame::Symmetry::yes && event.actors.size() > 1;
  OpenEvent& open = open_.emplace_back(open_event(sentence, token, event));
  // of an act that the scorer hardly believes in it cannot know the parties either
  constexpr float unbelieved = 0.15f;
  const bool tables_alone = agreed && chance < unbelieved && !event.actors.empty() && !event.recipients.empty();
  open.settled = several || tables_alone || (together && !event.actors.empty());
  Found& found = found_.emplace_back(Found{sentence, std::move(reading), std::move(event), {}, true});
  if (open.settled && c_.options.observed == nullptr) return;
  judge_parties(sentence, token, base, open);
  if (!open.settled) take_parties(found, open);
}

void EventChoice::trace_scores(std::span<const float> p, Event& event) const {
  std::vector<std::size_t> order(p.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  std::string line = "scorer:";
  for (std::size_t i = 0; i < 3; ++i)
    line += fmt::format(" {} {:.2f}", order[i] == EventNetwork::none ? "no event" : name(static_cast<EventType>(order[i])), p[order[i]]);
  event.trace.push_back(std::move(line));
}

/// Those more likely than not; where there is none, the likeliest if it is nearly so.
std::vector<std::string> EventChoice::likely_modes(std::uint32_t token, EventType type) {
  constexpr float above = 0, best_above = -0.5f;  // logits, chosen on the dev parts
  std::array<float, 4> flags{};
  network_->describe(scores_, token, mode_scores_, flags, scratch_);
  std::vector<std::string> modes;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < mode_scores_.size() && i < c_.ontology.modes().size(); ++i) {
    if (c_.ontology.modes()[i].first != type) continue;
    if (mode_scores_[i] > above) modes.push_back(c_.ontology.modes()[i].second);
    if (!best || mode_scores_[i] > mode_scores_[*best]) best = i;
  }
  if (modes.empty() && best && mode_scores_[*best] > best_above) modes.push_back(c_.ontology.modes()[*best].second);
  return modes;
}

/// Modes and auxiliary modes of an event that the tables do not have so.
void EventChoice::describe(std::uint32_t token, Event& event) {
  if (auto modes = likely_modes(token, event.type); !modes.empty()) event.modes = std::move(modes);
  std::array<float, 4> flags{};
  network_->describe(scores_, token, mode_scores_, flags, scratch_);
  constexpr std::array<std::uint8_t, 4> bits = {auxiliary_historical, auxiliary_future, auxiliary_hypothetical, auxiliary_negation};
  event.auxiliary = drafts_.days().background(event) ? std::uint8_t{auxiliary_historical} : std::uint8_t{0};
  for (std::size_t i = 0; i < bits.size(); ++i)
    if (flags[i] > 0) event.auxiliary |= bits[i];
}

/// "detonates in Bani Jamra": where it is done, not who does it.
bool EventChoice::says_where(std::uint32_t token) const {
  const std::string_view preposition = c_.arguments.preposition(token);
  return preposition == "in" || preposition == "at" || preposition == "near";
}

/// The scorer's word on everybody in the sentence.
void EventChoice::judge_parties(std::uint32_t sentence, std::uint32_t token, const Draft* base, OpenEvent& open) {
  TableEvent table;
  if (base != nullptr)
    table.actors = parties_.mentions_of(base->event.actors, sentence), table.recipients = parties_.mentions_of(base->event.recipients, sentence);
  pair_features(c_.parse, c_.mentions, token, base == nullptr ? nullptr : &table, open.pairs);
  network_->judge(scores_, token, open.pairs, open.roles, scratch_);
  open.unknown_to_tables = base == nullptr;
  open.no_recipient_in_tables = base != nullptr && base->event.type == open.type && base->event.recipients.empty();
}

/// Whom the scorer alone would take.
void EventChoice::take_parties(Found& found, OpenEvent& open) {
  // Logits, chosen on the dev parts: recipients are missed more often than wrong. A recipient that the type needs is somewhere; that
  // the tables found none for a type that can do without says that there may be none.
  constexpr float acts_above = 0, acts_alone_above = -3, likely_above = -0.5f, if_alone_above = -2, if_needed_above = -3, if_none_told_above = -0.4f;
  const bool needed = c_.ontology.requires_recipient(open.type);
  const float receives_above = needed || open.unknown_to_tables ? likely_above : 0;
  const float receives_alone_above = needed ? if_needed_above : open.unknown_to_tables ? if_alone_above : if_none_told_above;
  PartyChooser::Sides sides;
  for (std::size_t i = 0; i < open.pairs.size(); ++i) {
    const float acts = open.roles[i][EventNetwork::actor] - acts_above, receives = open.roles[i][EventNetwork::recipient] - receives_above;
    const std::size_t side = acts >= receives ? 0 : 1;
    if ((acts > 0 || receives > 0) && !(side == 0 && says_where(open.pairs[i].other))) sides[side].push_back(open.pairs[i].other);
  }
  for (const std::size_t side : {EventNetwork::actor, EventNetwork::recipient}) {
    if (!sides[side].empty() || open.pairs.empty()) continue;
    const auto best = std::ranges::max_element(open.roles, {}, [side](const auto& role) { return role[side]; });
    const std::uint32_t token = open.pairs[static_cast<std::size_t>(best - open.roles.begin())].other;
    if ((*best)[side] > (side == EventNetwork::recipient ? receives_alone_above : acts_alone_above) && (*best)[side] > (*best)[1 - side] &&
        !(side == 0 && says_where(token)))
      sides[side].push_back(token);
  }
  take_sides(found, open, sides);
}

void EventChoice::take_sides(Found& found, OpenEvent& open, PartyChooser::Sides& sides) {
  for (const std::size_t side : {0, 1}) {
    found.sides[side].clear();
    for (const std::uint32_t head : sides[side]) found.sides[side].push_back(parties_.at(head));
  }
  open.actors = std::move(sides[0]), open.recipients = std::move(sides[1]);
}

PartyChooser::Need EventChoice::need_of(const OpenEvent& open) const {
  if (c_.ontology.requires_recipient(open.type)) return PartyChooser::Need::recipient;
  return open.no_recipient_in_tables ? PartyChooser::Need::doubtful : PartyChooser::Need::open;
}

/// The choice among all whom the document names, once everything that it tells is found.
void EventChoice::choose_parties(const DocumentCountries& countries, Observed* observed) {
  if (chooser_ == nullptr && observed == nullptr) return;
  PartyCandidates candidates(c_.arguments, c_.ontology, countries, open_);
  std::vector<PartyChooser::Sides> chosen(open_.size());
  for (std::size_t at = 0; at < open_.size(); ++at) {
    if (open_[at].settled && observed == nullptr) continue;
    candidates.of(at, around_);
    if (observed != nullptr) observed->open.push_back({open_[at].trigger, open_[at].type, around_});
    if (chooser_ == nullptr) continue;
    chooser_->compare(scores_, open_[at].trigger, around_, scratch_);
    chosen[at] = chooser_->choose(around_, need_of(open_[at]));
  }
  // only now, for what each event was taken to be is known to the others
  for (std::size_t at = 0; at < open_.size() && chooser_ != nullptr; ++at)
    if (!open_[at].settled) take_sides(found_[at], open_[at], chosen[at]);
}

/// What the scorer says of the known parties beside every word that may trigger an event.
void EventChoice::observe_parties(Observed& observed) {
  constexpr float hardly = 0.005f;
  drafts_.restart_scopes();
  std::uint32_t sentence = 0;
  drafts_.scopes().enter(sentence);
  for (std::uint32_t token = 0; token < c_.parse.tokens.size(); ++token) {
    while (!c_.parse.sentences[sentence].tokens.contains(token)) drafts_.scopes().enter(++sentence);
    const std::span<const float> p = scores_.of(token);
    if (1 - p[EventNetwork::none] < hardly) continue;
    Observed::Trigger trigger;
    trigger.token = token;
    trigger.parties.resize(c_.options.parties.size());
    std::copy(p.begin(), p.end(), trigger.types.begin());
    Event event;
    event.type = static_cast<EventType>(std::max_element(p.begin(), p.begin() + event_type_count) - p.begin());
    describe(token, event);
    trigger.modes = std::move(event.modes);
    trigger.auxiliary = event.auxiliary | (drafts_.scopes().read(token).auxiliary & auxiliary_future);
    const auto own = std::ranges::find(observed.events, token, &TableEvent::trigger);
    pairs_.clear();
    pair_features(c_.parse, c_.mentions, token, own == observed.events.end() ? nullptr : &*own, pairs_);
    network_->judge(scores_, token, pairs_, roles_, scratch_);
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      for (std::size_t party = 0; party < c_.options.parties.size(); ++party) {
        const Mention* mention = c_.mentions.at(pairs_[i].other);
        if (mention == nullptr || mention->actors.front().span != c_.options.parties[party]) continue;
        for (const auto role : {EventNetwork::actor, EventNetwork::recipient}) trigger.parties[party][role] = 1 / (1 + std::exp(-roles_[i][role]));
      }
    observed.triggers.push_back(std::move(trigger));
  }
}

}  // namespace legation
