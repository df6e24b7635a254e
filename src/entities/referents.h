// Referents: everything in a document that a pronoun may stand for, actor or not, and which of them are the same. A
// study, a mother and a ministry compete for "it" and "her": only so does the ministry get no "it" that means the study.
// Door: Referents.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entities/knowledge_base.h"
#include "entities/reference_model.h"
#include "legation/mention.h"
#include "legation/parse.h"

namespace legation {

/// One noun phrase or pronoun, by its head; `list`: the whole "Yoon and Kishida", whose head is "Yoon" as well.
struct Referent {
  enum class Form : std::uint8_t { name, noun, pronoun, list };
  enum class Number : std::uint8_t { unknown, singular, plural };
  std::uint32_t head = 0;
  std::uint32_t sentence = 0;
  std::int32_t mention = -1;     ///< index into Mentions::list; -1 = no actor or place the linker knows of
  std::int32_t antecedent = -1;  ///< earlier referent that is the same
  std::uint32_t chain = 0;       ///< referents with one number are the same
  Form form = Form::noun;
  Being being = Being::unknown;
  Number number = Number::unknown;
  char gender = 0;
  bool subject = false;
};

/// A pronoun's choice, for training and measuring: its candidates' features and what was chosen.
struct ReferenceTrial {
  std::uint32_t token = 0;
  PronounKind kind = PronounKind::he;
  std::vector<std::int32_t> candidates;              ///< referents; the last, -1, is nobody
  std::vector<std::vector<std::uint16_t>> features;  ///< of each candidate
};

/// What the linker leaves behind of references, when asked.
struct ReferenceTrace {
  std::vector<Referent> referents;
  std::vector<ReferenceTrial> trials;
};

/// Goes through one document in order. Each answer looks at a bounded window, so the cost stays linear.
class Referents {
 public:
  struct Choice {
    std::int32_t referent = -1;  ///< -1 = nobody
    float probability = 0;
  };

  Referents(const Parse& parse, const Mentions& mentions, const KnowledgeBase& base, const ReferenceModel& model)
      : parse_(parse), mentions_(mentions), base_(base), words_(base.words()), model_(model) {}

  /// Whom a pronoun of the third person stands for. All mentions before it must be in the list.
  Choice pronoun(std::uint32_t token);
  /// Takes in the rest of the document.
  void finish() { advance(static_cast<std::uint32_t>(parse_.tokens.size())); }
  const std::vector<Referent>& list() const { return list_; }
  /// Mentions that a referent stands for: of itself, of its members when it is a list, or of the nearest of its chain
  /// that has one. Empty when no actor.
  std::vector<std::int32_t> mentions_of(std::int32_t referent) const;
  void keep_trials(std::vector<ReferenceTrial>* trials) { trials_ = trials; }

  /// Is it a pronoun of the third person that can refer: he, she, it, they and their forms?
  static bool refers(const Token& token);

 private:
  struct Wish {
    std::uint32_t token = 0;
    PronounKind kind = PronounKind::he;
    char gender = 0;
    bool possessive = false, reflexive = false;
    std::size_t role = 0;
    bool says = false;                          ///< subject of a verb of speech
    std::int32_t subject_ahead = -1;            ///< "In his speech Xi announced": the name that comes as subject of its clause
    std::vector<std::uint32_t> commanders;      ///< subjects of the clauses above, the nearest first
    std::vector<std::uint32_t> command_chains;  ///< their chains
    std::vector<std::uint32_t> fellow_chains;   ///< of those who do to it what its verb says, and so are others
  };
  struct Chain {
    std::uint32_t size = 0;
    std::int32_t last = -1;
    std::uint32_t last_subject_sentence = 0xFFFFFFFF;
    char gender = 0;
  };

  void advance(std::uint32_t token);
  void take_in(std::uint32_t token);
  void take_in_list(std::uint32_t first);
  bool heads_a_nominal(std::uint32_t token) const;
  void describe(Referent& referent) const;
  void describe_mention(Referent& referent, const Mention& mention) const;
  void describe_noun(Referent& referent) const;
  void add(Referent referent, std::int32_t antecedent);
  std::int32_t same_as(const Referent& referent);
  std::int32_t same_words(const Referent& referent);
  std::int32_t subject_of_predicate(const Referent& referent) const;
  std::int32_t place_spoken_of(const Referent& referent) const;
  bool says_no_more(std::uint32_t token, std::uint32_t earlier) const;
  void learn_name(const Referent& referent, std::int32_t index);
  std::vector<std::uint32_t> conjuncts(std::uint32_t first) const;

  Wish wish_of(std::uint32_t token) const;
  bool agrees(const Referent& referent, const Wish& wish) const;
  bool fits_well(const Referent& referent, const Wish& wish) const;
  void find_commanders(Wish& wish) const;
  void find_fellows(Wish& wish) const;
  void find_subject_ahead(Wish& wish) const;
  bool shares_a_name(std::uint32_t token, std::uint32_t other) const;
  std::int32_t doer_of(std::uint32_t verb) const;
  std::int32_t chain_of(std::uint32_t token) const;
  void features_of(const Referent& referent, const Wish& wish, std::size_t between, std::size_t rivals, std::vector<std::uint16_t>& features) const;
  void features_of_place(const Referent& referent, const Wish& wish, std::vector<std::uint16_t>& features) const;
  void features_of_nobody(const Wish& wish, std::size_t rivals, std::vector<std::uint16_t>& features) const;
  std::size_t command(const Referent& referent, const Wish& wish) const;
  std::size_t binding(const Referent& referent, const Wish& wish) const;
  bool judged_for_own(const Referent& referent, const Wish& wish) const;
  std::size_t article(const Referent& referent) const;
  bool in_quotes(std::uint32_t token) const;
  float score(const Wish& wish, const std::vector<std::uint16_t>& features) const;

  const Parse& parse_;
  const Mentions& mentions_;
  const KnowledgeBase& base_;
  const WordLists& words_;
  const ReferenceModel& model_;
  std::vector<Referent> list_;
  std::vector<Chain> chains_;
  std::uint32_t next_ = 0;    ///< first token not taken in
  std::vector<bool> quoted_;  ///< per token taken in so far
  bool in_quotes_now_ = false;
  std::unordered_map<std::uint64_t, std::int32_t> by_entity_, by_noun_;
  std::vector<ReferenceTrial>* trials_ = nullptr;
};

}  // namespace legation
