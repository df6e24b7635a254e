// From names and codes of a dictionary to rows of a user table: which kind of thing a name is, which state and sectors its code
// means, how it is spelled with small letters.
#include "entities/dictionary_import.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/ascii.h"
#include "base/table.h"
#include "entities/normal_form.h"
#include "entities/user_table.h"

namespace legation {
namespace {

bool has_lower(std::string_view text) { return std::any_of(text.begin(), text.end(), ascii::is_lower); }

/// "R.K.", "U.N."
bool is_initials(std::string_view word) { return word.size() >= 2 && word[1] == '.' && word.size() <= 8; }

bool is_small_word(std::string_view word) {
  for (std::string_view small : {"OF", "THE", "AND", "FOR", "DE", "DU", "DES", "DEL", "DA", "LA", "VAN", "BIN", "IN", "ON", "TO"})
    if (word == small) return true;
  return false;
}

/// "HAMID KARZAI" -> "Hamid Karzai", "MAZAR-I-SHARIF" -> "Mazar-I-Sharif"; as found when the file has small letters.
std::string capitalised(const std::string& name) {
  if (has_lower(name)) return name;
  std::string text;
  for (std::string_view word : split_list(name, ' ')) {
    const bool first = text.empty();
    if (!first) text.push_back(' ');
    if (is_initials(word)) {
      text += word;
    } else if (!first && is_small_word(word)) {
      text += ascii::lowered(word);
    } else {
      bool begins = true;
      for (char c : word) {
        text.push_back(begins ? c : ascii::to_lower(c));
        begins = c == '-' || c == '\'';
      }
    }
  }
  return text;
}

/// Is it short for one of the others ("UNHCR"), unspeakable, or known as an acronym?
bool reads_as_acronym(const std::string& name, const DictionaryGroup& group, const KnowledgeBase& base) {
  if (has_lower(name) || name.find(' ') != std::string::npos || name.size() > 8 || name.size() < 2) return false;
  if (name.find_first_of("AEIOUY") == std::string::npos) return true;
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, name);
  bool more = false;
  for (const Name& known : base.names(digest, more))
    if (known.acronym) return true;
  for (const std::string& other : group.names) {
    std::string initials;
    for (std::string_view word : split_list(other, ' '))
      if (!is_small_word(word)) initials.push_back(word.front());
    if (initials == name) return true;
  }
  return false;
}

std::string_view organisation_kind(const std::string& code, const std::vector<std::string>& sectors) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kinds = {{{"MIL", "military"},
                                                                                           {"COP", "police"},
                                                                                           {"REB", "armed-group"},
                                                                                           {"PTY", "party"},
                                                                                           {"BUS", "company"},
                                                                                           {"JRN", "media"},
                                                                                           {"JUD", "court"},
                                                                                           {"LEG", "legislature"},
                                                                                           {"EDU", "university"},
                                                                                           {"REL", "religious"},
                                                                                           {"GOV", "agency"}}};
  if (code == "UNO" || code == "IGO" || code == "EUR") return "igo";
  if (code == "NGO" || code == "ISM") return "ngo";
  if (code == "MNC") return "company";
  for (const auto& [sector, kind] : kinds)
    if (!sectors.empty() && sectors.front() == sector) return kind;
  return "organisation";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

Result<std::vector<std::pair<std::string, std::string>>> read_pairs(const Resources& resources, std::string_view path,
                                                                    const std::vector<std::string_view>& columns) {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto bytes = resources.file(path);
  if (!bytes.ok()) return bytes.error();
  const auto table = Table::read(path, bytes.value(), columns);
  if (!table.ok()) return table.error();
  for (std::size_t row = 0; row < table.value().rows(); ++row) pairs.emplace_back(table.value().cell(row, 0), table.value().cell(row, 1));
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

const std::string* find(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view key) {
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), key, [](const auto& pair, std::string_view wanted) { return pair.first < wanted; });
  return at != pairs.end() && at->first == key ? &at->second : nullptr;
}

}  // namespace

Result<DictionaryImport> DictionaryImport::load(const Resources& resources, const KnowledgeBase& base) {
  DictionaryImport import(base);
  auto entities = read_pairs(resources, "data/mappings/cameo_entities.tsv", {"given", "code"});
  if (!entities.ok()) return entities.error();
  auto roles = read_pairs(resources, "data/mappings/cameo_roles.tsv", {"role", "sector"});
  if (!roles.ok()) return roles.error();
  import.entities_ = std::move(entities).value();
  import.roles_ = std::move(roles).value();
  return import;
}

/// Writes the rows of one dictionary.
class DictionaryImport::Writer {
 public:
  Writer(DictionaryImport& import, std::string_view file) : import_(import) { out_.file = std::string(file.substr(file.rfind('/') + 1)); }

