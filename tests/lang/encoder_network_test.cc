// The encoder as a whole, on random weights, against the network's definition written as plain loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "lang/encoder.h"
#include "random_encoder.h"

namespace legation {
namespace {

using Rows = std::vector<std::vector<std::int8_t>>;

std::vector<WordFeatures> random_words(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<WordFeatures> out(count);
  for (auto& word : out) {
    // some are in the table of words, some are not, some are too short for an affix
    word.lower = random() % 3 == 0 ? static_cast<std::uint32_t>(random()) : hash_bytes(RandomEncoder::word(random() % 300));
    for (int i = 0; i < 4; ++i) word.suffix[i] = i < 2 || random() % 4 != 0 ? random() % 5000 + 1 : 0;
    for (int i = 0; i < 3; ++i) word.prefix[i] = random() % 5000;
    word.shape = static_cast<std::uint8_t>(random());
  }
  return out;
}

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }
std::int8_t eight_bits(float x) { return static_cast<std::int8_t>(std::nearbyint(x * 127.0f)); }

std::vector<float> dense_of(const DenseWeights& w, const std::vector<std::int8_t>& in) {
  std::vector<float> out(w.rows);
  for (std::size_t n = 0; n < w.rows; ++n) {
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < w.columns; ++k) sum += w.weight[n * w.columns + k] * in[k];
    out[n] = static_cast<float>(sum) * w.scale[n] / 127.0f + w.bias[n];
  }
  return out;
}

std::vector<std::int8_t> tanh_of(const std::vector<float>& in) {
  std::vector<std::int8_t> out;
  for (float x : in) out.push_back(eight_bits(std::tanh(x)));
  return out;
}

std::uint32_t feature_row(std::uint32_t feature, std::uint32_t key) {
  if (key == 0) return 0;
  return std::max(1u, ((key ^ (feature * 0x9E3779B1u)) * 0x85EBCA6Bu) >> 17);
}

std::vector<std::int8_t> embed(const RandomEncoder& e, const WordFeatures& word) {
  std::uint32_t row = 0;
  for (const WordRow& slot : e.rows) row = slot.key == word.lower ? slot.row : row;
  std::vector<std::int8_t> out(e.words.begin() + row * 100, e.words.begin() + row * 100 + 100);
  const std::uint32_t keys[] = {word.lower,     word.suffix[0], word.suffix[1], word.suffix[2], word.suffix[3],
                                word.prefix[0], word.prefix[1], word.prefix[2], 1u + word.shape};
  for (std::size_t i = 0; i < 92; ++i) {
    int sum = 0;
    for (std::uint32_t f = 0; f < 9; ++f) sum += e.affixes[feature_row(f + 1, keys[f]) * 92 + i];
    out.push_back(static_cast<std::int8_t>(std::clamp(sum, -127, 127)));
  }
  return out;
}

Rows run_lstm(const DenseWeights& w, const Rows& in, bool backward) {
  const std::size_t hidden = w.rows / 4;
  std::vector<float> cell(hidden, 0.0f);
  std::vector<std::int8_t> state(hidden, 0);
  Rows out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::size_t t = backward ? in.size() - 1 - i : i;
    auto input = in[t];
    input.insert(input.end(), state.begin(), state.end());
    const auto z = dense_of(w, input);
    for (std::size_t j = 0; j < hidden; ++j) {
      cell[j] = sigmoid(z[hidden + j]) * cell[j] + sigmoid(z[j]) * std::tanh(z[2 * hidden + j]);
      state[j] = eight_bits(sigmoid(z[3 * hidden + j]) * std::tanh(cell[j]));
    }
    out[t] = state;
  }
  return out;
}

std::size_t best(const std::vector<float>& scores) { return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin()); }

/// Scores of arcs and the best tags of one sentence.
struct Reference {
  std::vector<float> arcs;
  std::vector<std::size_t> tags;
  Rows top;

