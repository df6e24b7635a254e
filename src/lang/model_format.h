// Layout of a language model file; prose in docs/model-format.md. Values are on disk: append, never renumber.
#pragma once

#include <cstdint>

namespace legation {

inline constexpr std::uint32_t model_magic = 0x314C474C;  ///< "LGL1", little-endian
/// Raised whenever a feature template, a hash or a section changes meaning.
inline constexpr std::uint32_t model_version = 1;
inline constexpr std::uint32_t model_alignment = 64;

/// 2, 4, 5, 8 to 10 and 12 were parts of models without an encoder.
enum class Section : std::uint32_t {
  name = 1,                ///< text: "english-1"
  lemma_tags = 3,          ///< text: lines "NOUN<TAB>NN", of the lemmatizer
  lemma_rules = 6,         ///< text: lines "case<TAB>strip<TAB>append"
  lemma_known = 7,         ///< KnownLemma[2^k], open addressing
  lemmatizer = 11,         ///< linear model
  abbreviations = 13,      ///< data/lang/abbreviations.tsv as it was
  hyphen_prefixes = 14,    ///< data/lang/hyphen_prefixes.tsv
  contractions = 15,       ///< data/lang/contractions.tsv
  sentence_starters = 16,  ///< data/lang/sentence_starters.tsv
  speech_verbs = 17,       ///< data/lang/speech_verbs.tsv
  name_syllables = 18,     ///< data/lang/name_syllables.tsv; absent in older models
  verb_lemmas = 19,        ///< data/lang/verb_lemmas.tsv; absent in older models
  encoder = 20,            ///< Encoder::Sizes, then its tensors
  encoder_words = 21,      ///< WordRow[2^k], open addressing
  encoder_deprels = 22,    ///< text: relations in the order of the encoder's labels
  tags = 23,               ///< text: lines "NOUN<TAB>NN"
  feats = 24,              ///< text: one FEATS string a line, first line empty
  feats_by_tag = 25,       ///< u32 begin[tags + 1], then u16 rows of `feats`
  irregular_verbs = 26     ///< data/lang/irregular_verbs.tsv; absent in older models
};

struct ModelHeader {
  std::uint32_t magic, version;
  std::uint64_t checksum;  ///< XXH3-64 of everything after the header
  std::uint64_t size;      ///< of the whole file
  std::uint32_t sections, reserved;
};
static_assert(sizeof(ModelHeader) == 32);

struct SectionEntry {
  std::uint32_t section, reserved;
  std::uint64_t offset, size;  ///< from the start of the file; offset is a multiple of model_alignment
};
static_assert(sizeof(SectionEntry) == 24);

/// The lemma rule of a form and part of speech seen in training.
struct KnownLemma {
  std::uint32_t key;   ///< hash of lower-cased form and Upos; 0 = empty slot
  std::uint32_t rule;  ///< line of Section::lemma_rules
};
static_assert(sizeof(KnownLemma) == 8);

/// Where the encoder's vector of a word stands.
struct WordRow {
  std::uint32_t key;  ///< hash_bytes of the lower-cased form; 0 = empty slot
  std::uint32_t row;
};
static_assert(sizeof(WordRow) == 8);

/// A linear model: this header, LinearSlot[2^slots_log2], then LinearWeight[weights].
struct LinearHeader {
  std::uint32_t slots_log2, weights, classes, reserved;
};
struct LinearSlot {
  std::uint32_t key;  ///< feature key; 0 = empty slot
  std::uint32_t row;  ///< first weight << 8 | number of weights
};
struct LinearWeight {
  std::int16_t weight;
  std::uint16_t target;  ///< class
};
static_assert(sizeof(LinearHeader) == 16 && sizeof(LinearSlot) == 8 && sizeof(LinearWeight) == 4);

}  // namespace legation
