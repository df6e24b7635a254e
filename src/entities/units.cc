// Longest match over the knowledge base, token by token.
#include "entities/units.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "entities/normal_form.h"

namespace legation {
namespace {

constexpr std::uint32_t large_city = 500'000;
constexpr std::uint32_t longest_name = 14;  // tokens; the longest official state names have eleven

/// "Türkiye": no word of a closed class, whatever the tagger makes of it.
bool has_marked_letter(std::string_view form) {
  while (!form.empty())
    if (const char32_t c = next_code_point(form); c >= 0xC0 && fold(c).size > 0) return true;
  return false;
}

/// Words that stand open: a name may begin with them. Closed classes never begin one.
bool may_begin(const Token& token) {
  if (has_marked_letter(token.form)) return true;
  switch (token.upos) {
    case Upos::PUNCT:
    case Upos::AUX:
    case Upos::CCONJ:
    case Upos::SCONJ:
    case Upos::PART:
    case Upos::SYM:
      return false;
    case Upos::PRON:
    case Upos::ADP:
    case Upos::DET:
      return false;
    default:
      return true;
  }
}

bool is_nominal(Upos upos) { return upos == Upos::NOUN || upos == Upos::PROPN; }

bool is_capital(Case c) { return c == Case::capital || c == Case::upper; }

/// "d'Ivoire", "d’Orsay": the capital stands after the elided word.
bool is_capital_word(std::string_view form) {
  if (is_capital(case_of(form))) return true;
  for (std::string_view apostrophe : {"'", "\u2019"})
    if (const std::size_t at = form.find(apostrophe); at == 1 || at == 2) return is_capital(case_of(form.substr(at + apostrophe.size())));
  return false;
}

/// "the WHO": a tagger takes it for a pronoun.
bool stands_as_acronym(const Token& before, const Token& token) {
  return is_lower_case_of(before.form, "the") && before.form != "THE" && token.form.size() >= 2 && case_of(token.form) == Case::upper;
}

/// Lower is better: what a name means when nothing else tells.
int rank(const Name& name, Date day) {
  static constexpr std::array<int, 11> order = {0, 1, 2, 4, 3, 5, 8, 6, 7, 9, 4};
  // state adjective people capital metonym person name_part organisation agent place vague
  if (name.wins(day)) return order[static_cast<std::size_t>(name.kind)] - 20;
  const int gone = name.kind == NameKind::state ? 8 : 20;  // "Zaire" is the state of before rather than a province of that name
  return order[static_cast<std::size_t>(name.kind)] + (name.in_use(day) ? 0 : gone);
}

class Finder {
 public:
  Finder(const KnowledgeBase& base, const Parse& parse, TokenRange sentence, Date day) : base_(base), parse_(parse), sentence_(sentence), day_(day) {}

  /// The longest unit that begins at a token; empty range when none does.
  Unit longest(std::uint32_t first) {
    best_ = {};
    first_ = first;
    former_ = false;
    std::string_view form = parse_[first].form;
    for (std::string_view prefix : {"ex-", "Ex-", "then-", "EX-"}) {
      if (!form.starts_with(prefix) || form.size() == prefix.size()) continue;
      former_ = prefix != "then-";
      walk(first, {}, form.substr(prefix.size()));
      return best_;
    }
    step(first, {});
    return best_;
  }

 private:
  void step(std::uint32_t at, const KnowledgeBase::Digest& digest) {
    if (at >= sentence_.last || at >= first_ + longest_name) return;
    const Token& token = parse_[at];
    if (token.upos == Upos::PUNCT && !is_hyphen(token.form) && token.form != "&") {
      // "Washington, D.C." and initials set apart are rare enough to leave to aliases; a stop or comma ends a
      // name.
      return;
    }
    walk(at, digest, token.form);
    const bool lemma_differs = is_nominal(token.upos) && !token.lemma.empty() && token.lemma.size() != token.form.size();
    if (lemma_differs) walk(at, digest, token.lemma);
  }

