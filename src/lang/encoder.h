// Encoder: word forms in, heads, relations, tags and FEATS out; one small network shared by all of them.
// Word and affix vectors, layers of bidirectional LSTM, heads for tags and for arcs (after Dozat and Manning, ICLR 2017, with
// tanh for the activations, so that eight bits hold every one of them). Weights: docs/model-format.md; made by train/encoder.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "lang/hashed_table.h"
#include "lang/int8_kernels.h"
#include "lang/lstm.h"
#include "lang/tree_decoder.h"
#include "lang/word_features.h"
#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

/// What the network says of a word. `head` is relative to its sentence, -1 for the root.
struct WordAnalysis {
  std::int32_t head = -1;
  Deprel deprel = Deprel::dep;
  std::uint16_t tag = 0, feats = 0;  ///< rows of the model's lists
};

/// A sentence to be read, wherever its words lie, and where the answers go.
struct EncoderSentence {
  std::span<const WordFeatures> words;
  std::span<WordAnalysis> out;     ///< one a word
  std::int8_t* vectors = nullptr;  ///< where wanted: room for Encoder::vector_size() numbers a word
};

/// Which FEATS go with a tag: rows begin[tag] to begin[tag + 1] of `rows`.
struct FeatsByTag {
  std::span<const std::uint32_t> begin;
  std::span<const std::uint16_t> rows;
};

/// Const and safe on many threads with one Scratch each. Word and affix vectors are read where they lie.
class Encoder {
 public:
  /// Sizes of the section's tensors; the file begins with them.
  struct Sizes {
    std::uint32_t words, word_size, affixes, affix_size, layers, hidden, arc, label, tag_hidden, tags, feats, deprels;
  };
  static constexpr std::size_t affix_features = 9;

  /// `weights` begins with Sizes, then the tensors in the order of train/pack_encoder.cc, each at a multiple of 64 bytes.
  /// `verb_tags`: rows of the tags that are verbs. Errors: bad_format.
  static Result<Encoder> view(std::string_view weights, HashedTable<WordRow> rows, std::vector<Deprel> deprels, FeatsByTag feats,
                              std::vector<std::uint16_t> verb_tags = {});
  /// For tests: another kernel set than the best.
  void use(const Int8Kernels& kernels) { kernels_ = &kernels; }
  const Sizes& sizes() const { return sizes_; }

  /// What the first layer makes of words met lately: the products of a word's input are the same wherever it stands. A table by hash, in which a
  /// newer word takes the place of an older one.
  struct KnownInputs {
    std::shared_ptr<const char> of;      ///< the encoder that made them
    std::vector<WordFeatures> words;     ///< one a slot
    std::vector<std::uint32_t> used;     ///< the last batch that had the slot's word; 0 = none
    std::vector<std::int32_t> sums;      ///< of each slot the products, forward then backward; behind the slots words that found theirs taken
    std::vector<std::uint32_t> missing;  ///< slots whose products are to be made
    std::vector<std::uint32_t> slot_of;  ///< of each row of the batch
    std::vector<const std::int32_t*> where;
    std::uint32_t batch = 0;
  };

  struct Scratch {
    KnownInputs known;
    std::vector<std::uint32_t> order, active, offset;
    std::vector<std::int8_t> input, output, dep, head, tag, label;
    std::vector<std::int32_t> sums;
    LstmScratch lstm;
    std::vector<float> floats, label_dep, label_head, arcs;
    std::vector<std::int32_t> heads;
    std::vector<std::uint8_t> verbs;
    TreeScratch tree;
  };

  /// What a sentence gets does not depend on its neighbours. Linear in the words but for the arcs: O(n^2) a sentence.
  void run(std::span<const EncoderSentence> sentences, Scratch& scratch) const;
  /// Numbers of a word, in [-127, 127]: the states of the top layer.
  std::size_t vector_size() const { return 2 * sizes_.hidden; }

 private:
  struct Batch;

  void embed(const WordFeatures& word, std::int8_t* out) const;
  void run_batch(Batch& batch, Scratch& scratch) const;
  void keep_vectors(const Batch& batch, const Scratch& scratch) const;
  void find_inputs(const Batch& batch, Scratch& scratch) const;
  void run_first_layer(const Batch& batch, Scratch& scratch) const;
  void run_layer(std::size_t layer, const Batch& batch, Scratch& scratch) const;
  void dense_tanh(const PackedMatrix& w, std::size_t rows, Scratch& scratch, std::vector<std::int8_t>& out) const;
  void dense(const PackedMatrix& w, const std::vector<std::int8_t>& in, std::size_t rows, Scratch& scratch, std::vector<float>& out) const;
  void choose_heads(const Batch& batch, Scratch& scratch) const;
  void choose_deprels(const Batch& batch, Scratch& scratch) const;
  void choose_tags(const Batch& batch, Scratch& scratch) const;
  void find_verbs(const Batch& batch, std::vector<std::uint8_t>& verbs) const;

  Sizes sizes_{};
  HashedTable<WordRow> rows_;
  const std::int8_t* words_ = nullptr;
  const std::int8_t* affixes_ = nullptr;
  std::vector<BiLstm> layers_;
  PackedMatrix arc_dep_, arc_head_, label_dep_, label_head_, label_, tag_hidden_, tag_, feats_;
  std::vector<std::int8_t> root_arc_;
  std::vector<float> root_label_;
  float arc_scale_ = 1;
  std::vector<Deprel> deprels_;
  FeatsByTag feats_by_tag_;
  std::vector<std::uint16_t> verb_tags_;
  const Int8Kernels* kernels_ = nullptr;
  std::shared_ptr<const char> identity_;  ///< what KnownInputs::of compares
};

}  // namespace legation
