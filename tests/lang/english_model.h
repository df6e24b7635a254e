// The model that the program carries, for tests that need one; and shorthands to read a Parse.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/resources.h"
#include "lang/analyzer.h"

namespace legation {

inline std::string_view english_model_bytes() {
  static const Resources resources = Resources::embedded(embedded_files());
  const auto bytes = resources.file("models/english/lang.bin");
  return bytes ? bytes.value() : std::string_view();
}

inline const Analyzer& english() {
  static const Analyzer analyzer = Analyzer::load(english_model_bytes()).value();
  return analyzer;
}

/// A text, its analysis and what tests ask of it.
struct Analysed {
  Document document;
  Parse parse;

  explicit Analysed(std::string_view text, std::string_view title = {}) {
    document.buffer = title.empty() ? std::string(text) : std::string(title) + "\n\n" + std::string(text);
    document.text_begin = title.empty() ? 0 : static_cast<std::uint32_t>(title.size()) + 2;
    Analyzer::Workspace workspace;
    english().analyze(document, parse, workspace);
  }
  Analysed(const Analysed&) = delete;

  std::string sentence(std::size_t index) const {
    std::string out;
    const TokenRange range = parse.sentences.at(index).tokens;
    for (std::uint32_t i = range.first; i < range.last; ++i) out += (out.empty() ? "" : " ") + std::string(parse[i].form);
    return out;
  }
  std::vector<std::string> sentences() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < parse.sentences.size(); ++i) out.push_back(sentence(i));
    return out;
  }
  const Token& word(std::string_view form) const {
    for (const Token& token : parse.tokens) {
      if (token.form == form) return token;
    }
    ADD_FAILURE() << "no word " << form;
    return parse.tokens.front();
  }
  std::string_view head_of(std::string_view form) const {
    const Token& token = word(form);
    return token.head < 0 ? std::string_view("ROOT") : parse[static_cast<std::uint32_t>(token.head)].form;
  }
};

}  // namespace legation
