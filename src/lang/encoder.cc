// Runs the network over batches of sentences laid out by time step, so that each step of an LSTM is one matrix product.
#include "lang/encoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>

#include "lang/tensor_reader.h"

namespace legation {
namespace {

/// Sentences run together until there are so many of them, or of their words.
constexpr std::size_t batch_sentences = 40, batch_words = 500;
/// Words whose input products a thread keeps: 10 MB, and three of four words of news.
constexpr unsigned known_slots_log2 = 11;
constexpr std::size_t known_slots = std::size_t{1} << known_slots_log2;

Error damaged(const char* what) { return {Error::Code::bad_format, std::string("language model: encoder: ") + what}; }

bool plausible(const Encoder::Sizes& s) {
  const auto between = [](std::uint32_t value, std::uint32_t low, std::uint32_t high) { return value >= low && value <= high; };
  return between(s.words, 1, 1u << 22) && between(s.word_size, 4, 1024) && between(s.affix_size, 4, 1024) && (s.word_size + s.affix_size) % 4 == 0 &&
         between(s.affixes, 2, 1u << 20) && (s.affixes & (s.affixes - 1)) == 0 && between(s.layers, 1, 8) && between(s.hidden, 16, 1024) &&
         s.hidden % 16 == 0 && between(s.arc, 32, 1024) && s.arc % 32 == 0 && between(s.label, 16, 1024) && s.label % 16 == 0 &&
         between(s.tag_hidden, 16, 1024) && s.tag_hidden % 16 == 0 && between(s.tags, 1, 4096) && between(s.feats, 1, 4096) && between(s.deprels, 1, 256);
}

/// Row of the affix table; row 0 means "no such affix". The same as feature_row() of train/encoder/treebank.py.
std::uint32_t affix_row(std::uint32_t feature, std::uint32_t key, std::uint32_t table_size) {
  if (key == 0) return 0;
  const std::uint32_t mixed = (key ^ (feature * 0x9E3779B1u)) * 0x85EBCA6Bu;
  const std::uint32_t row = static_cast<std::uint32_t>((std::uint64_t{mixed} * table_size) >> 32);
  return row == 0 ? 1 : row;
}

std::array<std::uint32_t, Encoder::affix_features> affix_rows(const WordFeatures& word, std::uint32_t table_size) {
  const std::uint32_t keys[] = {word.lower,     word.suffix[0], word.suffix[1], word.suffix[2], word.suffix[3],
                                word.prefix[0], word.prefix[1], word.prefix[2], 1u + word.shape};
  std::array<std::uint32_t, Encoder::affix_features> rows;
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = affix_row(i + 1, keys[i], table_size);
  return rows;
}

/// Rows beyond what is there before, not written yet, are kept: buffers only grow.
template <class Item>
void reserve(std::vector<Item>& items, std::size_t size) {
  if (items.size() < size) items.resize(size);
}

std::size_t best_among(const float* scores, std::span<const std::uint16_t> candidates) {
  std::size_t best = candidates.front();
  for (const auto candidate : candidates) {
    if (scores[candidate] > scores[best]) best = candidate;
  }
  return best;
}

std::size_t best_of(const float* scores, std::size_t count) { return static_cast<std::size_t>(std::max_element(scores, scores + count) - scores); }

}  // namespace

/// Some sentences, longest first. Step t holds the t-th words of the active[t] sentences that have one, from row offset[t] on.
struct Encoder::Batch {
  std::span<const EncoderSentence> all;
  std::span<const std::uint32_t> order;  ///< those of this batch, by falling length
  std::span<const std::uint32_t> active, offset;
  std::size_t rows = 0;

