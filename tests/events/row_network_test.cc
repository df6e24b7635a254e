// The small networks of the choosers: damaged weights, wrong files, and numbers out of all bounds.
#include "events/row_network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <string>

#include "events/country_choice.h"
#include "events/party_choice.h"
#include "events/sector_choice.h"
#include "shipped_weights.h"

namespace legation {
namespace {

struct Weights {
  const char* file;
  std::function<bool(std::string_view)> opens;
};

const std::array<Weights, 3>& all() {
  static const std::array<Weights, 3> weights = {
      {{"models/events/parties.bin", [](std::string_view bytes) { return PartyChooser::view(bytes, scorer_vector).ok(); }},
       {"models/events/countries.bin", [](std::string_view bytes) { return CountryChooser::view(bytes, scorer_vector).ok(); }},
       {"models/events/sectors.bin", [](std::string_view bytes) { return SectorChooser::view(bytes).ok(); }}}};
  return weights;
}

TEST(RowNetwork, DamagedWeightsAreRefused) {
  for (const Weights& weights : all()) {
    const std::string_view good = shipped(weights.file);
    ASSERT_TRUE(weights.opens(good)) << weights.file;
    for (const std::size_t size : {std::size_t{0}, std::size_t{63}, std::size_t{70}, good.size() / 2, good.size() - 1})
      EXPECT_FALSE(weights.opens(good.substr(0, size))) << weights.file << " cut to " << size;
    std::string bytes(good);
    for (std::size_t at = 0; at < bytes.size(); at += at < 100 ? 1 : 9973) {
      if (at >= 24 && at < 64) continue;  // bytes of the header that these files leave empty
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      EXPECT_FALSE(weights.opens(bytes)) << weights.file << " byte " << at;
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    }
  }
}

TEST(RowNetwork, WeightsOfAnotherChooserAreRefused) {
  for (const Weights& weights : all())
    for (const Weights& other : all()) EXPECT_EQ(weights.opens(shipped(other.file)), weights.file == other.file) << weights.file << " as " << other.file;
}

TEST(RowNetwork, AnswersAreFiniteWhateverTheNumbers) {
  const auto chooser = CountryChooser::view(shipped("models/events/countries.bin"), scorer_vector);
  ASSERT_TRUE(chooser.ok());
  std::vector<CountryCandidate> candidates(3);
  for (const float value : {-1e30f, -8.0f, 0.0f, 8.0f, 1e30f}) {
    candidates[1].values.fill(value);
    const RowChoice choice = chooser.value().choose(candidates);
    EXPECT_LT(choice.answer, candidates.size());
    EXPECT_TRUE(std::isfinite(choice.chance));
    EXPECT_GE(choice.chance, 1.0f / 3 - 1e-4f) << "the likeliest of three";
  }
}

TEST(RowNetwork, AFeatureBeyondItsValuesCountsAsTheLast) {
  constexpr std::array<std::uint16_t, 3> counts = {4, 2, 3};
  std::array<std::uint16_t, 3> rows{};
  {
    FeatureRows put(counts, rows);
    put.put(9);
    put.put(1);
    put.put(0);
  }
  EXPECT_EQ(rows, (std::array<std::uint16_t, 3>{3, 5, 6}));
}

}  // namespace
}  // namespace legation