  ImportedDictionary write(const Dictionary& dictionary) {
    out_.left_out = dictionary.left_out;
    for (const DictionaryGroup& group : dictionary.groups) write_group(group);
    std::stable_sort(out_.left_out.begin(), out_.left_out.end(), [](const LeftOut& a, const LeftOut& b) { return a.line < b.line; });
    return std::move(out_);
  }

 private:
  struct Term {
    Meaning meaning;
    const DictionaryCode* code;
  };

  void leave_out(std::string what, std::uint32_t line) { out_.left_out.push_back({std::move(what), line}); }

  void write_group(const DictionaryGroup& group) {
    if (group.codes.front().agent) return write_agent(group);
    std::vector<Term> terms;
    for (const DictionaryCode& code : group.codes) {
      // "[USAGOV 010120-050120] [ELI]": without office he is elite, which the tables say of ended terms by themselves
      if (group.codes.size() > 1 && code.letters == "ELI" && !code.from && !code.to) continue;
      if (auto meaning = meaning_of(code)) terms.push_back({std::move(*meaning), &code});
    }
    if (terms.empty()) return;
    const std::size_t before = out_.row_count;
    const Term& first = terms.front();
    const bool names_state = first.meaning.sectors.empty() && !is_international(first.meaning.code);
    if (names_state)
      write_state(group, first);
    else if (!names_body(group) && std::any_of(terms.begin(), terms.end(), [](const Term& term) { return is_of_person(term); }))
      write_person(group, terms);
    else
      write_organisation(group, terms);
    out_.groups += out_.row_count > before;
  }

  /// "WARSAW TREATY ORGANIZATION": a word of it is a body.
  bool names_body(const DictionaryGroup& group) const {
    for (std::string_view word : split_list(group.names.front(), ' ')) {
      KnowledgeBase::Digest digest;
      KnowledgeBase::extend(digest, word);
      bool more = false;
      for (const Name& name : import_.base_.names(digest, more))
        if (name.kind == NameKind::agent && import_.base_.agents()[name.target].kind == AgentTerm::Kind::body) return true;
    }
    return false;
  }

  /// Bodies are seldom dated and are no elite.
  static bool is_of_person(const Term& term) {
    return term.code->from || term.code->to || (!term.meaning.sectors.empty() && term.meaning.sectors.front() == "ELI");
  }

  // ---- codes ----

  std::optional<Meaning> meaning_of(const DictionaryCode& code) {
    Meaning meaning;
    const std::string_view letters = code.letters;
    if (code.agent || letters.size() < 3) return leave_out("code \"" + code.letters + "\" of no actor", code.line), std::nullopt;
    const std::string first(letters.substr(0, 3));
    const std::string* given = find(import_.entities_, first);
    meaning.code = given ? *given : first;
    if (meaning.code.empty()) return leave_out("code " + first + ", a region or group", code.line), std::nullopt;
    if (import_.base_.state(meaning.code) == no_entity) return leave_out("code " + first + ", which is no state's", code.line), std::nullopt;
    for (std::size_t at = 3; at + 3 <= letters.size(); at += 3) add_role(letters.substr(at, 3), meaning);
    return meaning;
  }

  void add_role(std::string_view role, Meaning& meaning) {
    if (meaning.code == "IGO")
      if (const std::string* body = find(import_.entities_, role); body && !body->empty()) meaning.code = *body;
    if (is_international(meaning.code) && meaning.code != "IMG") return;  // PLOVER gives these no sector
    const std::string* sector = find(import_.roles_, role);
    if (!sector || sector->empty()) return;
    if (std::find(meaning.sectors.begin(), meaning.sectors.end(), *sector) == meaning.sectors.end()) meaning.sectors.push_back(*sector);
  }

  // ---- rows ----

  void row(std::string_view kind, const std::vector<std::string>& names, const Meaning& meaning, const DictionaryCode* code, std::uint32_t line) {
    out_.rows.append(kind).append("\t").append(names.front()).append("\t");
    out_.rows.append(joined({names.begin() + 1, names.end()})).append("\t").append(meaning.code).append("\t");
    out_.rows.append(joined(meaning.sectors)).append("\t\t");
    if (code && code->from) out_.rows.append(code->from->iso());
    out_.rows.append("\t");
    if (code && code->to) out_.rows.append(code->to->iso());
    out_.rows.append("\t").append(out_.file).append(":").append(std::to_string(line)).append("\n");
    ++out_.row_count;
  }

  /// Names of the group that nobody had before, spelled with small letters.
  std::vector<std::string> free_names(const DictionaryGroup& group, std::vector<std::pair<std::uint64_t, std::string>>& owners, const std::string& owner,
                                      bool agents) {
    std::vector<std::string> names;
    for (const std::string& written : group.names) {
      std::string name = agents ? ascii::lowered(written) : reads_as_acronym(written, group, import_.base_) ? written : capitalised(written);
      const std::uint64_t digest = KnowledgeBase::digest_of(name);
      if (digest == KnowledgeBase::Digest().value) {
        leave_out("name without Latin letters", group.line);
        continue;
      }
      const auto [at, is_new] = index(owners).emplace(digest, owner);
      if (is_new) {
        owners.emplace_back(digest, owner);
        names.push_back(std::move(name));
        ++out_.names;
      } else if (at->second != owner) {
        leave_out("name that another row has already", group.line);
      }
    }
    return names;
  }