  const EncoderSentence& sentence(std::size_t lane) const { return all[order[lane]]; }
  std::size_t length(std::size_t lane) const { return sentence(lane).words.size(); }
  WordAnalysis& out(std::size_t lane, std::size_t step) const { return sentence(lane).out[step]; }
  std::size_t row(std::size_t lane, std::size_t step) const { return offset[step] + lane; }
};

Result<Encoder> Encoder::view(std::string_view weights, HashedTable<WordRow> rows, std::vector<Deprel> deprels, FeatsByTag feats,
                              std::vector<std::uint16_t> verb_tags) {
  Encoder e;
  if (weights.size() < sizeof(Sizes)) return damaged("cut off");
  std::memcpy(&e.sizes_, weights.data(), sizeof(Sizes));
  const Sizes& s = e.sizes_;
  if (!plausible(s) || s.deprels != deprels.size() || s.tags + 1 != feats.begin.size()) return damaged("its sizes do not fit");
  const auto roots = std::ranges::count(deprels, Deprel::root);
  if (roots == 0 || roots == std::ssize(deprels)) return damaged("its relations lack the root or anything else");
  TensorReader tensors(weights, sizeof(Sizes));
  e.words_ = tensors.take<std::int8_t>(std::size_t{s.words} * s.word_size);
  e.affixes_ = tensors.take<std::int8_t>(std::size_t{s.affixes} * s.affix_size);
  for (std::uint32_t i = 0; i < s.layers; ++i) {
    const std::size_t input = i == 0 ? s.word_size + s.affix_size : 2 * s.hidden;
    auto& layer = e.layers_.emplace_back();
    for (LstmDirection& d : layer) tensors.split_matrix(4 * s.hidden, input + s.hidden, input, d.input, d.recurrent);
  }
  const std::size_t top = 2 * s.hidden;
  e.arc_dep_ = tensors.matrix(s.arc - 1, top);
  e.arc_head_ = tensors.matrix(s.arc, top);
  e.label_dep_ = tensors.matrix(s.label, top);
  e.label_head_ = tensors.matrix(s.label, top);
  e.label_ = tensors.matrix(s.deprels, s.label);
  e.tag_hidden_ = tensors.matrix(s.tag_hidden, top);
  e.tag_ = tensors.matrix(s.tags, s.tag_hidden);
  e.feats_ = tensors.matrix(s.feats, s.tag_hidden);
  const auto* root_arc = tensors.take<std::int8_t>(s.arc);
  const auto* arc_scale = tensors.take<float>(1);
  const auto* root_label = tensors.take<float>(s.label);
  if (!tensors.ok() || !tensors.at_end()) return damaged("its tensors do not fill the section or are no sound numbers");
  e.root_arc_.assign(root_arc, root_arc + s.arc);
  e.root_label_.assign(root_label, root_label + s.label);
  e.arc_scale_ = *arc_scale / (127.0f * 127.0f);
  e.rows_ = rows;
  e.deprels_ = std::move(deprels);
  e.feats_by_tag_ = feats;
  for (std::uint16_t tag : verb_tags) {
    if (tag >= s.tags) return damaged("its verbs are no tags");
  }
  e.verb_tags_ = std::move(verb_tags);
  e.kernels_ = available_kernels().front();
  e.identity_ = std::make_shared<const char>();
  return e;
}

void Encoder::embed(const WordFeatures& word, std::int8_t* out) const {
  const WordRow* known = rows_.find(word.lower);
  const std::size_t row = known && known->row < sizes_.words ? known->row : 0;
  std::memcpy(out, words_ + row * sizes_.word_size, sizes_.word_size);
  std::int8_t* affix = out + sizes_.word_size;
  std::int16_t sums[1024];
  std::fill_n(sums, sizes_.affix_size, std::int16_t{0});
  for (std::uint32_t from : affix_rows(word, sizes_.affixes)) {
    const std::int8_t* values = affixes_ + std::size_t{from} * sizes_.affix_size;
    for (std::size_t i = 0; i < sizes_.affix_size; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + values[i]);
  }
  for (std::size_t i = 0; i < sizes_.affix_size; ++i) {
    affix[i] = static_cast<std::int8_t>(std::clamp<std::int16_t>(sums[i], -127, 127));
  }
}

void Encoder::run(std::span<const EncoderSentence> sentences, Scratch& s) const {
  s.order.resize(sentences.size());
  std::iota(s.order.begin(), s.order.end(), 0u);
  const auto length = [&](std::uint32_t sentence) { return sentences[sentence].words.size(); };
  std::ranges::stable_sort(s.order, std::greater(), length);
  for (std::size_t first = 0; first < s.order.size();) {
    std::size_t last = first, count = 0;
    while (last < s.order.size() && last - first < batch_sentences && (last == first || count + length(s.order[last]) <= batch_words)) {
      count += length(s.order[last++]);
    }
    Batch batch{sentences, std::span(s.order).subspan(first, last - first), {}, {}, count};
    run_batch(batch, s);
    first = last;
  }
}

/// Copies the rows of s.output to their words' vectors.
void Encoder::keep_vectors(const Batch& batch, const Scratch& s) const {
  const std::size_t size = vector_size();
  for (std::size_t lane = 0; lane < batch.order.size(); ++lane) {
    std::int8_t* to = batch.sentence(lane).vectors;
    if (to == nullptr) continue;
    for (std::size_t t = 0; t < batch.length(lane); ++t) std::memcpy(to + t * size, s.output.data() + batch.row(lane, t) * size, size);
  }
}

void Encoder::run_batch(Batch& batch, Scratch& s) const {
  const std::size_t steps = batch.length(0);
  s.active.assign(steps, 0);
  s.offset.assign(steps + 1, 0);
  for (std::size_t t = 0, lanes = batch.order.size(); t < steps; ++t) {
    while (lanes > 0 && batch.length(lanes - 1) <= t) --lanes;
    s.active[t] = static_cast<std::uint32_t>(lanes);
    s.offset[t + 1] = s.offset[t] + s.active[t];
  }
  batch.active = s.active;
  batch.offset = s.offset;
  run_first_layer(batch, s);
  for (std::size_t layer = 1; layer < layers_.size(); ++layer) run_layer(layer, batch, s);
  keep_vectors(batch, s);
  choose_heads(batch, s);
  choose_deprels(batch, s);
  choose_tags(batch, s);
}

/// Gives every row of the batch a slot; leaves the inputs of slots without products in s.input.
void Encoder::find_inputs(const Batch& batch, Scratch& s) const {
  const std::size_t width = sizes_.word_size + sizes_.affix_size;
  KnownInputs& known = s.known;
  ++known.batch;
  known.missing.clear();
  known.slot_of.resize(batch.rows);
  reserve(s.input, batch.rows * width);
  std::size_t beyond = known_slots;
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      const WordFeatures& word = batch.sentence(lane).words[t];
      std::size_t slot = ((word.lower ^ (word.shape * 0x9E3779B1u)) * 0x85EBCA6Bu) >> (32 - known_slots_log2);
      if (known.used[slot] == 0 || known.words[slot] != word) {
        if (known.used[slot] == known.batch)
          slot = beyond++;
        else
          known.words[slot] = word;
        embed(word, s.input.data() + known.missing.size() * width);
        known.missing.push_back(static_cast<std::uint32_t>(slot));
      }
      if (slot < known_slots) known.used[slot] = known.batch;
      known.slot_of[batch.row(lane, t)] = static_cast<std::uint32_t>(slot);
    }
  }
  reserve(known.sums, beyond * 2 * layers_[0][0].input.rows);
}

