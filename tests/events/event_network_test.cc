// The scorer of events on a small network with random weights: damaged files, sentences that must not see each other, features.
#include "events/event_network.h"

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>
#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lang/feature_hash.h"
#include "sentence_builder.h"

namespace legation {
namespace {

class RandomNetwork {
 public:
  RandomNetwork() {
    const EventNetwork::Sizes sizes{
        16, EventFeatureRows::count, 8, 4, 16, 16, event_type_count + 1, 5, 4, 7, EventNetwork::roles, 32, PairFeatures::paths, PairFeatures::distances, 8};
    body_.assign(reinterpret_cast<const char*>(&sizes), sizeof(sizes));
    align();
    body_ += "-\nAGREE\n";
    bytes(std::size_t{sizes.features} * sizes.feature_size, 30);
    for (int direction = 0; direction < 2; ++direction) dense(4 * sizes.lstm, sizes.width + sizes.feature_size + sizes.word_size + sizes.lstm);
    const std::size_t head = 2 * sizes.lstm + sizes.feature_size + sizes.word_size;
    dense(sizes.hidden, head);
    dense(sizes.types, sizes.hidden);
    dense(sizes.modes, sizes.hidden);
    dense(sizes.flags, sizes.hidden);
    dense(sizes.roles * sizes.role_size, head);
    dense(sizes.roles * sizes.role_size, head);
    dense(sizes.role_size, head);
    dense(sizes.sectors, sizes.role_size);
    floats(sizes.roles), floats(4 * sizes.roles), floats(std::size_t{sizes.paths} * sizes.roles), floats(std::size_t{sizes.distances} * sizes.roles);
    floats(event_type_count * 3 * sizes.sectors);
    align();
  }

  std::string file() const {
    std::string header(64, '\0');
    std::memcpy(header.data(), "LGE1", 4);
    const std::uint32_t version = 3;
    const std::uint64_t checksum = XXH3_64bits(body_.data(), body_.size()), size = body_.size() + 64;
    std::memcpy(header.data() + 4, &version, 4);
    std::memcpy(header.data() + 8, &checksum, 8);
    std::memcpy(header.data() + 16, &size, 8);
    return header + body_;
  }

 private:
  void align() { body_.resize((body_.size() + 63) / 64 * 64); }
  void bytes(std::size_t count, int top) {
    align();
    std::uniform_int_distribution<int> draw(-top, top);
    for (std::size_t i = 0; i < count; ++i) body_.push_back(static_cast<char>(draw(random_)));
  }
  void floats(std::size_t count) {
    align();
    std::uniform_real_distribution<float> draw(-1, 1);
    for (std::size_t i = 0; i < count; ++i) {
      const float value = draw(random_);
      body_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    }
  }
  void dense(std::size_t rows, std::size_t columns) {
    bytes(rows * columns, 127);
    align();
    for (std::size_t i = 0; i < rows; ++i) {
      const float scale = 0.01f;
      body_.append(reinterpret_cast<const char*>(&scale), sizeof(scale));
    }
    floats(rows);
  }

