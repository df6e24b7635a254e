// Runs tests/events/*.case: whole sentences and the events they must give. The format stands at the head of the files.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "engine_of_program.h"

namespace legation {
namespace {

struct Wanted {
  std::string actors, recipients, type;
  std::set<std::string> modes, contexts;
  std::uint8_t auxiliary = 0;
  std::string line;
};

struct Case {
  std::string place, text, known_miss;
  bool headline = false;  ///< the text is a title, and nothing stands below it
  Date published = Date::from_civil(2025, 6, 10);
  bool none = false;
  std::vector<Wanted> events;
};

std::uint8_t flag_of(const std::string& word) {
  if (word == "historical") return auxiliary_historical;
  if (word == "future") return auxiliary_future;
  if (word == "hypothetical") return auxiliary_hypothetical;
  if (word == "negation") return auxiliary_negation;
  return 0;
}

/// "KOR -> CHN SANCTION expel [future] {economic}"; empty when it is not so.
std::optional<Wanted> parse_event(const std::string& line) {
  std::istringstream in(line);
  Wanted wanted;
  wanted.line = line;
  std::string arrow, word;
  if (!(in >> wanted.actors >> arrow >> wanted.recipients >> wanted.type) || arrow != "->" || !parse_event_type(wanted.type)) return std::nullopt;
  while (in >> word) {
    const std::string inner = word.substr(1, word.size() - 2);
    if (word.front() == '{')
      wanted.contexts.insert(inner);
    else if (word.front() != '[')
      wanted.modes.insert(word);
    else if (flag_of(inner) == 0)
      return std::nullopt;
    else
      wanted.auxiliary |= flag_of(inner);
  }
  return wanted;
}

void parse_line(const std::string& line, const std::string& place, std::vector<Case>& cases) {
  const std::size_t blank = line.find(' ');
  const std::string word = line.substr(0, blank), rest = blank == std::string::npos ? "" : line.substr(blank + 1);
  if (word == "text" || word == "headline") {
    cases.push_back({place, rest, {}, word == "headline", Date::from_civil(2025, 6, 10), false, {}});
    return;
  }
  ASSERT_FALSE(cases.empty()) << place << ": the first line must be a text or a headline";
  if (word == "event") {
    const auto event = parse_event(rest);
    ASSERT_TRUE(event) << place << ": want \"ACTOR -> RECIPIENT TYPE mode [flag] {context}\", have \"" << rest << '"';
    cases.back().events.push_back(*event);
  } else if (word == "published") {
    const auto date = Date::parse(rest);
    ASSERT_TRUE(date) << place << ": \"" << rest << "\" is no date";
    cases.back().published = *date;
  } else if (word == "known-miss") {
    cases.back().known_miss = rest.empty() ? "no reason given" : rest;
  } else if (word == "none") {
    cases.back().none = true;
  } else {
    FAIL() << place << ": \"" << word << "\" is none of text, headline, published, event, none, known-miss";
  }
}

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number)
    if (!line.empty() && line.front() != '#') parse_line(line, path.filename().string() + ":" + std::to_string(number), cases);
  return cases;
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, by);) parts.push_back(part);
  return parts;
}

bool is_party(const std::string& wanted, const Actor& actor) {
  const std::size_t colon = wanted.find(':');
  const std::string code = wanted.substr(0, colon);
  if (!code.empty() && code != actor.code) return false;
  return colon == std::string::npos || wanted.substr(colon + 1) == actor.sector;
}

/// Parties are few: every order is tried, so that "KOR" never takes the actor that "KOR:GOV" needs.
bool same_parties(const std::string& wanted, const std::vector<Actor>& actors) {
  if (wanted == "?") return true;
  std::vector<std::string> names = wanted == "-" ? std::vector<std::string>() : split(wanted, '+');
  if (names.size() != actors.size()) return false;
  std::sort(names.begin(), names.end());
  do {
    if (std::equal(names.begin(), names.end(), actors.begin(), is_party)) return true;
  } while (std::next_permutation(names.begin(), names.end()));
  return false;
}

