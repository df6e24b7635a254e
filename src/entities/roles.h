// Roles: names of offices and how they compare. "defense minister" is "minister of defence"; a president
// outranks both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "entities/word_lists.h"

namespace legation {

/// One spelling for one office: lower case, "minister of foreign affairs" -> "foreign minister", "premier" ->
/// "prime minister".
std::string canonical_role(std::string_view role);
/// Which office counts when a person holds several: heads of state before heads of government before the
/// rest.
int role_weight(std::string_view role);
/// "ousted leader" -> "leader"; empty when the term does not say that an office was lost.
std::string_view office_lost(const WordLists& words, std::string_view term);
/// Does a title before a name fit an office? "leader" fits any head, "president" only presidents.
bool title_fits(const WordLists& words, std::string_view title, std::string_view role);
/// The same without the words that fit any head: the title names just this kind of office.
bool title_names(std::string_view title, std::string_view role);
/// Offices that one person holds at a time: heads of state and government, foreign and defence ministers.
bool is_sole_office(const WordLists& words, std::string_view role);
/// Key of an office in the index by role and code.
std::uint64_t office_digest(std::string_view role, std::string_view code);
/// Is the word one of the name's?
bool bears_name(std::string_view name, std::string_view word);
/// "president of South Korea"; a role that says its body already ("president of the European Council") stays.
std::string office_title(const WordLists& words, std::string_view role, std::string_view body);

}  // namespace legation
