// Runs the learned parts: the encoder over all sentences of all texts, then lemmas and titles of each. Doors: the members of Analyzer.
#include "lang/analyzer.h"

#include <fmt/format.h>

#include "lang/acronyms.h"
#include "lang/headlines.h"
#include "lang/lemmas.h"
#include "lang/titles.h"
#include "lang/two_objects.h"

namespace legation {
namespace {

std::string_view lemma_view(std::string_view form, const std::string& lemma, StringPool& strings) { return lemma == form ? form : strings.keep(lemma); }

}  // namespace

Result<Analyzer> Analyzer::load(std::string_view model_bytes) {
  auto model = LanguageModel::view(model_bytes);
  if (!model) return model.error();
  auto tables = SegmentTables::read(model.value().segment_tables);
  if (!tables) return tables.error();
  return Analyzer(std::move(model).value(), std::move(tables).value());
}

void Analyzer::analyze(const Document& document, Parse& parse, Workspace& workspace) const {
  const Text text{&document, &parse};
  analyze({&text, 1}, workspace);
}

void Analyzer::analyze(std::span<const Text> texts, Workspace& workspace) const {
  for (const Text& text : texts) segment(*text.document, tables_, longest_sentence, *text.parse, workspace.segment);
  predict(texts, workspace);
}

void Analyzer::analyze_tokens(Parse& parse, Workspace& workspace) const {
  const Text text{parse.document, &parse};
  predict({&text, 1}, workspace);
}

/// All but sentences and tokens.
void Analyzer::predict(std::span<const Text> texts, Workspace& workspace) const {
  run_encoder(texts, workspace);
  std::size_t first_word = 0;
  for (const Text& text : texts) {
    Parse& parse = *text.parse;
    for (std::uint32_t i = 0; i < parse.sentences.size(); ++i) take_over(i, parse, first_word, workspace);
    parse.build_children();
    first_word += parse.tokens.size();
  }
}

void Analyzer::run_encoder(std::span<const Text> texts, Workspace& workspace) const {
  const std::size_t vector_size = model_.encoder->vector_size();
  std::size_t count = 0;
  for (const Text& text : texts) count += text.parse->tokens.size();
  workspace.words.resize(count);
  workspace.analyses.resize(count);
  workspace.sentences.clear();
  std::size_t first_word = 0;
  for (const Text& text : texts) {
    Parse& parse = *text.parse;
    parse.vector_size = vector_size;
    parse.vectors.resize(parse.tokens.size() * vector_size);
    for (const Sentence& sentence : parse.sentences) {
      const TokenRange range = sentence.tokens;
      const auto words = std::span(workspace.words).subspan(first_word + range.first, range.size());
      describe_words(std::span(parse.tokens).subspan(range.first, range.size()), words);
      workspace.sentences.push_back(
          {words, std::span(workspace.analyses).subspan(first_word + range.first, range.size()), parse.vectors.data() + range.first * vector_size});
    }
    first_word += parse.tokens.size();
  }
  model_.encoder->run(workspace.sentences, workspace.encoder);
}

/// @param first_word  of the parse among the words of the workspace
void Analyzer::take_over(std::uint32_t index, Parse& parse, std::size_t first_word, Workspace& workspace) const {
  Sentence& sentence = parse.sentences[index];
  const TokenRange range = sentence.tokens;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const WordAnalysis& word = workspace.analyses[first_word + i];
    Token& token = parse.tokens[i];
    token.sentence = index;
    token.head = word.head;
    token.deprel = word.deprel;
    token.upos = model_.tags[word.tag].upos;
    token.xpos = model_.tags[word.tag].xpos;
    token.feats = model_.feats[word.feats].text;
    token.morph = model_.feats[word.feats].morph;
    const std::size_t rule = choose_lemma_rule(model_, workspace.words[first_word + i], token.form, model_.lemma_tag_of[word.tag], workspace.scores);
    apply_lemma_rule(model_.lemma_rules[rule], token.form, workspace.lemma);
    token.lemma = lemma_view(token.form, workspace.lemma, parse.strings);
  }
  const std::span<Token> tokens = std::span(parse.tokens).subspan(range.first, range.size());
  name_acronyms(tokens);
  tell_objects_apart(tokens);
  raise_announced_verb(tokens);
  if (sentence.in_title) tell_passive(tokens);
  join_titles(tokens);
  for (std::uint32_t i = range.first; i < range.last; ++i)
    if (parse.tokens[i].head >= 0)
      parse.tokens[i].head += static_cast<std::int32_t>(range.first);
    else
      sentence.root = i;
}

std::string Analyzer::version() const { return fmt::format("{} ({:016x})", model_.name, model_.checksum); }

}  // namespace legation
