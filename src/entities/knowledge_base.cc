// Lookup in the compiled knowledge base. Loading is in table_loader.cc.
#include "entities/knowledge_base.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/table.h"
#include "entities/normal_form.h"
#include "entities/roles.h"

namespace legation {
namespace {

std::string sentence_of(const Office& office) {
  std::string text(office.role.empty() ? "in office" : office.role);
  text += " of " + std::string(office.code);
  if (office.from.days > Date::from_civil(1900, 1, 1).days) text += " " + office.from.iso();
  if (office.from.days > Date::from_civil(1900, 1, 1).days || office.to.days < Date::from_civil(2100, 1, 1).days) text += "..";
  if (office.to.days < Date::from_civil(2100, 1, 1).days) text += office.to.iso();
  return text;
}

/// Which of a person's offices counts: the user's before ours, then the higher.
int weight_of(const Office& office) { return role_weight(office.role) + (office.users() ? 1000 : 0); }

std::string title_of(const WordLists& words, const Office& office, std::string_view body) {
  return office.role.empty() ? std::string() : office_title(words, office.role, body);
}

/// The words themselves and what stands between slashes and dashes set apart.
std::vector<std::string_view> alternatives_of(std::string_view words) {
  std::vector<std::string_view> list = {words.substr(0, words.find(" - "))};
  if (list.front().find('/') != std::string_view::npos) {
    list = split_list(list.front(), '/');
    list.insert(list.begin(), words);
  }
  return list;
}

/// As written and as singular: "Authorities" -> "Authority".
std::vector<std::string> number_forms(std::string_view words) {
  std::vector<std::string> forms = {std::string(words)};
  if (words.ends_with("ies"))
    forms.push_back(std::string(words.substr(0, words.size() - 3)) + "y");
  else if (words.ends_with('s') && !words.ends_with("ss"))
    forms.emplace_back(words.substr(0, words.size() - 1));
  return forms;
}

void set_sectors(Actor& actor, const std::vector<std::string_view>& sectors) {
  actor.sector = sectors.empty() ? std::string() : std::string(sectors.front());
  actor.other_sectors.clear();
  for (std::size_t i = 1; i < sectors.size(); ++i) actor.other_sectors.emplace_back(sectors[i]);
}

}  // namespace

std::string_view file_name(EntityTable table) {
  static constexpr std::array<std::string_view, 9> names = {
      "states.tsv", "state_names.tsv", "state_names_extra.tsv", "people.tsv", "offices.tsv", "organisations.tsv", "agents.tsv", "places.tsv", "vague.tsv"};
  return names[static_cast<std::size_t>(table)];
}

std::string KnowledgeBase::row(EntityTable table, std::uint32_t line) const {
  const std::string file =
      table < EntityTable::user ? std::string(file_name(table)) : user_files_[static_cast<std::size_t>(table) - static_cast<std::size_t>(EntityTable::user)];
  return file + ":" + std::to_string(line);
}

bool KnowledgeBase::extend(Digest& digest, std::string_view word) {
  const std::uint8_t before = digest.pieces;
  for_each_piece(
      word, [&](char c) { digest.value = step(digest.value, c); }, [&] { digest.pieces = static_cast<std::uint8_t>(std::min<int>(digest.pieces + 1, 250)); });
  return digest.pieces != before;
}

const KnowledgeBase::Slot* KnowledgeBase::slot(std::uint64_t digest) const {
  if (slots_.empty()) return nullptr;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = (digest ^ (digest >> 29)) & mask;; at = (at + 1) & mask) {
    if (slots_[at].digest == digest) return &slots_[at];
    if (slots_[at].digest == 0) return nullptr;
  }
}

std::span<const Name> KnowledgeBase::names(const Digest& digest, bool& more) const {
  const Slot* found = slot(digest.value);
  more = found && found->more;
  if (!found) return {};
  return {names_.data() + found->first, found->count};
}

