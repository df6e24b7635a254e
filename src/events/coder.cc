#include "events/coder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "events/affiliation.h"
#include "events/arguments.h"
#include "events/claims.h"
#include "events/context.h"
#include "events/event_network.h"
#include "events/meaning.h"
#include "events/merge.h"
#include "events/party_choice.h"
#include "events/predicates.h"
#include "events/quantity.h"
#include "events/scope.h"
#include "time/event_date.h"

namespace legation {
namespace {

/// A dated event older than this is told as background, not as news.
constexpr int news_days = 10;

/// The scorer's word tells an event by itself, in a document of which it is sure that it tells one. Chosen on the dev parts of the corpus and of annotated news.
constexpr float told_above = 0.42f, sure_above = 0.6f;

constexpr std::string_view basis_names[] = {"expression", "dateline", "publication", "assumption"};

void add_new(std::vector<std::string>& list, std::string_view item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.emplace_back(item);
}

/// A country or person may be named twice on one side ("the president of Arland and Arland").
void add_actor(std::vector<Actor>& list, const Actor& actor) {
  const bool known = std::any_of(list.begin(), list.end(), [&](const Actor& other) {
    return (actor.entity != no_entity && other.entity == actor.entity) || (other.code == actor.code && other.sector == actor.sector && other.text == actor.text);
  });
  if (!known) list.push_back(actor);
}

/// Who "we" is: the innermost speaker who is known by name or role.
const Actor* quoted_speaker(const Event& event) {
  for (auto link = event.attribution.rbegin(); link != event.attribution.rend(); ++link)
    if (!link->speaker.code.empty() || (!link->speaker.text.empty() && !is_first_person(link->speaker))) return &link->speaker;
  return nullptr;
}

EventDate event_date(const Parse& parse, const DatedBy& dated) {
  EventDate date;
  date.span = dated.span;
  date.basis = dated.basis == DatedBy::Basis::expression ? DateBasis::expression
               : dated.basis == DatedBy::Basis::dateline ? DateBasis::dateline
                                                         : DateBasis::publication;
  if (dated.words) date.words = parse.span(*dated.words);
  return date;
}

}  // namespace

std::string_view name(DateBasis basis) { return basis_names[static_cast<std::size_t>(basis)]; }

struct EventCoder::Tables {
  Ontology ontology;
  Predicates predicates;
  QuantityReader quantities;
  ContextReader contexts;
  EventDater dater;
  std::optional<EventNetwork> network;
  std::optional<PartyChooser> chooser;
  ChoiceNames own_names;  ///< of the tables, for when there is no network
};

namespace {

/// What is done with one document; keeps the pieces together so that functions stay short.
class DocumentCoder {
 public:
  DocumentCoder(const Ontology& ontology, const Predicates& predicates, const QuantityReader& quantities,
                const ContextReader& contexts, const EventDater& dater, const EventNetwork* network, const PartyChooser* chooser, const Parse& parse, const Mentions& mentions,
                const std::vector<TimeExpression>& times, std::optional<Date> published, const Linker& linker,
                const CodingOptions& options, const ChoiceNames& names, EventNetwork::Scratch& scratch)
      : network_(network), chooser_(chooser), ontology_(ontology), predicates_(predicates), quantities_(quantities), dater_(dater), parse_(parse), mentions_(mentions),
        times_(times), published_(published), linker_(linker), options_(options),
        arguments_(parse, mentions, predicates), composer_(arguments_, options.trace),
        contexts_(contexts.read(parse)), countries_(mentions), names_(names), scratch_(scratch) {}

  /// What the tables make of the document.
  void read() {
    arguments_.leave_out(times_);
    scopes_.emplace(arguments_, options_.trace);
    for (std::uint32_t sentence = 0; sentence < parse_.sentences.size(); ++sentence) read_sentence(sentence);
  }

  /// For the network, between read() and finish().
  EventNetwork::Text text() { return {&parse_, &observed_.features, &scores_}; }

  Coded finish() {
    if (network_ != nullptr) {
      scopes_.emplace(arguments_, options_.trace);  // tokens that the tables passed over are read in order once more
      if (options_.observed != nullptr && !options_.parties.empty()) {
        observe_parties();
        scopes_.emplace(arguments_, options_.trace);
      }
    }
    affiliations_.emplace(parse_, mentions_, ontology_, network_ != nullptr && options_.scorer ? network_ : nullptr, scores_, scratch_);
    if (network_ != nullptr && options_.scorer) weigh_document();
    for (std::uint32_t sentence = 0; sentence < parse_.sentences.size(); ++sentence) settle(sentence);
    choose_parties();
    for (std::size_t at = 0; at < found_.size();) {
      const std::uint32_t sentence = found_[at].sentence;
      const std::size_t first = coded_.events.size();
      for (; at < found_.size() && found_[at].sentence == sentence; ++at) complete(found_[at]);
      cap_by_type(first);
    }
    if (options_.merge) merge_tellings(coded_.events, title_sentences());
    if (options_.observed != nullptr) *options_.observed = std::move(observed_);
    return std::move(coded_);
  }

 private:
  std::uint32_t title_sentences() const {
    std::uint32_t count = 0;
    while (count < parse_.sentences.size() && parse_.sentences[count].in_title) ++count;
    return count;
  }

  /// What the tables make of one trigger: an event in full, and why they would not tell it.
  struct Candidate {
    Reading reading;
    Event event;
    std::string why_not;  ///< empty = the tables tell it
  };

  void read_sentence(std::uint32_t sentence) {
    meanings_.clear();
    composer_.read(sentence, meanings_, coded_.dropped);
    quantities_of_.push_back(quantities_.read(arguments_, sentence));
    scopes_->enter(sentence);
    candidates_begin_.push_back(candidates_.size());
    for (const Reading& meaning : meanings_) {
      for (const Telling& telling : tell_apart(sentence, meaning)) candidates_.push_back(candidate(sentence, telling.meaning, telling.day));
    }
    observe(sentence);
    read_claims(arguments_, sentence, quantities_of_.back(), times_, published_, dater_, *scopes_, coded_.claims);
  }

  /// The mention whose words an actor has; -1 = none (implied, or who speaks).
  std::int32_t mention_of(const Actor& actor, std::uint32_t sentence) const {
    const TokenRange range = parse_.sentences[sentence].tokens;
    for (std::uint32_t at = range.first; at < range.last && !actor.span.empty(); ++at) {
      const std::int32_t mention = mentions_.of_token[at];
      if (mention >= 0 && parse_.span(mentions_.list[static_cast<std::size_t>(mention)].range).begin == actor.span.begin) return mention;
    }
    return -1;
  }

  std::vector<std::int32_t> mentions_of(const std::vector<Actor>& actors, std::uint32_t sentence) const {
    std::vector<std::int32_t> mentions;
    for (const Actor& actor : actors)
      if (const std::int32_t mention = mention_of(actor, sentence); mention >= 0) mentions.push_back(mention);
    return mentions;
  }

