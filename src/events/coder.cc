#include "events/coder.h"

#include <algorithm>
#include <deque>

#include "events/affiliation.h"
#include "events/claims.h"
#include "events/coding_context.h"
#include "events/context.h"
#include "events/event_choice.h"
#include "events/event_drafts.h"
#include "events/merge.h"
#include "events/quantity.h"

namespace legation {
namespace {

constexpr std::string_view basis_names[] = {"expression", "dateline", "publication", "assumption"};

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
  std::optional<CountryChooser> countries;
  std::optional<SectorChooser> sectors;
  ChoiceNames own_names;  ///< of the tables, for when there is no network
};

/// One document's way through the parts of the coder: drafts by the tables, the choice among them, and what hangs on an event without deciding it.
class EventCoder::DocumentCoder {
 public:
  /// @param scored  the scorer reads the document between read() and finish()
  DocumentCoder(const Tables& tables, const CodingTask& task, const Linker& linker, const CodingOptions& options, bool scored, EventNetwork::Scratch& scratch)
      : c_{tables.ontology, tables.predicates, tables.dater, *task.parse, *task.mentions,
           *task.times,     task.published,    linker,       options,     Arguments(*task.parse, *task.mentions, tables.predicates),
           coded_.dropped},
        tables_(tables),
        quantities_(tables.quantities),
        names_(scored ? tables.network->names() : tables.own_names),
        network_(scored ? &*tables.network : nullptr),
        scratch_(scratch),
        countries_(c_.mentions),
        parties_(c_),
        drafts_(c_, tables.contexts, parties_),
        choice_(c_, drafts_, parties_, network_, scored && tables.chooser && !options.own_parties ? &*tables.chooser : nullptr, scratch) {
    c_.arguments.leave_out(c_.times);
  }

  /// "killed in March 2019": a year, and no dead.
  bool counts_days(const Quantity& quantity) const {
    return quantity.kind != Quantity::Kind::duration &&
           std::ranges::any_of(c_.times, [&](const TimeExpression& time) { return time.range.contains(quantity.token); });
  }

  /// What the tables make of the document.
  void read() {
    for (std::uint32_t sentence = 0; sentence < c_.parse.sentences.size(); ++sentence) {
      quantities_of_.push_back(quantities_.read(c_.arguments, sentence));
      std::erase_if(quantities_of_.back(), [&](const Quantity& quantity) { return counts_days(quantity); });
      drafts_.read(sentence);
      observe(sentence);
      read_claims(c_.arguments, sentence, quantities_of_.back(), c_.times, c_.published, c_.dater, drafts_.scopes(), coded_.claims);
    }
  }

  /// For the network, between read() and finish().
  EventNetwork::Text text() { return {&c_.parse, &observed_.features, &choice_.scores()}; }

  Coded finish() {
    if (c_.options.observed != nullptr && network_ != nullptr && !c_.options.parties.empty()) choice_.observe_parties(observed_);
    const DocumentCountries& named = named_.emplace(c_.parse, c_.mentions);
    affiliations_.emplace(c_.parse, c_.mentions, c_.ontology, judges(), choice_.scores(), named, scratch_);
    if (c_.options.observed != nullptr)
      affiliations_->observe({[this](const OpenParty& party, std::span<const CountryCandidate> candidates) { observe_home(party, candidates); },
                              [this](const SectorQuestion& party, std::span<const SectorCandidate> candidates) { observe_standing(party, candidates); }});
    choice_.settle();
    choice_.choose_parties(named, c_.options.observed != nullptr ? &observed_ : nullptr);
    auto& found = choice_.found();
    for (std::size_t at = 0; at < found.size();) {
      const std::uint32_t sentence = found[at].sentence;
      const std::size_t first = coded_.events.size();
      for (; at < found.size() && found[at].sentence == sentence; ++at) complete(found[at]);
      cap_by_type(coded_.events, first);
    }
    if (c_.options.merge) merge_tellings(coded_.events, title_sentences());
    if (c_.options.observed != nullptr) {
      observed_.vectors = std::move(choice_.scores().vectors);
      *c_.options.observed = std::move(observed_);
    }
    return std::move(coded_);
  }

 private:
  Affiliations::Judges judges() const {
    if (network_ == nullptr || !c_.options.scorer) return {};
    return {network_, tables_.countries ? &*tables_.countries : nullptr, tables_.sectors ? &*tables_.sectors : nullptr};
  }

  std::uint32_t title_sentences() const {
    std::uint32_t count = 0;
    while (count < c_.parse.sentences.size() && c_.parse.sentences[count].in_title) ++count;
    return count;
  }

