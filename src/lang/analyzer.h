// Analyzer: Document in, Parse out: sentences, tokens, tags, lemmas, features, trees. The one door of src/lang.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lang/model.h"
#include "lang/segment.h"
#include "lang/word_features.h"
#include "legation/document.h"
#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

/// - Const after load(); safe on many threads with one Workspace each.
/// - The model bytes must outlive the Analyzer and every Parse it made (lemmas and features point into them).
class Analyzer {
 public:
  /// Sentences longer than this are cut, with a line in Parse::warnings.
  static constexpr std::uint32_t longest_sentence = 512;

  /// `model_bytes` must be 8-byte aligned. Errors: bad_format, newer_version. Cost: one checksum over the bytes.
  static Result<Analyzer> load(std::string_view model_bytes);

  /// Scratch memory of one thread; reused, it stops allocating.
  struct Workspace {
    std::vector<WordFeatures> words;  ///< of all texts of a batch, one after another; likewise the next two
    std::vector<WordAnalysis> analyses;
    std::vector<EncoderSentence> sentences;
    Encoder::Scratch encoder;
    std::vector<std::int32_t> scores;
    std::string lemma;
    SegmentScratch segment;
  };

  /// Clears `parse` and fills it. Every sentence has one root and no cycle, whatever the bytes. Children are built.
  void analyze(const Document& document, Parse& parse, Workspace& workspace) const;
  /// The same for several documents. None's parse depends on its neighbours, but short ones are read faster together.
  struct Text {
    const Document* document;
    Parse* parse;
  };
  void analyze(std::span<const Text> texts, Workspace& workspace) const;
  /// Keeps sentences and tokens (form, begin, end) as they are and predicts the rest.
  void analyze_tokens(Parse& parse, Workspace& workspace) const;
  /// "english-5 (0123456789abcdef)": name and checksum of the model.
  std::string version() const;
  const LanguageModel& model() const { return model_; }

 private:
  explicit Analyzer(LanguageModel model, SegmentTables tables) : model_(std::move(model)), tables_(std::move(tables)) {}
  void predict(std::span<const Text> texts, Workspace& workspace) const;
  void run_encoder(std::span<const Text> texts, Workspace& workspace) const;
  void take_over(std::uint32_t sentence, Parse& parse, std::size_t first_word, Workspace& workspace) const;

  LanguageModel model_;
  SegmentTables tables_;
};

}  // namespace legation
