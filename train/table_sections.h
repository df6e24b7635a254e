// Which section of a model file carries which table of data/lang.
#pragma once

#include <algorithm>
#include <iterator>

#include "lang/model_format.h"

namespace legation {

struct TableSection {
  Section section;
  const char* file;
};
inline constexpr TableSection table_sections[] = {{Section::abbreviations, "abbreviations.tsv"}, {Section::hyphen_prefixes, "hyphen_prefixes.tsv"},
                                                  {Section::contractions, "contractions.tsv"},   {Section::sentence_starters, "sentence_starters.tsv"},
                                                  {Section::speech_verbs, "speech_verbs.tsv"},   {Section::name_syllables, "name_syllables.tsv"},
                                                  {Section::verb_lemmas, "verb_lemmas.tsv"},     {Section::irregular_verbs, "irregular_verbs.tsv"}};

inline bool is_table(Section section) {
  return std::any_of(std::begin(table_sections), std::end(table_sections), [&](const TableSection& table) { return table.section == section; });
}

}  // namespace legation
