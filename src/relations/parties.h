// Parties: the sides of a dyad as people write them, "KOR", "south korea", "KOR,JPN", looked up in the
// knowledge base.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entities/knowledge_base.h"
#include "legation/result.h"

namespace legation {

/// Codes of a comma-separated list of codes and names. Errors: not_found, with the nearest names and codes.
Result<std::vector<std::string>> resolve_party(const KnowledgeBase& base, std::string_view words);
/// "South Korea, Japan"; a code without a name stands for itself.
std::string party_name(const KnowledgeBase& base, const std::vector<std::string>& codes);

}  // namespace legation
