// MentionReader: one document from units and phrases to mentions. Used by Linker::link alone.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entities/coreference.h"
#include "entities/knowledge_base.h"
#include "entities/phrases.h"
#include "entities/referents.h"
#include "legation/mention.h"

namespace legation {

/// Marks an actor whose office the text tells against the tables; Linker::redate minds it.
inline constexpr std::string_view told_by_text = "; office by the text";

class MentionReader {
 public:
  MentionReader(const KnowledgeBase& base, const ReferenceModel& references, const Parse& parse, std::optional<Date> published, const std::vector<Unit>& units,
                const std::vector<Phrase>& phrases);
  Mentions read(ReferenceTrace* trace);

 private:
  // ---- document ----
  void register_names();
  void read_places(std::uint32_t sentence, std::size_t phrase);
  bool is_dateline(const Phrase& phrase) const;
  void read_sentence(std::uint32_t sentence, std::size_t& phrase);
  void emit(Mention mention, Traits traits);
  void emit_phrase(const Phrase& phrase, std::size_t index);
  void learn_nouns(const Mention& mention, const Phrase* phrase);
  void merge_apposition(std::int32_t index);
  bool is_rank(std::string_view role) const;

  // ---- people (reader_people.cc) ----
  Mention person(const Phrase& phrase, std::size_t index);
  const Name* best_person(std::span<const Name> names, NameKind kind, const Phrase& phrase, bool must_fit) const;
  int person_score(const Name& name, const Phrase& phrase) const;
  std::int32_t known_by_part(const Phrase& phrase, std::size_t index) const;
  Actor actor_of_person(const Name& name) const;
  bool named_like_a_town(const Phrase& phrase, const std::string& code) const;
  const Unit* body_begun_by(const Unit& unit) const;
  void register_bodies();
  std::int32_t acronym_of(const Phrase& phrase);
  Mention unknown_name(const Phrase& phrase);
  bool give_title(Actor& actor, const Phrase& phrase);
  void take_body_of_title(Actor& actor, const Phrase& phrase, std::string_view body);
  bool heads_state(const Phrase& phrase) const;
  void take_home_office(Actor& actor) const;
  bool left_head_office_lately(std::uint32_t person) const;
  std::uint32_t relative_called(const Phrase& phrase) const;
  bool is_taken(const Phrase& phrase, std::string_view code) const;
  std::string only_country_with_vacancy(const Phrase& phrase) const;
  bool lost_lately(std::uint32_t person, const Phrase& phrase) const;
  std::int32_t stranger_called(const Phrase& phrase, std::size_t index) const;
  std::int32_t told_before(std::uint32_t person) const;
  bool spoken_of_beside(std::string_view code, std::uint32_t person) const;
  std::string title_of(const Phrase& phrase) const;
  bool names_another_office(const Actor& actor, const Phrase& phrase) const;
  bool is_namesake(const Name& name, const Phrase& phrase) const;
  std::string country_behind(const Phrase& phrase) const;
  std::uint32_t holder_called(const Phrase& phrase) const;
  std::uint32_t holder_like(const Phrase& phrase) const;
  void take_former_title(Actor& actor, const Phrase& phrase) const;
  void take_titled_office(Actor& actor, const Phrase& phrase) const;
  void take_office_like(Actor& actor, std::string_view role, std::string_view sector) const;
  bool title_is_current(const Actor& actor, const Phrase& phrase) const;
  void take_told_office(Actor& actor, std::int32_t earlier) const;
  std::uint32_t half_of_korea(std::string_view form) const;
  bool names_water_or_mountain(const Phrase& phrase) const;
  std::uint32_t near_person(const Phrase& phrase) const;
  bool names_a_place(const Phrase& phrase) const;
  std::optional<Mention> namesakes_of(const Phrase& phrase) const;
  bool names_person(const Phrase& phrase) const;

