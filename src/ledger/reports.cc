// Doors: outlet_of(), report_of(), remember_texts(), remember_reports().
#include "ledger/reports.h"

#include <fmt/format.h>

#include <cstring>
#include <map>
#include <unordered_map>

#include "store/record_writer.h"

namespace legation {
namespace {

constexpr std::size_t remembered = 250'000;  ///< the older half of what src/dedup would hold is left on disk

PartyMark party_mark(std::string_view code, std::string_view sector, std::string_view name) { return {mark(code), mark(sector), mark(name)}; }

std::vector<PartyMark> party_marks(const std::vector<Actor>& actors) {
  std::vector<PartyMark> marks;
  for (const Actor& actor : actors) marks.push_back(party_mark(actor.code, actor.sector, actor.name));
  return marks;
}

/// `auxiliary`: the auxiliary modes, joined by "; ".
void set_type(EventReport& report, std::string_view type, std::string auxiliary) {
  constexpr std::string_view negation = "negation";
  const std::size_t at = auxiliary.find(negation);
  report.denied = at != std::string::npos;
  if (report.denied) auxiliary.erase(at, negation.size());
  report.type = mark(type);
  report.auxiliary = mark(auxiliary);
}

std::optional<Date> date_at(const Rows& rows, std::size_t row, std::size_t column) {
  const auto text = rows.text(row, column);
  return text ? Date::parse(*text) : std::nullopt;
}

std::vector<std::uint32_t> read_hashes(std::string_view bytes) {
  std::vector<std::uint32_t> hashes(bytes.size() / sizeof(std::uint32_t));
  std::memcpy(hashes.data(), bytes.data(), hashes.size() * sizeof(std::uint32_t));
  return hashes;
}

std::vector<std::uint32_t> listed_marks(std::string_view list) {
  std::vector<std::uint32_t> marks;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find("; "), list.size());
    marks.push_back(mark(list.substr(0, end)));
    list.remove_prefix(std::min(end + 2, list.size()));
  }
  return marks;
}

using Reports = std::unordered_map<std::int64_t, EventReport>;

Status read_parties(Database& database, std::int64_t first, Reports& reports) {
  const auto rows =
      database.query("SELECT event_id, side, code, sector, name FROM mentions WHERE event_id >= ?::BIGINT AND side <> 'speaker' ORDER BY event_id, side, place",
                     {std::to_string(first)});
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  for (std::size_t row = 0; row < at.size(); ++row) {
    EventReport& report = reports[at.number(row, 0)];
    auto& side = at.text(row, 1) == "actor" ? report.actors : report.recipients;
    side.push_back(party_mark(at.text(row, 2).value_or(""), at.text(row, 3).value_or(""), at.text(row, 4).value_or("")));
  }
  return success();
}

Status read_quantities(Database& database, std::int64_t first, Reports& reports) {
  const auto rows =
      database.query("SELECT event_id, kind, value::VARCHAR FROM quantities WHERE event_id >= ?::BIGINT ORDER BY event_id", {std::to_string(first)});
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  for (std::size_t row = 0; row < at.size(); ++row)
    reports[at.number(row, 0)].quantities.push_back({mark(at.text(row, 1).value_or("")), std::stod(at.text(row, 2).value_or("0"))});
  return success();
}

}  // namespace

std::string outlet_of(const Document& document) {
  constexpr std::size_t longest_dateline = 90, longest_agency = 24;
  const std::string_view start = document.text().substr(0, longest_dateline);
  const std::size_t open = start.find('('), close = start.find(')', open);
  if (close == std::string_view::npos || close - open - 1 > longest_agency || close - open < 3) return document.source;
  std::string_view behind = start.substr(close + 1);
  while (behind.starts_with(' ')) behind.remove_prefix(1);
  const bool dash = behind.starts_with('-') || behind.starts_with("\u2013") || behind.starts_with("\u2014");
  return dash ? std::string(start.substr(open + 1, close - open - 1)) : document.source;
}

std::vector<std::uint32_t> story_of(const CodedDocument& coded) {
  std::string words(coded.document.title());
  std::map<std::uint32_t, Span> sentences;
  for (const Event& event : coded.coded.events)
    for (const Evidence& item : event.evidence) sentences[item.sentence] = item.sentence_span;
  for (const auto& [sentence, span] : sentences) words.append(1, ' ').append(coded.document.words(span));
  return marks_of(words);
}