  Reference(const RandomEncoder& e, std::span<const WordFeatures> words) {
    for (const auto& word : words) top.push_back(embed(e, word));
    for (const auto& layer : e.layers) {
      Rows forward = run_lstm(layer[0], top, false);
      const Rows back = run_lstm(layer[1], top, true);
      for (std::size_t t = 0; t < top.size(); ++t) forward[t].insert(forward[t].end(), back[t].begin(), back[t].end());
      top = std::move(forward);
    }
    Rows heads{e.root_arc};
    for (const auto& row : top) {
      heads.push_back(tanh_of(dense_of(e.arc_head, row)));
      tags.push_back(best(dense_of(e.tag, tanh_of(dense_of(e.tag_hidden, row)))));
    }
    for (const auto& row : top) {
      auto dep = tanh_of(dense_of(e.arc_dep, row));
      dep.push_back(127);
      for (const auto& head : heads) {
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < dep.size(); ++i) sum += dep[i] * head[i];
        arcs.push_back(e.arc_scale * static_cast<float>(sum) / (127.0f * 127.0f));
      }
    }
  }
  std::size_t label(const RandomEncoder& e, std::size_t word, std::int32_t head) const {
    auto hidden = dense_of(e.label_dep, top[word]);
    const auto other = head < 0 ? e.root_label : dense_of(e.label_head, top[static_cast<std::size_t>(head)]);
    for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] += other[i];
    auto scores = dense_of(e.label, tanh_of(hidden));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if ((e.deprels()[i] == Deprel::root) != (head < 0)) scores[i] = -INFINITY;
    }
    return best(scores);
  }
};

struct Ran {
  std::vector<std::uint32_t> lengths;
  std::vector<WordFeatures> words;
  std::vector<WordAnalysis> out;
};

const std::vector<std::uint32_t> ragged{7, 1, 30, 12, 1, 2, 55, 12, 3, 19};

Ran run(const Encoder& encoder, std::vector<std::uint32_t> lengths, unsigned seed) {
  std::size_t count = 0;
  for (std::uint32_t length : lengths) count += length;
  Ran ran{std::move(lengths), random_words(count, seed), std::vector<WordAnalysis>(count)};
  Encoder::Scratch scratch;
  std::vector<EncoderSentence> sentences;
  std::size_t begin = 0;
  for (std::uint32_t length : ran.lengths) {
    sentences.push_back({std::span(ran.words).subspan(begin, length), std::span(ran.out).subspan(begin, length)});
    begin += length;
  }
  encoder.run(sentences, scratch);
  return ran;
}

void expect_same(std::span<const WordAnalysis> a, std::span<const WordAnalysis> b, std::string_view what) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].head, b[i].head) << what << i;
    ASSERT_EQ(a[i].deprel, b[i].deprel) << what << i;
    ASSERT_EQ(a[i].tag, b[i].tag) << what << i;
    ASSERT_EQ(a[i].feats, b[i].feats) << what << i;
  }
}

TEST(EncoderNetwork, SaysWhatThePlainLoopsSay) {
  const RandomEncoder model(1);
  const Encoder encoder = model.view().value();
  const Ran ran = run(encoder, ragged, 11);
  std::size_t begin = 0, tags = 0, heads = 0, labels = 0, words = 0;
  for (std::uint32_t length : ran.lengths) {
    const Reference reference(model, std::span(ran.words).subspan(begin, length));
    TreeScratch scratch;
    std::vector<std::int32_t> expected(length);
    best_tree(reference.arcs, expected, scratch);
    for (std::uint32_t i = 0; i < length; ++i, ++words) {
      const WordAnalysis& word = ran.out[begin + i];
      tags += word.tag == reference.tags[i];
      heads += word.head == expected[i];
      labels += word.deprel == model.deprels()[reference.label(model, i, word.head)];
    }
    begin += length;
  }
  // the approximation of tanh may move a state by one part in 127
  EXPECT_GE(tags * 100, words * 96);
  EXPECT_GE(heads * 100, words * 90);
  EXPECT_GE(labels * 100, words * 96);
  RecordProperty("tags", static_cast<int>(tags));
  RecordProperty("heads", static_cast<int>(heads));
}

