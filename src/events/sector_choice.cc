#include "events/sector_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "entities/metonymy.h"
#include "lang/feature_hash.h"

namespace legation {
namespace {

constexpr std::size_t words = 1024, sectors = 40, labels = deprel_count + 1, kinds = 10, crossed = 4096, crossed_few = 1024;
constexpr float hardly = 0.01f;  ///< sectors of which the scorer thinks less are no candidates

/// How many values each feature has, in the order in which sector_candidates() puts them.
constexpr std::array<std::uint16_t, SectorCandidate::slots> value_counts = {
    event_type_count, 80, 2,          words, words,   sectors, kinds,   2,       upos_count, labels,     words, words, words, sectors, 3, 3, 3,
    sectors,          2,  logit_rows, 6,     crossed, crossed, crossed, crossed, crossed,    crossed_few};
constexpr std::size_t rows_of_table = std::accumulate(value_counts.begin(), value_counts.end(), std::size_t{0});

/// Two adjectives or nouns before the party's noun, and the noun behind "of": "armed opposition supporters of the party".
struct Modifiers {
  std::array<std::string_view, 2> before;
  std::string_view behind;
};

Modifiers modifiers_of(const Parse& parse, std::uint32_t head) {
  Modifiers found;
  std::size_t count = 0;
  for (const std::uint32_t child : parse.children(head)) {
    const Token& token = parse[child];
    const bool before = token.deprel == Deprel::amod || token.deprel == Deprel::compound || token.deprel == Deprel::nmod_poss;
    if (before && count < found.before.size()) found.before[count++] = token.lemma;
    if (token.deprel == Deprel::nmod && found.behind.empty()) found.behind = token.lemma;
  }
  return found;
}

/// Row of a sector together with something else.
std::size_t cross(std::size_t sector, std::uint64_t other, std::size_t rows) {
  return 1 + (other * 0x9E3779B97F4A7C15u + sector * 0xC2B2AE3D27D4EB4Fu) % (rows - 1);
}
std::size_t cross(std::size_t sector, std::string_view word, std::size_t rows) { return word.empty() ? 0 : cross(sector, hash_bytes(word), rows); }

}  // namespace

void sector_candidates(const Parse& parse, const Ontology& ontology, const SectorQuestion& q, std::vector<SectorCandidate>& out) {
  out.clear();
  const Token &word = parse[q.head], &trigger = parse[q.trigger];
  const Modifiers modifiers = modifiers_of(parse, q.head);
  const std::size_t own = ontology.sector_row(q.sector), type = static_cast<std::size_t>(q.place.type), role = static_cast<std::size_t>(q.place.role);
  const bool named = q.mention != nullptr && q.mention->actors.front().entity != no_entity;
  for (std::size_t sector = 0; sector < ontology.sectors().size() && sector < q.chances.size(); ++sector) {
    const float chance = std::clamp(q.chances[sector], 1e-4f, 1 - 1e-4f);
    if (sector != own && chance < hardly) continue;
    SectorCandidate& candidate = out.emplace_back();
    candidate.sector = sector;
    const float logit = std::log(chance / (1 - chance));
    candidate.values = {logit};
    FeatureRows rows(value_counts, candidate.rows);
    rows.put(type);
    rows.put(q.mode);
    rows.put(role);
    rows.put(word_row(word.lemma, words));
    rows.put(word_row(trigger.lemma, words));
    rows.put(1 + own);
    rows.put(q.mention == nullptr ? 0 : 1 + static_cast<std::size_t>(q.mention->kind));
    rows.put(named);
    rows.put(static_cast<std::size_t>(word.upos));
    rows.put(1 + static_cast<std::size_t>(word.deprel));
    rows.put(word_row(modifiers.before[0], words));
    rows.put(word_row(modifiers.before[1], words));
    rows.put(word_row(modifiers.behind, words));
    rows.put(1 + ontology.sector_row(q.other_sector));
    rows.put(q.code.empty() ? 0 : q.code == q.other_code ? 1 : 2);
    rows.put(q.other_code.empty() ? 0 : q.code.empty() ? 1 : 2);
    rows.put(word.has(morph_plural) ? 1 : word.upos == Upos::PROPN ? 2 : 0);

    rows.put(1 + sector);
    rows.put(sector == own);
    rows.put(logit_row(logit));
    rows.put(static_cast<std::size_t>(std::ranges::count_if(q.chances, [&](float other) { return other > q.chances[sector]; })));
    rows.put(cross(sector, word.lemma, crossed));
    rows.put(cross(sector, modifiers.before[0], crossed));
    rows.put(cross(sector, modifiers.behind, crossed));
    rows.put(cross(sector, hash_bytes(trigger.lemma) + role, crossed));
    rows.put(cross(sector, (type * 80 + q.mode) * 2 + role, crossed));
    rows.put(cross(sector, own * 16 + (q.mention == nullptr ? 0 : 1 + static_cast<std::size_t>(q.mention->kind)), crossed_few));
  }
}

std::size_t SectorChooser::table_rows() { return rows_of_table; }

Result<SectorChooser> SectorChooser::view(std::string_view bytes) {
  auto network = RowNetwork::view(bytes, {"LGS1", "chooser of sectors", rows_of_table, SectorCandidate::slots, SectorCandidate::numbers, 1});
  if (!network.ok()) return network.error();
  return SectorChooser(network.value());
}

RowChoice SectorChooser::choose(std::span<const SectorCandidate> candidates) const {
  if (candidates.size() == 1) return {0, 1};
  std::vector<float> logits(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) network_.answer(candidates[i].rows, candidates[i].values, std::span(&logits[i], 1));
  return likeliest(logits);
}

}  // namespace legation