EventReport report_of(const CodedDocument& coded, const Event& event) {
  EventReport report;
  set_type(report, name(event.type), fmt::format("{}", fmt::join(auxiliary_names(event.auxiliary), "; ")));
  for (const std::string& mode : event.modes) report.modes.push_back(mark(mode));
  report.actors = party_marks(event.actors);
  report.recipients = party_marks(event.recipients);
  if (event.date) {
    report.begin = event.date->span.begin;
    report.end = event.date->span.end;
    report.dated = event.date->basis == DateBasis::expression;
  }
  report.published = coded.document.published;
  if (event.place) report.place = mark(event.place->name);
  for (const Quantity& quantity : event.quantities) report.quantities.push_back({mark(name(quantity.kind)), quantity.value});
  const std::string_view sentence = coded.document.words(event.evidence.front().sentence_span);
  report.words = marks_of(sentence);
  report.names = names_of(sentence);
  return report;
}

std::string written(const std::vector<std::uint32_t>& hashes) { return {reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(std::uint32_t)}; }

Status remember_texts(Database& database, NearDuplicates& texts) {
  const auto rows =
      database.query(fmt::format("SELECT text_group, pairs, hashes, figures, published FROM sketches JOIN documents USING (doc_id) WHERE doc_id > "
                                 "(SELECT coalesce(max(doc_id), 0) FROM documents) - {} ORDER BY doc_id",
                                 remembered));
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  for (std::size_t row = 0; row < at.size(); ++row)
    texts.remember(static_cast<std::uint64_t>(at.number(row, 0)),
                   {static_cast<std::uint32_t>(at.number(row, 1)), read_hashes(at.bytes(row, 2)), read_hashes(at.bytes(row, 3)), date_at(at, row, 4)});
  return success();
}

Status read_reports(Database& database, std::int64_t after, const std::function<void(std::uint64_t, EventReport)>& take) {
  const auto rows = database.query(fmt::format(
      "WITH stories AS (SELECT doc_id, string_agg(text, ' ' ORDER BY sentence) AS words FROM sentences WHERE doc_id >= (SELECT coalesce(min(doc_id), 0) "
      "FROM coded_events WHERE event_id > {0}) GROUP BY doc_id) "
      "SELECT e.event_id, incident_id, type, auxiliary, modes, e.date, e.end_date, date_basis, place, s.text, d.text_group, d.published, e.doc_id, "
      "concat_ws(' ', d.title, stories.words) FROM coded_events e JOIN documents d USING (doc_id) LEFT JOIN stories ON stories.doc_id = e.doc_id "
      "LEFT JOIN sentences s ON s.doc_id = e.doc_id AND s.sentence = e.sentence WHERE e.event_id > {0} ORDER BY e.event_id",
      after));
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  if (at.size() == 0) return success();
  Reports reports;
  if (const Status parties = read_parties(database, at.number(0, 0), reports); !parties.ok()) return parties;
  if (const Status numbers = read_quantities(database, at.number(0, 0), reports); !numbers.ok()) return numbers;
  for (std::size_t row = 0; row < at.size(); ++row) {
    EventReport report = std::move(reports[at.number(row, 0)]);
    set_type(report, at.text(row, 2).value_or(""), at.text(row, 3).value_or(""));
    report.modes = listed_marks(at.text(row, 4).value_or(""));
    report.begin = date_at(at, row, 5);
    report.end = date_at(at, row, 6);
    report.dated = at.text(row, 7) == "expression";
    report.place = mark(at.text(row, 8).value_or(""));
    report.words = marks_of(at.text(row, 9).value_or(""));
    report.names = names_of(at.text(row, 9).value_or(""));
    report.text_group = static_cast<std::uint64_t>(at.number(row, 10));
    report.published = date_at(at, row, 11);
    report.document = static_cast<std::uint64_t>(at.number(row, 12));
    report.story = marks_of(at.text(row, 13).value_or(""));
    take(static_cast<std::uint64_t>(at.number(row, 1)), std::move(report));
  }
  return success();
}

Status remember_reports(Database& database, Incidents& incidents) {
  const auto last = database.query("SELECT coalesce(max(event_id), 0) FROM coded_events WHERE doc_id IS NOT NULL");
  if (!last.ok()) return last.error();
  return read_reports(database, last.value().number(0, 0) - static_cast<std::int64_t>(remembered),
                      [&](std::uint64_t incident, EventReport report) { incidents.remember(incident, std::move(report)); });
}

}  // namespace legation
