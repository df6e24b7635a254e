// Comparison of offices by name.
#include "entities/roles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/table.h"
#include "entities/knowledge_base.h"
#include "entities/normal_form.h"

namespace legation {
namespace {

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

/// "minister of trade" -> "trade minister"; the same for "secretary".
void turn_round(std::string& role) {
  for (std::string_view head : {"minister", "secretary"}) {
    for (std::string_view link : {" of the ", " of ", " for "}) {
      const std::string start = std::string(head) + std::string(link);
      if (!role.starts_with(start) || role == "secretary of state") continue;
      role = role.substr(start.size()) + " " + std::string(head);
      return;
    }
  }
}

bool takes_article(const WordLists& words, std::string_view state) {
  return state.starts_with("United ") || state == "Holy See" || words.names_with_article.has_end_of(state);
}

}  // namespace

std::string canonical_role(std::string_view role) {
  std::string form = ascii::lowered(role);
  turn_round(form);
  replace(form, "defense", "defence");
  replace(form, "foreign affairs minister", "foreign minister");
  replace(form, "external affairs minister", "foreign minister");
  replace(form, "national defence minister", "defence minister");
  if (form == "premier" || form == "pm") return "prime minister";
  if (form == "secretary general") return "secretary-general";
  return form;
}

int role_weight(std::string_view role) {
  static constexpr std::array<std::pair<std::string_view, int>, 22> weights = {{{"president", 100},
                                                                                {"king", 99},
                                                                                {"queen", 99},
                                                                                {"emperor", 99},
                                                                                {"emir", 99},
                                                                                {"sultan", 99},
                                                                                {"pope", 99},
                                                                                {"supreme leader", 99},
                                                                                {"secretary-general", 98},
                                                                                {"prime minister", 90},
                                                                                {"premier", 90},
                                                                                {"chancellor", 90},
                                                                                {"taoiseach", 90},
                                                                                {"acting president", 88},
                                                                                {"interim president", 88},
                                                                                {"acting prime minister", 85},
                                                                                {"vice president", 80},
                                                                                {"deputy prime minister", 75},
                                                                                {"foreign minister", 70},
                                                                                {"secretary of state", 70},
                                                                                {"defence minister", 65},
                                                                                {"defense minister", 65}}};
  const std::string form = ascii::lowered(role);
  for (const auto& [name, weight] : weights)
    if (form == name) return weight;
  for (std::string_view word : {"acting ", "interim ", "caretaker "})
    if (form.starts_with(word)) return role_weight(std::string_view(form).substr(word.size())) - 12;
  if (form.starts_with("president of ")) return 95;
  if (form.starts_with("speaker")) return 68;
  return form.find("minister") != std::string::npos ? 50 : 40;
}

/// "ousted leader" -> "leader"; empty when the term does not say that an office was lost.
std::string_view office_lost(const WordLists& words, std::string_view term) {
  return words.lost_words.behind_first_words_of(term).value_or(std::string_view());
}

bool title_fits(const WordLists& words, std::string_view title, std::string_view role) {
  const std::string wanted = canonical_role(title);
  return words.heads.has(wanted) || title_names(title, role);
}

bool bears_name(std::string_view name, std::string_view word) {
  const std::string wanted = normal_form(word);
  const std::vector<std::string_view> parts = split_list(name, ' ');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return normal_form(part) == wanted; });
}

bool title_names(std::string_view title, std::string_view role) {
  const std::string wanted = canonical_role(title);
  const std::string held = canonical_role(role);
  if (wanted == held) return true;
  if (held.starts_with(wanted + " of ") || held.starts_with("acting " + wanted) || held.starts_with("interim " + wanted)) return true;
  // A shorter title is often used for a longer one: "secretary" for "secretary of state", "minister" for any
  // minister.
  return (wanted == "minister" || wanted == "secretary" || wanted == "chairman" || wanted == "king" || wanted == "general secretary") &&
         held.find(wanted) != std::string::npos;
}

bool is_sole_office(const WordLists& words, std::string_view role) { return words.sole_offices.has(canonical_role(role)); }

std::uint64_t office_digest(std::string_view role, std::string_view code) {
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, canonical_role(role));
  KnowledgeBase::extend(digest, "@");
  KnowledgeBase::extend(digest, code);
  return digest.value;
}

std::string office_title(const WordLists& words, std::string_view role, std::string_view body) {
  std::string title(role);
  if (body.empty() || ascii::is_lower(body.front())) return title;  // "international organisation" is no name
  const std::string_view short_body = body == "United Nations" ? "UN" : body == "European Union" ? "EU" : std::string_view();
  if (!short_body.empty() && (role.starts_with(std::string(short_body) + " ") || role.find(" " + std::string(short_body)) != std::string_view::npos))
    return title;  // "UN special envoy for Libya"
  const std::size_t of = role.find(" of ");
  const bool of_a_place = of != std::string_view::npos && of + 4 < role.size() && ascii::is_upper(role[of + 4]);
  if (of_a_place && role.find(body) == std::string_view::npos) return title + ", " + std::string(body);  // "governor of Kerala, India"
  if (role.find(" of the ") == std::string_view::npos && role.find(body) == std::string_view::npos)
    title += (takes_article(words, body) ? " of the " : " of ") + std::string(body);
  return title;
}

}  // namespace legation
