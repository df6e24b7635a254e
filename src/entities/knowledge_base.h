// KnowledgeBase: who is who, on what date: the tables of data/entities, compiled for lookup while reading
// text. Door: KnowledgeBase::load, then find() for people and match() for the linker.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "entities/near_names.h"
#include "entities/places.h"
#include "entities/word_lists.h"
#include "legation/date.h"
#include "legation/mention.h"

namespace legation {

/// The tables, as the `why` of an actor names them.
enum class EntityTable : std::uint8_t {
  states,
  state_names,
  state_names_extra,
  people,
  offices,
  organisations,
  agents,
  places,
  vague,
  user  ///< and above: tables that the user brings, in the order given (user_table.h)
};
std::string_view file_name(EntityTable table);  ///< "people.tsv"; of the carried tables alone

/// What a name stands for.
enum class NameKind : std::uint8_t {
  state,      ///< a name, former name or abbreviation of a state or territory
  adjective,  ///< "South Korean"
  people,     ///< "South Koreans", "Frenchman"
  capital,    ///< "Seoul": the government where the grammar lets it act, else a place
  metonym,    ///< "Blue House"
  person,     ///< full name or alias
  name_part,  ///< family or given name of a person: needs a title or a first mention
  organisation,
  agent,  ///< role noun
  place,
  vague,  ///< "the West"
};

/// One state, person or organisation. Actor::entity is its index.
struct Entity {
  enum class Kind : std::uint8_t { state, person, organisation };
  Kind kind = Kind::state;
  char gender = 0;  ///< 'm', 'f' or 0
  std::string_view id, name, code, wikidata;
  std::vector<std::string_view> sectors;  ///< of an organisation, or PRE of a disputed entity
  std::string_view subkind;               ///< states: state, territory, ...; organisations: ministry, igo, ...
  std::optional<Date> from, to;           ///< of an organisation
  std::uint32_t first_office = 0, last_office = 0;
  std::uint32_t line = 0;
};

/// A term of office of a person.
struct Office {
  std::uint32_t person = no_entity;
  std::string_view role, code;
  std::vector<std::string_view> sectors;
  Date from, to;  ///< open sides are far in the past or future
  std::uint32_t line = 0;
  EntityTable table = EntityTable::offices;
  bool users() const { return table >= EntityTable::user; }
  bool on(Date date) const { return from <= date && date <= to; }
};

/// A role noun.
struct AgentTerm {
  enum class Kind : std::uint8_t { person, group, body };
  Kind kind = Kind::person;
  bool can_be_title = false;
  std::string_view term;
  std::vector<std::string_view> sectors;
  std::uint32_t line = 0;
  EntityTable table = EntityTable::agents;
};

/// One way to write something.
struct Name {
  NameKind kind = NameKind::state;
  std::uint8_t words = 0;  ///< pieces between blanks, hyphens and apostrophes
  bool acronym = false;    ///< all capitals: the text must have it so ("US", never "us")
  bool lower = false;      ///< may be written without capitals (agents)
  bool plural = false;     ///< the plural form of an agent
  EntityTable table = EntityTable::states;
  std::uint32_t target = 0;  ///< entity, agent term, place or vague row, by kind
  std::uint32_t line = 0;
  std::string_view sector;  ///< metonyms: GOV
  Date from, to;
  bool in_use(Date day) const { return from <= day && day <= to; }
  /// The user's own rows win over ours while they are in use.
  bool wins(Date day) const { return table >= EntityTable::user && in_use(day); }
};

/// What find() gives to a person who asks "who is this and why do you think so".
struct Candidate {
  NameKind kind = NameKind::state;
  Actor actor;
  std::string reason;  ///< "people.tsv:812 alias 'Xi Jinping'; offices.tsv:77 president of China 2013-03-14.."
};

/// Const and safe on many threads. Views point into the resources, which must outlive it.
class KnowledgeBase {
 public:
  /// Errors: bad_format with file and line (unknown code, unreadable date, office of nobody, ...). Absent
  /// tables are empty.
  static Result<KnowledgeBase> load(const Resources& resources);

  /// Everything that goes by this name, those valid on the date first. A name with a state in brackets
  /// ("Police (India)") is that role or body of that state, and so are "president of Kenya" and "Kenyan
  /// president": whoever held it on the date; people nobody of whom is called just so are found by near
  /// spellings. Cost: some hash lookups.
  std::vector<Candidate> find(std::string_view name, std::optional<Date> date) const;