std::uint32_t KnowledgeBase::state(std::string_view code) const {
  const auto found =
      std::lower_bound(states_by_code_.begin(), states_by_code_.end(), code, [](const auto& pair, std::string_view wanted) { return pair.first < wanted; });
  return found != states_by_code_.end() && found->first == code ? found->second : no_entity;
}

std::string_view KnowledgeBase::state_name(std::string_view code) const {
  const std::uint32_t index = state(code);
  return index == no_entity ? std::string_view() : entities_[index].name;
}

const Office* KnowledgeBase::office_on(std::uint32_t person, Date date) const {
  const Office* best = nullptr;
  for (std::uint32_t i = entities_[person].first_office; i < entities_[person].last_office; ++i)
    if (offices_[i].on(date) && (!best || weight_of(offices_[i]) > weight_of(*best) ||
                                 (weight_of(offices_[i]) == weight_of(*best) && (offices_[i].users() || offices_[i].from > best->from))))
      best = &offices_[i];  // of equal ones the later; the user's may be without a date: the last of them
  return best;
}

std::uint32_t KnowledgeBase::holder(std::string_view role, std::string_view code, Date date) const {
  const std::uint64_t key = office_digest(role, code);
  if (!user_files_.empty())
    if (const std::uint32_t users = sole_holder(key, date, true); users != no_entity) return users;
  const bool calling = words_.callings.has(role.substr(role.rfind(' ') + 1));  // "the activist" may be one whom no table has
  return calling ? no_entity : sole_holder(key, date, false);
}

std::string_view KnowledgeBase::only_home(std::string_view role) const {
  const auto at = std::ranges::find(only_homes_, role, &std::pair<std::string_view, std::string_view>::first);
  return at == only_homes_.end() ? std::string_view() : at->second;
}

std::uint32_t KnowledgeBase::sole_holder(std::uint64_t key, Date date, bool users_alone) const {
  auto at = std::lower_bound(offices_by_role_.begin(), offices_by_role_.end(), std::pair<std::uint64_t, std::uint32_t>(key, 0));
  std::uint32_t holder = no_entity;
  for (; at != offices_by_role_.end() && at->first == key; ++at) {
    const Office& office = offices_[at->second];
    if (!office.on(date) || office.person == holder || (users_alone && !office.users())) continue;
    // On the day of a change both are listed: the one who came later holds it.
    if (holder != no_entity && office.from != date && office.to != date) {
      const Office* other = office_on(holder, date);
      if (!other || (other->to != date && other->from != date)) return no_entity;
    }
    if (holder == no_entity || office.to != date) holder = office.person;
  }
  return holder;
}

const Office* KnowledgeBase::ended_office(std::uint32_t person, Date date) const {
  const Office* last = nullptr;
  for (std::uint32_t i = entities_[person].first_office; i < entities_[person].last_office; ++i)
    if (offices_[i].to < date &&
        (!last || offices_[i].to > last->to || (offices_[i].to == last->to && role_weight(offices_[i].role) > role_weight(last->role))))
      last = &offices_[i];
  return last;
}

Actor KnowledgeBase::actor_in(const Office& office) const {
  const Entity& who = entities_[office.person];
  Actor actor;
  actor.entity = office.person;
  actor.code = office.code;
  actor.name = who.name;
  actor.wikidata = who.wikidata;
  actor.role = title_of(words_, office, state_name(office.code));
  set_sectors(actor, office.sectors);
  return actor;
}

Actor KnowledgeBase::actor_on(std::uint32_t entity, Date date) const {
  const Entity& who = entities_[entity];
  Actor actor;
  actor.entity = entity;
  actor.code = who.code;
  actor.name = who.name;
  actor.wikidata = who.wikidata;
  set_sectors(actor, who.sectors);
  if (who.kind != Entity::Kind::person) return actor;
  if (const Office* office = office_on(entity, date)) return actor_in(*office);
  const Office* last = ended_office(entity, date);
  if (!last) return actor;
  actor.sector = "ELI";
  if (!last->role.empty()) actor.role = "former " + title_of(words_, *last, state_name(last->code));
  if (actor.code.empty()) actor.code = last->code;
  return actor;
}

