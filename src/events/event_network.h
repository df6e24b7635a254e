// EventNetwork: the learned scorer. From the encoder's vectors, word vectors and the tables' features it says of every token which event it
// triggers, if any, of a trigger who acts and who receives, and of these their sector and country. Weights: models/events/scorer.bin (docs/model-format.md),
// made by train/events. Distilled from a transformer after Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/event_features.h"
#include "lang/int8_kernels.h"
#include "lang/lstm.h"
#include "lang/word_vectors.h"
#include "legation/result.h"

namespace legation {

/// Const and safe on many threads with one Scratch each. Views the bytes, which must outlive it.
class EventNetwork {
 public:
  static constexpr std::size_t none = event_type_count;  ///< row of "no event" among the types
  /// Of a trigger and a token: actor, recipient, speaker; of a party and a mention that has a country: whether it is the party's.
  enum Role : std::size_t { actor, recipient, speaker, country, roles };
  struct Sizes {
    std::uint32_t width, features, feature_size, word_size, lstm, hidden, types, modes, flags, sectors, roles, role_size, paths, distances, names;
  };

  /// `words` may be empty, when the model asks for none. Errors: bad_format, newer_version.
  static Result<EventNetwork> view(std::string_view bytes, std::string_view words);
  const ChoiceNames& names() const { return names_; }
  std::size_t vector_size() const { return sizes_.width; }  ///< of the encoder's vectors that it reads
  std::size_t state_size() const { return head_size(); }    ///< of its own: Scores::vectors
  std::uint64_t checksum() const { return checksum_; }

  struct Text;
  struct Scratch {
    std::vector<std::pair<const Text*, TokenRange>> order;  ///< sentences that run together, longest first
    std::vector<std::uint32_t> active, offset, tokens;
    std::vector<std::int8_t> input, output, head, hidden, some, trigger, party;
    std::vector<std::int32_t> sums;
    std::vector<float> floats;
    LstmScratch lstm;
    std::string lower;
  };

  /// What run() leaves: a row per token.
  struct Scores {
    std::vector<float> types;          ///< [tokens][types]: probabilities
    std::vector<std::int8_t> vectors;  ///< [tokens]: what modes(), flags() and roles() start from
    std::vector<std::int8_t> hidden;
    std::span<const float> of(std::uint32_t token) const { return std::span(types).subspan(token * (event_type_count + 1), event_type_count + 1); }
  };
  /// `features` has a row a token.
  struct Text {
    const Parse* parse;
    const EventFeatures* features;
    Scores* scores;
  };
  /// Several texts at once, for the steps of short ones have few rows. A sentence's scores depend on that sentence alone. Linear in the tokens.
  void run(std::span<const Text> texts, Scratch& scratch) const;

  /// Logits of all modes (in the order of data/ontology/modes.tsv) and of the four auxiliary modes of a trigger.
  void describe(const Scores& scores, std::uint32_t trigger, std::vector<float>& modes, std::array<float, 4>& flags, Scratch& scratch) const;
  /// Where a party stands: the event's type and its role there.
  struct Place {
    EventType type;
    Role role;
  };
  /// Probabilities of the sectors of a party, in the order of Ontology::sectors().
  void sectors(const Scores& scores, std::uint32_t party, Place place, std::vector<float>& out, Scratch& scratch) const;
  /// Logits of the roles of each pair, in the order of Role.
  void judge(const Scores& scores, std::uint32_t trigger, std::span<const PairFeatures> pairs, std::vector<std::array<float, roles>>& out,
             Scratch& scratch) const;

 private:
  static constexpr std::size_t part_words = 2000;  ///< sentences run together until there are so many words
  void run_part(Scratch& scratch) const;
  void dense(const PackedMatrix& w, const std::int8_t* in, std::size_t rows, Scratch& s) const;
  std::size_t own_size() const { return sizes_.feature_size + sizes_.word_size; }  ///< what a token has beside the encoder's vector
  std::size_t head_size() const { return 2 * sizes_.lstm + own_size(); }

  Sizes sizes_{};
  std::uint64_t checksum_ = 0;
  ChoiceNames names_;
  const std::int8_t* features_ = nullptr;
  BiLstm lstm_;
  PackedMatrix hidden_, type_, mode_, flag_, trigger_, party_, sector_hidden_, sector_;
  WordVectors words_;
  const float *scale_ = nullptr, *rule_ = nullptr, *path_ = nullptr, *distance_ = nullptr, *place_ = nullptr;
  const Int8Kernels* kernels_ = nullptr;
};

}  // namespace legation
