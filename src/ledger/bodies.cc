#include "ledger/bodies.h"

#include <vector>

namespace legation {
namespace {

/// Data files give persons all their names ("Sergey Viktorovich Lavrov") and parties no kind ("Bharatiya Janata").
std::vector<std::string> spellings(const std::string& name) {
  std::vector<std::string> found{name};
  const std::size_t first = name.find(' '), last = name.rfind(' ');
  if (first == std::string::npos) return found;
  if (first != last) found.push_back(name.substr(0, first) + name.substr(last));
  found.push_back(name + " Party");
  return found;
}

/// The whole name may be anything with a country or PLOVER code; a shortened one only a person, a lengthened one only a body.
std::optional<Candidate> find_body(const KnowledgeBase& people, const std::string& name, std::optional<Date> day) {
  for (const std::string& spelling : spellings(name))
    for (Candidate& candidate : people.find(spelling, day))
      if (!candidate.actor.code.empty() && (spelling.size() >= name.size() || !candidate.actor.wikidata.empty() || !candidate.actor.role.empty()))
        return std::move(candidate);
  return std::nullopt;
}

}  // namespace

Status resolve_bodies(Database& database, const KnowledgeBase* people) {
  if (const Status made = database.run("CREATE OR REPLACE TEMP TABLE bodies(given VARCHAR, date VARCHAR, code VARCHAR, sector VARCHAR);"
                                       "CREATE OR REPLACE TEMP TABLE known_bodies(given VARCHAR)");
      !made.ok())
    return made;
  if (people == nullptr) return success();
  const auto names = database.query("SELECT given FROM actors WHERE bare AND given <> ''");
  if (!names.ok()) return names.error();
  {
    auto known = database.append_to("known_bodies");
    if (!known.ok()) return known.error();
    for (std::size_t row = 0; row < names.value().size(); ++row)
      if (const std::string name = names.value().text(row, 0).value_or(""); find_body(*people, name, std::nullopt)) {
        known.value().text(name);
        known.value().end_row();
      }
    if (const Status closed = known.value().close(); !closed.ok()) return closed;
  }
  const auto days = database.query(
      "SELECT i.given, i.date, d.day FROM (SELECT actor AS given, date FROM incoming UNION SELECT recipient, date FROM incoming) i "
      "JOIN known_bodies USING (given) JOIN days d ON d.given = i.date WHERE d.day IS NOT NULL");
  if (!days.ok()) return days.error();
  auto bodies = database.append_to("bodies");
  if (!bodies.ok()) return bodies.error();
  for (std::size_t row = 0; row < days.value().size(); ++row) {
    const std::string name = days.value().text(row, 0).value_or("");
    const auto found = find_body(*people, name, Date::parse(days.value().text(row, 2).value_or("")));
    if (!found) continue;
    bodies.value().text(name).text(days.value().text(row, 1).value_or("")).text(found->actor.code).text(found->actor.sector);
    bodies.value().end_row();
  }
  return bodies.value().close();
}

}  // namespace legation