bool same_event(const Wanted& wanted, const Event& event) {
  const std::set<std::string> contexts(event.contexts.begin(), event.contexts.end());
  return wanted.type == name(event.type) && wanted.auxiliary == event.auxiliary &&
         wanted.modes == std::set<std::string>(event.modes.begin(), event.modes.end()) &&
         std::includes(contexts.begin(), contexts.end(), wanted.contexts.begin(), wanted.contexts.end()) && same_parties(wanted.actors, event.actors) &&
         same_parties(wanted.recipients, event.recipients);
}

bool right(const Case& wanted, const std::vector<Event>& events) {
  if (wanted.events.size() != events.size()) return false;
  std::vector<bool> taken(events.size());
  for (const Wanted& event : wanted.events) {
    std::size_t at = 0;
    while (at < events.size() && (taken[at] || !same_event(event, events[at]))) ++at;
    if (at == events.size()) return false;
    taken[at] = true;
  }
  return true;
}

std::string describe(const std::vector<Actor>& actors) {
  std::string text;
  for (const Actor& actor : actors) text += (text.empty() ? "" : "+") + actor.code + (actor.sector.empty() ? "" : ":" + actor.sector);
  return text.empty() ? "-" : text;
}

std::string describe(const Event& event) {
  std::string text = describe(event.actors) + " -> " + describe(event.recipients) + " " + std::string(name(event.type));
  for (const std::string& mode : event.modes) text += " " + mode;
  for (const char* flag : {"historical", "future", "hypothetical", "negation"})
    if (event.auxiliary & flag_of(flag)) text += std::string(" [") + flag + "]";
  for (const std::string& context : event.contexts) text += " {" + context + "}";
  return text + "  by " + event.rule;
}

std::string compare(const Case& wanted, const std::vector<Event>& events) {
  std::string text = wanted.place + ": " + wanted.text + "\n";
  for (const Wanted& event : wanted.events) text += "    want " + event.line + "\n";
  if (wanted.none) text += "    want none\n";
  for (const Event& event : events) text += "    have " + describe(event) + "\n";
  return events.empty() ? text + "    have none\n" : text;
}

std::vector<Event> code(const Case& wanted) {
  CodedDocument coded;
  coded.document.id = wanted.place;
  coded.document.published = wanted.published;
  wanted.headline ? coded.document.set_parts(wanted.text, "") : coded.document.set_parts("", wanted.text);
  Engine::Workspace workspace;
  engine().code(coded, workspace);
  return coded.coded.events;
}

struct Tally {
  std::size_t right = 0, all = 0, known = 0;
};

void run(const Case& wanted, Tally& tally) {
  EXPECT_NE(wanted.events.empty(), !wanted.none) << wanted.place << ": a case needs events or \"none\"";
  const std::vector<Event> events = code(wanted);
  const bool good = right(wanted, events);
  ++tally.all;
  tally.right += good;
  tally.known += !wanted.known_miss.empty();
  if (wanted.known_miss.empty())
    EXPECT_TRUE(good) << compare(wanted, events);
  else
    std::cout << (good ? "come right, take its known-miss out: " : "known miss, ") << compare(wanted, events) << "    why  " << wanted.known_miss << "\n";
}

TEST(Cases, SentencesGiveTheEventsThatTheyTell) {
  std::size_t all = 0;
  for (const auto& file : std::filesystem::directory_iterator(LEGATION_SOURCE_DIR "/tests/events")) {
    if (file.path().extension() != ".case") continue;
    Tally tally;
    for (const Case& wanted : read_cases(file.path())) run(wanted, tally);
    std::cout << file.path().filename().string() << ": " << tally.right << " of " << tally.all << " cases right, " << tally.known
              << " listed as known misses\n";
    all += tally.all;
  }
  EXPECT_GT(all, 0u) << "no case was found";
}

}  // namespace
}  // namespace legation
