#include "events/ontology.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/table.h"

namespace legation {
namespace {

constexpr std::string_view type_names[event_type_count] = {"AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
                                                           "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

constexpr std::string_view quad_names[] = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};

std::string key(EventType type, std::string_view mode) { return std::string(name(type)).append("/").append(mode); }

std::optional<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (fault != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

Result<Table> read(const Resources& resources, const std::string& path, const std::vector<std::string_view>& columns) {
  const auto bytes = resources.file(path);
  if (!bytes.ok()) return bytes.error();
  return Table::read(path, bytes.value(), columns);
}

}  // namespace

std::string_view name(EventType type) { return type_names[static_cast<std::size_t>(type)]; }

std::optional<Auxiliary> parse_auxiliary(std::string_view name) {
  if (name == "historical") return auxiliary_historical;
  if (name == "future") return auxiliary_future;
  if (name == "hypothetical") return auxiliary_hypothetical;
  if (name == "negation") return auxiliary_negation;
  return std::nullopt;
}

std::optional<EventType> parse_event_type(std::string_view name) {
  for (std::size_t at = 0; at < event_type_count; ++at)
    if (type_names[at] == name) return static_cast<EventType>(at);
  return std::nullopt;
}

Result<Ontology> Ontology::load(const Resources& resources) {
  Ontology ontology;
  const auto types = read(resources, "data/ontology/types.tsv", {"type", "quad_category", "requires_recipient", "score"});
  if (!types.ok()) return types.error();
  for (std::size_t row = 0; row < types.value().rows(); ++row) {
    const Table& table = types.value();
    const auto type = parse_event_type(table.cell(row, 0));
    const auto score = number(table.cell(row, 3));
    if (!type || !score) return table.fault(row, "needs a PLOVER type and a score");
    TypeRow& entry = ontology.types_[static_cast<std::size_t>(*type)];
    for (int quad = 0; quad < 4; ++quad)
      if (quad_names[quad] == table.cell(row, 1)) entry.quad = quad + 1;
    if (entry.quad == 0) return table.fault(row, "\"" + std::string(table.cell(row, 1)) + "\" is no quad");
    entry.requires_recipient = table.cell(row, 2) == "yes";
    entry.score = *score;
  }
  const auto modes = read(resources, "data/ontology/modes.tsv", {"type", "mode", "score"});
  if (!modes.ok()) return modes.error();
  for (std::size_t row = 0; row < modes.value().rows(); ++row) {
    const Table& table = modes.value();
    const auto type = parse_event_type(table.cell(row, 0));
    if (!type) return table.fault(row, "unknown type");
    const double base = ontology.types_[static_cast<std::size_t>(*type)].score;
    ontology.modes_.emplace_back(*type, std::string(table.cell(row, 1)));
    ontology.mode_scores_[key(*type, table.cell(row, 1))] = number(table.cell(row, 2)).value_or(base);
  }
  const auto contexts = read(resources, "data/ontology/contexts.tsv", {"context", "meaning"});
  if (!contexts.ok()) return contexts.error();
  for (std::size_t row = 0; row < contexts.value().rows(); ++row) ontology.contexts_.emplace(contexts.value().cell(row, 0), contexts.value().cell(row, 1));
  const auto sectors = read(resources, "data/ontology/sectors.tsv", {"sector", "meaning"});
  if (!sectors.ok()) return sectors.error();
  for (std::size_t row = 0; row < sectors.value().rows(); ++row) ontology.sectors_.emplace_back(sectors.value().cell(row, 0));
  const auto implied = read(resources, "data/ontology/implied_actors.tsv", {"type", "mode", "sector", "country"});
  if (!implied.ok()) return implied.error();
  for (std::size_t row = 0; row < implied.value().rows(); ++row) {
    const Table& table = implied.value();
    const auto type = parse_event_type(table.cell(row, 0));
    const std::string mode(table.cell(row, 1)), sector(table.cell(row, 2));
    if (!type || (!mode.empty() && !ontology.has_mode(*type, mode))) return table.fault(row, "unknown type or mode");
    if (ontology.sector_row(sector) == 0) return table.fault(row, "unknown sector");
    ontology.implied_actors_.push_back({*type, mode, sector, table.cell(row, 3) == "yes"});
  }
  const auto received = read(resources, "data/ontology/implied_recipients.tsv", {"type", "lemma", "sector"});
  if (!received.ok()) return received.error();
  for (std::size_t row = 0; row < received.value().rows(); ++row) {
    const Table& table = received.value();
    const auto type = parse_event_type(table.cell(row, 0));
    if (!type) return table.fault(row, "unknown type");
    if (ontology.sector_row(table.cell(row, 2)) == 0) return table.fault(row, "unknown sector");
    ontology.implied_recipients_.emplace(key(*type, table.cell(row, 1)), table.cell(row, 2));
  }
  const auto cameo = read(resources, "data/predicates/plover_to_cameo.tsv", {"type", "mode", "cameo"});
  if (!cameo.ok()) return cameo.error();
  for (std::size_t row = 0; row < cameo.value().rows(); ++row) {
    const Table& table = cameo.value();
    const auto type = parse_event_type(table.cell(row, 0));
    if (!type) return table.fault(row, "unknown type");
    ontology.cameo_.emplace(key(*type, table.cell(row, 1)), table.cell(row, 2));
  }
  const auto goldstein = read(resources, "data/ontology/cameo_goldstein.tsv", {"cameo_code", "goldstein"});
  if (!goldstein.ok()) return goldstein.error();
  for (std::size_t row = 0; row < goldstein.value().rows(); ++row)
    if (const auto score = number(goldstein.value().cell(row, 1))) ontology.goldstein_.emplace(goldstein.value().cell(row, 0), *score);
  return ontology;
}

double Ontology::score(EventType type, const std::vector<std::string>& modes) const {
  double best = types_[static_cast<std::size_t>(type)].score;
  bool scored = false;
  for (const std::string& mode : modes) {
    const auto found = mode_scores_.find(key(type, mode));
    if (found == mode_scores_.end()) continue;
    if (!scored || std::abs(found->second) > std::abs(best)) best = found->second;
    scored = true;
  }
  return best;
}

bool Ontology::has_mode(EventType type, std::string_view mode) const { return mode_scores_.contains(key(type, mode)); }

const Ontology::ImpliedActor* Ontology::implied_actor(EventType type, const std::vector<std::string>& modes) const {
  const auto fits = [&](const ImpliedActor& row) { return row.type == type && (row.mode.empty() || std::ranges::find(modes, row.mode) != modes.end()); };
  const auto found = std::ranges::find_if(implied_actors_, fits);
  return found == implied_actors_.end() ? nullptr : &*found;
}

std::string_view Ontology::implied_recipient(EventType type, std::string_view lemma) const {
  const auto found = implied_recipients_.find(key(type, lemma));
  return found == implied_recipients_.end() ? std::string_view() : std::string_view(found->second);
}

std::size_t Ontology::mode_row(EventType type, std::string_view mode) const {
  const auto found = std::ranges::find_if(modes_, [&](const auto& row) { return row.first == type && row.second == mode; });
  return found == modes_.end() ? 0 : static_cast<std::size_t>(found - modes_.begin()) + 1;
}

std::size_t Ontology::sector_row(std::string_view sector) const {
  const auto found = std::ranges::find(sectors_, sector);
  return found == sectors_.end() ? 0 : static_cast<std::size_t>(found - sectors_.begin());
}

std::string_view Ontology::cameo(EventType type, const std::vector<std::string>& modes) const {
  for (const std::string& mode : modes)
    if (const auto found = cameo_.find(key(type, mode)); found != cameo_.end()) return found->second;
  const auto found = cameo_.find(key(type, ""));
  return found == cameo_.end() ? std::string_view() : found->second;
}

std::optional<double> Ontology::goldstein(std::string_view cameo) const {
  for (std::string code(cameo); code.size() >= 2; code.pop_back())
    if (const auto found = goldstein_.find(code); found != goldstein_.end()) return found->second;
  return std::nullopt;
}

}  // namespace legation