  void walk(std::uint32_t at, KnowledgeBase::Digest digest, std::string_view word) {
    if (!KnowledgeBase::extend(digest, word)) {
      if (at > first_) step(at + 1, digest);  // a hyphen of its own
      return;
    }
    bool more = false;
    const std::span<const Name> names = base_.names(digest, more);
    if (!names.empty()) consider({first_, at + 1}, names, digest.pieces);
    if (more) step(at + 1, digest);
  }

  void consider(TokenRange range, std::span<const Name> names, std::uint8_t pieces) {
    if (best_.best && range.last < best_.range.last) return;
    const Name* chosen = best_.best && range.last == best_.range.last ? best_.best : nullptr;
    const auto place_of = [&](std::uint32_t population) {
      return range.size() == 1 && std::any_of(names.begin(), names.end(), [&](const Name& name) {
               return name.kind == NameKind::place && base_.places()[name.target].population >= population && accepts(name, range, pieces);
             });
    };
    const bool also_city = place_of(large_city), place_here = place_of(0) && stands_as_place(range.first);
    for (const Name& name : names) {
      const bool someone = (also_city && out_of_office(name)) || (place_here && name.kind == NameKind::name_part);
      if (accepts(name, range, pieces) && !someone && (!chosen || rank(name, day_) < rank(*chosen, day_))) chosen = &name;
    }
    if (!chosen || (best_.best == chosen && best_.range == range)) return;
    best_.range = range;
    best_.best = chosen;
    best_.names = names;
    best_.former = former_;
    const Token& last = parse_[range.last - 1];
    best_.plural = chosen->plural || last.has(morph_plural) || last.xpos == "NNS" || last.xpos == "NNPS";
  }

  /// "in Gao", "Logar Province", "the city of Katanga": a surname, too, but not there.
  bool stands_as_place(std::uint32_t at) const {
    const WordLists& words = base_.words();
    if (at + 1 < sentence_.last && words.place_nouns.has_in_any_case(parse_[at + 1].form)) return true;
    if (at == sentence_.first) return false;
    if (words.town_prepositions.has_in_any_case(parse_[at - 1].form)) return true;
    return at >= sentence_.first + 2 && parse_[at - 1].form == "of" && words.place_nouns.has_in_any_case(parse_[at - 2].form);
  }

  /// A bare "Lagos" is the city when no president of that name is in office.
  bool out_of_office(const Name& name) const {
    return (name.kind == NameKind::person || name.kind == NameKind::name_part) && !base_.office_on(name.target, day_);
  }

  bool accepts(const Name& name, TokenRange range, std::uint8_t pieces) const {
    const bool free_spacing = name.kind == NameKind::person || name.kind == NameKind::name_part || name.acronym;
    if (name.words != pieces && !free_spacing) return false;
    if (name.lower) return reads_as_noun(parse_[range.last - 1]);
    if (name.acronym) return all_upper(range);
    if (name.kind == NameKind::place && range.size() == 1 && base_.places()[name.target].kind != "sea" && is_no_town(range.first)) return false;
    if (name.kind == NameKind::place && range.size() > 1 && stands_before_its_noun(range.last - 1) && is_compass_area(range)) return false;
    return written_as_name(name, range);
  }

  static bool reads_as_noun(const Token& token) {
    return is_nominal(token.upos) || token.upos == Upos::X || (token.upos == Upos::ADJ && token.has(morph_plural));
  }

  bool all_upper(TokenRange range) const {
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const Token& token = parse_[i];
      if (i > 0 && range.size() == 1 && stands_as_acronym(parse_[i - 1], token)) continue;
      if (token.upos == Upos::PRON || token.upos == Upos::AUX || token.upos == Upos::DET || token.upos == Upos::ADP) return false;
      const Case c = case_of(token.form);
      if (c != Case::upper && c != Case::none && !(c == Case::capital && token.form.size() <= 2)) return false;
    }
    return true;
  }

  /// "the Munich court", "the Mumbai attacks": the article is the noun's.
  bool modifies_noun(std::uint32_t at) const {
    const Token& token = parse_[at];
    return token.deprel == Deprel::compound && token.head > static_cast<std::int32_t>(at);
  }