  /// People whose name is this one otherwise spelled, the nearest first (near_names.h). Cost: a look at all
  /// who share a word.
  std::vector<std::uint32_t> near_people(std::string_view name) const { return near_names_.find(name); }

  /// The entity as an actor on a date: a current office gives its sectors and role; only ended ones give ELI
  /// and "former ..."; before the first office no sector.
  Actor actor_on(std::uint32_t entity, Date date) const;
  /// A person as the holder of one of their offices.
  Actor actor_in(const Office& office) const;
  /// The same without a date: by a person's latest office.
  Actor actor_latest(std::uint32_t entity) const;
  /// A person's office on the date, the weightiest first when several; null when none.
  const Office* office_on(std::uint32_t person, Date date) const;
  /// A person's office that ended last before the date; null when none.
  const Office* ended_office(std::uint32_t person, Date date) const;
  /// The one who holds an office ("president", "KOR") on a date; no_entity when none or not unique, or when it is a calling of many.
  std::uint32_t holder(std::string_view role, std::string_view code, Date date) const;

  /// The state that alone has an office of which one person is the holder ("the pope", "the taoiseach"); empty when several have it, or none.
  std::string_view only_home(std::string_view role) const;

  std::span<const Entity> entities() const { return entities_; }
  const Entity& entity(std::uint32_t index) const { return entities_[index]; }
  std::span<const Office> offices() const { return offices_; }
  std::span<const AgentTerm> agents() const { return agents_; }
  const Places& places() const { return places_; }
  const WordLists& words() const { return words_; }
  /// Index of the state, territory or PLOVER code; no_entity when unknown.
  std::uint32_t state(std::string_view code) const;
  /// "South Korea"; empty when unknown.
  std::string_view state_name(std::string_view code) const;
  /// "people.tsv:812", "my_table.tsv:3"
  std::string row(EntityTable table, std::uint32_t line) const;

  // ---- lookup while reading text: fold words into a digest, one piece at a time ----
  /// Digest of a name so far. Blanks, hyphens, case and diacritics do not matter.
  struct Digest {
    std::uint64_t value = 0x9E3779B97F4A7C15ull;
    std::uint8_t pieces = 0;
  };
  /// Appends a word; false when the word has no letter or digit (nothing was added).
  static bool extend(Digest& digest, std::string_view word);
  static std::uint64_t digest_of(std::string_view name) {
    Digest digest;
    extend(digest, name);
    return digest.value;
  }
  /// One letter of a digest.
  static std::uint64_t step(std::uint64_t value, char letter) { return (value ^ static_cast<unsigned char>(letter)) * 0x100000001B3ull; }
  /// Names that end exactly here; empty when none. `more`: some longer name begins like this.
  std::span<const Name> names(const Digest& digest, bool& more) const;

 private:
  friend class TableLoader;
  struct Slot {
    std::uint64_t digest = 0;  ///< 0 = empty
    std::uint32_t first = 0;   ///< into names_
    std::uint16_t count = 0;
    std::uint16_t more = 0;
  };
  const Slot* slot(std::uint64_t digest) const;
  std::vector<Candidate> find_exactly(std::string_view name, std::optional<Date> date) const;
  std::vector<Candidate> find_role(std::string_view words, std::optional<Date> date) const;
  std::vector<Candidate> find_of_state(std::string_view name, std::optional<Date> date) const;
  std::vector<Candidate> find_office(std::string_view name, std::optional<Date> date) const;
  std::vector<Candidate> find_nearly(std::string_view name, std::optional<Date> date) const;
  std::uint32_t sole_holder(std::uint64_t key, Date date, bool users_alone) const;

  std::vector<Entity> entities_;
  std::vector<Office> offices_;  ///< sorted by person
  std::vector<AgentTerm> agents_;
  std::vector<std::string_view> vague_;
  std::vector<Name> names_;                                                 ///< grouped by digest
  std::vector<Slot> slots_;                                                 ///< open addressing, size a power of two
  std::vector<std::pair<std::string_view, std::uint32_t>> states_by_code_;  ///< sorted
  std::vector<std::pair<std::uint64_t, std::uint32_t>> offices_by_role_;    ///< digest of role and code -> office, sorted
  std::vector<std::pair<std::string_view, std::string_view>> only_homes_;   ///< role and code; a handful
  std::vector<std::unique_ptr<std::string>> owned_;                         ///< texts made while loading
  Places places_;
  WordLists words_;
  NearNames near_names_;
  std::vector<std::string> user_files_;  ///< names of the user's tables
};

}  // namespace legation
