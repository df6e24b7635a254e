#include "events/claims.h"

#include <algorithm>
#include <cstdlib>

namespace legation {
namespace {

void collect(const Arguments& arguments, std::uint32_t token, const std::vector<Slot>& slots, std::vector<Actor>& out) {
  Tokens tokens;
  for (Slot slot : slots) arguments.fillers(token, slot, tokens);
  std::vector<const Mention*> mentions;
  for (std::uint32_t filler : tokens) arguments.mentions_of(filler, Arguments::Side::recipient, mentions);
  for (const Mention* mention : mentions)
    for (const Actor& actor : mention->actors)
      if (std::none_of(out.begin(), out.end(), [&](const Actor& other) { return other.span == actor.span && other.code == actor.code; })) out.push_back(actor);
}

/// The number that stands nearest to the claim's word in the same sentence: an amount of something known (money,
/// troops, a share) before a mere count ("the two countries"), and never a duration.
std::optional<Quantity> nearest(const std::vector<Quantity>& quantities, std::uint32_t token) {
  std::optional<Quantity> best;
  for (const bool known : {true, false}) {
    long distance = known ? 25 : 8;  // words: farther numbers belong to something else
    for (const Quantity& quantity : quantities) {
      if (quantity.kind == Quantity::Kind::duration || (quantity.kind != Quantity::Kind::other) != known) continue;
      const long gap = std::labs(static_cast<long>(quantity.token) - static_cast<long>(token));
      if (gap >= distance) continue;
      distance = gap;
      best = quantity;
    }
    if (best) return best;
  }
  return best;
}

}  // namespace

void read_claims(const Arguments& arguments, std::uint32_t sentence, const std::vector<Quantity>& quantities, const std::vector<TimeExpression>& times,
                 std::optional<Date> published, const EventDater& dater, ScopeReader& scopes, std::vector<Claim>& out) {
  const Parse& parse = arguments.parse();
  const Predicates& predicates = arguments.predicates();
  for (std::uint32_t at = parse.sentences[sentence].tokens.first; at < parse.sentences[sentence].tokens.last; ++at) {
    for (const ClaimRow& row : predicates.claims(parse[at].lemma, parse[at].upos)) {
      if (!arguments.all_hold(at, row.needs)) continue;
      Claim claim;
      const Frame& frame = predicates.frame(row.frame);
      collect(arguments, at, frame.actor, claim.subjects);
      collect(arguments, at, frame.recipient, claim.objects);
      if (claim.subjects.empty()) continue;
      std::erase_if(claim.objects, [&](const Actor& object) {
        return std::any_of(claim.subjects.begin(), claim.subjects.end(), [&](const Actor& subject) { return subject.span == object.span; });
      });
      claim.property = row.property;
      claim.quantity = nearest(quantities, at);
      Scope scope = scopes.read(at);
      claim.attribution = std::move(scope.attribution);
      claim.auxiliary = scope.auxiliary;
      const DatedBy dated = dater.date_of(parse, at, times, published);
      if (dated.basis == DatedBy::Basis::expression && dated.words) claim.date = EventDate{dated.span, DateBasis::expression, parse.span(*dated.words)};
      claim.evidence = {sentence, parse.span(parse.sentences[sentence].tokens), {parse[at].begin, parse[at].end}};
      claim.rule = row.place;
      out.push_back(std::move(claim));
      break;
    }
  }
}

}  // namespace legation
