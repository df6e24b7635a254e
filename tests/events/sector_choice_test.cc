// Which sectors a party may have.
#include "events/sector_choice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sentence_builder.h"
#include "shipped_ontology.h"

namespace legation {
namespace {

/// The sectors asked about for soldiers of which the tables say `own` and the scorer `chances`.
std::vector<std::string> asked(std::string_view own, const std::vector<std::pair<std::string, float>>& chances) {
  const auto built = build("armed armed ADJ 2 amod\nsoldiers soldier NOUN 3 nsubj @:MIL\nleft leave VERB 0 root\n");
  std::vector<float> all(ontology().sectors().size(), 0.0f);
  for (const auto& [sector, chance] : chances) all[ontology().sector_row(sector)] = chance;
  SectorQuestion question;
  question.head = 1, question.trigger = 2;
  question.sector = own;
  question.chances = all;
  std::vector<SectorCandidate> candidates;
  sector_candidates(built->parse, ontology(), question, candidates);
  std::vector<std::string> out;
  for (const SectorCandidate& candidate : candidates) out.push_back(ontology().sectors()[candidate.sector]);
  return out;
}

TEST(SectorCandidates, TheTablesOwnAndWhatTheScorerDoesNotRuleOut) {
  EXPECT_EQ(asked("MIL", {{"REB", 0.6f}, {"UAF", 0.3f}, {"CVL", 0.005f}}), (std::vector<std::string>{"MIL", "REB", "UAF"}));
}

TEST(SectorCandidates, NoSectorIsACandidateWhereTheTablesHaveNone) {
  EXPECT_EQ(asked("", {{"REB", 0.6f}}), (std::vector<std::string>{"", "REB"}));
  EXPECT_EQ(asked("MIL", {{"", 0.5f}}), (std::vector<std::string>{"", "MIL"}));
}

}  // namespace
}  // namespace legation