  /// "Munich Regional Court": part of a longer name.
  bool stands_before_its_noun(std::uint32_t at) const {
    return modifies_noun(at) && is_capital(case_of(parse_[static_cast<std::uint32_t>(parse_[at].head)].form));
  }

  /// Points of the compass, and towns do not take "the" of their own; seas, provinces and the like do.
  bool is_no_town(std::uint32_t at) const {
    const std::string_view form = parse_[at].form;
    const WordLists& words = base_.words();
    return words.compass_points.has_in_any_case(form) || words.compass_adjectives.has_in_any_case(form) ||
           (at > sentence_.first && is_lower_case_of(parse_[at - 1].form, "the") && !modifies_noun(at));
  }

  /// "Central District" before "Court" is no district of Israel's.
  bool is_compass_area(TokenRange range) const {
    const WordLists& words = base_.words();
    for (std::uint32_t at = range.first; at < range.last; ++at)
      if (!words.compass_adjectives.has_in_any_case(parse_[at].form) && !words.area_nouns.has_in_any_case(parse_[at].form)) return false;
    return true;
  }

  /// Capitals where a name has them, and a tag that a name can have. Ordinary words that are names too
  /// ("may", "turkey", "polish") are told apart by the tag and the capital.
  bool written_as_name(const Name& name, TokenRange range) const {
    const Token& first = parse_[range.first];
    const bool capital_first = is_capital(case_of(first.form)) || former_;
    const bool after_hyphen = range.size() > 2 && is_hyphen(parse_[range.last - 2].form);  // "Jae-myung"
    const bool capital_last = range.size() > 1 && (after_hyphen || is_capital_word(parse_[range.last - 1].form));
    if (range.size() > 1) return capital_last && (capital_first || first.upos == Upos::PROPN || case_of(first.form) == Case::none || first.form.size() <= 3);
    if (!capital_first) return first.upos == Upos::PROPN && name.kind != NameKind::place && name.kind != NameKind::name_part;
    switch (first.upos) {
      case Upos::PROPN:
        return true;
      case Upos::ADJ:
        return name.kind != NameKind::name_part && name.kind != NameKind::place;
      case Upos::NOUN:
        return name.kind != NameKind::name_part && name.kind != NameKind::place;
      case Upos::X:
        return name.kind != NameKind::place;
      default:
        return has_marked_letter(first.form);
    }
  }

