// The gazetteer: reading places.tsv and choosing among namesakes.
#include "entities/places.h"

#include <algorithm>
#include <charconv>

#include "base/table.h"
#include "entities/knowledge_base.h"

namespace legation {
namespace {

constexpr std::string_view places_file = "data/entities/places.tsv";

template <class Number>
std::optional<Number> number(std::string_view cell) {
  Number value{};
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (fault != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

/// A country in the text outweighs any difference in population.
double weight(const Place& place, const CountryCounts& countries) {
  const double people = static_cast<double>(place.population) + 1000;
  return people * (1 + 50.0 * countries.of(place.country));
}

}  // namespace

CountryCounts::CountryCounts(const Mentions& mentions) {
  for (const Mention& mention : mentions.list)
    for (const Actor& actor : mention.actors) add(actor.code);
}

void CountryCounts::add(std::string_view code, std::uint32_t times) {
  if (code.empty()) return;
  const auto found = std::find_if(counts_.begin(), counts_.end(), [&](const auto& pair) { return pair.first == code; });
  if (found == counts_.end())
    counts_.emplace_back(code, times);
  else
    found->second += times;
}

std::uint32_t CountryCounts::of(std::string_view code) const {
  const auto found = std::find_if(counts_.begin(), counts_.end(), [&](const auto& pair) { return pair.first == code; });
  return found == counts_.end() ? 0 : found->second;
}

Result<Places> Places::load(const Resources& resources) {
  Places places;
  const auto bytes = resources.file(places_file);
  if (!bytes.ok()) return places;
  enum { name, aliases, country, province, kind, latitude, longitude, population, gazetteer };
  auto table = Table::read(places_file, bytes.value(), {"name", "aliases", "country", "province", "kind", "latitude", "longitude", "population", "gazetteer"});
  if (!table.ok()) return table.error();
  const Table& rows = table.value();
  places.places_.reserve(rows.rows());
  places.by_name_.reserve(rows.rows() * 3 / 2);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (rows.cell(row, name).empty()) return rows.fault(row, "a place without a name");
    Place place{rows.cell(row, name),
                rows.cell(row, country),
                rows.cell(row, province),
                rows.cell(row, kind),
                rows.cell(row, gazetteer),
                number<double>(rows.cell(row, latitude)),
                number<double>(rows.cell(row, longitude)),
                number<std::uint32_t>(rows.cell(row, population)).value_or(0),
                static_cast<std::uint32_t>(rows.line(row))};
    places.add(place, split_list(rows.cell(row, aliases)));
  }
  places.index();
  return places;
}

std::uint32_t Places::add(const Place& place, const std::vector<std::string_view>& aliases) {
  const auto index = static_cast<std::uint32_t>(places_.size());
  by_name_.emplace_back(KnowledgeBase::digest_of(place.name), index);
  for (std::string_view alias : aliases) by_name_.emplace_back(KnowledgeBase::digest_of(alias), index);
  places_.push_back(place);
  return index;
}

void Places::index() {
  std::sort(by_name_.begin(), by_name_.end());
  by_name_.erase(std::unique(by_name_.begin(), by_name_.end()), by_name_.end());
}

std::vector<std::uint32_t> Places::candidates(std::string_view name) const {
  std::vector<std::uint32_t> rows;
  const std::uint64_t digest = KnowledgeBase::digest_of(name);
  auto at = std::lower_bound(by_name_.begin(), by_name_.end(), std::pair<std::uint64_t, std::uint32_t>(digest, 0));
  for (; at != by_name_.end() && at->first == digest; ++at) rows.push_back(at->second);
  std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return places_[a].population > places_[b].population; });
  return rows;
}

std::optional<std::uint32_t> Places::best(const std::vector<std::uint32_t>& candidates, const CountryCounts& countries) const {
  std::optional<std::uint32_t> best;
  for (std::uint32_t row : candidates)
    if (!best || weight(places_[row], countries) > weight(places_[*best], countries)) best = row;
  return best;
}

std::optional<std::uint32_t> Places::find(std::string_view name, const CountryCounts& countries) const { return best(candidates(name), countries); }

EventPlace Places::record(std::uint32_t index, Span span) const {
  const Place& place = places_[index];
  return {std::string(place.name), std::string(place.country), place.latitude, place.longitude, std::string(place.gazetteer_id), span};
}

std::optional<EventPlace> Places::of(const Mention& mention, const CountryCounts& countries) const {
  if (mention.actors.empty() || (mention.kind != MentionKind::place && mention.kind != MentionKind::state)) return std::nullopt;
  const Actor& actor = mention.actors.front();
  CountryCounts weighted = countries;
  weighted.add(actor.code, 1000);  // the linker has settled the country already
  if (mention.kind == MentionKind::place) {
    if (const auto row = find(actor.text, weighted); row && (actor.code.empty() || places_[*row].country == actor.code)) return record(*row, actor.span);
  }
  EventPlace place;
  place.name = actor.name.empty() ? actor.text : actor.name;
  place.country = actor.code;
  place.span = actor.span;
  return place;
}

}  // namespace legation
