// Runs the learned parts in order: tags, tree, features, lemmas. Doors: the members of Analyzer.
#include "lang/analyzer.h"

#include <fmt/format.h>

#include <algorithm>

#include "lang/lemmas.h"
#include "lang/tagger.h"
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
  if (model_.encoder) {
    encode(parse, workspace);
  } else {
    for (std::uint32_t i = 0; i < parse.sentences.size(); ++i) analyze_sentence(i, parse, workspace);
  }
  parse.build_children();
}

void Analyzer::analyze_sentence(std::uint32_t index, Parse& parse, Workspace& workspace) const {
  Sentence& sentence = parse.sentences[index];
  const TokenRange range = sentence.tokens;
  const std::span<Token> tokens(parse.tokens.data() + range.first, range.size());
  describe_words(tokens, model_.lexicon, workspace.words);
  tag_words(model_, workspace.words, workspace.tags);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Tag& tag = model_.tags[workspace.tags[i]];
    tokens[i].upos = tag.upos;
    tokens[i].xpos = tag.xpos;
    tokens[i].sentence = index;
  }
  parse_words(model_, workspace.words, workspace.tags, tokens, workspace.parser);
  find_dependents(tokens, workspace.dependents);
  const MorphologyInput input{tokens, workspace.words, workspace.tags, workspace.dependents};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Feats& feats = model_.feats[choose_feats(model_, input, i, workspace.scores)];
    tokens[i].feats = feats.text;
    tokens[i].morph = feats.morph;
    const std::size_t rule = choose_lemma_rule(model_, workspace.words[i], tokens[i].form, workspace.tags[i], workspace.scores);
    apply_lemma_rule(model_.lemma_rules[rule], tokens[i].form, workspace.lemma);
    tokens[i].lemma = lemma_view(tokens[i].form, workspace.lemma, parse.strings);
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].head < 0) sentence.root = range.first + static_cast<std::uint32_t>(i);
    else tokens[i].head += static_cast<std::int32_t>(range.first);
  }
}

void Analyzer::encode(Parse& parse, Workspace& workspace) const {
  workspace.words.resize(parse.tokens.size());
  workspace.analyses.resize(parse.tokens.size());
  workspace.lengths.clear();
  for (const Sentence& sentence : parse.sentences) {
    const TokenRange range = sentence.tokens;
    describe_words(std::span(parse.tokens).subspan(range.first, range.size()), model_.lexicon,
                   std::span(workspace.words).subspan(range.first, range.size()));
    workspace.lengths.push_back(range.size());
  }
  model_.encoder->run(workspace.words, workspace.lengths, workspace.analyses, workspace.encoder);
  for (std::uint32_t index = 0; index < parse.sentences.size(); ++index) {
    Sentence& sentence = parse.sentences[index];
    for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
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
      const std::size_t rule =
          choose_lemma_rule(model_, workspace.words[i], token.form, model_.lemma_tag_of[word.tag], workspace.scores);
      apply_lemma_rule(model_.lemma_rules[rule], token.form, workspace.lemma);
      token.lemma = lemma_view(token.form, workspace.lemma, parse.strings);
    }
    join_titles(std::span(parse.tokens).subspan(sentence.tokens.first, sentence.tokens.size()));
    for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
      if (parse.tokens[i].head >= 0) parse.tokens[i].head += static_cast<std::int32_t>(sentence.tokens.first);
    }
  }
}

std::string Analyzer::version() const { return fmt::format("{} ({:016x})", model_.name, model_.checksum); }

}  // namespace legation