  /// Notes what the tables make of the sentence, as the scorer wants it.
  void observe(std::uint32_t sentence) {
    const std::size_t first = observed_.events.size();
    for (const Draft& draft : drafts_.of(sentence)) {
      const Event& event = draft.event;
      observed_.events.push_back({draft.reading.trigger, event.type, event.modes, event.auxiliary, draft.why_not.empty(),
                                  parties_.mentions_of(event.actors, sentence), parties_.mentions_of(event.recipients, sentence)});
    }
    const std::vector<TableEvent> own(observed_.events.begin() + static_cast<std::ptrdiff_t>(first), observed_.events.end());
    read_event_features(c_.arguments, drafts_.composer(), drafts_.scopes(), own, sentence, names_, c_.ontology, observed_.features);
  }

  /// What is left to say of an event once its parties are known.
  void complete(Found& found) {
    if (!found.scored) return tell(found.sentence, found.reading, std::move(found.event));
    Event& event = found.event;
    const std::uint32_t sentence = found.sentence;
    if (choice_.open(found)) parties_.set(std::move(found.sides[0]), std::move(found.sides[1]), event);
    if (parties_.meets_alone(found.reading, event)) return c_.drop(sentence, event, "only one of those who take part is named");
    if (event.actors.empty() && !c_.options.lenient && !parties_.imply_actor(found.reading.trigger, event))
      return c_.drop(sentence, event, "nobody is named who does it");
    if (!c_.options.lenient && c_.ontology.requires_recipient(event.type) && event.recipients.empty())
      return c_.drop(sentence, event, "the type requires a recipient and none is named");
    drafts_.days().date_commitment(event);
    EventDrafts::drop_own_voice(event);
    drafts_.add_contexts(sentence, found.reading, event);
    tell(sentence, found.reading, std::move(event));
  }

  /// What is known of an event when a party's country is asked for; `other`: its other side.
  OpenParty open_party(const Reading& reading, const Event& event, EventNetwork::Role role, const std::vector<Actor>& other) const {
    const auto country = [](const std::vector<Actor>& side) { return side.empty() ? std::string_view() : std::string_view(side.front().code); };
    OpenParty party;
    party.trigger = reading.trigger;
    party.place = {event.type, role};
    if (!event.modes.empty()) party.mode = c_.ontology.mode_row(event.type, event.modes.front());
    if (!event.attribution.empty()) party.speaker = event.attribution.back().speaker.code;
    party.other = country(other);
    if (!other.empty()) party.other_sector = other.front().sector;
    if (event.place) party.happens_in = event.place->country;
    if (!coded_.events.empty()) party.acted_last = country(coded_.events.back().actors), party.met_last = country(coded_.events.back().recipients);
    return party;
  }

  /// For training, before the candidates go.
  void observe_home(const OpenParty& party, std::span<const CountryCandidate> candidates) {
    auto& home = observed_.homes.emplace_back();
    home.trigger = party.trigger, home.head = party.head, home.place = party.place;
    home.code = party.code, home.sector = party.sector;
    for (const CountryCandidate& candidate : candidates) home.candidates.emplace_back(candidate.code, candidate);
  }

  void observe_standing(const SectorQuestion& party, std::span<const SectorCandidate> candidates) {
    observed_.standings.push_back({party.trigger, party.head, party.place, std::string(party.sector), {candidates.begin(), candidates.end()}});
  }

  /// What hangs on the event without deciding it.
  void tell(std::uint32_t sentence, const Reading& reading, Event event) {
    add_place(reading, event);
    for (Actor& actor : event.actors) affiliations_->complete(actor, open_party(reading, event, EventNetwork::actor, event.recipients));
    for (Actor& actor : event.recipients) affiliations_->complete(actor, open_party(reading, event, EventNetwork::recipient, event.actors));
    parties_.part_inferred(event);
    if (event.type == EventType::PROTEST && !event.actors.empty())  // "marched in Georgia": where they protest, not whom against
      std::erase_if(event.recipients,
                    [&](const Actor& recipient) { return recipient.sector.empty() && !recipient.code.empty() && recipient.code == event.actors.front().code; });
    add_quantities(sentence, reading, event);
    parties_.oppose(sentence, reading, event);
    if (event.implied_actor) {
      const auto* implied = c_.ontology.implied_actor(event.type, event.modes);
      if (implied != nullptr && implied->of_country) {
        event.actors.front().code = country_told_of(event);
        affiliations_->complete_implied(event.actors.front(), open_party(reading, event, EventNetwork::actor, event.recipients));
      }
    }
    imply_recipient(reading, event);
    coded_.events.push_back(std::move(event));
  }

  /// "staged a coup": against the government, though nobody is named. Table: data/ontology/implied_recipients.tsv.
  void imply_recipient(const Reading& reading, Event& event) const {
    if (!event.recipients.empty() || event.actors.empty() || !c_.options.implied_actors) return;
    for (const std::uint32_t token : {reading.trigger, reading.content}) {
      const std::string_view sector = c_.ontology.implied_recipient(event.type, c_.parse[token].lemma);
      if (sector.empty()) continue;
      Actor implied;
      implied.sector = sector;
      implied.code = event.place && !event.place->country.empty() ? event.place->country : event.actors.front().code;
      implied.why = "implied: the text names no recipient";
      event.recipients.push_back(std::move(implied));
      return;
    }
  }

