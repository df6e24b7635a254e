// Tokenizer: cuts a run without white space into surface tokens, and surface tokens into syntactic words, by the
// conventions of UD English EWT. Doors: cut_chunk(), split_contraction().
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lang/segment.h"

namespace legation {

/// Appends the pieces of buffer[begin, end), which holds no white space. `before_number`: a figure follows ("No. 3").
void cut_chunk(std::string_view buffer, std::uint32_t begin, std::uint32_t end, bool before_number, const SegmentTables& tables, std::string& lower,
               std::vector<SegmentScratch::Piece>& pieces);

/// Length of the clitic at the end of a token ("n't" -> 3), 0 when there is none.
std::size_t clitic_length(std::string_view token);

/// The kind of an abbreviation written with its full stop; empty when the table has none.
const AbbreviationKind* abbreviation(std::string_view token, const SegmentTables& tables, std::string& lower);

/// Letters with stops between them: "U.S.", "p.m.", "J."
bool is_dotted_letters(std::string_view token);

}  // namespace legation
