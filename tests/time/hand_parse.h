// HandParse: a parsed document written by hand, a line a token: "form lemma UPOS head deprel FEATS". Heads
// count from 1 in the sentence, 0 is the root; an empty line ends a sentence, a line "#title" makes the
// sentence a title, "#paragraph" begins a paragraph. FEATS may be missing.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>

#include "base/resources.h"
#include "legation/date.h"
#include "legation/parse.h"

namespace legation {

inline const Date written = Date::from_civil(2025, 6, 11);  ///< a Wednesday: when the texts of the tests were written

class HandParse {
 public:
  explicit HandParse(const std::string& lines) {
    std::istringstream in(lines);
    std::uint32_t first = 0, paragraph = 0;
    bool title = false;
    const auto finish = [&] {
      const auto last = static_cast<std::uint32_t>(rows_.size());
      if (last == first) return;
      sentences_.push_back({{first, last}, first, paragraph, title});
      first = last;
      title = false;
    };
    for (std::string line; std::getline(in, line);) {
      if (line.empty())
        finish();
      else if (line == "#title")
        title = true;
      else if (line == "#paragraph")
        finish(), ++paragraph;
      else
        add_row(line, first);
    }
    finish();
    build();
  }
  const Parse& parse() const { return parse_; }
  /// Index of the n-th token with the form.
  std::uint32_t token(std::string_view form, int n = 1) const {
    for (std::uint32_t i = 0; i < parse_.tokens.size(); ++i) {
      if (parse_[i].form == form && --n == 0) return i;
    }
    ADD_FAILURE() << "no token " << form;
    return 0;
  }

 private:
  struct Row {
    std::string form, lemma, upos, deprel, feats;
    int head;
    std::uint32_t first;
  };
  void add_row(const std::string& line, std::uint32_t first) {
    std::istringstream cells(line);
    Row row;
    cells >> row.form >> row.lemma >> row.upos >> row.head >> row.deprel >> row.feats;
    row.first = first;
    rows_.push_back(row);
  }
  void build() {
    std::string text;
    for (const auto& row : rows_) text += row.form + " ";
    document_.buffer = text;
    std::uint32_t at = 0, sentence = 0;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      const Row& row = rows_[i];
      while (i >= sentences_[sentence].tokens.last) ++sentence;
      Token token;
      token.begin = at, token.end = at + static_cast<std::uint32_t>(row.form.size());
      token.head = row.head == 0 ? -1 : static_cast<std::int32_t>(row.first) + row.head - 1;
      token.sentence = sentence;
      token.upos = parse_upos(row.upos).value();
      token.deprel = parse_deprel(row.deprel).value();
      token.form = std::string_view(document_.buffer).substr(token.begin, row.form.size());
      token.lemma = row.lemma;
      token.feats = row.feats;
      token.morph = morph_bits(row.feats);
      if (row.head == 0) sentences_[sentence].root = i;
      parse_.tokens.push_back(token);
      at = token.end + 1;
    }
    parse_.sentences = sentences_;
    parse_.document = &document_;
    parse_.build_children();
  }

  std::vector<Row> rows_;
  std::vector<Sentence> sentences_;
  Document document_;
  Parse parse_;
};

inline Resources carried_resources() { return Resources::embedded(embedded_files()); }

}  // namespace legation
