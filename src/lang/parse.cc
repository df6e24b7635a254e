// Names of Universal Dependencies, feature bits, and the index of children. Doors: those declared in legation/parse.h.
#include "legation/parse.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace legation {
namespace {

constexpr std::array<std::string_view, upos_count> upos_names = {"ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
                                                                 "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, deprel_count> deprel_names = {
    "acl",        "acl:relcl",   "advcl",       "advcl:relcl", "advmod",     "amod",         "appos",      "aux",          "aux:pass",
    "case",       "cc",          "cc:preconj",  "ccomp",       "compound",   "compound:prt", "conj",       "cop",          "csubj",
    "csubj:pass", "csubj:outer", "dep",         "det",         "det:predet", "discourse",    "dislocated", "expl",         "fixed",
    "flat",       "goeswith",    "iobj",        "list",        "mark",       "nmod",         "nmod:desc",  "nmod:poss",    "nmod:unmarked",
    "nsubj",      "nsubj:pass",  "nsubj:outer", "nummod",      "obj",        "obl",          "obl:agent",  "obl:unmarked", "orphan",
    "parataxis",  "punct",       "reparandum",  "root",        "vocative",   "xcomp"};

template <class Enum, std::size_t n>
std::optional<Enum> find_name(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

struct MorphName {
  std::string_view feature;
  std::uint32_t bit;
};

constexpr MorphName morph_names[] = {
    {"Number=Plur", morph_plural},         {"Number=Ptan", morph_plural},      {"Tense=Past", morph_past},        {"Tense=Pres", morph_present},
    {"VerbForm=Fin", morph_finite},        {"VerbForm=Inf", morph_infinitive}, {"VerbForm=Ger", morph_gerund},    {"VerbForm=Part", morph_participle},
    {"Voice=Pass", morph_passive},         {"Mood=Imp", morph_imperative},     {"Person=1", morph_first_person},  {"Person=2", morph_second_person},
    {"Person=3", morph_third_person},      {"Gender=Fem", morph_feminine},     {"Gender=Masc", morph_masculine},  {"Gender=Neut", morph_neuter},
    {"Poss=Yes", morph_possessive},        {"Reflex=Yes", morph_reflexive},    {"Definite=Def", morph_definite},  {"Polarity=Neg", morph_negative},
    {"PronType=Neg", morph_negative},      {"Degree=Cmp", morph_comparative},  {"Degree=Sup", morph_superlative}, {"PronType=Rel", morph_relative},
    {"PronType=Dem", morph_demonstrative}, {"NumType=Ord", morph_ordinal},     {"Case=Nom", morph_nominative},    {"Case=Acc", morph_accusative}};

std::uint32_t morph_bit(std::string_view feature) {
  for (const MorphName& row : morph_names) {
    if (row.feature == feature) return row.bit;
  }
  return 0;
}

}  // namespace

std::string_view name(Upos upos) { return upos_names[static_cast<std::size_t>(upos)]; }
std::optional<Upos> parse_upos(std::string_view name) { return find_name<Upos>(upos_names, name); }

std::string_view name(Deprel deprel) { return deprel_names[static_cast<std::size_t>(deprel)]; }

std::optional<Deprel> parse_deprel(std::string_view name) {
  if (auto exact = find_name<Deprel>(deprel_names, name)) return exact;
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return find_name<Deprel>(deprel_names, name.substr(0, colon));
}

std::uint32_t morph_bits(std::string_view feats) {
  std::uint32_t bits = 0;
  while (!feats.empty()) {
    const std::size_t bar = std::min(feats.find('|'), feats.size());
    bits |= morph_bit(feats.substr(0, bar));
    feats.remove_prefix(std::min(bar + 1, feats.size()));
  }
  return bits;
}

std::string_view StringPool::keep(std::string text) {
  if (!strings_) strings_ = std::make_shared<std::deque<std::string>>();
  return strings_->emplace_back(std::move(text));
}

void StringPool::clear() {
  if (strings_ && strings_.use_count() == 1)
    strings_->clear();
  else
    strings_.reset();
}

void Parse::build_children() {
  // Counting sort by head; the sorted list needs one end mark more than there are tokens.
  child_begin_.assign(tokens.size() + 2, 0);
  for (const Token& token : tokens) {
    if (token.head >= 0) ++child_begin_[static_cast<std::size_t>(token.head) + 2];
  }
  for (std::size_t i = 2; i < child_begin_.size(); ++i) child_begin_[i] += child_begin_[i - 1];
  children_.resize(child_begin_.back());
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::int32_t head = tokens[i].head;
    if (head >= 0) children_[child_begin_[static_cast<std::size_t>(head) + 1]++] = i;
  }
}

void Parse::clear() {
  document = nullptr;
  tokens.clear();
  sentences.clear();
  multiwords.clear();
  warnings.clear();
  vectors.clear();
  strings.clear();
  child_begin_.clear();
  children_.clear();
}

}  // namespace legation