void Encoder::run_first_layer(const Batch& batch, Scratch& s) const {
  KnownInputs& known = s.known;
  if (known.of != identity_) known.words.assign(known_slots, {}), known.used.assign(known_slots, 0), known.batch = 0;
  known.of = nullptr;  // until all slots have their products
  find_inputs(batch, s);
  const BiLstm& layer = layers_[0];
  const std::size_t gates = layer[0].input.rows, count = known.missing.size();
  reserve(s.sums, count * gates);
  for (const std::size_t direction : {0, 1}) {
    const PackedMatrix& w = layer[direction].input;
    kernels_->multiply(s.input.data(), count, w.columns, w, s.sums.data());
    for (std::size_t i = 0; i < count; ++i)
      std::copy_n(s.sums.data() + i * gates, gates, known.sums.data() + (2 * std::size_t{known.missing[i]} + direction) * gates);
  }
  known.of = identity_;
  known.where.resize(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) known.where[row] = known.sums.data() + std::size_t{known.slot_of[row]} * 2 * gates;
  reserve(s.output, batch.rows * 2 * sizes_.hidden);
  run_lstm(*kernels_, layer, LstmBatch{batch.active, batch.offset}, known.where, s.output.data(), s.lstm);
}

/// Reads s.output of the layer below, leaves its own there.
void Encoder::run_layer(std::size_t layer, const Batch& batch, Scratch& s) const {
  std::swap(s.input, s.output);
  reserve(s.output, batch.rows * 2 * sizes_.hidden);
  const LstmBatch rows{batch.active, batch.offset};
  run_lstm(*kernels_, layers_[layer], rows, s.input.data(), s.output.data(), s.lstm);
}

void Encoder::dense(const PackedMatrix& w, const std::vector<std::int8_t>& in, std::size_t rows, Scratch& s, std::vector<float>& out) const {
  reserve(s.sums, rows * w.rows);
  reserve(out, rows * w.rows);
  kernels_->multiply(in.data(), rows, w.columns, w, s.sums.data());
  kernels_->rescale(s.sums.data(), rows, w, out.data());
}

void Encoder::dense_tanh(const PackedMatrix& w, std::size_t rows, Scratch& s, std::vector<std::int8_t>& out) const {
  dense(w, s.output, rows, s, s.floats);
  reserve(out, rows * w.rows);
  kernels_->tanh_int8(s.floats.data(), rows * w.rows, out.data());
}

