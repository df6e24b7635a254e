// Runs the learned parts: the encoder over all sentences, then lemmas and titles. Doors: the members of Analyzer.
#include "lang/analyzer.h"

#include <fmt/format.h>

#include "lang/lemmas.h"
#include "lang/titles.h"

namespace legation {
namespace {

std::string_view lemma_view(std::string_view form, const std::string& lemma, StringPool& strings) {
  return lemma == form ? form : strings.keep(lemma);
}

}  // namespace

Result<Analyzer> Analyzer::load(std::string_view model_bytes) {
  auto model = LanguageModel::view(model_bytes);
  if (!model) return model.error();
  auto tables = SegmentTables::read(model.value().segment_tables);
  if (!tables) return tables.error();
  return Analyzer(std::move(model).value(), std::move(tables).value());
}

void Analyzer::analyze(const Document& document, Parse& parse, Workspace& workspace) const {
  segment(document, tables_, longest_sentence, parse, workspace.segment);
  analyze_tokens(parse, workspace);
}

void Analyzer::analyze_tokens(Parse& parse, Workspace& workspace) const {
  run_encoder(parse, workspace);
  for (std::uint32_t i = 0; i < parse.sentences.size(); ++i) take_over(i, parse, workspace);
  parse.build_children();
}

void Analyzer::run_encoder(Parse& parse, Workspace& workspace) const {
  workspace.words.resize(parse.tokens.size());
  workspace.analyses.resize(parse.tokens.size());
  workspace.lengths.clear();
  for (const Sentence& sentence : parse.sentences) {
    const TokenRange range = sentence.tokens;
    describe_words(std::span(parse.tokens).subspan(range.first, range.size()),
                   std::span(workspace.words).subspan(range.first, range.size()));
    workspace.lengths.push_back(range.size());
  }
  parse.vector_size = model_.encoder->vector_size();
  parse.vectors.resize(parse.tokens.size() * parse.vector_size);
  model_.encoder->run(workspace.words, workspace.lengths, workspace.analyses, workspace.encoder, parse.vectors);
}

void Analyzer::take_over(std::uint32_t index, Parse& parse, Workspace& workspace) const {
  Sentence& sentence = parse.sentences[index];
  const TokenRange range = sentence.tokens;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const WordAnalysis& word = workspace.analyses[i];
    Token& token = parse.tokens[i];
    token.sentence = index;
    token.head = word.head;
    if (word.head < 0) sentence.root = i;
    token.deprel = word.deprel;
    token.upos = model_.tags[word.tag].upos;
    token.xpos = model_.tags[word.tag].xpos;
    token.feats = model_.feats[word.feats].text;
    token.morph = model_.feats[word.feats].morph;
    const std::size_t rule = choose_lemma_rule(model_, workspace.words[i], token.form, model_.lemma_tag_of[word.tag], workspace.scores);
    apply_lemma_rule(model_.lemma_rules[rule], token.form, workspace.lemma);
    token.lemma = lemma_view(token.form, workspace.lemma, parse.strings);
  }
  join_titles(std::span(parse.tokens).subspan(range.first, range.size()));
  for (std::uint32_t i = range.first; i < range.last; ++i)
    if (parse.tokens[i].head >= 0) parse.tokens[i].head += static_cast<std::int32_t>(range.first);
}

std::string Analyzer::version() const { return fmt::format("{} ({:016x})", model_.name, model_.checksum); }

}  // namespace legation