  const KnowledgeBase& base_;
  const Parse& parse_;
  TokenRange sentence_;
  Date day_;
  std::uint32_t first_ = 0;
  bool former_ = false;
  Unit best_;
};

/// A proper noun that can be (part of) a name nobody knows.
bool is_unknown_name(const WordLists& words, const Token& token) {
  return (token.upos == Upos::PROPN || token.upos == Upos::X) && is_capital(case_of(token.form)) && !words.calendar_words.has_in_any_case(token.form);
}

/// One past the last part of "Gwan-pyo", whose second part has no capital.
std::uint32_t with_hyphens(const Parse& parse, TokenRange sentence, std::uint32_t at) {
  std::uint32_t last = at + 1;
  while (last + 1 < sentence.last && is_hyphen(parse[last].form) && !parse[last - 1].space_after && !parse[last].space_after &&
         parse[last + 1].upos == Upos::PROPN && (case_of(parse[last + 1].form) == Case::lower || last > at + 1))
    last += 2;  // "Waker-uz-Zaman": a capital again after a part without one
  return last;
}

/// "Paris Hilton": a place name that the tree calls part of a longer personal name is not that place.
bool swallowed_by_name(const Parse& parse, const Unit& unit) {
  if (!unit.best || unit.range.size() != 1) return false;
  const std::uint32_t at = unit.range.first;
  if (unit.best->kind == NameKind::person || unit.best->kind == NameKind::agent) return false;
  if (unit.best->kind == NameKind::organisation && (unit.best->acronym || case_of(parse[at].form) == Case::upper)) return false;
  if (parse[at].deprel == Deprel::flat && parse[at].head >= 0 && parse[static_cast<std::uint32_t>(parse[at].head)].upos == Upos::PROPN) return true;
  for (std::uint32_t child : parse.children(at))
    if (parse[child].deprel == Deprel::flat && parse[child].upos == Upos::PROPN) return true;
  return false;
}

/// "In Santiago Isabel Allende wept": a well-known town after the preposition that opens the sentence is
/// where, not part of the name.
bool opens_with_place(const KnowledgeBase& base, const Parse& parse, TokenRange sentence, const Unit& unit) {
  if (!unit.best || unit.range.first != sentence.first + 1) return false;
  const Token& before = parse[sentence.first];
  if (before.upos != Upos::ADP || !(is_lower_case_of(before.form, "in") || is_lower_case_of(before.form, "from"))) return false;
  if (unit.is(NameKind::capital)) return true;
  return std::any_of(unit.names.begin(), unit.names.end(),
                     [&](const Name& name) { return name.kind == NameKind::place && base.places()[name.target].population >= large_city / 5; });
}

/// "Arctic Dawn" is not the newspaper: a body of one word, with an unknown word of its name before it.
bool ends_longer_name(const Parse& parse, const std::vector<Unit>& units, std::size_t begin, const Unit& unit) {
  if (!unit.best || unit.range.size() != 1 || unit.best->acronym || unit.best->kind != NameKind::organisation) return false;
  if (units.size() <= begin || !units.back().unknown() || units.back().range.last != unit.range.first || units.back().possessive) return false;
  return same_phrase(parse, units.back().range.last - 1, unit.range.first);
}

/// "Mohammed bin Abdulrahman", "Ana de Souza": one small word between two parts of a name.
bool joined_by_particle(const Parse& parse, const Unit& left, const Unit& right) {
  static constexpr std::array<std::string_view, 25> particles = {"bin", "ibn", "bint", "al",  "el",  "ben", "ould", "de", "da", "do", "dos", "del", "della",
                                                                 "di",  "du",  "van",  "von", "der", "den", "uz",   "ur", "ul", "e",  "y",   "zu"};
  if (left.possessive || right.range.first < left.range.last + 1 || right.range.first > left.range.last + 2) return false;
  const Token& between = parse[left.range.last];
  if (right.range.first == left.range.last + 2 && !is_hyphen(parse[left.range.last + 1].form)) return false;  // "Mohammed al-Qamoodi"
  return case_of(between.form) == Case::lower && std::find(particles.begin(), particles.end(), between.form) != particles.end() && between.upos == Upos::PROPN;
}

/// A lone alias ("Francis", "Sasa", "Lavrov") that the tree makes one name with an unknown word beside it:
/// "Francis Agwi" is not the pope. Who it is nevertheless ("Sergey Viktorovich Lavrov") near spellings tell.
void free_parts_of_longer_names(const Parse& parse, std::vector<Unit>& units, std::size_t begin) {
  const auto lone_person = [&](const Unit& unit) {
    const bool one_word = unit.range.size() == 1 || (unit.range.size() == 3 && is_hyphen(parse[unit.range.first + 1].form));  // "al-Haddad"
    return one_word && !unit.former && (unit.is(NameKind::person) || unit.is(NameKind::name_part));
  };
  const auto one_name = [&](const Unit& left, const Unit& right) {
    if (left.possessive || left.honorific || right.honorific) return false;
    if (joined_by_particle(parse, left, right)) return parse[right.range.first].upos == Upos::PROPN && parse[left.range.last - 1].upos == Upos::PROPN;
    if (left.range.last != right.range.first) return false;
    const Token& before = parse[left.range.last - 1];
    const Token& after = parse[right.range.first];
    const bool joined = (after.deprel == Deprel::flat || before.deprel == Deprel::flat) &&
                        (after.head == static_cast<std::int32_t>(left.range.last - 1) || after.head == before.head ||
                         before.head == static_cast<std::int32_t>(right.range.first));
    const bool given = left.unknown() && right.is(NameKind::name_part) && left.range.size() == 1 && before.deprel == Deprel::nmod_desc &&
                       before.head == static_cast<std::int32_t>(right.range.first);  // a given name that the tree takes for a title
    return (joined || given) && after.upos == Upos::PROPN && before.upos == Upos::PROPN;
  };
  for (std::size_t i = begin; i + 1 < units.size(); ++i) {
    Unit& left = units[i];
    Unit& right = units[i + 1];
    if (!one_name(left, right)) continue;
    if (lone_person(left) && right.unknown())
      left.best = nullptr, left.names = {};
    else if (left.unknown() && lone_person(right))
      right.best = nullptr, right.names = {};
  }
}

/// Joins runs of unknown units that the tree or a hyphen holds together.
void join_unknown(const Parse& parse, std::vector<Unit>& units, std::size_t begin) {
  std::size_t kept = begin;
  for (std::size_t i = begin; i < units.size(); ++i) {
    Unit unit = units[i];
    if (kept > begin && unit.unknown() && units[kept - 1].unknown()) {
      Unit& before = units[kept - 1];
      const bool hyphen = before.range.last + 1 == unit.range.first && is_hyphen(parse[before.range.last].form);
      const bool adjacent = before.range.last == unit.range.first && !before.possessive;
      if ((adjacent && same_phrase(parse, before.range.last - 1, unit.range.first)) || hyphen || joined_by_particle(parse, before, unit)) {
        before.range.last = unit.range.last;
        before.possessive = unit.possessive;
        continue;
      }
    }
    units[kept++] = unit;
  }
  units.resize(kept);
}

bool followed_by_possessive(const Parse& parse, TokenRange sentence, std::uint32_t last) {
  if (last >= sentence.last) return false;
  const Token& next = parse[last];
  return next.upos == Upos::PART && (next.form == "'s" || next.form == "'" || next.form == "\u2019s" || next.form == "\u2019" || next.form == "'S");
}

/// Of a capital's name the large cities elsewhere: Tripoli in Lebanon, Santiago in the Dominican Republic; but not London in Ontario, for
/// who flies to London from Ottawa flies to the capital.
bool is_namesake(const KnowledgeBase& base, const Unit& unit, const Name& name) {
  constexpr std::uint32_t large = 200'000, share = 6;  // of the capital's people at least one part in six
  if (name.kind != NameKind::place) return false;
  const std::string_view code = base.entity(unit.best->target).code;
  std::uint32_t people = 0;
  for (const Name& other : unit.names)
    if (other.kind == NameKind::place && base.places()[other.target].country == code) people = std::max(people, base.places()[other.target].population);
  const Place& place = base.places()[name.target];
  return place.kind == "city" && place.country != code && place.population >= large && place.population >= people / share;
}

bool is_large_namesake(const KnowledgeBase& base, const Unit& unit) {
  return std::ranges::any_of(unit.names, [&](const Name& name) { return is_namesake(base, unit, name); });
}

/// May the name of a state be that of another one or of a province elsewhere?
bool is_ambiguous(const KnowledgeBase& base, const Unit& unit, Date day) {
  const std::string_view code = base.entity(unit.best->target).code;
  if (unit.is(NameKind::capital) && is_large_namesake(base, unit)) return true;
  return std::any_of(unit.names.begin(), unit.names.end(), [&](const Name& name) {
    if (name.kind == NameKind::place)
      return unit.is(NameKind::state) && base.places()[name.target].kind == "province" && base.places()[name.target].country != code;
    return name.kind == unit.best->kind && name.in_use(day) && base.entity(name.target).code != code;
  });
}

/// Country that a unit names; empty for places in several.
std::string_view country_named(const KnowledgeBase& base, const Unit& unit) {
  if (!unit.best) return {};
  if (unit.country() || unit.is(NameKind::person) || unit.is(NameKind::organisation)) return base.entity(unit.best->target).code;
  if (!unit.is(NameKind::place) || unit.names.empty()) return {};
  const std::string_view code = base.places()[unit.best->target].country;
  const bool several = std::any_of(unit.names.begin(), unit.names.end(),
                                   [&](const Name& name) { return name.kind == NameKind::place && base.places()[name.target].country != code; });
  return several ? std::string_view() : code;
}

/// What the sure names of a document speak of: how often each country, and in which provinces its towns lie.
struct Told {
  std::vector<std::pair<std::string_view, int>> countries;
  std::vector<std::pair<std::string_view, std::string_view>> provinces;  ///< country, province
  int of(std::string_view code) const {
    const auto found = std::find_if(countries.begin(), countries.end(), [&](const auto& pair) { return pair.first == code; });
    return found == countries.end() ? 0 : found->second;
  }
  void add(std::string_view code) {
    if (code.empty()) return;
    const auto found = std::find_if(countries.begin(), countries.end(), [&](const auto& pair) { return pair.first == code; });
    if (found == countries.end())
      countries.emplace_back(code, 1);
    else
      ++found->second;
  }
};

Told told_by(const KnowledgeBase& base, Date day, const std::vector<Unit>& units) {
  Told told;
  for (const Unit& unit : units) {
    if (unit.country() && is_ambiguous(base, unit, day)) continue;
    told.add(country_named(base, unit));
    if (!unit.is(NameKind::place)) continue;
    for (const Name& name : unit.names) {
      if (name.kind != NameKind::place) continue;
      const Place& town = base.places()[name.target];
      const std::pair<std::string_view, std::string_view> lies{town.country, town.province};
      if (!town.province.empty() && std::find(told.provinces.begin(), told.provinces.end(), lies) == told.provinces.end()) told.provinces.push_back(lies);
    }
  }
  return told;
}

/// The province of that name of which the text names a town: "Georgia" beside "Atlanta"; null when none.
const Name* province_told(const KnowledgeBase& base, const Told& told, const Unit& unit) {
  for (const Name& name : unit.names) {
    if (name.kind != NameKind::place || base.places()[name.target].kind != "province") continue;
    const Place& province = base.places()[name.target];
    if (std::find(told.provinces.begin(), told.provinces.end(), std::pair(province.country, province.name)) != told.provinces.end()) return &name;
  }
  return nullptr;
}

/// "US$43", "500 million Swiss francs": whose money, not who.
bool names_currency(const WordLists& words, const Parse& parse, TokenRange sentence, TokenRange name) {
  if (name.last >= sentence.last) return false;
  const Token& after = parse[name.last];
  return (after.form == "$" && !parse[name.last - 1].space_after) || (is_nominal(after.upos) && words.currencies.has_in_any_case(after.form));
}

}  // namespace

