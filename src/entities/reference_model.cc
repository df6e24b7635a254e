// Reads noun_classes.tsv, given_names.tsv and coreference.tsv. Door: ReferenceModel::load.
#include "entities/reference_model.h"

#include <algorithm>
#include <charconv>

#include "base/table.h"
#include "entities/knowledge_base.h"

namespace legation {
namespace {

constexpr std::string_view nouns_file = "data/entities/noun_classes.tsv";
constexpr std::string_view names_file = "data/entities/given_names.tsv";
constexpr std::string_view weights_file = "data/entities/coreference.tsv";

constexpr std::array<std::string_view, being_count> being_names = {"person", "group", "state", "place",   "animal",   "object",
                                                                   "text",   "event", "time",  "measure", "abstract", "unknown"};

struct GroupSize {
  std::string_view name;
  std::uint16_t size;
};
/// In the order of FeatureSpace::Group.
constexpr std::array<GroupSize, 24> groups = {{{"kind", 48},     {"number", 6},  {"gender", 4},  {"distance", 40},      {"roles", 100},    {"between", 8},
                                               {"rivals", 5},    {"article", 6}, {"chain", 6},   {"subject_before", 2}, {"command", 5},    {"binding", 8},
                                               {"paragraph", 2}, {"quotes", 3},  {"speaker", 3}, {"judged", 2},         {"says", 3},       {"coarse", 20},
                                               {"ahead", 3},     {"actor", 7},   {"fit", 8},     {"none", 16},          {"none_role", 10}, {"none_left", 5}}};

constexpr std::array<std::uint16_t, groups.size() + 1> starts() {
  std::array<std::uint16_t, groups.size() + 1> at{};
  for (std::size_t i = 0; i < groups.size(); ++i) at[i + 1] = static_cast<std::uint16_t>(at[i] + groups[i].size);
  return at;
}
constexpr auto first_of = starts();

std::uint64_t digest_of(std::string_view word) {
  std::uint64_t digest = KnowledgeBase::Digest().value;
  for (char letter : word) digest = KnowledgeBase::step(digest, letter);
  return digest;
}

std::optional<std::uint16_t> feature_named(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  std::size_t value = 0;
  if (dot == std::string_view::npos) return std::nullopt;
  const auto [end, code] = std::from_chars(name.data() + dot + 1, name.data() + name.size(), value);
  if (code != std::errc() || end != name.data() + name.size()) return std::nullopt;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups[i].name == name.substr(0, dot) && value < groups[i].size) return static_cast<std::uint16_t>(first_of[i] + value);
  return std::nullopt;
}

}  // namespace

std::uint16_t FeatureSpace::index(Group group, std::size_t value) {
  const std::size_t last = groups[group].size - 1u;
  return static_cast<std::uint16_t>(first_of[group] + std::min(value, last));
}

std::size_t FeatureSpace::size() { return first_of.back(); }

std::string FeatureSpace::name(std::size_t index) {
  std::size_t group = 0;
  while (index >= first_of[group + 1]) ++group;
  return std::string(groups[group].name) + "." + std::to_string(index - first_of[group]);
}

Result<ReferenceModel> ReferenceModel::load(const Resources& resources) {
  ReferenceModel model;
  for (auto& weights : model.weights_) weights.assign(FeatureSpace::size(), 0.0f);
  for (const auto step : {&ReferenceModel::load_nouns, &ReferenceModel::load_given_names, &ReferenceModel::load_weights})
    if (Status status = (model.*step)(resources); !status.ok()) return status.error();
  return model;
}

Status ReferenceModel::load_nouns(const Resources& resources) {
  const auto bytes = resources.file(nouns_file);
  if (!bytes.ok()) return success();
  const auto table = Table::read(nouns_file, bytes.value(), {"noun", "class", "gender"});
  if (!table.ok()) return table.error();
  const Table& rows = table.value();
  nouns_.reserve(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto being = std::find(being_names.begin(), being_names.end(), rows.cell(row, 1));
    if (being == being_names.end()) return rows.fault(row, "class \"" + std::string(rows.cell(row, 1)) + "\" is not one of nouns");
    const std::string_view gender = rows.cell(row, 2);
    nouns_.push_back({digest_of(rows.cell(row, 0)), {static_cast<Being>(being - being_names.begin()), gender.empty() ? '\0' : gender.front()}});
  }
  std::sort(nouns_.begin(), nouns_.end(), [](const Noun& a, const Noun& b) { return a.digest < b.digest; });
  return success();
}

Status ReferenceModel::load_given_names(const Resources& resources) {
  const auto bytes = resources.file(names_file);
  if (!bytes.ok()) return success();
  const auto table = Table::read(names_file, bytes.value(), {"name", "gender"});
  if (!table.ok()) return table.error();
  const Table& rows = table.value();
  given_names_.reserve(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string_view gender = rows.cell(row, 1);
    if (gender != "m" && gender != "f") return rows.fault(row, "gender must be m or f");
    given_names_.push_back({rows.cell(row, 0), gender.front()});
  }
  std::sort(given_names_.begin(), given_names_.end(), [](const GivenName& a, const GivenName& b) { return a.name < b.name; });
  return success();
}

Status ReferenceModel::load_weights(const Resources& resources) {
  const auto bytes = resources.file(weights_file);
  if (!bytes.ok()) return success();
  const auto table = Table::read(weights_file, bytes.value(), {"feature", "he", "it", "they"});
  if (!table.ok()) return table.error();
  const Table& rows = table.value();
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto feature = feature_named(rows.cell(row, 0));
    if (!feature) return rows.fault(row, "feature \"" + std::string(rows.cell(row, 0)) + "\" is not known");
    for (std::size_t kind = 0; kind < pronoun_kinds; ++kind) {
      const std::string_view cell = rows.cell(row, kind + 1);
      float& weight = weights_[kind][*feature];
      const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), weight);
      if (code != std::errc() || end != cell.data() + cell.size()) return rows.fault(row, "weight \"" + std::string(cell) + "\" is not a number");
    }
  }
  return success();
}

NounClass ReferenceModel::noun(std::string_view lemma) const {
  const std::uint64_t digest = digest_of(lemma);
  const auto found = std::lower_bound(nouns_.begin(), nouns_.end(), digest, [](const Noun& noun, std::uint64_t wanted) { return noun.digest < wanted; });
  return found == nouns_.end() || found->digest != digest ? NounClass() : found->of;
}

char ReferenceModel::given_name(std::string_view name) const {
  const auto found =
      std::lower_bound(given_names_.begin(), given_names_.end(), name, [](const GivenName& given, std::string_view wanted) { return given.name < wanted; });
  return found == given_names_.end() || found->name != name ? '\0' : found->gender;
}

}  // namespace legation
