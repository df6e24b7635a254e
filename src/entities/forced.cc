// Door: force_mention().
#include "entities/forced.h"

#include <algorithm>

namespace legation {
namespace {

TokenRange tokens_of(const Parse& parse, Span span) {
  const auto first = std::ranges::partition_point(parse.tokens, [&](const Token& token) { return token.end <= span.begin; });
  const auto last = std::ranges::partition_point(parse.tokens, [&](const Token& token) { return token.begin < span.end; });
  const auto begin = static_cast<std::uint32_t>(first - parse.tokens.begin());
  return {begin, std::max(begin, static_cast<std::uint32_t>(last - parse.tokens.begin()))};
}

/// The word of the range that hangs on one outside.
std::uint32_t head_in(const Parse& parse, TokenRange range) {
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    const std::int32_t head = parse[at].head;
    const bool outside = head < 0 || !range.contains(static_cast<std::uint32_t>(head));
    if (outside && parse[at].upos != Upos::PUNCT && parse[at].upos != Upos::ADP && parse[at].upos != Upos::DET) return at;
  }
  return range.last - 1;
}

void keep_apart(Actor& actor, Span span) {
  actor.span = span;
  actor.entity = no_entity;
  actor.code.clear();
}

}  // namespace

std::int32_t force_mention(const Parse& parse, Span span, Mentions& mentions) {
  const TokenRange range = tokens_of(parse, span);
  if (range.size() == 0) return -1;
  const std::uint32_t head = head_in(parse, range);
  std::int32_t index = mentions.of_token[head];
  Mention forced;
  if (index >= 0)
    forced = mentions.list[static_cast<std::size_t>(index)];
  else
    forced.kind = MentionKind::agent, index = static_cast<std::int32_t>(mentions.list.size());
  forced.range = range;
  forced.head = head;
  forced.can_act = true;
  forced.antecedent = -1;
  if (forced.kind == MentionKind::unknown || forced.kind == MentionKind::pronoun) forced.kind = MentionKind::agent;
  forced.actors.resize(1);
  forced.actors.front().text = std::string(parse.words(range));
  keep_apart(forced.actors.front(), span);
  for (Mention& mention : mentions.list)
    if (mention.antecedent == index && mention.actors.size() == 1) keep_apart(mention.actors.front(), span);
  if (static_cast<std::size_t>(index) == mentions.list.size())
    mentions.list.push_back(std::move(forced));
  else
    mentions.list[static_cast<std::size_t>(index)] = std::move(forced);
  for (std::uint32_t at = range.first; at < range.last; ++at) mentions.of_token[at] = index;
  return index;
}

}  // namespace legation