  // ---- roles, bodies, states (reader_roles.cc) ----
  Mention agent(const Phrase& phrase);
  Mention organisation(const Phrase& phrase);
  Mention state(const Phrase& phrase);
  bool follows_its_city(const Phrase& phrase, std::string_view code);
  Mention place(const Phrase& phrase);
  Mention vague(const Phrase& phrase);
  std::vector<Actor> owners(const Phrase& phrase);
  Actor owner_within(const Unit& unit) const;
  Actor half_of_korea_in_front(const Phrase& phrase) const;
  Actor possessor(const Phrase& phrase) const;
  std::string_view code_of_name(const Unit& unit) const;
  bool speaks_for_institution(const Phrase& phrase, const AgentTerm& term) const;
  std::string same_kind_before(const Phrase& phrase, std::string_view sector) const;
  void take_census();
  std::string_view code_told_by(const Unit& unit) const;
  void read_countries(std::uint32_t sentence, std::size_t phrase);
  std::string home_of(const Phrase& phrase, const AgentTerm& term, std::string_view& why) const;
  std::string doer_country(const Phrase& phrase) const;
  bool says_foreign(const Phrase& phrase) const;
  std::vector<Actor> owners_by_context(const Phrase& phrase, const AgentTerm& term) const;
  void take_sector_of_superior(Actor& actor, std::uint32_t pronoun) const;
  void take_arms_of(Actor& actor, std::uint32_t pronoun) const;
  void take_place(Actor& actor, const Unit& unit) const;
  void dress(Actor& actor, const Phrase& phrase, const AgentTerm& term, const Unit& unit) const;
  std::optional<Mention> refers_back(const Phrase& phrase, const AgentTerm& term, const Unit& unit);
  std::optional<Mention> counterpart(const Phrase& phrase);
  std::optional<Mention> the_country(const Phrase& phrase, const AgentTerm& term) const;
  std::optional<Mention> named_body(const Phrase& phrase, const AgentTerm& term, const Unit& unit);
  std::optional<Mention> several(const Phrase& phrase, const AgentTerm& term, const Unit& unit);
  void name_holder(Actor& actor, std::string_view role) const;
  Actor state_actor(const Unit& unit) const;
  Actor actor_of_body(const Unit& unit, const Phrase& phrase) const;
  Actor country_of_unit(const Unit& unit) const;

  // ---- descriptions of people told before (reader_descriptions.cc) ----
  bool has_held(std::uint32_t person, std::string_view office) const;
  Mention same_as_before(const Phrase& phrase, const AgentTerm& term, std::int32_t back) const;
  static void take_office_away(Actor& actor);
  std::optional<Mention> former_holder(const Phrase& phrase, const AgentTerm& term) const;
  std::optional<Mention> described_person(const Phrase& phrase, const AgentTerm& term) const;
  std::optional<Mention> other_party(const Phrase& phrase, const AgentTerm& term) const;
  std::optional<Mention> office_neighbour(const Phrase& phrase, const AgentTerm& term) const;
  std::vector<std::int32_t> last_two_people(std::uint32_t sentence) const;

  // ---- words without a unit (reader_pronouns.cc) ----
  std::optional<Mention> pronoun(std::uint32_t token);
  std::optional<Mention> relative(std::uint32_t token);
  std::optional<Mention> former_or_latter(std::uint32_t token);
  bool no_complement(std::uint32_t token) const;
  std::int32_t subject_beside(std::uint32_t at) const;
  std::vector<std::int32_t> the_states(std::uint32_t sentence, std::size_t number, const std::function<bool(std::int32_t)>& fits) const;
  std::optional<Mention> the_two(std::uint32_t token);
  Mention from_antecedents(TokenRange range, const std::vector<std::int32_t>& antecedents, bool states) const;

  // ---- small ----
  const AgentTerm& term(const Unit& unit) const { return base_.agents()[unit.best->target]; }
  Mention shell(const Phrase& phrase, MentionKind kind) const;
  void write_words(Mention& mention) const;
  std::int32_t latest() const { return static_cast<std::int32_t>(mentions_.list.size()) - 1; }
  Traits traits_of(const Mention& mention) const;

  const KnowledgeBase& base_;
  const WordLists& words_;
  const Parse& parse_;
  std::optional<Date> published_;
  Date day_;
  const std::vector<Unit>& units_;
  const std::vector<Phrase>& phrases_;
  Mentions mentions_;
  Coreference coreference_;
  Referents referents_;
  std::string dateline_;                                  ///< country of the place before the text's first words, empty when none
  std::string sentence_place_;                            ///< the one country whose places this sentence names; empty when none or several
  std::vector<std::string_view> census_;                  ///< every country the document names
  std::unordered_map<std::string_view, int> times_told_;  ///< country -> units that name it
  std::unordered_map<std::uint32_t, int> people_told_;    ///< person -> units of that name
  std::string sole_country_;                              ///< the one country the whole document names; empty when none or several
  std::string lead_country_;                              ///< the country named most often; empty when two are
  std::string main_country_;                              ///< the country named at least twice as often as any other
  std::string sentence_country_;                          ///< the one country this sentence names, in whatever part
  std::string passage_place_;                             ///< country of the last sentence that had a place
  std::vector<std::int32_t> mention_of_phrase_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> phrases_by_part_;  ///< digest of a name part -> full names
  std::unordered_map<std::uint64_t, const Unit*> bodies_by_first_;                 ///< digest of the first word -> "Acme Mining"
  std::unordered_map<std::string, std::uint32_t> codes_seen_;                      ///< country code -> times so far
};

}  // namespace legation