  /// Notes what the tables make of the sentence, as the scorer wants it.
  void observe(std::uint32_t sentence) {
    const std::size_t first = observed_.events.size();
    for (std::size_t at = candidates_begin_.back(); at < candidates_.size(); ++at) {
      const Event& event = candidates_[at].event;
      observed_.events.push_back({candidates_[at].reading.trigger, event.type, event.modes, event.auxiliary, candidates_[at].why_not.empty(),
                                  mentions_of(event.actors, sentence), mentions_of(event.recipients, sentence)});
    }
    const std::vector<TableEvent> own(observed_.events.begin() + static_cast<std::ptrdiff_t>(first), observed_.events.end());
    read_event_features(arguments_, composer_, *scopes_, own, sentence, names_, ontology_, observed_.features);
  }

  /// What the scorer says of the known parties beside every word that may trigger an event.
  void observe_parties() {
    constexpr float hardly = 0.005f;
    std::uint32_t sentence = 0;
    scopes_->enter(sentence);
    for (std::uint32_t token = 0; token < parse_.tokens.size(); ++token) {
      while (!parse_.sentences[sentence].tokens.contains(token)) scopes_->enter(++sentence);
      const std::span<const float> p = scores_.of(token);
      if (1 - p[EventNetwork::none] < hardly) continue;
      Observed::Trigger trigger;
      trigger.token = token;
      trigger.parties.resize(options_.parties.size());
      std::copy(p.begin(), p.end(), trigger.types.begin());
      Event event;
      event.type = static_cast<EventType>(std::max_element(p.begin(), p.begin() + event_type_count) - p.begin());
      describe(token, event);
      trigger.modes = std::move(event.modes);
      trigger.auxiliary = event.auxiliary | (scopes_->read(token).auxiliary & auxiliary_future);
      const auto own = std::ranges::find(observed_.events, token, &TableEvent::trigger);
      pairs_.clear();
      pair_features(parse_, mentions_, token, own == observed_.events.end() ? nullptr : &*own, pairs_);
      network_->judge(scores_, token, pairs_, roles_, scratch_);
      for (std::size_t i = 0; i < pairs_.size(); ++i)
        for (std::size_t party = 0; party < options_.parties.size(); ++party) {
          const Mention* mention = mentions_.at(pairs_[i].other);
          if (mention == nullptr || mention->actors.front().span != options_.parties[party]) continue;
          for (const auto role : {EventNetwork::actor, EventNetwork::recipient}) trigger.parties[party][role] = 1 / (1 + std::exp(-roles_[i][role]));
        }
      observed_.triggers.push_back(std::move(trigger));
    }
  }

  /// An event that is told, by parties that are still open.
  struct Found {
    std::uint32_t sentence = 0;
    Reading reading;
    Event event;
    Party sides[2];       ///< actors, recipients; unused where the tables' parties stay
    bool scored = false;  ///< the scorer told it: else the tables alone did, and nothing is left to decide
  };

  /// Keeps what is told of a sentence.
  void settle(std::uint32_t sentence) {
    const std::size_t end = sentence + 1 < candidates_begin_.size() ? candidates_begin_[sentence + 1] : candidates_.size();
    const std::span<Candidate> candidates(candidates_.data() + candidates_begin_[sentence], end - candidates_begin_[sentence]);
    if (network_ != nullptr && options_.scorer) {
      settle_by_scorer(sentence, candidates);
    } else {
      settle_by_tables(sentence, candidates);
    }
  }

  void settle_by_tables(std::uint32_t sentence, std::span<Candidate> candidates) {
    for (Candidate& candidate : candidates) {
      if (!candidate.why_not.empty()) {
        drop(sentence, candidate.event, std::move(candidate.why_not));
        continue;
      }
      candidate.event.confidence = confidence(candidate.reading, candidate.event);
      open_.push_back(open_event(sentence, candidate.reading.trigger, candidate.event));
      open_.back().settled = true;
      found_.push_back({sentence, candidate.reading, std::move(candidate.event), {}, false});
    }
  }

  /// What the choice of parties is to know of an event.
  OpenEvent open_event(std::uint32_t sentence, std::uint32_t trigger, const Event& event) const {
    OpenEvent open;
    open.trigger = trigger;
    open.type = event.type;
    open.auxiliary = event.auxiliary;
    if (!event.modes.empty()) open.mode = ontology_.mode_row(event.type, event.modes.front());
    if (!event.attribution.empty())
      if (const std::int32_t mention = mention_of(event.attribution.back().speaker, sentence); mention >= 0)
        open.speaker = static_cast<std::int32_t>(mentions_.list[static_cast<std::size_t>(mention)].head);
    for (const std::int32_t mention : mentions_of(event.actors, sentence)) open.actors.push_back(mentions_.list[static_cast<std::size_t>(mention)].head);
    for (const std::int32_t mention : mentions_of(event.recipients, sentence)) open.recipients.push_back(mentions_.list[static_cast<std::size_t>(mention)].head);
    return open;
  }

  /// What hangs on the event without deciding it.
  void tell(std::uint32_t sentence, const Reading& reading, Event event) {
    for (Actor& actor : event.actors) affiliations_->complete(actor, {event.type, EventNetwork::actor});
    for (Actor& actor : event.recipients) affiliations_->complete(actor, {event.type, EventNetwork::recipient});
    if (event.type == EventType::PROTEST && !event.actors.empty())  // "marched in Georgia": where they protest, not whom against
      std::erase_if(event.recipients, [&](const Actor& recipient) { return recipient.sector.empty() && !recipient.code.empty() && recipient.code == event.actors.front().code; });
    if (event.implied_actor)
      if (const auto* implied = ontology_.implied_actor(event.type, event.modes); implied != nullptr && implied->of_country) event.actors.front().code = country_told_of(event);
    add_quantities(sentence, reading, event);
    add_place(reading, event);
    coded_.events.push_back(std::move(event));
  }

  // The scorer has the last word on every token: whether it tells an event, of which type, by whom and to whom. What the tables make of
  // the token is among the things it looks at; where both agree on the type the tables' event is kept in its other parts.
  void settle_by_scorer(std::uint32_t sentence, std::span<Candidate> candidates) {
    // Chosen on the dev parts of the corpus and of annotated news, but the first two, which the founding scene needs (dev alone would have 0.2 and 0.1): what
    // the tables tell needs less of the scorer's word. A row that asked for several conditions knows more than one that asked for none.
    constexpr float confirmed_above = 0.08f, confirmed_row_above = 0.02f, hardly = 0.1f;
    constexpr int many_conditions = 2;
    scopes_->enter(sentence);
    std::size_t next = 0;
    const TokenRange range = parse_.sentences[sentence].tokens;
    for (std::uint32_t token = range.first; token < range.last; ++token) {
      const std::size_t begin = next;
      while (next < candidates.size() && candidates[next].reading.trigger == token) ++next;
      const std::span<Candidate> own = candidates.subspan(begin, next - begin);
      const PredicateEntry* row = composer_.choice(token);
      if ((row != nullptr && row->user) || std::ranges::any_of(own, [](const Candidate& candidate) { return candidate.reading.user; })) {
        settle_by_tables(sentence, own);
        continue;
      }
      const std::span<const float> p = scores_.of(token);
      const float told = 1 - p[EventNetwork::none];
      const auto spread = std::ranges::find(spread_, token, &Spread::token);
      float needed = spread != spread_.end() ? 0 : document_tells_ ? told_above : sure_above;
      for (const Candidate& candidate : own)
        if (candidate.why_not.empty() && document_tells_) needed = std::min(needed, candidate.reading.conditions >= many_conditions ? confirmed_row_above : confirmed_above);
      if (own.empty() && says_when(token)) continue;
      if (spread == spread_.end() && own.empty() && carries_told(token, candidates)) continue;
      if (told < needed) {
        for (const Candidate& candidate : own) drop(sentence, candidate.event, fmt::format("the scorer gives it {:.2f}", told));
        continue;
      }
      auto type = static_cast<EventType>(std::max_element(p.begin(), p.begin() + event_type_count) - p.begin());
      // of what it hardly believes in, its word on the type says nothing
      if (told < hardly)
        for (const Candidate& candidate : own)
          if (candidate.why_not.empty()) type = candidate.event.type;
      if (spread != spread_.end()) type = spread->type;
      const float chance = spread != spread_.end() ? spread->chance : p[static_cast<std::size_t>(type)];
      bool agreed = false;
      for (Candidate& candidate : own) {
        if (candidate.event.type != type) continue;
        agreed = true;
        tell_scored(sentence, token, type, chance, &candidate, own.size() > 1);
      }
      if (agreed) continue;
      if (chance > told_above) tell_scored(sentence, token, type, chance, own.empty() ? nullptr : &own.front(), false);
      else if (!own.empty()) drop(sentence, own.front().event, fmt::format("the scorer gives {} {:.2f}", name(type), p[static_cast<std::size_t>(type)]));
    }
  }