std::vector<Candidate> KnowledgeBase::find(std::string_view name, std::optional<Date> date) const {
  for (std::string_view article : {"the ", "The ", "THE "})
    if (name.starts_with(article)) name.remove_prefix(article.size());
  std::vector<Candidate> found = find_exactly(name, date);
  if (found.empty()) found = name.ends_with(')') ? find_of_state(name, date) : find_office(name, date);
  if (found.empty()) found = find_nearly(name, date);
  return found;
}

/// A role as a list of actors puts it: "Other Authorities / Officials", "Military Personnel - Special",
/// "Court Judge" (by its last words), "Foreign Affairs" (its ministry).
std::vector<Candidate> KnowledgeBase::find_role(std::string_view words, std::optional<Date> date) const {
  const auto roles = [&](std::string_view form) {
    std::vector<Candidate> found = find_exactly(form, date);
    std::erase_if(found, [](const Candidate& candidate) { return candidate.kind != NameKind::agent; });
    return found;
  };
  for (const std::string_view alternative : alternatives_of(words)) {
    for (std::string_view rest = alternative;;) {
      for (const std::string& form : number_forms(rest))
        if (auto found = roles(form); !found.empty()) return found;
      const std::size_t blank = rest.find(' ');
      if (blank == std::string_view::npos) break;
      rest = trim(rest.substr(blank));
      if (rest.starts_with("the ")) rest.remove_prefix(4);
    }
    for (const std::string& ministry : {std::string(alternative) + " ministry", "ministry of " + std::string(alternative)})
      if (auto found = roles(ministry); !found.empty()) return found;
  }
  return {};
}

/// "Police (India)", "Other Authorities / Officials (China)": the first of the words before the bracket that
/// mean somebody.
std::vector<Candidate> KnowledgeBase::find_of_state(std::string_view name, std::optional<Date> date) const {
  const std::size_t open = name.rfind('(');
  if (open == std::string_view::npos || open == 0) return {};
  std::vector<Candidate> states = find_exactly(name.substr(open + 1, name.size() - open - 2), date);
  std::erase_if(states, [](const Candidate& candidate) {
    return candidate.kind > NameKind::metonym && candidate.kind != NameKind::organisation && candidate.kind != NameKind::place;
  });
  const std::string_view words = trim(name.substr(0, open));
  if (states.empty()) return find_role(words, date);
  const Actor& state = states.front().actor;
  std::vector<Candidate> found = find_role(words, date);
  if (found.empty()) {
    found = find_exactly(words, date);
    std::erase_if(found, [&](const Candidate& candidate) { return candidate.actor.code != state.code; });
  }
  if (found.empty()) found = {{NameKind::agent, {}, "unknown role"}};
  for (Candidate& candidate : found) {
    candidate.actor.code = state.code;
    candidate.reason += "; of " + states.front().reason;
    const std::uint32_t in_office = date && candidate.kind == NameKind::agent ? holder(candidate.actor.role, state.code, *date) : no_entity;
    if (in_office != no_entity) {
      candidate.actor.entity = in_office;
      candidate.actor.name = entities_[in_office].name;
      candidate.actor.wikidata = entities_[in_office].wikidata;
      candidate.reason += "; in office: " + row(EntityTable::people, entities_[in_office].line);
    }
    candidate.actor.text = name;
    candidate.actor.why = candidate.reason;
  }
  return found;
}

