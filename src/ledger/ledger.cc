#include "ledger/ledger.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "ledger/reports.h"
#include "ledger/schema.h"
#include "store/record_writer.h"

namespace legation {
namespace {

constexpr std::size_t outlets_remembered = 500'000;

template <class Names>
std::string joined(const Names& names) {
  return fmt::format("{}", fmt::join(names, "; "));
}

std::string code_of(const std::vector<Actor>& actors) { return actors.empty() ? "" : actors.front().code; }
std::string sector_of(const std::vector<Actor>& actors) { return actors.empty() ? "" : actors.front().sector; }

/// The innermost speaker: on whose word it rests.
std::string speaker_of(const std::vector<Attribution>& chain) {
  if (chain.empty()) return "";
  const Actor& speaker = chain.back().speaker;
  return !speaker.name.empty() ? speaker.name : !speaker.text.empty() ? speaker.text : speaker.code;
}

/// Outermost first.
std::vector<Actor> speakers_of(const std::vector<Attribution>& chain) {
  std::vector<Actor> speakers;
  for (const Attribution& link : chain) speakers.push_back(link.speaker);
  return speakers;
}

bool hedged(const std::vector<Attribution>& chain) {
  return std::any_of(chain.begin(), chain.end(), [](const Attribution& link) { return link.hedged; });
}

Result<Database> checked(Result<Database> opened) {
  if (!opened.ok()) return opened;
  const auto version = opened.value().query("SELECT schema_version FROM ledger");
  const std::string path = opened.value().path();
  if (!version.ok() || version.value().size() != 1) return Error{Error::Code::bad_format, path + ": a database, but no ledger"};
  if (version.value().number(0, 0) != schema_version)
    return Error{Error::Code::newer_version,
                 path + ": schema " + std::to_string(version.value().number(0, 0)) + "; this program knows " + std::to_string(schema_version)};
  return opened;
}

}  // namespace

std::uint64_t document_digest(const Document& document) {
  std::string rest = document.source + '\x1f' + (document.published ? document.published->iso() : "") + '\x1f' + std::to_string(document.text_begin);
  return XXH3_64bits_withSeed(document.buffer.data(), document.buffer.size(), XXH3_64bits(rest.data(), rest.size()));
}

/// One appender per table, alive within one transaction.
struct Ledger::Batch {
  Appender documents, sentences, events, mentions, pairs, claims, sources, sketches, quantities;
};

Ledger::Ledger(Database database) : database_(std::move(database)) {}

Result<Database> Ledger::open_to_read(const std::string& path) { return checked(Database::open(path, Database::Access::read)); }

Result<Database> Ledger::open_to_write(const std::string& path) {
  auto opened = Database::open(path, Database::Access::write);
  if (!opened.ok()) return opened.error();
  const auto tables = opened.value().query("SELECT count(*) FROM information_schema.tables");
  if (!tables.ok()) return tables.error();
  if (tables.value().number(0, 0) == 0)
    if (const Status made = opened.value().run(std::string(schema_sql)); !made.ok()) return made.error();
  auto ledger = checked(std::move(opened));
  if (ledger.ok())
    if (const Status made = ledger.value().run(std::string(later_tables_sql)); !made.ok()) return made.error();
  return ledger;
}

Result<Ledger> Ledger::open(const std::string& path) {
  auto opened = open_to_write(path);
  if (!opened.ok()) return opened.error();
  Ledger ledger(std::move(opened).value());
  if (const Status loaded = ledger.load(); !loaded.ok()) return loaded.error();
  return ledger;
}

Status Ledger::load() {
  const auto last = database_.query(
      "SELECT (SELECT coalesce(max(run_id), 0) FROM runs), (SELECT coalesce(max(doc_id), 0) FROM documents), "
      "greatest((SELECT coalesce(max(event_id), 0) FROM coded_events), (SELECT coalesce(max(event_id), 0) FROM earlier_events))");
  if (!last.ok()) return last.error();
  run_ = last.value().number(0, 0), last_document_ = last.value().number(0, 1), event_ = last.value().number(0, 2);
  const auto digests = database_.query("SELECT digest::VARCHAR FROM documents");
  if (!digests.ok()) return digests.error();
  for (std::size_t row = 0; row < digests.value().size(); ++row) held_.insert(std::stoull(digests.value().text(row, 0).value_or("0")));
  const auto sources = database_.query("SELECT name FROM sources");
  if (!sources.ok()) return sources.error();
  for (std::size_t row = 0; row < sources.value().size(); ++row) sources_.insert(sources.value().text(row, 0).value_or(""));
  return success();
}

Status Ledger::plan_recoding(const Engine& engine, Recode which) {
  if (which == Recode::none) return success();
  const auto rows = database_.query(
      "SELECT d.digest::VARCHAR, d.doc_id, d.text_group, r.engine FROM documents d LEFT JOIN (SELECT doc_id, max(run_id) AS run_id FROM codings GROUP BY "
      "doc_id) c "
      "USING (doc_id) JOIN runs r ON r.run_id = coalesce(c.run_id, d.run_id)");
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  for (std::size_t row = 0; row < at.size(); ++row)
    if (which == Recode::all || at.text(row, 3).value_or("") != engine.version())
      again_[std::stoull(at.text(row, 0).value_or("0"))] = {at.number(row, 1), static_cast<std::uint64_t>(at.number(row, 2))};
  return success();
}

Status Ledger::begin_run(const Engine& engine, const RunNote& note) {
  ++run_;
  const auto told = database_.query("INSERT INTO runs VALUES (?::BIGINT, ?, ?, ?, '', ?, '', now()::TIMESTAMP, NULL, 0, 0)",
                                    {std::to_string(run_), note.command, engine.version(), note.options, note.inputs});
  if (!told.ok()) return told.error();
  running_ = true;
  return remember();
}

/// What the ledger holds already, so that reprints and new reports of old incidents are known as such.
Status Ledger::remember() {
  if (const Status texts = remember_texts(database_, texts_); !texts.ok()) return texts;
  return remember_reports(database_, incidents_);
}

Status Ledger::begin_batch() {
  if (const Status begun = database_.run("BEGIN TRANSACTION"); !begun.ok()) return begun;
  if (!again_.empty()) {
    const auto rows = database_.query("SELECT coalesce(max(rowid), -1) FROM sentences");
    if (!rows.ok()) return rows.error();
    sentence_rows_ = rows.value().number(0, 0);
  }
  std::vector<Appender> made;
  for (const char* table : {"documents", "sentences", "coded_events", "mentions", "pairs", "claims", "sources", "sketches", "quantities"}) {
    auto appender = database_.append_to(table);
    if (!appender.ok()) return appender.error();
    made.push_back(std::move(appender).value());
  }
  batch_ = std::make_shared<Batch>(Batch{std::move(made[0]), std::move(made[1]), std::move(made[2]), std::move(made[3]), std::move(made[4]), std::move(made[5]),
                                         std::move(made[6]), std::move(made[7]), std::move(made[8])});
  return success();
}

Status Ledger::add(const CodedDocument& coded, std::uint64_t digest, const Engine& engine, const RunNote& note) {
  if (!running_)
    if (const Status begun = begin_run(engine, note); !begun.ok()) return begun;
  if (!batch_)
    if (const Status begun = begin_batch(); !begun.ok()) return begun;
  const std::uint64_t text_group = add_document(coded, digest);
  std::map<std::uint32_t, Span> evidence;
  const std::vector<std::uint64_t> incidents = incidents_of(coded, text_group);
  std::size_t number = 0;
  for (const Event& event : coded.coded.events) {
    add_event(coded, event, number, engine, incidents[number]);
    ++number;
    for (const Evidence& item : event.evidence) evidence[item.sentence] = item.sentence_span;
  }
  number = 0;
  for (const Claim& claim : coded.coded.claims) {
    add_claim(coded, claim, ++number);
    evidence[claim.evidence.sentence] = claim.evidence.sentence_span;
  }
  for (const auto& [sentence, span] : evidence)
    batch_->sentences.number(document_).number(sentence).flag(span.begin < coded.document.text_begin).text(coded.document.words(span)).end_row();
  return success();
}

/// One per event.
std::vector<std::uint64_t> Ledger::incidents_of(const CodedDocument& coded, std::uint64_t text_group) {
  const std::vector<std::uint32_t> story = story_of(coded);
  std::vector<EventReport> reports;
  for (const Event& event : coded.coded.events) {
    EventReport report = report_of(coded, event);
    report.story = story, report.text_group = text_group, report.document = static_cast<std::uint64_t>(document_);
    reports.push_back(std::move(report));
  }
  return incidents_.add(static_cast<std::uint64_t>(event_ + 1), std::move(reports));
}

/// Its row, and the group of texts that it is a reprint in.
std::uint64_t Ledger::add_document(const CodedDocument& coded, std::uint64_t digest) {
  const Document& document = coded.document;
  ++batch_documents_, ++run_documents_;
  run_digest_ = run_digest_ * 0x9E3779B97F4A7C15ULL + digest;
  if (const auto old = again_.find(digest); old != again_.end()) {
    document_ = old->second.document;
    recoded_.push_back(document_);
    incidents_.forget(static_cast<std::uint64_t>(document_));
    return old->second.text_group;
  }
  document_ = ++last_document_;
  Sketch sketch = sketch_of(document.text(), document.published);
  batch_->sketches.number(document_).number(sketch.pairs).bytes(written(sketch.hashes)).bytes(written(sketch.figures)).end_row();
  const std::uint64_t group = texts_.add(static_cast<std::uint64_t>(document_), std::move(sketch));
  // A reprint has the voice of the first: outlets_ forgets old groups, whose reprints then speak for themselves.
  if (outlets_.size() > outlets_remembered) outlets_.clear();
  const std::string& outlet = outlets_.try_emplace(group, outlet_of(document)).first->second;
  batch_->documents.number(document_)
      .number(run_)
      .digest(digest)
      .text(document.id)
      .text(document.source)
      .text(document.url)
      .date(document.published)
      .date(coded.dated)
      .text(document.language)
      .text(document.title())
      .number(static_cast<std::int64_t>(coded.parse.sentences.size()))
      .number(static_cast<std::int64_t>(document.buffer.size()))
      .text(document.origin)
      .text(document.extra)
      .number(static_cast<std::int64_t>(group))
      .text(outlet)
      .end_row();
  if (!document.source.empty() && sources_.insert(document.source).second)
    batch_->sources.number(static_cast<std::int64_t>(sources_.size())).text(document.source).number(run_).end_row();
  return group;
}

void Ledger::add_event(const CodedDocument& coded, const Event& event, std::size_t number, const Engine& engine, std::uint64_t incident) {
  const Ontology& ontology = engine.ontology();
  const std::string_view cameo = ontology.cameo(event.type, event.modes);
  ++event_, ++run_events_;
  Appender& row = batch_->events;
  row.number(event_)
      .number(run_)
      .number(document_)
      .number(static_cast<std::int64_t>(number + 1))
      .text(name(event.type))
      .text(joined(event.modes))
      .text(joined(event.contexts))
      .text(joined(auxiliary_names(event.auxiliary)))
      .text(code_of(event.actors))
      .text(sector_of(event.actors))
      .text(code_of(event.recipients))
      .text(sector_of(event.recipients));
  if (event.date)
    row.date(event.date->span.begin).date(event.date->span.end).text(name(event.date->span.granularity)).text(name(event.date->basis));
  else
    row.null().null().null().null();
  if (event.place)
    row.text(event.place->name).text(event.place->country).real(event.place->latitude).real(event.place->longitude);
  else
    row.null().null().null().null();
  row.number(ontology.quad(event.type))
      .real(ontology.score(event.type, event.modes))
      .text(cameo)
      .real(ontology.goldstein(cameo))
      .text(speaker_of(event.attribution))
      .text(event.attribution.empty() ? "" : event.attribution.back().verb)
      .flag(hedged(event.attribution));
  row.number(event.evidence.front().sentence)
      .text(coded.document.words(event.evidence.front().trigger))
      .real(static_cast<double>(event.confidence))
      .text(event.rule)
      .flag(event.implied_actor)
      .flag(event.two_sided)
      .number(static_cast<std::int64_t>(incident))
      .end_row();
  add_mentions(event.actors, "actor");
  add_mentions(event.recipients, "recipient");
  add_mentions(speakers_of(event.attribution), "speaker");
  add_pairs(coded, event, incident, engine);
  add_quantities(event);
}

void Ledger::add_quantities(const Event& event) {
  for (const Quantity& quantity : event.quantities)
    batch_->quantities.number(event_)
        .text(name(quantity.kind))
        .real(quantity.value)
        .real(quantity.lower)
        .real(quantity.upper)
        .text(quantity.unit)
        .text(quantity.of)
        .text(quantity.bound)
        .end_row();
}

void Ledger::add_mentions(const std::vector<Actor>& actors, std::string_view side) {
  std::int64_t place = 0;
  for (const Actor& actor : actors)
    batch_->mentions.number(event_)
        .text(side)
        .number(place++)
        .text(actor.code)
        .text(actor.sector)
        .text(joined(actor.other_sectors))
        .text(actor.name)
        .text(actor.wikidata)
        .text(actor.role)
        .text(actor.text)
        .end_row();
}

/// A fact cannot lie after the news of it, a day aside for the zones of the earth: its day was misread, and a series must not
/// stretch to it.
bool after_its_news(const Event& event, std::optional<Date> published) { return event.date && published && published->days + 1 < event.date->span.begin.days; }

/// Whether those who act do it to each other where nobody receives it: they meet, agree, help or fight one another, or yield together; but two who
/// condemn or deny something do not condemn each other, unless the words say so ("trade accusations", "blame each other").
bool among_themselves(const Event& event, const CodedDocument& coded) {
  if (!event.recipients.empty() || event.actors.size() < 2) return false;
  if (event.mutual) return true;
  switch (event.type) {
    case EventType::CONSULT:
    case EventType::AGREE:
    case EventType::SUPPORT:
    case EventType::COOPERATE:
    case EventType::AID:
    case EventType::CONCEDE:
    case EventType::RETREAT:
    case EventType::ASSAULT:
      return true;
    default: {
      const std::string words = " " + std::string(coded.document.words(event.evidence.front().sentence_span)) + " ";
      const auto has = [&](std::string_view phrase) { return words.find(phrase) != std::string::npos; };
      return has(" each other") || has(" one another") || has(" mutual") || has(" failed to agree") || has(" failed to reach");
    }
  }
}

/// Who to whom, one row each. Those who meet have no recipient: each of them has to do with each other one.
void Ledger::add_pairs(const CodedDocument& coded, const Event& event, std::uint64_t incident, const Engine& engine) {
  const bool plain = is_plain(event) && !after_its_news(event, coded.document.published);
  const bool mutual = among_themselves(event, coded);
  const std::vector<Actor>& others = mutual ? event.actors : event.recipients;
  const Ontology& ontology = engine.ontology();
  for (std::size_t a = 0; a < event.actors.size(); ++a)
    for (std::size_t b = 0; b < others.size(); ++b) {
      if (mutual && a == b) continue;
      const Actor &actor = event.actors[a], &other = others[b];
      batch_->pairs.number(event_)
          .number(run_)
          .date(event.date ? std::optional(event.date->span.begin) : std::nullopt)
          .text(actor.code)
          .text(actor.sector)
          .text(other.code)
          .text(other.sector)
          .text(name(event.type))
          .number(ontology.quad(event.type))
          .real(ontology.score(event.type, event.modes))
          .real(ontology.goldstein(ontology.cameo(event.type, event.modes)))
          .flag(plain)
          .number(static_cast<std::int64_t>(incident))
          .end_row();
    }
}

void Ledger::add_claim(const CodedDocument&, const Claim& claim, std::size_t number) {
  Appender& row = batch_->claims;
  row.number(run_).number(document_).number(static_cast<std::int64_t>(number)).text(claim.property).text(code_of(claim.subjects)).text(code_of(claim.objects));
  if (claim.quantity)
    row.real(claim.quantity->value).real(claim.quantity->lower).real(claim.quantity->upper).text(claim.quantity->unit).text(claim.quantity->of);
  else
    row.null().null().null().null().null();
  if (claim.date)
    row.date(claim.date->span.begin).date(claim.date->span.end);
  else
    row.null().null();
  row.text(speaker_of(claim.attribution)).text(joined(auxiliary_names(claim.auxiliary))).number(claim.evidence.sentence).text(claim.rule).end_row();
}

Status Ledger::commit() {
  if (!batch_) return success();
  const std::shared_ptr<Batch> batch = std::move(batch_);
  batch_documents_ = 0;
  for (Appender* table : {&batch->documents, &batch->sentences, &batch->events, &batch->mentions, &batch->pairs, &batch->claims, &batch->sources,
                          &batch->sketches, &batch->quantities})
    if (const Status closed = table->close(); !closed.ok()) {
      static_cast<void>(database_.run("ROLLBACK").ok());
      return Error{closed.error().code, database_.path() + ": " + closed.error().what};
    }
  if (const Status aside = set_aside(); !aside.ok()) {
    static_cast<void>(database_.run("ROLLBACK").ok());
    return aside;
  }
  const Status counted = database_.run(
      fmt::format("UPDATE runs SET documents = {}, events = {}, input_digest = '{:016x}' WHERE run_id = {}", run_documents_, run_events_, run_digest_, run_));
  return counted.ok() ? database_.run("COMMIT") : counted;
}

Status Ledger::set_aside() {
  if (recoded_.empty()) return success();
  std::string documents;
  for (const std::int64_t document : recoded_) documents += (documents.empty() ? "(" : ", (") + std::to_string(document) + ")";
  recoded_.clear();
  const std::string sql = fmt::format(fmt::runtime(set_aside_sql), run_, sentence_rows_);
  return database_.run("CREATE OR REPLACE TEMP TABLE recoded(doc_id BIGINT); INSERT INTO recoded VALUES " + documents + ";" + sql);
}

Result<bool> Ledger::finish() {
  if (const Status committed = commit(); !committed.ok()) return committed.error();
  if (!running_) return false;
  const Status ended = database_.run(fmt::format("UPDATE runs SET finished = now()::TIMESTAMP WHERE run_id = {}; CHECKPOINT", run_));
  running_ = false;
  if (!ended.ok()) return ended.error();
  return true;
}

}  // namespace legation
