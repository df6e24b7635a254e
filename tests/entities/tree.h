// Tree: a Parse written by hand, one token a line, for the tests of this folder.
#pragma once

#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "legation/document.h"
#include "legation/parse.h"

namespace legation {

/// Rows "form upos deprel head [lemma]" with heads counted from 1 within the sentence and 0 for the root; a
/// line
/// "." alone ends a sentence. A form ending in '~' has no blank after it. Lemma: given, else the form in
/// lower case (a plural noun "ministers" tagged NOUNS or PROPNS loses its s).
class Tree {
 public:
  explicit Tree(std::string_view rows) {
    std::istringstream lines{std::string(rows)};
    std::uint32_t first = 0;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells(line);
      std::string form, upos, deprel, lemma;
      int head = 0;
      if (!(cells >> form)) continue;
      if (!(cells >> upos >> deprel >> head)) {
        end_sentence(first);
        continue;
      }
      cells >> lemma;
      add(form, upos, deprel, head, lemma, first);
    }
    end_sentence(first);
    finish();
  }
  Tree(const Tree&) = delete;

  Document document;
  Parse parse;

 private:
  struct Text {
    std::string form, lemma;
    bool space_after;
  };

  void add(std::string form, std::string upos, const std::string& deprel, int head, std::string lemma, std::uint32_t first) {
    Token token;
    const bool glued = form.size() > 1 && form.back() == '~';
    if (glued) form.pop_back();
    if (upos == "NOUNS" || upos == "PROPNS") {
      upos.pop_back();
      token.morph |= morph_plural;
      if (lemma.empty()) lemma = lower(form.substr(0, form.size() - 1));
    }
    token.upos = parse_upos(upos).value_or(Upos::X);
    token.deprel = parse_deprel(deprel).value_or(Deprel::dep);
    token.head = head == 0 ? -1 : static_cast<std::int32_t>(first) + head - 1;
    token.sentence = static_cast<std::uint32_t>(parse.sentences.size());
    if (lemma.empty()) lemma = token.upos == Upos::PROPN ? form : lower(form);
    texts_.push_back({form, lemma, !glued});
    parse.tokens.push_back(token);
  }

  static std::string lower(std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return text;
  }

  void end_sentence(std::uint32_t& first) {
    const auto last = static_cast<std::uint32_t>(parse.tokens.size());
    if (last == first) return;
    Sentence sentence;
    sentence.tokens = {first, last};
    for (std::uint32_t t = first; t < last; ++t)
      if (parse.tokens[t].head < 0) sentence.root = t;
    parse.sentences.push_back(sentence);
    first = last;
  }

  void finish() {
    for (const Text& text : texts_) {
      begins_.push_back(static_cast<std::uint32_t>(document.buffer.size()));
      document.buffer += text.form;
      if (text.space_after) document.buffer += ' ';
    }
    for (std::size_t t = 0; t < texts_.size(); ++t) {
      Token& token = parse.tokens[t];
      token.begin = begins_[t];
      token.end = begins_[t] + static_cast<std::uint32_t>(texts_[t].form.size());
      token.form = std::string_view(document.buffer).substr(token.begin, token.end - token.begin);
      token.lemma = texts_[t].lemma;
      token.space_after = texts_[t].space_after;
    }
    parse.document = &document;
    parse.build_children();
  }

  std::vector<Text> texts_;
  std::vector<std::uint32_t> begins_;
};

}  // namespace legation