  std::mt19937 random_{7};
  std::string body_;
};

/// Word vectors of four numbers: "said" has one.
std::string small_words() {
  std::string body;
  const auto add = [&](const auto& item) { body.append(reinterpret_cast<const char*>(&item), sizeof(item)); };
  const std::uint32_t key = hash_bytes("said");
  for (std::uint32_t slot = 0; slot < 4; ++slot) add(WordRow{slot == key % 4 ? key : 0, slot == key % 4 ? 1u : 0u});
  for (const std::int8_t number : {0, 0, 0, 0, 90, -20, 3, 127}) add(number);
  body.resize(64);
  std::string header(64, '\0');
  std::memcpy(header.data(), "LGW1", 4);
  const std::uint32_t version = 1, sizes[3] = {4, 2, 4};
  const std::uint64_t checksum = XXH3_64bits(body.data(), body.size()), size = body.size() + 64;
  std::memcpy(header.data() + 4, &version, 4);
  std::memcpy(header.data() + 8, &checksum, 8);
  std::memcpy(header.data() + 16, &size, 8);
  std::memcpy(header.data() + 24, sizes, sizeof(sizes));
  return header + body;
}

/// Aligned as an embedded file is.
struct Aligned {
  explicit Aligned(const std::string& bytes) : storage(bytes.size() / 64 + 2) {
    data = reinterpret_cast<char*>(storage.data());
    std::memcpy(data, bytes.data(), bytes.size());
    view = {data, bytes.size()};
  }
  struct alignas(64) Block {
    char bytes[64];
  };
  std::vector<Block> storage;
  char* data;
  std::string_view view;
};

std::unique_ptr<BuiltText> sentences(const std::string& text) {
  auto built = build(text);
  built->parse.vector_size = 16;
  std::mt19937 random(3);
  for (const Token& token : built->parse.tokens)
    for (int i = 0; i < 16; ++i) built->parse.vectors.push_back(static_cast<std::int8_t>((token.form.size() * 37 + static_cast<std::size_t>(i) * 11) % 200));
  for (auto& value : built->parse.vectors) value = std::max<std::int8_t>(value, -127);
  return built;
}

constexpr const char* first = "Arland Arland PROPN 2 nsubj @ARL\nattacked attack VERB 0 root\nBelmar Belmar PROPN 2 obj @BEL\n";
constexpr const char* second = "Corvia Corvia PROPN 2 nsubj @COR\nsaid say VERB 0 root\nnothing nothing PRON 2 obj\nelse else ADV 3 advmod\n";

EventFeatures plain_features(const Parse& parse) { return EventFeatures(parse.tokens.size(), {1, 0, 3, 0, 5, 6, 0, 7}); }

TEST(EventNetwork, ASentenceDoesNotSeeItsNeighbours) {
  const Aligned bytes(RandomNetwork().file()), small(small_words());
  const auto network = EventNetwork::view(bytes.view, small.view);
  ASSERT_TRUE(network.ok()) << network.error().what;
  EventNetwork::Scratch scratch;
  EventNetwork::Scores together, beside, alone;
  const auto both = sentences(std::string(first) + "\n" + second), one = sentences(second);
  const EventFeatures of_both = plain_features(both->parse), of_one = plain_features(one->parse);
  const EventNetwork::Text texts[] = {{&both->parse, &of_both, &together}, {&one->parse, &of_one, &beside}}, lone[] = {{&one->parse, &of_one, &alone}};
  network.value().run(texts, scratch);
  network.value().run(lone, scratch);
  for (std::uint32_t token = 0; token < 4; ++token) {
    float sum = 0;
    for (std::size_t type = 0; type <= event_type_count; ++type) {
      EXPECT_EQ(together.of(3 + token)[type], alone.of(token)[type]);
      EXPECT_EQ(beside.of(token)[type], alone.of(token)[type]);
      sum += alone.of(token)[type];
    }
    EXPECT_NEAR(sum, 1, 1e-5);
  }
}

TEST(EventNetwork, EveryPairGetsARoleEach) {
  const Aligned bytes(RandomNetwork().file()), small(small_words());
  const auto network = EventNetwork::view(bytes.view, small.view);
  ASSERT_TRUE(network.ok()) << network.error().what;
  const auto built = sentences(first);
  EventNetwork::Scratch scratch;
  EventNetwork::Scores scores;
  const EventFeatures features = plain_features(built->parse);
  const EventNetwork::Text text{&built->parse, &features, &scores};
  network.value().run(std::span(&text, 1), scratch);
  std::vector<PairFeatures> pairs;
  pair_features(built->parse, built->mentions, 1, nullptr, pairs);
  ASSERT_EQ(pairs.size(), 2u);
  std::vector<std::array<float, EventNetwork::roles>> roles, swapped;
  network.value().judge(scores, 1, pairs, roles, scratch);
  std::swap(pairs[0], pairs[1]);
  network.value().judge(scores, 1, pairs, swapped, scratch);
  EXPECT_EQ(roles[0], swapped[1]);
  EXPECT_EQ(roles[1], swapped[0]);
}

TEST(EventNetwork, DamagedWeightsAreRefusedAtEveryByte) {
  const std::string file = RandomNetwork().file();
  const Aligned small(small_words());
  ASSERT_TRUE(EventNetwork::view(Aligned(file).view, small.view).ok());
  EXPECT_FALSE(EventNetwork::view(Aligned(file).view, {}).ok());
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{63}, std::size_t{64}, file.size() / 2, file.size() - 1})
    EXPECT_FALSE(EventNetwork::view(Aligned(file.substr(0, size)).view, small.view).ok()) << size;
  for (std::size_t at = 0; at < file.size(); at += at < 128 ? 1 : 997) {
    if (at >= 24 && at < 64) continue;  // reserved
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    EXPECT_FALSE(EventNetwork::view(Aligned(changed).view, small.view).ok()) << "byte " << at;
  }
}

