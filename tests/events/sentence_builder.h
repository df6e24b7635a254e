// Builds a document, parse and mentions by hand, so that event tests do not turn red when the parser changes.
//
//   # one token a line: form lemma UPOS head deprel [FEATS]; heads count from 1 in the sentence, 0 = root
//   # "@ACTOR" after that: a mention with this code and sector: @KOR:GOV, @CHN, @:CVL; "@place:AFG" cannot act
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "legation/document.h"
#include "legation/mention.h"
#include "legation/parse.h"

namespace legation {

struct BuiltText {
  Document document;
  Parse parse;
  Mentions mentions;
  std::vector<std::unique_ptr<std::string>> strings;

  std::string_view keep(std::string text) {
    strings.push_back(std::make_unique<std::string>(std::move(text)));
    return *strings.back();
  }
};

inline void add_mention(BuiltText& built, std::uint32_t token, std::string mark) {
  Mention mention;
  mention.range = {token, token + 1};
  mention.head = token;
  mention.kind = MentionKind::state;
  if (mark.starts_with("place:")) {
    mention.kind = MentionKind::place;
    mention.can_act = false;
    mark = mark.substr(6);
  }
  Actor actor;
  const std::size_t colon = mark.find(':');
  actor.code = mark.substr(0, colon);
  if (colon != std::string::npos) {
    actor.sector = mark.substr(colon + 1);
    mention.kind = actor.code.empty() ? MentionKind::collective : MentionKind::agent;
  }
  const Token& word = built.parse.tokens[token];
  actor.text = std::string(word.form);
  actor.span = {word.begin, word.end};
  mention.actors.push_back(actor);
  built.mentions.list.push_back(mention);
}

inline void add_token(BuiltText& built, const std::string& line, std::uint32_t first) {
  std::istringstream in(line);
  std::string form, lemma, upos, deprel, extra;
  int head = 0;
  in >> form >> lemma >> upos >> head >> deprel;
  Token token;
  token.begin = static_cast<std::uint32_t>(built.document.buffer.size());
  built.document.buffer += form;
  token.end = static_cast<std::uint32_t>(built.document.buffer.size());
  built.document.buffer += ' ';
  token.form = built.keep(form);
  token.lemma = built.keep(lemma);
  token.upos = *parse_upos(upos);
  token.deprel = *parse_deprel(deprel);
  token.head = head == 0 ? -1 : static_cast<std::int32_t>(first) + head - 1;
  token.sentence = static_cast<std::uint32_t>(built.parse.sentences.size());
  const auto index = static_cast<std::uint32_t>(built.parse.tokens.size());
  std::string mention;
  while (in >> extra) {
    if (extra.front() == '@')
      mention = extra.substr(1);
    else
      token.feats = built.keep(extra), token.morph = morph_bits(token.feats);
  }
  built.parse.tokens.push_back(token);
  if (!mention.empty()) add_mention(built, index, mention);
}

/// Sentences are parted by an empty line.
inline std::unique_ptr<BuiltText> build(const std::string& text) {
  auto built = std::make_unique<BuiltText>();
  std::istringstream in(text);
  std::string line;
  std::uint32_t first = 0;
  const auto close = [&] {
    const auto last = static_cast<std::uint32_t>(built->parse.tokens.size());
    if (last == first) return;
    Sentence sentence;
    sentence.tokens = {first, last};
    for (std::uint32_t at = first; at < last; ++at)
      if (built->parse.tokens[at].head < 0) sentence.root = at;
    built->parse.sentences.push_back(sentence);
    first = last;
  };
  while (std::getline(in, line)) {
    if (line.find_first_not_of(" \n") == std::string::npos)
      close();
    else
      add_token(*built, line, first);
  }
  close();
  built->parse.document = &built->document;
  built->parse.build_children();
  built->mentions.of_token.assign(built->parse.tokens.size(), -1);
  for (std::size_t at = 0; at < built->mentions.list.size(); ++at) built->mentions.of_token[built->mentions.list[at].head] = static_cast<std::int32_t>(at);
  return built;
}

}  // namespace legation