  /// A word that stands for the others of its sentence: one act is often told by several ("launches airstrikes, killing two"), and the scorer's word is
  /// then spread over them. Their chances of one type are added up.
  struct Spread {
    std::uint32_t token;
    EventType type;
    float chance;
  };

  /// Whether the document tells any event at all, and where words tell one only together.
  void weigh_document() {
    constexpr float together_above = 0.45f, table_weight = 2, noticed = 0.02f;  // chosen on the dev parts
    for (std::uint32_t sentence = 0; sentence < parse_.sentences.size(); ++sentence) {
      const TokenRange range = parse_.sentences[sentence].tokens;
      for (std::size_t type = 0; type < event_type_count; ++type) {
        float chance = 0, most = 0, best = 0;
        std::uint32_t word = range.first;
        for (std::uint32_t token = range.first; token < range.last; ++token) {
          const std::span<const float> p = scores_.of(token);
          document_tells_ = document_tells_ || 1 - p[EventNetwork::none] > sure_above;
          chance += p[type], most = std::max(most, p[type]);
          const bool in_tables = p[type] > noticed && std::ranges::any_of(candidates_, [&](const Candidate& candidate) {
            return candidate.reading.trigger == token && candidate.why_not.empty() && candidate.event.type == static_cast<EventType>(type);
          });
          if (const float weight = p[type] * (in_tables ? table_weight : 1); weight > best) best = weight, word = token;
        }
        document_tells_ = document_tells_ || chance > sure_above;
        if (chance > together_above && most < told_above) spread_.push_back({word, static_cast<EventType>(type), std::min(chance, 0.95f)});
      }
    }
  }

  /// "sentenced to seven years": a time tells no act of its own.
  bool says_when(std::uint32_t token) const {
    return std::ranges::any_of(times_, [token](const TimeExpression& time) { return time.range.contains(token); });
  }

  /// "sent him a message": the verb only carries the act that its object names, and the tables tell that one.
  bool carries_told(std::uint32_t verb, std::span<const Candidate> candidates) const {
    return std::ranges::any_of(candidates, [&](const Candidate& candidate) {
      const Token& object = parse_[candidate.reading.trigger];
      return candidate.why_not.empty() && object.head == static_cast<std::int32_t>(verb) && object.deprel == Deprel::obj;
    });
  }

  /// @param several  the trigger tells several events, each with parties of its own: those of the tables stay
  void tell_scored(std::uint32_t sentence, std::uint32_t token, EventType type, float chance, const Candidate* base, bool several) {
    Reading reading;
    if (base != nullptr) reading = base->reading;
    else reading.code = static_cast<MeaningCode>(type), reading.trigger = reading.content = token;
    Event event = base != nullptr ? base->event : bare_event(sentence, reading);
    if (event.implied_actor) event.actors.clear(), event.implied_actor = false;  // the scorer may know one
    const bool agreed = base != nullptr && event.type == type;
    if (!agreed) {
      event.type = type;
      event.modes.clear();
      event.two_sided = event.promised = false;
      event.rule += event.rule.empty() ? "scorer" : " -> scorer";
    }
    const std::span<const float> p = scores_.of(token);
    event.confidence = chance;
    // events that the tables tell against the scorer's doubt are right more often than it thinks (read off the corpus's dev part)
    constexpr float floor = 0.2f, slope = 0.65f;
    if (agreed && event.confidence < told_above) event.confidence = floor + slope * event.confidence;
    if (options_.trace) trace_scores(p, event);
    if (!agreed) describe(token, event);
    else if (event.modes.empty()) event.modes = likely_modes(token, type);
    // parties that act together stay together
    const bool together = agreed && reading.symmetry == Frame::Symmetry::yes && ontology_.quad(type) <= 2 && event.actors.size() > 1;
    OpenEvent& open = open_.emplace_back(open_event(sentence, token, event));
    open.settled = several || (together && !event.actors.empty());
    Found& found = found_.emplace_back(Found{sentence, std::move(reading), std::move(event), {}, true});
    if (open.settled && options_.observed == nullptr) return;
    judge_parties(sentence, token, base, open);
    if (!open.settled) take_parties(found, open);
  }

  /// What is left to say of an event once its parties are known.
  void complete(Found& found) {
    if (!found.scored) return tell(found.sentence, found.reading, std::move(found.event));
    Event& event = found.event;
    const std::uint32_t sentence = found.sentence;
    if (!open_[static_cast<std::size_t>(&found - found_.data())].settled) set_parties(found);
    if (meets_alone(found.reading, event)) return drop(sentence, event, "only one of those who take part is named");
    if (event.actors.empty() && !options_.lenient && !imply_actor(found.reading.trigger, event)) return drop(sentence, event, "nobody is named who does it");
    if (!options_.lenient && ontology_.requires_recipient(event.type) && event.recipients.empty()) return drop(sentence, event, "the type requires a recipient and none is named");
    date_commitment(event);
    drop_own_voice(event);
    add_contexts(sentence, found.reading, event);
    tell(sentence, found.reading, std::move(event));
  }

  /// An event on a token of which the tables say nothing: its scope and its day.
  Event bare_event(std::uint32_t sentence, const Reading& reading) {
    Event event;
    event.type = static_cast<EventType>(reading.code);
    const Token& trigger = parse_[reading.trigger];
    event.evidence.push_back({sentence, parse_.span(parse_.sentences[sentence].tokens), {trigger.begin, trigger.end}});
    event.rule = "scorer";
    Scope scope = scopes_->read(reading.trigger);
    if (options_.trace) event.trace = std::move(scope.steps);
    event.auxiliary = scope.auxiliary;
    event.attribution = std::move(scope.attribution);
    date_event(reading, event);
    return event;
  }

