// Parse: sentences, tokens and trees of one document. Universal Dependencies names (v2). Made by src/lang.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "legation/document.h"

namespace legation {

enum class Upos : std::uint8_t { ADJ, ADP, ADV, AUX, CCONJ, DET, INTJ, NOUN, NUM, PART, PRON, PROPN, PUNCT, SCONJ, SYM, VERB, X };
inline constexpr std::size_t upos_count = 17;
std::string_view name(Upos upos);
std::optional<Upos> parse_upos(std::string_view name);

/// Relations of UD English, subtypes written with '_' for ':' ("nsubj:pass" is nsubj_pass). name() gives the UD form.
enum class Deprel : std::uint8_t {
  acl,
  acl_relcl,
  advcl,
  advcl_relcl,
  advmod,
  amod,
  appos,
  aux,
  aux_pass,
  case_,
  cc,
  cc_preconj,
  ccomp,
  compound,
  compound_prt,
  conj,
  cop,
  csubj,
  csubj_pass,
  csubj_outer,
  dep,
  det,
  det_predet,
  discourse,
  dislocated,
  expl,
  fixed,
  flat,
  goeswith,
  iobj,
  list,
  mark,
  nmod,
  nmod_desc,
  nmod_poss,
  nmod_unmarked,
  nsubj,
  nsubj_pass,
  nsubj_outer,
  nummod,
  obj,
  obl,
  obl_agent,
  obl_unmarked,
  orphan,
  parataxis,
  punct,
  reparandum,
  root,
  vocative,
  xcomp
};
inline constexpr std::size_t deprel_count = 51;
std::string_view name(Deprel deprel);
constexpr bool is_subject(Deprel deprel) { return deprel == Deprel::nsubj || deprel == Deprel::nsubj_pass || deprel == Deprel::nsubj_outer; }
/// Reads "nsubj:pass"; an unknown subtype falls back to its main relation ("nmod:tmod" is nmod). Empty when unknown.
std::optional<Deprel> parse_deprel(std::string_view name);

/// What later stages ask of FEATS, as bits; the whole FEATS string is Token::feats.
enum Morph : std::uint32_t {
  morph_plural = 1u << 0,
  morph_past = 1u << 1,
  morph_present = 1u << 2,
  morph_finite = 1u << 3,
  morph_infinitive = 1u << 4,
  morph_gerund = 1u << 5,
  morph_participle = 1u << 6,
  morph_passive = 1u << 7,
  morph_imperative = 1u << 8,
  morph_first_person = 1u << 9,
  morph_second_person = 1u << 10,
  morph_third_person = 1u << 11,
  morph_feminine = 1u << 12,
  morph_masculine = 1u << 13,
  morph_neuter = 1u << 14,
  morph_possessive = 1u << 15,
  morph_reflexive = 1u << 16,
  morph_definite = 1u << 17,
  morph_negative = 1u << 18,
  morph_comparative = 1u << 19,
  morph_superlative = 1u << 20,
  morph_relative = 1u << 21,
  morph_demonstrative = 1u << 22,
  morph_ordinal = 1u << 23,
  morph_nominative = 1u << 24,
  morph_accusative = 1u << 25
};
/// The bits of a FEATS string ("Mood=Ind|Tense=Past|VerbForm=Fin").
std::uint32_t morph_bits(std::string_view feats);

/// One syntactic word. Views point into Document::buffer, Parse::strings or the model, which outlive the Parse.
struct Token {
  std::uint32_t begin = 0;  ///< first byte of the surface form in Document::buffer
  std::uint32_t end = 0;    ///< one past its last byte; the words of a contraction ("don't") share parts of it
  std::int32_t head = -1;   ///< index in Parse::tokens; -1 = root of its sentence
  std::uint32_t sentence = 0;
  Upos upos = Upos::X;
  Deprel deprel = Deprel::dep;
  std::uint32_t morph = 0;  ///< Morph bits
  std::string_view form;    ///< as written
  std::string_view lemma;   ///< lower case except names
  std::string_view xpos;    ///< Penn tag, may be empty
  std::string_view feats;   ///< UD FEATS in canonical order; empty = none
  bool space_after = true;
  bool has(std::uint32_t bits) const { return (morph & bits) == bits; }
};

/// Tokens [first, last) of Parse::tokens.
struct TokenRange {
  std::uint32_t first = 0, last = 0;
  std::uint32_t size() const { return last - first; }
  bool contains(std::uint32_t token) const { return token >= first && token < last; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

struct Sentence {
  TokenRange tokens;
  std::uint32_t root = 0;       ///< index in Parse::tokens
  std::uint32_t paragraph = 0;  ///< running number; the title is a paragraph of its own
  bool in_title = false;
};

/// A surface token that stands for several syntactic words (CoNLL-U "1-2").
struct MultiwordToken {
  TokenRange words;
  Span span;
};

/// Strings that no buffer holds (lemmas of unknown words). Views stay valid while any copy of the pool lives.
class StringPool {
 public:
  std::string_view keep(std::string text);
  void clear();

 private:
  std::shared_ptr<std::deque<std::string>> strings_;
};

/// The analysed document: one flat array of tokens, heads and ranges index into it.
/// Children are listed by children(): build_children() must have run after heads were set.
struct Parse {
  const Document* document = nullptr;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<MultiwordToken> multiwords;
  std::vector<std::string> warnings;  ///< "sentence at byte 1200 cut at 2000 tokens"
  std::size_t vector_size = 0;        ///< numbers a token in `vectors`
  std::vector<std::int8_t> vectors;   ///< what the encoder makes of each token, for the learned parts of later stages; may be empty
  StringPool strings;                 ///< copies of a Parse share it, so that their views stay good

  void build_children();
  /// Dependents of a token, in text order.
  std::span<const std::uint32_t> children(std::uint32_t token) const {
    return {children_.data() + child_begin_[token], children_.data() + child_begin_[token + 1]};
  }
  const Token& operator[](std::uint32_t token) const { return tokens[token]; }
  /// The token that begins at a byte; -1 = none does.
  std::int32_t beginning_at(std::uint32_t byte) const {
    const auto first = std::ranges::lower_bound(tokens, byte, {}, &Token::begin);
    return first == tokens.end() || first->begin != byte ? -1 : static_cast<std::int32_t>(first - tokens.begin());
  }
  Span span(TokenRange range) const { return {tokens[range.first].begin, tokens[range.last - 1].end}; }
  std::string_view words(TokenRange range) const { return document->words(span(range)); }
  void clear();

 private:
  std::vector<std::uint32_t> child_begin_, children_;
};

}  // namespace legation
