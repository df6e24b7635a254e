// Tense and direction of clauses, from auxiliaries, verb forms and what governs them.
#include "time/tense.h"

#include <algorithm>

#include "base/table.h"

namespace legation {
namespace {

/// Climbs are cut here: deeper nests say nothing of time, and the cost stays linear for any tree.
constexpr int highest_climb = 24;

bool is_predicate(const Parse& parse, std::uint32_t token) {
  if (parse[token].upos == Upos::VERB) return true;
  const auto children = parse.children(token);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    const Deprel deprel = parse[child].deprel;
    return deprel == Deprel::cop || deprel == Deprel::aux || deprel == Deprel::aux_pass;
  });
}

/// Auxiliaries of a predicate, added up.
struct Auxiliaries {
  bool future = false, modal = false, have = false, past = false, present = false, to = false;
};

bool is_past_form(const Token& token) { return token.has(morph_past | morph_finite) || token.xpos == "VBD"; }
bool is_present_form(const Token& token) { return token.has(morph_present | morph_finite) || token.xpos == "VBZ" || token.xpos == "VBP"; }

bool is_auxiliary(Deprel deprel) { return deprel == Deprel::aux || deprel == Deprel::aux_pass || deprel == Deprel::cop; }

void note_auxiliary(const Token& token, std::uint8_t classes, Auxiliaries& found) {
  if ((classes & TenseReader::future) != 0) found.future = true;
  if ((classes & TenseReader::modal) != 0) found.modal = true;
  if (token.lemma == "have") found.have = true;
  if (is_past_form(token)) found.past = true;
  if (is_present_form(token)) found.present = true;
}

Auxiliaries auxiliaries(const TenseReader& reader, const Parse& parse, std::uint32_t predicate) {
  Auxiliaries found;
  for (const auto child : parse.children(predicate)) {
    const Token& token = parse[child];
    if (is_auxiliary(token.deprel)) note_auxiliary(token, reader.classes(token), found);
    if (token.deprel == Deprel::mark && token.lemma == "to") found.to = true;
  }
  return found;
}

/// A past participle without auxiliary that has a subject or is the root: "Two killed in blast", or a past
/// tense that the tagger took for a participle ("called").
bool has_subject(const Parse& parse, std::uint32_t token) {
  const auto children = parse.children(token);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) { return parse[child].deprel == Deprel::nsubj; });
}

bool stands_as_past(const Parse& parse, std::uint32_t token) {
  if (parse[token].has(morph_gerund) || parse[token].xpos == "VBG" || parse[token].form.ends_with("ing")) return false;
  if (parse[token].deprel == Deprel::root) return true;
  return has_subject(parse, token);
}

}  // namespace

Result<TenseReader> TenseReader::load(const Resources& resources) {
  const auto bytes = resources.file("data/time/verbs.tsv");
  if (!bytes) return bytes.error();
  const auto read = Table::read("data/time/verbs.tsv", bytes.value(), {"lemma", "class"});
  if (!read) return read.error();
  const Table& table = read.value();
  constexpr std::array<std::string_view, 5> names = {"future", "modal", "intention", "light", "report"};
  TenseReader reader;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const auto name : split_list(table.cell(row, 1))) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) return table.fault(row, "no class \"" + std::string(name) + "\"");
      reader.verbs_[std::string(table.cell(row, 0))] |= static_cast<std::uint8_t>(1u << (found - names.begin()));
    }
  }
  return reader;
}

std::uint8_t TenseReader::classes(const Token& token) const {
  const auto found = verbs_.find(token.lemma);
  return found == verbs_.end() ? std::uint8_t{0} : found->second;
}

Tense TenseReader::own_form(const Token& token) const {
  if (token.has(morph_infinitive) || token.xpos == "VB") return Tense::infinitive;
  if (is_past_form(token)) return Tense::past;
  if (is_present_form(token)) return Tense::present;
  if ((token.morph & (morph_participle | morph_gerund)) != 0 || token.xpos == "VBN" || token.xpos == "VBG") return Tense::participle;
  return Tense::none;
}

Tense TenseReader::read(const Parse& parse, std::uint32_t token) const {
  const Auxiliaries found = auxiliaries(*this, parse, token);
  if (found.future) return Tense::future;
  if (found.modal) return Tense::modal;
  if (found.have && found.past) return Tense::past_perfect;
  if (found.have && found.present) return Tense::present_perfect;
  if (found.past) return Tense::past;
  if (found.to) return Tense::infinitive;
  if (found.present) return Tense::present;
  if (parse[token].upos != Upos::VERB && parse[token].upos != Upos::AUX) return Tense::none;
  const Tense own = own_form(parse[token]);
  // "let", "cut", "put" are their own past forms: without "to" or auxiliary, and with a subject, they stand as one
  const bool bare = own == Tense::infinitive &&
                    (parse[token].deprel == Deprel::root || parse[token].deprel == Deprel::parataxis || parse[token].deprel == Deprel::conj) &&
                    has_subject(parse, token);
  return (own == Tense::participle && stands_as_past(parse, token)) || bare ? Tense::past : own;
}

std::uint32_t TenseReader::predicate_above(const Parse& parse, std::uint32_t token) const {
  for (int i = 0; i < highest_climb && parse[token].head >= 0 && !is_predicate(parse, token); ++i) {
    token = static_cast<std::uint32_t>(parse[token].head);
  }
  return token;
}

namespace {

/// What a form without tense inherits: an infinitive that is asked for or planned lies ahead.
std::optional<Direction> own_direction(Tense tense, std::uint8_t classes, bool below) {
  const bool intends = (classes & TenseReader::intention) != 0;
  if (tense == Tense::future || tense == Tense::modal) return Direction::future;
  if (below && intends) return Direction::future;
  if (tense == Tense::past || tense == Tense::past_perfect || tense == Tense::present_perfect) return Direction::past;
  if (tense == Tense::present) return Direction::either;
  return std::nullopt;
}

}  // namespace

Direction TenseReader::direction(const Parse& parse, std::uint32_t token) const {
  bool infinitive = false;
  for (int i = 0; i < highest_climb; ++i) {
    const Token& here = parse[token];
    const std::uint8_t bits = classes(here);
    if (is_predicate(parse, token)) {
      const Tense tense = read(parse, token);
      // "scheduled for Friday", "plans to meet on Friday": the governor's own tense does not matter.
      const bool due = tense != Tense::infinitive && (bits & intention) != 0 && (bits & report) == 0 && tense == Tense::participle;
      if (const auto direction = own_direction(tense, bits, infinitive || due)) return *direction;
      infinitive = infinitive || tense == Tense::infinitive;
    } else if (infinitive && (bits & intention) != 0) {
      return Direction::future;  // "a plan to meet", "ready to meet"
    }
    if (here.head < 0) break;
    token = static_cast<std::uint32_t>(here.head);
  }
  return infinitive ? Direction::future : Direction::either;
}

}  // namespace legation