  void trace_scores(std::span<const float> p, Event& event) const {
    std::vector<std::size_t> order(p.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
    std::string line = "scorer:";
    for (std::size_t i = 0; i < 3; ++i)
      line += fmt::format(" {} {:.2f}", order[i] == EventNetwork::none ? "no event" : name(static_cast<EventType>(order[i])), p[order[i]]);
    event.trace.push_back(std::move(line));
  }

  /// Those more likely than not; where there is none, the likeliest if it is nearly so.
  std::vector<std::string> likely_modes(std::uint32_t token, EventType type) {
    constexpr float above = 0, best_above = -0.5f;  // logits, chosen on the dev parts
    std::array<float, 4> flags{};
    network_->describe(scores_, token, mode_scores_, flags, scratch_);
    std::vector<std::string> modes;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < mode_scores_.size() && i < ontology_.modes().size(); ++i) {
      if (ontology_.modes()[i].first != type) continue;
      if (mode_scores_[i] > above) modes.push_back(ontology_.modes()[i].second);
      if (!best || mode_scores_[i] > mode_scores_[*best]) best = i;
    }
    if (modes.empty() && best && mode_scores_[*best] > best_above) modes.push_back(ontology_.modes()[*best].second);
    return modes;
  }

  /// A month or a year that had ended before the news: whatever else is thought of the event, it is background.
  bool dated_background(const Event& event) const {
    if (!event.date || event.date->basis != DateBasis::expression || !published_) return false;
    const TimeSpan& span = event.date->span;
    return span.granularity >= Granularity::month && *published_ - span.end > 0;
  }

  /// Modes and auxiliary modes of an event that the tables do not have so.
  void describe(std::uint32_t token, Event& event) {
    if (auto modes = likely_modes(token, event.type); !modes.empty()) event.modes = std::move(modes);
    std::array<float, 4> flags{};
    network_->describe(scores_, token, mode_scores_, flags, scratch_);
    constexpr std::array<std::uint8_t, 4> bits = {auxiliary_historical, auxiliary_future, auxiliary_hypothetical, auxiliary_negation};
    event.auxiliary = dated_background(event) ? std::uint8_t{auxiliary_historical} : std::uint8_t{0};
    for (std::size_t i = 0; i < bits.size(); ++i)
      if (flags[i] > 0) event.auxiliary |= bits[i];
  }

  bool lies_ahead(const Event& event) const { return std::ranges::count(ahead_, event.evidence.front().trigger.begin) > 0; }

  /// A phrase that the entities passed over but that stands where a party does: nobody we know, by its words.
  const Mention* loose_mention(std::uint32_t head) {
    TokenRange range{head, head + 1};
    for (const std::uint32_t child : parse_.children(head)) {
      const Deprel deprel = parse_[child].deprel;
      const bool within = deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::nummod || deprel == Deprel::flat || deprel == Deprel::nmod_poss;
      if (within) range.first = std::min(range.first, child), range.last = std::max(range.last, child + 1);
    }
    Mention mention;
    mention.range = range;
    mention.head = head;
    Actor actor;
    actor.span = parse_.span(range);
    actor.text = std::string(parse_.words(range));
    actor.why = "stands where a party does";
    mention.actors.push_back(std::move(actor));
    return &loose_.emplace_back(std::move(mention));
  }

