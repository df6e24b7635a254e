// Segmentation: paragraphs, surface tokens, syntactic words and sentences of a document. Door: segment().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "legation/document.h"
#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

/// How an abbreviation behaves before what could be a new sentence.
enum class AbbreviationKind : std::uint8_t {
  title,   ///< a name follows: "Gen.", never ends a sentence
  number,  ///< a number follows: "No."; before anything else it is a word and a full stop
  inner,   ///< goes on in its sentence: "e.g.", "vs."
  open     ///< may end a sentence: "U.S.", "Inc.", "p.m."
};

/// The tables data/lang/*.tsv in memory. Keys are lower case. Safe to share.
struct SegmentTables {
  std::unordered_map<std::string, AbbreviationKind> abbreviations;          ///< with the full stop
  std::unordered_set<std::string> hyphen_prefixes;                          ///< "non": "non-member" is one token
  std::unordered_set<std::string> name_syllables;                           ///< "jae", "myung": "Jae-myung" is one token
  std::unordered_map<std::string, std::vector<std::uint8_t>> contractions;  ///< "cannot" -> lengths {3, 3}
  std::unordered_set<std::string> sentence_starters;                        ///< "the", "he": begin a sentence after "U.S."
  std::unordered_set<std::string> speech_verbs;                             ///< "asked": keeps its speaker with the quotation

  struct Texts {
    std::string_view abbreviations, hyphen_prefixes, contractions, sentence_starters, speech_verbs, name_syllables;
  };
  /// Errors: bad_format with file and line.
  static Result<SegmentTables> read(const Texts& texts);
};

/// Reused memory of one thread.
struct SegmentScratch {
  struct Piece {
    std::uint32_t begin, end;
  };
  std::vector<Piece> paragraphs, pieces;
  std::string lower;
};

/// Clears `parse` and fills sentences, tokens (form, begin, end, space_after) and multiwords. Token forms are views into
/// document.buffer. A sentence of more than `longest` tokens is cut, with a warning. Thread-safe; linear.
void segment(const Document& document, const SegmentTables& tables, std::uint32_t longest, Parse& parse, SegmentScratch& scratch);

}  // namespace legation