/// An unknown word that governs an object is a verb ("test-fired missiles"): of the known ones only "worth" is anything else.
void Encoder::find_verbs(const Batch& batch, std::vector<std::uint8_t>& verbs) const {
  verbs.assign(batch.rows, 0);
  if (verb_tags_.empty()) return;
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      const WordAnalysis& word = batch.out(lane, t);
      if (word.deprel != Deprel::obj || word.head < 0) continue;
      const auto head = static_cast<std::size_t>(word.head);
      if (rows_.find(batch.sentence(lane).words[head].lower) == nullptr) verbs[batch.row(lane, head)] = 1;
    }
  }
}

void Encoder::choose_tags(const Batch& batch, Scratch& s) const {
  find_verbs(batch, s.verbs);
  dense_tanh(tag_hidden_, batch.rows, s, s.tag);
  dense(tag_, s.tag, batch.rows, s, s.floats);
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      const float* scores = s.floats.data() + batch.row(lane, t) * tag_.rows;
      const bool verb = s.verbs[batch.row(lane, t)] != 0;
      batch.out(lane, t).tag = static_cast<std::uint16_t>(verb ? best_among(scores, verb_tags_) : best_of(scores, sizes_.tags));
    }
  }
  dense(feats_, s.tag, batch.rows, s, s.floats);
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      WordAnalysis& word = batch.out(lane, t);
      const std::uint32_t begin = feats_by_tag_.begin[word.tag], end = feats_by_tag_.begin[word.tag + 1u];
      const float* scores = s.floats.data() + batch.row(lane, t) * feats_.rows;
      word.feats = begin == end ? 0 : static_cast<std::uint16_t>(best_among(scores, feats_by_tag_.rows.subspan(begin, end - begin)));
    }
  }
}

void Encoder::choose_heads(const Batch& batch, Scratch& s) const {
  dense_tanh(arc_dep_, batch.rows, s, s.dep);
  dense_tanh(arc_head_, batch.rows, s, s.head);
  const std::size_t width = sizes_.arc;
  for (std::size_t row = 0; row < batch.rows; ++row) s.dep[row * width + width - 1] = 127;
  for (std::size_t lane = 0; lane < batch.order.size(); ++lane) {
    const std::size_t n = batch.length(lane);
    reserve(s.arcs, n * (n + 1));
    for (std::size_t d = 0; d < n; ++d) {
      const std::int8_t* dep = s.dep.data() + batch.row(lane, d) * width;
      float* scores = s.arcs.data() + d * (n + 1);
      scores[0] = arc_scale_ * static_cast<float>(kernels_->dot(dep, root_arc_.data(), width));
      for (std::size_t h = 0; h < n; ++h) {
        scores[h + 1] = arc_scale_ * static_cast<float>(kernels_->dot(dep, s.head.data() + batch.row(lane, h) * width, width));
      }
    }
    s.heads.resize(n);
    best_tree(std::span<const float>(s.arcs).first(n * (n + 1)), s.heads, s.tree);
    for (std::size_t d = 0; d < n; ++d) batch.out(lane, d).head = s.heads[d];
  }
}

void Encoder::choose_deprels(const Batch& batch, Scratch& s) const {
  dense(label_dep_, s.output, batch.rows, s, s.label_dep);
  dense(label_head_, s.output, batch.rows, s, s.label_head);
  const std::size_t width = sizes_.label;
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      const std::int32_t head = batch.out(lane, t).head;
      const float* from = head < 0 ? root_label_.data() : s.label_head.data() + batch.row(lane, static_cast<std::size_t>(head)) * width;
      float* to = s.label_dep.data() + batch.row(lane, t) * width;
      for (std::size_t i = 0; i < width; ++i) to[i] += from[i];
    }
  }
  reserve(s.label, batch.rows * width);
  kernels_->tanh_int8(s.label_dep.data(), batch.rows * width, s.label.data());
  dense(label_, s.label, batch.rows, s, s.floats);
  for (std::size_t t = 0; t < batch.active.size(); ++t) {
    for (std::size_t lane = 0; lane < batch.active[t]; ++lane) {
      WordAnalysis& word = batch.out(lane, t);
      float* scores = s.floats.data() + batch.row(lane, t) * label_.rows;
      // `root` belongs to the root alone
      for (std::size_t i = 0; i < deprels_.size(); ++i) {
        if ((deprels_[i] == Deprel::root) != (word.head < 0)) scores[i] = -1e30f;
      }
      word.deprel = deprels_[best_of(scores, deprels_.size())];
    }
  }
}

}  // namespace legation