  /// The owners so far by digest; made once a file.
  std::unordered_map<std::uint64_t, std::string>& index(const std::vector<std::pair<std::uint64_t, std::string>>& owners) {
    auto& index = &owners == &import_.agents_ ? agent_index_ : owner_index_;
    if (index.empty()) index.insert(owners.begin(), owners.end());
    return index;
  }

  void write_agent(const DictionaryGroup& group) {
    Meaning meaning;
    const DictionaryCode& code = group.codes.front();
    for (std::size_t at = 0; at + 3 <= code.letters.size(); at += 3) add_role(std::string_view(code.letters).substr(at, 3), meaning);
    if (meaning.sectors.empty()) return leave_out("role \"" + code.letters + "\" without a sector of PLOVER", code.line);
    const std::string owner = owner_of(group);
    std::vector<std::string> names = free_names(group, import_.agents_, owner, true);
    out_.groups += !names.empty();
    if (names.size() == 1 && group.plural && !group.plural->empty()) {
      DictionaryGroup plural = group;
      plural.names = {*group.plural};
      for (std::string& name : free_names(plural, import_.agents_, owner, true)) names.push_back(std::move(name));
      return row("agent", names, meaning, nullptr, group.line);
    }
    for (const std::string& name : names) row("agent", {name}, meaning, nullptr, group.line);
  }

  void write_organisation(const DictionaryGroup& group, const std::vector<Term>& terms) {
    const Meaning& meaning = terms.front().meaning;
    const std::vector<std::string> names = free_names(group, import_.owners_, owner_of(group), false);
    if (!names.empty()) row(organisation_kind(meaning.code, meaning.sectors), names, meaning, terms.front().code, group.line);
    for (std::size_t i = 1; i < terms.size(); ++i) leave_out("second code of a body", terms[i].code->line);
  }

  std::string owner_of(const DictionaryGroup& group) const { return out_.file + ":" + std::to_string(group.line); }

  /// A row a term. Undated codes beside dated ones say what somebody was otherwise: ELI follows from ended terms by itself.
  void write_person(const DictionaryGroup& group, const std::vector<Term>& terms) {
    const bool dated = std::any_of(terms.begin(), terms.end(), [](const Term& term) { return term.code->from || term.code->to; });
    std::vector<std::string> names = free_names(group, import_.owners_, owner_of(group), false);
    if (names.empty()) return;
    for (const Term& term : terms) {
      const bool otherwise = dated && !term.code->from && !term.code->to;
      if (otherwise && !term.meaning.sectors.empty() && term.meaning.sectors.front() == "ELI") continue;
      row("person", names, term.meaning, term.code, term.code->line);
      names.resize(1);
    }
  }

  // ---- states ----

  void write_state(const DictionaryGroup& group, const Term& term) {
    bool towns = false;  // behind the first town of the group unknown names are towns too
    for (const std::string& written : group.names) {
      DictionaryGroup one = group;
      one.names = {written};
      const std::string kind = kind_of_state_name(written, term.meaning.code, towns);
      const std::vector<std::string> names = free_names(one, import_.owners_, term.meaning.code, false);
      if (!names.empty()) row(kind, names, term.meaning, kind == "place" ? nullptr : term.code, group.line);
    }
  }

  std::string kind_of_state_name(const std::string& name, const std::string& code, bool& towns) const {
    const std::string_view folded = import_.base_.entity(import_.base_.state(code)).code;
    for (const Candidate& known : import_.base_.find(name, std::nullopt)) {
      const bool same = known.actor.code == folded;
      switch (known.kind) {
        case NameKind::state:
          if (same) return "name";
          break;
        case NameKind::adjective:
          if (same) return "adjective";
          break;
        case NameKind::people:
          if (same) return "people";
          break;
        case NameKind::capital:
          if (same) return towns = true, "capital";
          break;
        case NameKind::metonym:
          if (same) return "metonym";
          break;
        case NameKind::place:
          if (same) return towns = true, "place";
          break;
        default:
          break;
      }
    }
    return towns ? "place" : "name";
  }

  DictionaryImport& import_;
  ImportedDictionary out_;
  std::unordered_map<std::uint64_t, std::string> owner_index_, agent_index_;
};

ImportedDictionary DictionaryImport::read(std::string_view file, std::string_view bytes) { return Writer(*this, file).write(read_dictionary(bytes)); }

}  // namespace legation
