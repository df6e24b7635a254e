// A small encoder with random weights: its tensors as numbers for the reference, and the sections of a model file with it.
#pragma once

#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "lang/encoder.h"
#include "lang/feature_hash.h"
#include "lang/model_format.h"

namespace legation {

struct DenseWeights {
  std::size_t rows = 0, columns = 0;
  std::vector<std::int8_t> weight;
  std::vector<float> scale, bias;
};

struct RandomEncoder {
  Encoder::Sizes sizes{300, 100, 32768, 92, 2, 32, 96, 96, 96, 30, 40, 51};
  std::vector<std::int8_t> words, affixes, root_arc;
  std::vector<std::array<DenseWeights, 2>> layers;
  DenseWeights arc_dep, arc_head, label_dep, label_head, label, tag_hidden, tag, feats;
  std::vector<float> root_label;
  float arc_scale = 0.7f;
  std::vector<WordRow> rows;
  std::vector<std::uint32_t> feats_begin;
  std::vector<std::uint16_t> feats_rows;
  std::string section;

  explicit RandomEncoder(unsigned seed) : random_(seed) {
    words = bytes(sizes.words * sizes.word_size, 127);
    affixes = bytes(std::size_t{sizes.affixes} * sizes.affix_size, 40);
    for (std::uint32_t i = 0; i < sizes.layers; ++i) {
      const std::size_t input = i == 0 ? sizes.word_size + sizes.affix_size : 2 * sizes.hidden;
      const auto direction = [&] { return dense(4 * sizes.hidden, input + sizes.hidden); };
      auto forward = direction();
      layers.push_back({std::move(forward), direction()});
    }
    const std::size_t top = 2 * sizes.hidden;
    arc_dep = dense(sizes.arc - 1, top);
    arc_head = dense(sizes.arc, top);
    label_dep = dense(sizes.label, top);
    label_head = dense(sizes.label, top);
    label = dense(sizes.deprels, sizes.label);
    tag_hidden = dense(sizes.tag_hidden, top);
    tag = dense(sizes.tags, sizes.tag_hidden);
    feats = dense(sizes.feats, sizes.tag_hidden);
    root_arc = bytes(sizes.arc, 127);
    root_label = floats(sizes.label, 0.5f);
    make_lists();
    make_section();
  }

  static std::string word(std::uint32_t row) { return "w" + std::to_string(row * 7919u % 1000u) + (row % 3 == 0 ? "ing" : "s"); }
  std::vector<Deprel> deprels() const {
    std::vector<Deprel> out;
    for (std::size_t i = 0; i < sizes.deprels; ++i) out.push_back(static_cast<Deprel>((i + 11) % deprel_count));
    return out;
  }
  Result<Encoder> view() const { return Encoder::view(section, HashedTable<WordRow>(rows), deprels(), {feats_begin, feats_rows}); }

 private:
  std::vector<std::int8_t> bytes(std::size_t count, int most) {
    std::uniform_int_distribution<int> any(-most, most);
    std::vector<std::int8_t> out(count);
    for (auto& value : out) value = static_cast<std::int8_t>(any(random_));
    return out;
  }
  std::vector<float> floats(std::size_t count, float spread) {
    std::normal_distribution<float> any(0.0f, spread);
    std::vector<float> out(count);
    for (float& value : out) value = any(random_);
    return out;
  }
  DenseWeights dense(std::size_t n, std::size_t columns) {
    DenseWeights out{n, columns, bytes(n * columns, 127), floats(n, 0.0003f), floats(n, 0.3f)};
    for (float& scale : out.scale) scale = 0.002f + std::abs(scale);
    return out;
  }
  void make_lists() {
    rows.assign(1024, WordRow{});
    for (std::uint32_t i = 1; i < sizes.words; ++i) {
      const std::uint32_t key = hash_bytes(word(i));
      std::size_t slot = key % rows.size();
      while (rows[slot].key != 0 && rows[slot].key != key) slot = (slot + 1) % rows.size();
      if (rows[slot].key == 0) rows[slot] = {key, i};
    }
    feats_begin.push_back(0);
    for (std::uint32_t t = 0; t < sizes.tags; ++t) {
      for (std::uint32_t i = 0; i < t % 5; ++i) feats_rows.push_back(static_cast<std::uint16_t>((t * 3 + i * 7) % sizes.feats));
      feats_begin.push_back(static_cast<std::uint32_t>(feats_rows.size()));
    }
  }
  template <class Item>
  void append(const std::vector<Item>& items) {
    section.resize((section.size() + 63) / 64 * 64);
    section.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Item));
  }
  void append(const DenseWeights& w) { append(w.weight), append(w.scale), append(w.bias); }
  void make_section() {
    section.assign(reinterpret_cast<const char*>(&sizes), sizeof(sizes));
    append(words);
    append(affixes);
    for (const auto& layer : layers) append(layer[0]), append(layer[1]);
    for (const auto* w : {&arc_dep, &arc_head, &label_dep, &label_head, &label, &tag_hidden, &tag, &feats}) append(*w);
    append(root_arc);
    append(std::vector<float>{arc_scale});
    append(root_label);
  }

  std::mt19937 random_;
};

}  // namespace legation