  /// Where it happens, else the one country that the document names, else the one of all whom it is done to; empty when there is none.
  std::string country_told_of(const Event& event) const {
    if (event.place && !event.place->country.empty()) return event.place->country;
    if (!affiliations_->only_country().empty()) return affiliations_->only_country();
    if (event.recipients.empty()) return {};
    const std::string& code = event.recipients.front().code;
    const bool one = std::ranges::all_of(event.recipients, [&](const Actor& recipient) { return recipient.code == code; });
    return one ? code : std::string();
  }

  /// A quantity belongs to the trigger it hangs below; the dead and injured also to violence in the same clause.
  bool belongs(const Quantity& quantity, const Reading& meaning) const {
    std::int32_t at = static_cast<std::int32_t>(quantity.token);
    for (int depth = 0; at >= 0 && depth < 5; ++depth, at = c_.parse[static_cast<std::uint32_t>(at)].head) {
      const auto token = static_cast<std::uint32_t>(at);
      if (token == meaning.content || token == meaning.trigger) return true;
      if (c_.parse[token].upos == Upos::VERB && depth > 0) {
        const bool casualties = quantity.kind == Quantity::Kind::dead || quantity.kind == Quantity::Kind::injured;
        const bool same_clause = c_.parse[meaning.content].head == at || static_cast<std::int32_t>(meaning.content) == c_.parse[token].head;
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
      for (const Slot slot : {Slot::in, Slot::at, Slot::near, Slot::outside, Slot::across, Slot::on}) c_.arguments.fillers(token, slot, tokens);
    for (std::uint32_t token : tokens) {
      const Mention* mention = c_.mentions.at(token);
      if (mention == nullptr || (mention->kind != MentionKind::place && mention->kind != MentionKind::state)) continue;
      event.place = c_.linker.base().places().of(*mention, countries_);
      if (event.place) return;
    }
  }

  Coded coded_;
  CodingContext c_;
  const Tables& tables_;
  const QuantityReader& quantities_;
  const ChoiceNames& names_;
  const EventNetwork* network_;
  EventNetwork::Scratch& scratch_;
  CountryCounts countries_;
  EventParties parties_;
  EventDrafts drafts_;
  EventChoice choice_;
  std::optional<DocumentCountries> named_;
  std::optional<Affiliations> affiliations_;
  std::vector<std::vector<Quantity>> quantities_of_;  ///< per sentence
  Observed observed_;
};

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
    auto read = PartyChooser::view(bytes.value(), network->state_size());
    if (!read.ok()) return read.error();
    chooser = std::move(read).value();
  }
  std::optional<CountryChooser> countries;
  if (const auto bytes = resources.file("models/events/countries.bin"); bytes.ok() && network) {
    auto read = CountryChooser::view(bytes.value(), network->state_size());
    if (!read.ok()) return read.error();
    countries = std::move(read).value();
  }
  std::optional<SectorChooser> sectors;
  if (const auto bytes = resources.file("models/events/sectors.bin"); bytes.ok() && network) {
    auto read = SectorChooser::view(bytes.value());
    if (!read.ok()) return read.error();
    sectors = std::move(read).value();
  }
  return EventCoder(std::make_unique<const Tables>(Tables{std::move(ontology).value(), std::move(predicates).value(), std::move(quantities).value(),
                                                          std::move(contexts).value(), std::move(dater).value(), std::move(network), std::move(chooser),
                                                          std::move(countries), std::move(sectors), std::move(names)}));
}

EventCoder::EventCoder(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
EventCoder::EventCoder(EventCoder&&) noexcept = default;
EventCoder& EventCoder::operator=(EventCoder&&) noexcept = default;
EventCoder::~EventCoder() = default;

std::size_t EventCoder::vector_size(bool own) const {
  if (!tables_->network) return 0;
  return own ? tables_->network->state_size() : tables_->network->vector_size();
}

const Ontology& EventCoder::ontology() const { return tables_->ontology; }
const Predicates& EventCoder::predicates() const { return tables_->predicates; }
std::uint64_t EventCoder::scorer() const {
  if (!tables_->network) return 0;
  const auto sum = [](const auto& chooser) { return chooser ? chooser->checksum() : 0; };
  return tables_->network->checksum() ^ sum(tables_->chooser) ^ sum(tables_->countries) ^ sum(tables_->sectors);
}

Coded EventCoder::code(const Parse& parse, const Mentions& mentions, const std::vector<TimeExpression>& times, std::optional<Date> published,
                       const Linker& linker, const CodingOptions& options) const {
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
    DocumentCoder& coder = coders.emplace_back(t, task, linker, options, scored, scratch);
    coder.read();
    if (scored) texts.push_back(coder.text());
  }
  if (!texts.empty()) t.network->run(texts, scratch);
  for (std::size_t i = 0; i < tasks.size(); ++i) *tasks[i].coded = coders[i].finish();
}

}  // namespace legation