/// "president of Kenya", "Kenyan president": asked as "president (Kenya)".
std::vector<Candidate> KnowledgeBase::find_office(std::string_view name, std::optional<Date> date) const {
  const auto has = [&](std::string_view words, auto fits) {
    const std::vector<Candidate> found = find_exactly(words, date);
    return std::any_of(found.begin(), found.end(), [&](const Candidate& candidate) { return fits(candidate.kind); });
  };
  const auto of_state = [](NameKind kind) { return kind <= NameKind::metonym; };
  const auto role = [](NameKind kind) { return kind == NameKind::agent; };
  for (std::string_view link : {" of the ", " of "}) {
    const std::size_t at = name.rfind(link);
    if (at == std::string_view::npos || !has(name.substr(0, at), role) || !has(name.substr(at + link.size()), of_state)) continue;
    return find_of_state(std::string(name.substr(0, at)) + " (" + std::string(name.substr(at + link.size())) + ")", date);
  }
  for (std::size_t blank = name.find(' '); blank != std::string_view::npos; blank = name.find(' ', blank + 1))
    if (has(name.substr(0, blank), of_state) && has(name.substr(blank + 1), role))
      return find_of_state(std::string(name.substr(blank + 1)) + " (" + std::string(name.substr(0, blank)) + ")", date);
  return {};
}

std::vector<Candidate> KnowledgeBase::find_nearly(std::string_view name, std::optional<Date> date) const {
  std::vector<Candidate> found;
  for (std::uint32_t person : near_names_.find(name)) {
    Candidate candidate{NameKind::person, date ? actor_on(person, *date) : actor_latest(person), {}};
    candidate.reason = "near spelling of " + std::string(entities_[person].name);
    if (const Office* office = date ? office_on(person, *date) : nullptr)
      candidate.reason += "; " + row(office->table, office->line) + " " + sentence_of(*office);
    candidate.actor.text = name;
    candidate.actor.why = candidate.reason;
    found.push_back(std::move(candidate));
  }
  if (date) std::stable_partition(found.begin(), found.end(), [&](const Candidate& candidate) { return office_on(candidate.actor.entity, *date) != nullptr; });
  return found;
}

std::vector<Candidate> KnowledgeBase::find_exactly(std::string_view name, std::optional<Date> date) const {
  Digest digest;
  extend(digest, name);
  bool more = false;
  std::vector<std::pair<int, Candidate>> ranked;
  std::vector<std::pair<NameKind, std::uint32_t>> seen;  // a name and an alias that differ in hyphens are one
  for (const Name& entry : names(digest, more)) {
    if (std::find(seen.begin(), seen.end(), std::pair(entry.kind, entry.target)) != seen.end()) continue;
    seen.emplace_back(entry.kind, entry.target);
    Candidate candidate{entry.kind, {}, row(entry.table, entry.line)};
    int rank = entry.kind == NameKind::name_part ? 3 : static_cast<int>(entry.kind == NameKind::place);
    const Date day = date.value_or(entry.to);
    if (!entry.in_use(day)) rank += 1, candidate.reason += " (not in use on this date)";
    if (entry.wins(day)) rank -= 20;
    switch (entry.kind) {
      case NameKind::agent: {
        const AgentTerm& term = agents_[entry.target];
        set_sectors(candidate.actor, term.sectors);
        candidate.actor.role = term.term;
        break;
      }
      case NameKind::place: {
        const Place& place = places_[entry.target];
        candidate.actor.name = place.name;
        candidate.actor.code = place.country;
        break;
      }
      case NameKind::vague:
        candidate.actor.name = vague_[entry.target];
        break;
      default:
        candidate.actor = date ? actor_on(entry.target, *date) : actor_latest(entry.target);
        if (!entry.sector.empty()) candidate.actor.sector = entry.sector;
        if (const Office* office = date && entities_[entry.target].kind == Entity::Kind::person ? office_on(entry.target, *date) : nullptr) {
          candidate.reason += "; " + row(office->table, office->line) + " " + sentence_of(*office);
          rank -= 1;
        }
    }
    candidate.actor.text = name;
    candidate.actor.why = candidate.reason;
    ranked.emplace_back(rank, std::move(candidate));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Candidate> candidates;
  for (auto& [rank, candidate] : ranked) candidates.push_back(std::move(candidate));
  return candidates;
}

Actor KnowledgeBase::actor_latest(std::uint32_t entity) const {
  const Entity& who = entities_[entity];
  Date latest{};
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) latest = std::max(latest, offices_[i].from);
  return actor_on(entity, latest);
}

}  // namespace legation