TEST(EncoderNetwork, AllInstructionSetsAgreeExactly) {
  const RandomEncoder model(2);
  Encoder encoder = model.view().value();
  encoder.use(*available_kernels().back());
  const Ran expected = run(encoder, ragged, 12);
  for (const Int8Kernels* kernels : available_kernels()) {
    encoder.use(*kernels);
    expect_same(run(encoder, ragged, 12).out, expected.out, kernels->name);
  }
}

TEST(EncoderNetwork, ASentenceAloneIsReadAsInADocument) {
  const RandomEncoder model(3);
  const Encoder encoder = model.view().value();
  std::vector<std::uint32_t> lengths = ragged;
  for (std::uint32_t i = 0; i < 90; ++i) lengths.push_back(1 + i * 37 % 60);
  const Ran ran = run(encoder, lengths, 13);
  Encoder::Scratch scratch;
  std::size_t begin = 0;
  for (const std::uint32_t& length : ran.lengths) {
    std::vector<WordAnalysis> alone(length);
    const EncoderSentence sentence{std::span(ran.words).subspan(begin, length), alone};
    encoder.run({&sentence, 1}, scratch);
    expect_same(alone, std::span(ran.out).subspan(begin, length), "word ");
    begin += length;
  }
}

TEST(EncoderNetwork, EveryTreeHasOneRootAndOnlyTheRootIsCalledSo) {
  const RandomEncoder model(4);
  const Ran ran = run(model.view().value(), {2000, 1, 40, 5, 1, 300}, 14);
  std::size_t begin = 0;
  for (std::uint32_t length : ran.lengths) {
    std::uint32_t roots = 0;
    for (std::uint32_t i = 0; i < length; ++i) {
      const WordAnalysis& word = ran.out[begin + i];
      roots += word.head < 0;
      ASSERT_LT(word.head, static_cast<std::int32_t>(length));
      ASSERT_EQ(word.deprel == Deprel::root, word.head < 0);
    }
    ASSERT_EQ(roots, 1u);
    begin += length;
  }
}

TEST(EncoderNetwork, FeatsAreAmongThoseOfTheTag) {
  const RandomEncoder model(5);
  for (const WordAnalysis& word : run(model.view().value(), ragged, 15).out) {
    const auto begin = model.feats_begin[word.tag], end = model.feats_begin[word.tag + 1u];
    const auto rows = std::span(model.feats_rows).subspan(begin, end - begin);
    if (rows.empty())
      EXPECT_EQ(word.feats, 0);
    else
      EXPECT_NE(std::ranges::find(rows, word.feats), rows.end());
  }
}

TEST(EncoderNetwork, NoSentencesAreNoWork) { EXPECT_TRUE(run(RandomEncoder(6).view().value(), {}, 16).out.empty()); }

bool refused(auto&& damage) {
  RandomEncoder model(7);
  damage(model);
  const auto encoder = model.view();
  if (encoder) return false;
  EXPECT_EQ(encoder.error().code, Error::Code::bad_format);
  EXPECT_NE(encoder.error().what.find("encoder"), std::string::npos);
  return true;
}

TEST(EncoderNetwork, DamagedSectionsAreRefused) {
  const auto last_float = [](RandomEncoder& model, float value) {
    std::memcpy(model.section.data() + model.section.size() - sizeof(value), &value, sizeof(value));
  };
  EXPECT_FALSE(refused([](RandomEncoder&) {}));
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.section.resize(20); }));
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.section.resize(model.section.size() / 2); }));
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.section.resize(model.section.size() - 1); }));
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.section += "left over"; }));
  for (std::size_t i = 0; i < sizeof(Encoder::Sizes) / 4; ++i) {
    EXPECT_TRUE(refused([&](RandomEncoder& model) { model.section[i * 4 + 2] = 1; })) << i;
  }
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.feats_begin.pop_back(); }));
  EXPECT_TRUE(refused([](RandomEncoder& model) { model.section[1024] = static_cast<char>(0x80); })) << "a byte without an opposite";
  EXPECT_TRUE(refused([&](RandomEncoder& model) { last_float(model, NAN); })) << "a number that is none";
  EXPECT_TRUE(refused([&](RandomEncoder& model) { last_float(model, 1e30f); })) << "a number beyond reason";
}

}  // namespace
}  // namespace legation