  /// "a South Korean island", taken beside "South Korean"; "former minister" beside the name behind it: one party, the whole phrase, or the words that
  /// say who it is.
  static void drop_parts(Party& side, const Parse& parse) {
    const auto known = [](const Mention* mention) { return mention->actors.front().entity != no_entity; };
    for (std::size_t i = 0; i < side.size();) {
      const Token& head = parse[side[i]->head];
      const bool owner = head.deprel == Deprel::amod || head.deprel == Deprel::compound || head.deprel == Deprel::nmod_poss;
      const bool same = head.deprel == Deprel::flat || head.deprel == Deprel::appos;
      const auto whole = owner || same ? std::ranges::find_if(side, [&](const Mention* mention) { return head.head == static_cast<std::int32_t>(mention->head); }) : side.end();
      const bool others = whole != side.end() && same && side[i]->actors.front().code != (*whole)->actors.front().code;  // a list that was read as an apposition
      if (whole == side.end() || others) {
        ++i;
        continue;
      }
      if (same && known(side[i]) && !known(*whole)) std::swap(side[i], *whole);
      side.erase(side.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  /// "detonates in Bani Jamra": where it is done, not who does it.
  bool says_where(std::uint32_t token) const {
    const std::string_view preposition = arguments_.preposition(token);
    return preposition == "in" || preposition == "at" || preposition == "near";
  }

  /// The scorer's word on everybody in the sentence.
  void judge_parties(std::uint32_t sentence, std::uint32_t token, const Candidate* base, OpenEvent& open) {
    TableEvent table;
    if (base != nullptr) table.actors = mentions_of(base->event.actors, sentence), table.recipients = mentions_of(base->event.recipients, sentence);
    pair_features(parse_, mentions_, token, base == nullptr ? nullptr : &table, open.pairs);
    network_->judge(scores_, token, open.pairs, open.roles, scratch_);
    open.unknown_to_tables = base == nullptr;
    open.no_recipient_in_tables = base != nullptr && base->event.type == open.type && base->event.recipients.empty();
  }

  const Mention* party_at(std::uint32_t head) {
    const Mention* mention = mentions_.at(head);
    return mention != nullptr ? mention : loose_mention(head);
  }

  /// Whom the scorer alone would take.
  void take_parties(Found& found, OpenEvent& open) {
    // Logits, chosen on the dev parts: recipients are missed more often than wrong. A recipient that the type needs is somewhere; that
    // the tables found none for a type that can do without says that there may be none.
    constexpr float acts_above = 0, acts_alone_above = -3, likely_above = -0.5f, if_alone_above = -2, if_needed_above = -3, if_none_told_above = -0.4f;
    const bool needed = ontology_.requires_recipient(open.type);
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
      if ((*best)[side] > (side == EventNetwork::recipient ? receives_alone_above : acts_alone_above) && (*best)[side] > (*best)[1 - side] && !(side == 0 && says_where(token)))
        sides[side].push_back(token);
    }
    take_sides(found, open, sides);
  }

  void take_sides(Found& found, OpenEvent& open, PartyChooser::Sides& sides) {
    for (const std::size_t side : {0, 1}) {
      found.sides[side].clear();
      for (const std::uint32_t head : sides[side]) found.sides[side].push_back(party_at(head));
    }
    open.actors = std::move(sides[0]), open.recipients = std::move(sides[1]);
  }

  PartyChooser::Need need_of(const OpenEvent& open) const {
    if (ontology_.requires_recipient(open.type)) return PartyChooser::Need::recipient;
    return open.no_recipient_in_tables ? PartyChooser::Need::doubtful : PartyChooser::Need::open;
  }

  /// The choice among all whom the document names, once everything that it tells is found.
  void choose_parties() {
    if (chooser_ == nullptr && options_.observed == nullptr) return;
    PartyCandidates candidates(arguments_, ontology_, open_);
    std::vector<PartyChooser::Sides> chosen(open_.size());
    for (std::size_t at = 0; at < open_.size(); ++at) {
      if (open_[at].settled && options_.observed == nullptr) continue;
      candidates.of(at, around_);
      if (options_.observed != nullptr) observed_.open.push_back({open_[at].trigger, open_[at].type, around_});
      if (chooser_ != nullptr) chosen[at] = chooser_->choose(around_, need_of(open_[at]));
    }
    // only now, for what each event was taken to be is known to the others
    for (std::size_t at = 0; at < open_.size() && chooser_ != nullptr; ++at)
      if (!open_[at].settled) take_sides(found_[at], open_[at], chosen[at]);
  }

  void set_parties(Found& found) {
    Event& event = found.event;
    Party* sides = found.sides;
    for (Party& side : found.sides) drop_parts(side, parse_);
    const bool visit = std::ranges::count(event.modes, "visit") > 0;
    if (event.type == EventType::CONSULT && !visit) sides[0].insert(sides[0].end(), sides[1].begin(), sides[1].end()), sides[1].clear();
    std::vector<Actor> actors = std::move(event.actors), recipients = std::move(event.recipients);
    event.actors.clear(), event.recipients.clear();
    add_party(sides[0], event, event.actors);
    add_party(sides[1], event, event.recipients);
    if (event.actors.empty()) event.actors = std::move(actors);
    if (event.recipients.empty()) event.recipients = std::move(recipients);
    drop_self(event);
    std::erase_if(event.recipients, [&](const Actor& recipient) {  // "Xi promised that China": his own country
      return recipient.sector.empty() && std::ranges::any_of(event.actors, [&](const Actor& actor) {
        return !actor.code.empty() && actor.code == recipient.code && actor.sector == "GOV";
      });
    });
    complete_host(event);
  }

  /// PLOVER reference, gap 6: what nobody is named for is somebody's. Table: data/ontology/implied_actors.tsv.
  bool imply_actor(std::uint32_t trigger, Event& event) const {
    const bool people = mentions_.of_token[trigger] >= 0;  // "fired at protesters" tells of them, not of the protest
    const Ontology::ImpliedActor* implied = ontology_.implied_actor(event.type, event.modes);
    if (!options_.implied_actors || implied == nullptr || (event.type == EventType::PROTEST && people)) return false;
    Actor unknown;
    unknown.sector = implied->sector;
    unknown.why = "implied: the text names no actor";
    event.actors.push_back(std::move(unknown));
    return event.implied_actor = true;
  }

  /// The one country that the document names, else the one of all whom it is done to; empty when there is none.
  std::string country_told_of(const Event& event) const {
    if (!affiliations_->only_country().empty()) return affiliations_->only_country();
    if (event.recipients.empty()) return {};
    const std::string& code = event.recipients.front().code;
    const bool one = std::ranges::all_of(event.recipients, [&](const Actor& recipient) { return recipient.code == code; });
    return one ? code : std::string();
  }

  /// A reading, and the day that belongs to it alone.
  struct Telling {
    Reading meaning;
    const TimeExpression* day = nullptr;
  };

  /// "spoke with A on Friday and with B on Monday": two events told with one verb, when each counterpart has a day behind it.
  std::vector<Telling> tell_apart(std::uint32_t sentence, const Reading& meaning) const {
    for (Party Reading::*side : {&Reading::actors, &Reading::recipients}) {
      std::vector<Telling> tellings;
      Reading shared = meaning;
      (shared.*side).clear();
      for (const Mention* mention : meaning.*side) {
        const TimeExpression* day = day_behind(sentence, *mention, meaning.*side);
        if (day == nullptr || mention->range.first < meaning.trigger) (shared.*side).push_back(mention);
        else tellings.push_back({meaning, day}), (tellings.back().meaning.*side) = {mention};
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
  const TimeExpression* day_behind(std::uint32_t sentence, const Mention& mention, const Party& party) const {
    constexpr std::uint32_t reach = 6;
    const TokenRange within = parse_.sentences[sentence].tokens;
    for (const TimeExpression& time : times_) {
      if (!within.contains(time.range.first) || time.range.first < mention.range.last) continue;
      if (time.kind != TimeExpression::Kind::date || !time.resolved || time.range.first > mention.range.last + reach) return nullptr;
      const bool other_between = std::ranges::any_of(party, [&](const Mention* other) {
        return other->range.first >= mention.range.last && other->range.first < time.range.first;
      });
      return other_between ? nullptr : &time;
    }
    return nullptr;
  }

  Candidate candidate(std::uint32_t sentence, const Reading& meaning, const TimeExpression* day) {
    Candidate made{meaning, {}, {}};
    Event& event = made.event;
    const auto object = [&](std::string why) {
      if (made.why_not.empty()) made.why_not = std::move(why);
    };
    if (!meaning.alone && !options_.lenient) object("names the act without telling it: nothing carries it");
    event.type = static_cast<EventType>(meaning.code);
    for (std::string_view mode : meaning.modes) add_new(event.modes, mode);
    event.rule = meaning.rule;
    event.promised = meaning.promised;
    const Token& trigger = parse_[meaning.trigger];
    const Token& content = parse_[meaning.content];
    event.evidence.push_back({sentence, parse_.span(parse_.sentences[sentence].tokens),
                              {std::min(trigger.begin, content.begin), std::max(trigger.end, content.end)}});
    Scope scope = scopes_->read(meaning.trigger);
    if (options_.trace) event.trace = std::move(scope.steps);
    event.auxiliary = scope.auxiliary | meaning.auxiliary;
    event.attribution = std::move(scope.attribution);
    date_event(meaning, event);
    if (day) event.date = EventDate{day->span, DateBasis::expression, parse_.span(day->range)};
    object(fill_parties(sentence, meaning, event));
    apply_refusal(meaning, event);
    if (scope.obliged) apply_obligation(meaning, event);
    if (!options_.lenient && names_coming_meeting(meaning, event)) object("the relative clause says which coming meeting is meant");
    apply_auxiliary(event);
    infer_phone(meaning, event);
    date_commitment(event);
    drop_own_voice(event);
    if (!options_.lenient && ontology_.requires_recipient(event.type) && event.recipients.empty()) object("the type requires a recipient and none is named");
    add_contexts(sentence, meaning, event);
    send_peacekeepers(event);
    return made;
  }

  void drop(std::uint32_t sentence, const Event& event, std::string why) {
    if (!options_.trace) return;
    coded_.dropped.push_back({sentence, event.evidence.front().trigger, std::string(name(event.type)) + " by " + event.rule, std::move(why)});
  }

  /// "congratulated him on the election of June 3": the day is the election's.
  bool dates_another_noun(const Reading& meaning, const DatedBy& dated) const {
    if (dated.expression < 0) return false;
    const std::uint32_t head = times_[static_cast<std::size_t>(dated.expression)].head;
    const std::int32_t governor = parse_[head].head;
    if (governor < 0 || arguments_.preposition(head) != "of") return false;
    const auto noun = static_cast<std::uint32_t>(governor);
    return noun != meaning.content && noun != meaning.trigger && parse_[noun].upos != Upos::VERB;
  }

  void date_event(const Reading& meaning, Event& event) {
    DatedBy dated = dater_.date_of(parse_, meaning.trigger, times_, published_);
    if (dates_another_noun(meaning, dated) && published_) {
      const Tense tense = dated.tense;
      dated = DatedBy{};
      dated.span = {*published_, *published_};
      dated.known = true;
      dated.tense = tense;
    }
    const DatedBy content = meaning.content == meaning.trigger ? dated : dater_.date_of(parse_, meaning.content, times_, published_);
    const bool from_content = dated.basis != DatedBy::Basis::expression && content.basis == DatedBy::Basis::expression;
    const DatedBy& used = from_content ? content : dated;
    if (used.known) event.date = event_date(parse_, used);
    // "will meet in May" tells the meeting, "agreed to meet in May" the agreeing
    const bool ahead = dated.tense == Tense::future || dated.tense == Tense::modal || dated.tense == Tense::infinitive;
    if (ahead) ahead_.push_back(event.evidence.front().trigger.begin);
    if (used.basis == DatedBy::Basis::expression) remember_date(event);
    else if (looks_back(used.tense)) carry_date(event);
    const bool background = used.basis == DatedBy::Basis::expression && published_ && *published_ - used.span.end > news_days;
    if (used.before_publication_period || background) event.auxiliary |= auxiliary_historical;
    if (used.after_publication && !from_content) event.auxiliary |= auxiliary_future;
  }

  static bool looks_back(Tense tense) {
    return tense == Tense::past || tense == Tense::past_perfect;
  }

  /// A day of the news period that the story has named.
  void remember_date(const Event& event) {
    const TimeSpan& span = event.date->span;
    if (!published_ || span.granularity != Granularity::day || span.end > *published_ || *published_ - span.end > news_days) return;
    const std::uint32_t sentence = event.evidence.front().sentence;
    carried_ = event.date;
    carried_paragraph_ = parse_.sentences[sentence].paragraph;
    constexpr std::uint32_t lead_sentences = 3;
    if (!lead_ && sentence < lead_sentences) lead_ = event.date;
  }

  // A story told in the past goes on at the day it named last in the paragraph, else at the day of its lead.
  void carry_date(Event& event) const {
    if (!event.date) return;
    const bool same_paragraph = carried_ && carried_paragraph_ == parse_.sentences[event.evidence.front().sentence].paragraph;
    const auto& day = same_paragraph ? carried_ : lead_;
    if (day) event.date = day;
  }

  // What is agreed, promised or asked for lies ahead; the agreeing is of the day of the news.
  void date_commitment(Event& event) const {
    const bool verbal = ontology_.quad(event.type) % 2 == 1;  // verbal cooperation and verbal conflict
    if (lies_ahead(event) && event.type != EventType::REJECT && event.type != EventType::THREATEN) return;
    if (!verbal || !event.date || !published_ || event.date->span.begin <= *published_) return;
    event.date = EventDate{TimeSpan{*published_, *published_}, DateBasis::publication, {}};
  }

  // Mentions become actors as they were on the event's own date.
  void add_party(const Party& party, const Event& event, std::vector<Actor>& out) const {
    for (const Mention* mention : party) {
      for (const Actor& actor : mention->actors) {
        if (is_first_person(actor)) {
          if (const Actor* speaker = quoted_speaker(event)) add_actor(out, *speaker);
          continue;
        }
        const bool other_day = event.date && event.date->basis == DateBasis::expression && published_ &&
                               event.date->span.begin != *published_;
        const bool unresolved = mention->kind == MentionKind::pronoun && actor.code.empty() && actor.name.empty();
        if (unresolved && &out == &event.recipients) continue;  // "its" tells nobody whom
        add_actor(out, other_day ? linker_.redate(actor, event.date->span.begin) : actor);
        // A capital that is visited or addressed is its government.
        if (mention->kind == MentionKind::place && actor.entity != no_entity && out.back().sector.empty() &&
            linker_.base().entity(actor.entity).kind == Entity::Kind::state && actor.text != actor.name)
          out.back().sector = "GOV";
      }
    }
  }

  // "tightened its sanctions", "on his victory": who acts does not act on himself. A rebel unit on another is no match:
  // only the same named actor, or the same bare country or government, is.
  static void drop_self(Event& event) {
    std::erase_if(event.recipients, [&](const Actor& recipient) {
      return std::any_of(event.actors.begin(), event.actors.end(), [&](const Actor& actor) {
        const bool same_entity = actor.entity != no_entity && actor.entity == recipient.entity && actor.sector == recipient.sector;
        const bool same_state = !actor.code.empty() && actor.code == recipient.code && actor.sector == recipient.sector &&
                                (actor.sector.empty() || actor.sector == "GOV");
        return same_entity || same_state;
      });
    });
    // "he hopes that Arland and Belmar will": his own country stands beside the other one
    if (event.recipients.size() < 2) return;
    std::erase_if(event.recipients, [&](const Actor& recipient) {
      return recipient.sector.empty() && !recipient.code.empty() && std::ranges::any_of(event.actors, [&](const Actor& actor) {
        return actor.code == recipient.code && actor.sector == "GOV";
      });
    });
  }

  /// "the summit that Arland hosts in May": says which meeting is meant, and promises nothing.
  bool names_coming_meeting(const Reading& meaning, const Event& event) const {
    return event.type == EventType::CONSULT && (event.auxiliary & auxiliary_future) != 0 && parse_[meaning.trigger].deprel == Deprel::acl_relcl;
  }

  /// "Earlier, she had spoken with B": told beside a telephone call of hers, speaking is by telephone too.
  void infer_phone(const Reading& meaning, Event& event) const {
    if (event.type != EventType::CONSULT || !event.modes.empty() || !predicates_.in_class("speak_with", parse_[meaning.content].lemma)) return;
    const auto official = [](const Actor& actor) { return actor.sector == "GOV"; };
    if (!std::ranges::all_of(event.actors, official)) return;
    const bool beside_call = std::ranges::any_of(candidates_, [&](const Candidate& candidate) {
      const Event& other = candidate.event;
      return candidate.why_not.empty() && other.type == EventType::CONSULT && std::ranges::count(other.modes, "phone") > 0 && std::ranges::any_of(other.actors, [&](const Actor& caller) {
        return caller.entity != no_entity && std::ranges::any_of(event.actors, [&](const Actor& actor) { return actor.entity == caller.entity; });
      });
    });
    if (beside_call) event.modes.emplace_back("phone");
  }

  // Who visits a country in office is received by its government.
  static void complete_host(Event& event) {
    const bool visit = event.type == EventType::CONSULT && std::find(event.modes.begin(), event.modes.end(), "visit") != event.modes.end();
    const bool official = std::any_of(event.actors.begin(), event.actors.end(), [](const Actor& actor) { return actor.sector == "GOV"; });
    if (!visit || !official) return;
    for (Actor& host : event.recipients)
      if (host.sector.empty() && !host.code.empty()) host.sector = "GOV";
  }

  /// Why no unknown actor may be put in (PLOVER reference, gap 6); empty = may.
  std::string not_implied(std::uint32_t sentence, const Reading& meaning, const Event& event) const {
    const bool force = event.type == EventType::ASSAULT || event.type == EventType::COERCE;
    if (!options_.implied_actors || !force) return "nobody is named who does it";
    if (event.recipients.empty()) return "neither the one who does it nor whom it hits is named";
    // An overt subject that is no actor did it: a deck that collapses, a storm; a weapon points to a hand behind it.
    Tokens subjects;
    arguments_.fillers(meaning.content, Slot::subj, subjects);
    for (std::uint32_t subject : subjects)
      if (!predicates_.in_class("weapon", parse_[subject].lemma) && predicates_.entries(parse_[subject].lemma, Upos::NOUN).empty())
        return "what does it is nobody who acts";
    // People are killed in disasters too: a bare killing is violence only where nothing speaks of one.
    const auto& contexts = contexts_[parse_.sentences[sentence].paragraph];
    const bool disaster = std::find(contexts.begin(), contexts.end(), "disasters") != contexts.end();
    if (event.type == EventType::ASSAULT && event.modes.empty() && disaster) return "the passage tells of a disaster";
    return {};
  }

  /// "the APEC summit", "more talks": a noun for what people do together, and only one of them named.
  bool meets_alone(const Reading& meaning, const Event& event) const {
    return !options_.lenient && meaning.symmetry == Frame::Symmetry::yes && event.actors.size() == 1 && event.recipients.empty() &&
           parse_[meaning.content].upos != Upos::VERB;
  }

  /// Says why the event cannot be told by these parties; empty = it can.
  std::string fill_parties(std::uint32_t sentence, const Reading& meaning, Event& event) {
    add_party(meaning.actors, event, event.actors);
    add_party(meaning.recipients, event, event.recipients);
    drop_self(event);
    complete_host(event);
    event.two_sided = meaning.symmetry == Frame::Symmetry::sides && !event.recipients.empty();
    if (options_.lenient) return {};
    if (!event.actors.empty()) return meets_alone(meaning, event) ? "only one of those who take part is named" : "";
    if (std::string why = not_implied(sentence, meaning, event); !why.empty()) return why;
    imply_actor(meaning.trigger, event);
    return {};
  }

  // PLOVER reference 2.3 and 4: if one plain type covers type and flag, the plain type stands. Table: auxiliary.tsv.
  // "will not release them": who says what he will not do refuses it.
  void apply_refusal(const Reading& meaning, Event& event) const {
    constexpr std::uint8_t both = auxiliary_future | auxiliary_negation;
    if ((event.auxiliary & (both | auxiliary_hypothetical)) != both || parse_[meaning.trigger].upos != Upos::VERB) return;
    const auto reject = predicates_.operator_code("reject");
    const CompositionRow* row = reject ? predicates_.compose(*reject, static_cast<MeaningCode>(event.type), meaning.modes) : nullptr;
    if (row == nullptr || row->result < 0 || row->result >= static_cast<MeaningCode>(event_type_count)) return;
    event.type = static_cast<EventType>(row->result);
    event.modes.assign(row->modes.begin(), row->modes.end());
    event.auxiliary &= static_cast<std::uint8_t>(~both);
    event.rule += " will not -> " + row->place;
  }

  // "said that Arland must withdraw": who says so of another asks for it.
  void apply_obligation(const Reading& meaning, Event& event) const {
    if (event.attribution.empty() || event.actors.empty() || event.implied_actor || (event.auxiliary & auxiliary_negation)) return;
    const Actor& speaker = event.attribution.back().speaker;
    const bool known = !speaker.code.empty() || !speaker.name.empty() || !speaker.span.empty();
    const bool same = std::ranges::any_of(event.actors, [&](const Actor& actor) {
      return (actor.entity != no_entity && actor.entity == speaker.entity) || (!actor.code.empty() && actor.code == speaker.code) || actor.text == speaker.text;
    });
    const auto request = predicates_.operator_code("request");
    const CompositionRow* row = request ? predicates_.compose(*request, static_cast<MeaningCode>(event.type), meaning.modes) : nullptr;
    if (!known || same || is_first_person(speaker) || row == nullptr || row->result != static_cast<MeaningCode>(EventType::REQUEST)) return;
    event.type = EventType::REQUEST;
    event.modes.assign(row->modes.begin(), row->modes.end());
    event.recipients = std::move(event.actors);
    event.actors = {speaker};
    event.attribution.pop_back();
    event.auxiliary &= static_cast<std::uint8_t>(~auxiliary_hypothetical);
    event.rule += " must -> " + row->place;
  }

  void apply_auxiliary(Event& event) {
    for (const std::uint8_t flag : {auxiliary_future, auxiliary_hypothetical, auxiliary_negation, auxiliary_historical}) {
      if (!(event.auxiliary & flag)) continue;
      // What is denied or only imagined stays the act it is, flagged.
      if (flag == auxiliary_future && (event.auxiliary & (auxiliary_negation | auxiliary_hypothetical))) continue;
      const AuxiliaryRow* row = predicates_.auxiliary(flag, event.type);
      if (row == nullptr) continue;
      event.type = row->result;
      event.promised |= flag == auxiliary_future;
      if (!row->keeps_modes) event.modes.assign(row->modes.begin(), row->modes.end());
      if (!row->keeps_flag) event.auxiliary &= static_cast<std::uint8_t>(~flag);
      event.rule += " -> " + row->place;
    }
    std::erase_if(event.modes, [&](const std::string& mode) { return !ontology_.has_mode(event.type, mode); });
  }

  // Who condemns, asks or refuses speaks for himself: the sentence that says so is no report of his.
  static void drop_own_voice(Event& event) {
    const bool act_of_speech = event.type == EventType::REQUEST || event.type == EventType::ACCUSE || event.type == EventType::REJECT ||
                               event.type == EventType::THREATEN || event.type == EventType::SUPPORT;
    if (!act_of_speech || event.attribution.empty() || event.actors.size() != 1) return;
    const Actor& speaker = event.attribution.back().speaker;
    const Actor& actor = event.actors.front();
    const bool same = actor.entity == speaker.entity && (actor.entity != no_entity || actor.text == speaker.text);
    if (same && !event.attribution.back().direct) event.attribution.pop_back();
  }

  void add_contexts(std::uint32_t sentence, const Reading& meaning, Event& event) const {
    for (std::string_view context : meaning.contexts) add_new(event.contexts, context);
    for (std::string_view context : contexts_[parse_.sentences[sentence].paragraph]) add_new(event.contexts, context);
    for (const std::string& mode : event.modes)
      if (event.type == EventType::COERCE && (mode == "cyber" || mode == "misinformation")) add_new(event.contexts, mode);
    std::sort(event.contexts.begin(), event.contexts.end());
  }

  /// Troops that keep a peace are help to the country they go to, and no threat to anybody.
  static void send_peacekeepers(Event& event) {
    const bool troops = event.type == EventType::MOBILIZE && std::ranges::count(event.modes, "troops") > 0;
    if (!troops || std::ranges::count(event.contexts, "peacekeeping") == 0) return;
    event.type = EventType::AID;
    event.modes.clear();
    event.rule += " of peacekeepers";
  }

  /// A quantity belongs to the trigger it hangs below; the dead and injured also to violence in the same clause.
  bool belongs(const Quantity& quantity, const Reading& meaning) const {
    std::int32_t at = static_cast<std::int32_t>(quantity.token);
    for (int depth = 0; at >= 0 && depth < 5; ++depth, at = parse_[static_cast<std::uint32_t>(at)].head) {
      const auto token = static_cast<std::uint32_t>(at);
      if (token == meaning.content || token == meaning.trigger) return true;
      if (parse_[token].upos == Upos::VERB && depth > 0) {
        const bool casualties = quantity.kind == Quantity::Kind::dead || quantity.kind == Quantity::Kind::injured;
        const bool same_clause = parse_[meaning.content].head == at || static_cast<std::int32_t>(meaning.content) == parse_[token].head;
        return casualties && same_clause;
      }
    }
    return false;
  }

  void add_quantities(std::uint32_t sentence, const Reading& meaning, Event& event) const {
    for (const Quantity& quantity : quantities_of_[sentence])
      if (belongs(quantity, meaning)) event.quantities.push_back(quantity);
  }

  // The place said beside the trigger, or the sentence's only place.
  void add_place(const Reading& meaning, Event& event) const {
    Tokens tokens;
    for (const std::uint32_t token : {meaning.content, meaning.trigger})
      for (const Slot slot : {Slot::in, Slot::at, Slot::near, Slot::outside, Slot::across, Slot::on}) arguments_.fillers(token, slot, tokens);
    for (std::uint32_t token : tokens) {
      const Mention* mention = mentions_.at(token);
      if (mention == nullptr || (mention->kind != MentionKind::place && mention->kind != MentionKind::state)) continue;
      event.place = linker_.base().places().of(*mention, countries_);
      if (event.place) return;
    }
  }

  /// Until the learned scorer stands here: how specific the row was, and how well the parties are known.
  static float confidence(const Reading& meaning, const Event& event) {
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

  // PLOVER reference, gap 27: one event of a type per actors and recipients in a sentence. "welcomed the gesture and thanked
  // him": the verb that names nobody at the receiving end tells of the same one.
  void cap_by_type(std::size_t first) {
    const auto same = [](const std::vector<Actor>& a, const std::vector<Actor>& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Actor& x, const Actor& y) { return x.code == y.code && x.sector == y.sector && x.text == y.text; });
    };
    auto& events = coded_.events;
    for (std::size_t at = first; at < events.size(); ++at)
      for (std::size_t other = events.size(); --other > at;) {
        Event &a = events[at], &b = events[other];
        if (a.type != b.type || a.auxiliary != b.auxiliary || !same(a.actors, b.actors)) continue;
        const bool less_told = a.recipients.empty() != b.recipients.empty();
        if (!less_told && !same(a.recipients, b.recipients)) continue;
        if (less_told && a.recipients.empty()) std::swap(a, b);
        for (const std::string& mode : b.modes) add_new(a.modes, mode);
        for (Quantity& quantity : b.quantities) a.quantities.push_back(std::move(quantity));
        events.erase(events.begin() + static_cast<std::ptrdiff_t>(other));
      }
  }

  const EventNetwork* network_;
  const PartyChooser* chooser_;
  const Ontology& ontology_;
  const Predicates& predicates_;
  const QuantityReader& quantities_;
  const EventDater& dater_;
  const Parse& parse_;
  const Mentions& mentions_;
  const std::vector<TimeExpression>& times_;
  std::optional<Date> published_;
  const Linker& linker_;
  const CodingOptions& options_;
  Arguments arguments_;
  std::optional<ScopeReader> scopes_;
  Composer composer_;
  std::optional<Affiliations> affiliations_;
  std::vector<std::vector<std::string_view>> contexts_;
  CountryCounts countries_;
  std::vector<Reading> meanings_;
  std::vector<std::vector<Quantity>> quantities_of_;  ///< per sentence
  bool document_tells_ = false;
  std::vector<Spread> spread_;
  EventNetwork::Scores scores_;
  std::vector<float> mode_scores_;
  std::vector<PairFeatures> pairs_;
  std::vector<std::array<float, EventNetwork::roles>> roles_;
  std::vector<Found> found_;
  std::vector<OpenEvent> open_;  ///< in the order of found_
  std::vector<PartyCandidate> around_;
  std::deque<Mention> loose_;
  std::vector<Candidate> candidates_;
  const ChoiceNames& names_;
  EventNetwork::Scratch& scratch_;
  Observed observed_;
  std::vector<std::size_t> candidates_begin_;  ///< per sentence
  std::vector<std::uint32_t> ahead_;           ///< where the triggers begin whose own clause lies ahead
  std::optional<EventDate> carried_, lead_;  ///< days named in the story
  std::uint32_t carried_paragraph_ = 0;
  Coded coded_;
};

}  // namespace

Result<EventCoder> EventCoder::load(const Resources& resources) {
  auto ontology = Ontology::load(resources);
  if (!ontology.ok()) return ontology.error();
  auto predicates = Predicates::load(resources);
  if (!predicates.ok()) return predicates.error();
  auto quantities = QuantityReader::load(resources);
  if (!quantities.ok()) return quantities.error();
  auto contexts = ContextReader::load(resources);
  if (!contexts.ok()) return contexts.error();
  auto dater = EventDater::load(resources);
  if (!dater.ok()) return dater.error();
  ChoiceNames names(ChoiceNames::of(predicates.value()));
  std::optional<EventNetwork> network;
  if (const auto bytes = resources.file("models/events/scorer.bin"); bytes.ok()) {
    const auto words = resources.file("models/words/vectors.bin");
    auto read = EventNetwork::view(bytes.value(), words.ok() ? words.value() : std::string_view());
    if (!read.ok()) return read.error();
    network = std::move(read).value();
  }
  std::optional<PartyChooser> chooser;
  if (const auto bytes = resources.file("models/events/parties.bin"); bytes.ok() && network) {
    auto read = PartyChooser::view(bytes.value());
    if (!read.ok()) return read.error();
    chooser = std::move(read).value();
  }
  return EventCoder(std::make_unique<const Tables>(Tables{std::move(ontology).value(), std::move(predicates).value(), std::move(quantities).value(),
                                                          std::move(contexts).value(), std::move(dater).value(), std::move(network), std::move(chooser), std::move(names)}));
}

EventCoder::EventCoder(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
EventCoder::EventCoder(EventCoder&&) noexcept = default;
EventCoder& EventCoder::operator=(EventCoder&&) noexcept = default;
EventCoder::~EventCoder() = default;

const Ontology& EventCoder::ontology() const { return tables_->ontology; }
const Predicates& EventCoder::predicates() const { return tables_->predicates; }
std::uint64_t EventCoder::scorer() const {
  if (!tables_->network) return 0;
  return tables_->network->checksum() ^ (tables_->chooser ? tables_->chooser->checksum() : 0);
}

Coded EventCoder::code(const Parse& parse, const Mentions& mentions, const std::vector<TimeExpression>& times,
                       std::optional<Date> published, const Linker& linker, const CodingOptions& options) const {
  Coded coded;
  EventNetwork::Scratch scratch;
  const CodingTask task{&parse, &mentions, &times, published, &coded};
  code(std::span(&task, 1), linker, options, scratch);
  return coded;
}

void EventCoder::code(std::span<const CodingTask> tasks, const Linker& linker, const CodingOptions& options, EventNetwork::Scratch& scratch) const {
  const Tables& t = *tables_;
  std::deque<DocumentCoder> coders;
  std::vector<EventNetwork::Text> texts;
  for (const CodingTask& task : tasks) {
    const bool scored = (options.scorer || options.observed != nullptr) && t.network && task.parse->vector_size == t.network->vector_size();
    DocumentCoder& coder = coders.emplace_back(t.ontology, t.predicates, t.quantities, t.contexts, t.dater, scored ? &*t.network : nullptr, scored && t.chooser && !options.own_parties ? &*t.chooser : nullptr, *task.parse,
                                               *task.mentions, *task.times, task.published, linker, options,
                                               scored ? t.network->names() : t.own_names, scratch);
    coder.read();
    if (scored) texts.push_back(coder.text());
  }
  if (!texts.empty()) t.network->run(texts, scratch);
  for (std::size_t i = 0; i < tasks.size(); ++i) *tasks[i].coded = coders[i].finish();
}

}  // namespace legation
