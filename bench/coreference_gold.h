// Gold coreference of CoNLL-U files with GUM's Entity= brackets, and the usual measures of chains.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "legation/parse.h"

namespace legation {

/// A noun phrase that stands for an entity, by its head in the gold tree. `list`: holds a coordination of its head.
struct GoldMention {
  std::uint32_t head = 0;
  bool list = false;
  int entity = 0;
  std::string_view type;         ///< "person", "organization", "place", "abstract", ...
  bool first_or_second = false;  ///< "I", "your"
};

/// Mentions of one document in order of their heads. `tree` holds the gold tree; `bytes` are the file's.
std::vector<GoldMention> read_gold_mentions(std::string_view bytes, const Parse& tree);

/// Place of a mention in a document; chains are lists of these.
using MentionKey = std::uint64_t;
inline MentionKey mention_key(std::uint32_t head, bool list) { return (std::uint64_t{head} << 1) | (list ? 1 : 0); }
using Chains = std::vector<std::vector<MentionKey>>;

/// Sums over documents; precision and recall are quotients of sums, as the CoNLL scorer has them.
struct Quotient {
  double precision_part = 0, precision_whole = 0, recall_part = 0, recall_whole = 0;
  double precision() const { return precision_whole > 0 ? precision_part / precision_whole : 0; }
  double recall() const { return recall_whole > 0 ? recall_part / recall_whole : 0; }
  double f1() const { return precision() + recall() > 0 ? 2 * precision() * recall() / (precision() + recall()) : 0; }
};
struct ChainScore {
  Quotient muc, b_cubed, ceaf;
  void add(const Chains& key, const Chains& response);
  double mean() const { return (muc.f1() + b_cubed.f1() + ceaf.f1()) / 3; }
};

}  // namespace legation
