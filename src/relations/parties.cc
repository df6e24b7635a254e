#include "relations/parties.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/table.h"

namespace legation {
namespace {

/// Letters put in, left out, changed, or two neighbours exchanged (Damerau 1964); case ignored.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> far(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t j = 0; j <= b.size(); ++j) far[0][j] = j;
  const auto same = [&](std::size_t i, std::size_t j) { return ascii::to_lower(a[i - 1]) == ascii::to_lower(b[j - 1]); };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    far[i][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      far[i][j] = std::min({far[i - 1][j] + 1, far[i][j - 1] + 1, far[i - 1][j - 1] + !same(i, j)});
      if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) far[i][j] = std::min(far[i][j], far[i - 2][j - 2] + 1);
    }
  }
  return far[a.size()][b.size()];
}

/// To the whole name or to one word of it ("Koria", South Korea), in parts of the longer one.
double distance_to_name(std::string_view words, std::string_view name) {
  const auto relative = [&](std::string_view part) {
    return static_cast<double>(distance(words, part)) / static_cast<double>(std::max(words.size(), part.size()));
  };
  double far = relative(name);
  for (const std::string_view word : split_list(name, ' ')) far = std::min(far, relative(word) + 0.01);
  return far;
}

struct Near {
  double far;
  std::string words;
};

/// The three nearest states; what is written in capitals is measured against codes first.
std::string nearest(const KnowledgeBase& base, std::string_view words) {
  std::vector<Near> near;
  for (const Entity& entity : base.entities()) {
    if (entity.kind != Entity::Kind::state || entity.name.empty()) continue;
    const double by_name = distance_to_name(words, entity.name);
    const double by_code = words.size() <= 4 ? static_cast<double>(distance(words, entity.code)) / 4 : 1;
    near.push_back({std::min(by_name, by_code), fmt::format("{} ({})", entity.code, entity.name)});
  }
  std::stable_sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.far < b.far; });
  std::string out;
  for (std::size_t at = 0; at < std::min<std::size_t>(3, near.size()); ++at) out += (at == 0 ? "" : at == 2 ? " or " : ", ") + near[at].words;
  return out;
}

bool names_a_state(NameKind kind) {
  return kind == NameKind::state || kind == NameKind::adjective || kind == NameKind::people || kind == NameKind::capital || kind == NameKind::metonym;
}

std::string code_of(const KnowledgeBase& base, std::string_view words) {
  std::string upper(words);
  std::transform(upper.begin(), upper.end(), upper.begin(), ascii::to_upper);
  if (base.state(upper) != no_entity) return upper;
  for (const Candidate& candidate : base.find(words, std::nullopt))
    if (names_a_state(candidate.kind) && !candidate.actor.code.empty()) return std::string(candidate.actor.code);
  return "";
}

}  // namespace

Result<std::vector<std::string>> resolve_party(const KnowledgeBase& base, std::string_view words) {
  std::vector<std::string> codes;
  for (const std::string_view piece : split_list(words, ',')) {
    codes.push_back(code_of(base, piece));
    if (codes.back().empty())
      return Error{Error::Code::not_found, fmt::format("\"{}\": no country of that name or code; nearest are {}", piece, nearest(base, piece))};
  }
  if (codes.empty()) return Error{Error::Code::not_found, "a country is missing: give a code (KOR) or a name (\"South Korea\")"};
  return codes;
}

std::string party_name(const KnowledgeBase& base, const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) {
    const std::string_view name = base.state_name(code);
    out += (out.empty() ? "" : ", ") + (name.empty() ? code : std::string(name));
  }
  return out;
}

}  // namespace legation
