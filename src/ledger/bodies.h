// Bodies: the persons and organisations of an import that name no country, resolved by the knowledge base on the day of their row.
// Door: resolve_bodies().
#pragma once

#include "entities/knowledge_base.h"
#include "ledger/database.h"

namespace legation {

/// Fills the temporary table bodies(given, date, code, sector) for what the temporary tables incoming, days and actors of an import hold. Errors: io.
Status resolve_bodies(Database& database, const KnowledgeBase* people);

}  // namespace legation