void settle_ambiguous(const KnowledgeBase& base, Date day, std::vector<Unit>& units) {
  std::optional<Told> told;  // most documents have no such name
  for (Unit& unit : units) {
    if (!unit.country() || unit.names.size() < 2 || unit.best->wins(day) || !is_ambiguous(base, unit, day)) continue;
    if (!told) told = told_by(base, day, units);
    const std::string_view first = base.entity(unit.best->target).code;
    const Name* best = unit.best;
    int most = told->of(first);
    if (const Name* province = province_told(base, *told, unit); province && unit.is(NameKind::state) && most == 0) {
      unit.best = province;
      continue;
    }
    if (unit.is(NameKind::capital) && most == 0) {  // only its namesake's country is told
      for (const Name& name : unit.names)
        if (const int times = is_namesake(base, unit, name) ? told->of(base.places()[name.target].country) : 0; times > most) best = &name, most = times;
      if (most > 0) {
        unit.best = best;
        continue;
      }
    }
    for (const Name& name : unit.names) {
      if (name.kind != unit.best->kind || !name.in_use(day)) continue;
      if (const int times = told->of(base.entity(name.target).code); times > most) best = &name, most = times;
    }
    unit.best = best;
  }
}

bool is_hyphen(std::string_view form) { return form == "-" || form == "\u2010" || form == "\u2011" || form == "\u2013"; }

