// LanguageModel: the sections of a model file as views. Layout: docs/model-format.md. Door: LanguageModel::view().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "lang/encoder.h"
#include "lang/hashed_table.h"
#include "lang/segment.h"
#include "lang/sparse_linear.h"
#include "legation/parse.h"

namespace legation {

/// A tag joins UPOS and Penn tag: both are chosen at once.
struct Tag {
  Upos upos = Upos::X;
  std::string_view xpos;
};

/// One value of FEATS with its bits.
struct Feats {
  std::string_view text;
  std::uint32_t morph = 0;
};

/// How a lemma is made from a form: set the case, cut bytes off the end, append.
struct LemmaRule {
  enum class Case : std::uint8_t { lower, keep, capital };
  Case letter_case = Case::lower;
  std::uint32_t strip = 0;
  std::string_view append;
};

/// Views into the bytes, which must outlive it; const and safe to share.
struct LanguageModel {
  std::string_view name;
  std::uint64_t checksum = 0;
  std::vector<Tag> tags;
  std::vector<Feats> feats;
  std::span<const std::uint32_t> feats_begin;  ///< tags.size() + 1 items
  std::span<const std::uint16_t> feats_rows;
  std::vector<LemmaRule> lemma_rules;       ///< the lemmatizer's classes, then those of irregular verbs
  std::vector<Tag> lemma_tags;              ///< the lemmatizer's own list
  std::vector<std::uint16_t> lemma_tag_of;  ///< by tag: the same tag in lemma_tags, or one of its UPOS
  HashedTable<KnownLemma> known_lemmas;
  std::unordered_set<std::string_view> verb_lemmas;                     ///< what an unknown verb form may come from; empty = anything
  std::optional<std::size_t> unchanged;                                 ///< the rule of lemma_rules that leaves a small-lettered form as it is
  std::unordered_map<std::string_view, std::uint32_t> irregular_verbs;  ///< row of lemma_rules, by past tense or participle
  SegmentTables::Texts segment_tables;                                  ///< the tables travel with the weights trained on their tokens
  std::optional<Encoder> encoder;                                       ///< set once viewed: chooses tags, trees and FEATS
  SparseLinear lemmatizer;

  /// Errors: bad_format (no model, cut off, wrong checksum), newer_version.
  static Result<LanguageModel> view(std::string_view bytes);
};

}  // namespace legation