TEST(EventNetwork, APartyHasOneSectorOrAnother) {
  const Aligned bytes(RandomNetwork().file()), small(small_words());
  const auto network = EventNetwork::view(bytes.view, small.view);
  ASSERT_TRUE(network.ok()) << network.error().what;
  const auto built = sentences(second);
  EventNetwork::Scratch scratch;
  EventNetwork::Scores scores;
  const EventFeatures features = plain_features(built->parse);
  const EventNetwork::Text text{&built->parse, &features, &scores};
  network.value().run(std::span(&text, 1), scratch);
  std::vector<float> chances;
  network.value().sectors(scores, 0, {EventType::COERCE, EventNetwork::actor}, chances, scratch);
  ASSERT_EQ(chances.size(), 7u);
  EXPECT_NEAR(std::accumulate(chances.begin(), chances.end(), 0.0f), 1, 1e-5);
  std::vector<float> elsewhere;
  network.value().sectors(scores, 0, {EventType::PROTEST, EventNetwork::recipient}, elsewhere, scratch);
  EXPECT_NE(chances, elsewhere) << "what is done says something of who does it";
}

TEST(WordVectors, AWordIsFoundAndOthersAreNot) {
  const Aligned small(small_words());
  const auto words = WordVectors::view(small.view);
  ASSERT_TRUE(words.ok()) << words.error().what;
  ASSERT_NE(words.value().find("said"), nullptr);
  EXPECT_EQ(words.value().find("said")[0], 90);
  EXPECT_EQ(words.value().find("sued"), nullptr);
}

TEST(WordVectors, DamageIsRefusedAtEveryByte) {
  const std::string file = small_words();
  for (std::size_t size = 0; size < file.size(); ++size) EXPECT_FALSE(WordVectors::view(Aligned(file.substr(0, size)).view).ok()) << size;
  for (std::size_t at = 0; at < file.size(); ++at) {
    if (at >= 36 && at < 64) continue;  // reserved
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    EXPECT_FALSE(WordVectors::view(Aligned(changed).view).ok()) << "byte " << at;
  }
}

// train/events/heads.py hashes the way through the tree alike: fnv1a([37 + 0]) and so on, computed there.
TEST(EventFeatures, PathsAreHashedAsInTraining) {
  const auto built = build("Arland Arland PROPN 2 nsubj @ARL\nagreed agree VERB 0 root\nto to PART 4 mark\nhelp help VERB 2 xcomp\n");
  std::vector<PairFeatures> pairs;
  pair_features(built->parse, built->mentions, 1, nullptr, pairs);
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].path, 2185);
  pairs.clear();
  pair_features(built->parse, built->mentions, 3, nullptr, pairs);
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].path, 3834);
  EXPECT_EQ(pairs[0].distance, 2);
}

}  // namespace
}  // namespace legation