bool is_lower_case_of(std::string_view form, std::string_view lower) {
  return std::equal(form.begin(), form.end(), lower.begin(), lower.end(), [](char a, char b) { return ascii::to_lower(a) == b; });
}

std::uint32_t head_of(const Parse& parse, TokenRange range) {
  std::uint32_t head = range.last - 1;
  for (std::uint32_t i = range.last; i-- > range.first;) {
    const Token& token = parse[i];
    const bool outside = token.head < 0 || !range.contains(static_cast<std::uint32_t>(token.head));
    if (!outside || token.upos == Upos::PUNCT || token.deprel == Deprel::case_ || token.deprel == Deprel::det) continue;
    return i;
  }
  return head;
}

bool same_phrase(const Parse& parse, std::uint32_t left, std::uint32_t right) {
  const auto climbs = [&](std::uint32_t from, std::uint32_t to) {
    std::int32_t at = static_cast<std::int32_t>(from);
    for (int steps = 0; steps < 6 && at >= 0; ++steps) {
      if (at == static_cast<std::int32_t>(to)) return true;
      const Token& token = parse[static_cast<std::uint32_t>(at)];
      switch (token.deprel) {
        case Deprel::amod:
        case Deprel::compound:
        case Deprel::flat:
        case Deprel::nmod_desc:
        case Deprel::nmod_poss:
        case Deprel::nummod:
        case Deprel::appos:
        case Deprel::nmod:
        case Deprel::dep:
        case Deprel::goeswith:
        case Deprel::fixed:
        case Deprel::nmod_unmarked:
        case Deprel::list:
          at = token.head;
          break;
        default:
          return false;
      }
    }
    return false;
  };
  if (climbs(left, right) || climbs(right, left)) return true;
  // Both hang, as modifiers, on the same noun or through it.
  const Token& l = parse[left];
  const Token& r = parse[right];
  return l.head >= 0 && l.head == r.head && (l.deprel == Deprel::compound || l.deprel == Deprel::flat || l.deprel == Deprel::amod) &&
         (r.deprel == Deprel::compound || r.deprel == Deprel::flat || r.deprel == Deprel::amod);
}

