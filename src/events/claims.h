// Claims: facts that are no events but bear on a relation: trade volume, alliance, treaty in force.
// Only entry point: read_claims(). Table: data/predicates/claims.tsv.
#pragma once

#include <optional>
#include <vector>

#include "events/arguments.h"
#include "events/scope.h"
#include "legation/event.h"
#include "time/event_date.h"

namespace legation {

/// Appends the claims of one sentence. A claim needs a subject; its quantity is the one nearest below its words.
void read_claims(const Arguments& arguments, std::uint32_t sentence, const std::vector<Quantity>& quantities, const std::vector<TimeExpression>& times,
                 std::optional<Date> published, const EventDater& dater, ScopeReader& scopes, std::vector<Claim>& out);

}  // namespace legation