void find_units(const KnowledgeBase& base, const Parse& parse, std::uint32_t sentence, Date day, std::vector<Unit>& units) {
  const TokenRange range = parse.sentences[sentence].tokens;
  const std::size_t begin = units.size();
  const WordLists& words = base.words();
  Finder finder(base, parse, range, day);
  for (std::uint32_t at = range.first; at < range.last;) {
    const Token& token = parse[at];
    Unit unit;
    if (words.honorifics.has(token.form)) {
      unit.range = {at, at + 1};
      unit.honorific = true;
    } else if ((at > range.first || token.upos == Upos::DET) && !may_begin(token) && token.upos != Upos::PUNCT && case_of(token.form) == Case::capital &&
               !is_lower_case_of(token.form, "under")) {
      unit = finder.longest(at);  // "Than Shwe", "To Lam", "The Hague": a capital inside the sentence, whatever the tag
      if (unit.range.size() < 2 || !(unit.is(NameKind::person) || unit.is(NameKind::place) || unit.is(NameKind::capital))) unit = {};
    } else if (token.upos == Upos::ADP && is_lower_case_of(token.form, "under")) {
      unit = finder.longest(at);  // "an under secretary of state"
      if (!unit.is(NameKind::agent)) unit = {};
    } else if (may_begin(token) || (at > range.first && stands_as_acronym(parse[at - 1], token))) {
      unit = finder.longest(at);
      if (unit.range.size() == 1 && unit.best && words.calendar_words.has_in_any_case(token.form) && !unit.is(NameKind::agent) &&
          token.deprel != Deprel::nsubj && token.deprel != Deprel::flat)
        unit = {};
      if (unit.best && ((swallowed_by_name(parse, unit) && !opens_with_place(base, parse, range, unit)) || ends_longer_name(parse, units, begin, unit))) {
        const TokenRange kept = unit.range;
        unit = {};
        unit.range = kept;
      }
      if (unit.range.size() == 0 && is_unknown_name(words, token)) unit.range = {at, with_hyphens(parse, range, at)};
    }
    if (unit.range.size() == 0 || names_currency(words, parse, range, unit.range)) {
      at = std::max(at + 1, unit.range.last);
      continue;
    }
    unit.sentence = sentence;
    unit.possessive = followed_by_possessive(parse, range, unit.range.last);
    at = unit.range.last;
    units.push_back(unit);
  }
  free_parts_of_longer_names(parse, units, begin);
  join_unknown(parse, units, begin);
}

}  // namespace legation
