// Reader and writer of CoNLL-U. Doors: read_conllu(), write_conllu().
#include "lang/conllu.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

namespace legation {
namespace {

using Cells = std::array<std::string_view, 10>;

bool split_cells(std::string_view line, Cells& cells) {
  for (std::size_t i = 0; i < 10; ++i) {
    const std::size_t tab = i < 9 ? line.find('\t') : line.size();
    if (tab == std::string_view::npos) return false;
    cells[i] = line.substr(0, tab);
    if (cells[i].empty()) return false;
    line.remove_prefix(i < 9 ? tab + 1 : tab);
  }
  return true;
}

bool read_number(std::string_view cell, std::uint32_t& value) {
  const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return code == std::errc() && end == cell.data() + cell.size();
}

std::string_view or_empty(std::string_view cell) { return cell == "_" ? std::string_view() : cell; }

class Reader {
 public:
  Reader(std::string_view file, std::string_view bytes) : file_(file), rest_(bytes) {
    text_.document = std::make_unique<Document>();
    text_.document->origin = file;
    text_.parse.document = text_.document.get();
  }

  Result<ConlluText> read() {
    while (!rest_.empty()) {
      const std::string_view line = next_line();
      auto status = line.empty() ? finish_sentence() : line[0] == '#' ? comment(line) : row(line);
      if (!status) return status.error();
    }
    if (auto status = finish_sentence(); !status) return status.error();
    return std::move(text_);
  }

 private:
  std::string_view next_line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_number_;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
  }

  Error fault(std::string_view what) const { return {Error::Code::bad_format, fmt::format("{}:{}: {}", file_, line_number_, what)}; }

  Status comment(std::string_view line) {
    if (line.starts_with("# newpar") || line.starts_with("# newdoc")) new_paragraph_ = true;
    comments_.push_back(line);
    return success();
  }

  Status row(std::string_view line) {
    Cells cells;
    if (!split_cells(line, cells)) return fault("expected ten cells, none of them empty");
    if (cells[0].find('.') != std::string_view::npos) return success();
    const bool spaced = cells[9].find("SpaceAfter=No") == std::string_view::npos;
    const std::size_t dash = cells[0].find('-');
    if (dash != std::string_view::npos) return surface(cells, dash, spaced);
    return word(cells, spaced);
  }

  Status surface(const Cells& cells, std::size_t dash, bool spaced) {
    std::uint32_t from = 0, to = 0;
    if (!read_number(cells[0].substr(0, dash), from) || !read_number(cells[0].substr(dash + 1), to) || to <= from || from != words() + 1) {
      return fault("bad range of words");
    }
    const Span span = place(cells[1], spaced);
    const auto first = static_cast<std::uint32_t>(text_.parse.tokens.size());
    text_.parse.multiwords.push_back({{first, first + (to - from + 1)}, span});
    contraction_ = {span, first, first + (to - from + 1), span.begin};
    contraction_spaced_ = spaced;
    return success();
  }

  Status word(const Cells& cells, bool spaced) {
    std::uint32_t id = 0, head = 0;
    if (!read_number(cells[0], id) || id != words() + 1) return fault("word ids must count up from 1");
    if (cells[6] != "_" && !read_number(cells[6], head)) return fault("bad head");
    Token token;
    token.form = cells[1];
    token.lemma = cells[2] == "_" && cells[1] != "_" ? std::string_view() : cells[2];
    token.upos = parse_upos(cells[3]).value_or(Upos::X);
    token.xpos = or_empty(cells[4]);
    token.feats = or_empty(cells[5]);
    token.morph = morph_bits(token.feats);
    token.deprel = parse_deprel(cells[7]).value_or(Deprel::dep);
    token.head = static_cast<std::int32_t>(head);  // 1-based until the sentence is complete
    token.sentence = static_cast<std::uint32_t>(text_.parse.sentences.size());
    place_word(token, spaced);
    text_.parse.tokens.push_back(token);
    return success();
  }

  void place_word(Token& token, bool spaced) {
    const auto index = static_cast<std::uint32_t>(text_.parse.tokens.size());
    Span span;
    if (index >= contraction_.first && index < contraction_.last) {
      span = next_part(static_cast<std::uint32_t>(token.form.size()), index + 1 == contraction_.last);
      token.space_after = index + 1 == contraction_.last && contraction_spaced_;
    } else {
      span = place(token.form, spaced);
      token.space_after = spaced;
    }
    token.begin = span.begin;
    token.end = span.end;
  }

  /// The words of a contraction share its bytes out in order; the last takes what is left.
  Span next_part(std::uint32_t size, bool last) {
    const std::uint32_t begin = contraction_.at;
    contraction_.at = last ? contraction_.span.end : std::min(begin + size, contraction_.span.end);
    return {begin, contraction_.at};
  }

  Span place(std::string_view form, bool spaced) {
    std::string& buffer = text_.document->buffer;
    if (words() == 0) open_sentence(buffer);
    const auto begin = static_cast<std::uint32_t>(buffer.size());
    buffer += form;
    const auto end = static_cast<std::uint32_t>(buffer.size());
    if (spaced) buffer += ' ';
    return {begin, end};
  }

  void open_sentence(std::string& buffer) {
    if (opened_) return;
    opened_ = true;
    if (new_paragraph_ && !buffer.empty()) {
      while (!buffer.empty() && buffer.back() == ' ') buffer.pop_back();
      buffer += "\n\n";
      ++paragraph_;
    }
    new_paragraph_ = false;
  }

  std::uint32_t words() const { return static_cast<std::uint32_t>(text_.parse.tokens.size()) - first_; }

  Status finish_sentence() {
    const auto last = static_cast<std::uint32_t>(text_.parse.tokens.size());
    if (last == first_) return comments_.clear(), success();
    Sentence sentence{{first_, last}, first_, paragraph_, false};
    for (std::uint32_t i = first_; i < last; ++i) {
      Token& token = text_.parse.tokens[i];
      if (token.head > static_cast<std::int32_t>(last - first_)) return fault("a head lies outside its sentence");
      if (token.head == 0) sentence.root = i;
      token.head = token.head == 0 ? -1 : token.head - 1 + static_cast<std::int32_t>(first_);
    }
    if (!text_.parse.multiwords.empty() && text_.parse.multiwords.back().words.last > last) return fault("a range of words is not complete");
    text_.parse.sentences.push_back(sentence);
    text_.comments.push_back(std::move(comments_));
    comments_.clear();
    first_ = last;
    opened_ = false;
    return success();
  }

  struct Contraction {
    Span span;
    std::uint32_t first = 0, last = 0, at = 0;
  };

  std::string_view file_, rest_;
  ConlluText text_;
  std::vector<std::string_view> comments_;
  Contraction contraction_;
  bool contraction_spaced_ = true, new_paragraph_ = false, opened_ = false;
  std::uint32_t first_ = 0, paragraph_ = 0, line_number_ = 0;
};

std::string_view or_underscore(std::string_view cell) { return cell.empty() ? std::string_view("_") : cell; }

/// Newlines inside a sentence would end the comment.
std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& byte : out) {
    if (byte == '\n' || byte == '\r' || byte == '\t') byte = ' ';
  }
  return out;
}

void write_word(const Parse& parse, std::uint32_t index, std::uint32_t first, bool bare, std::string& out) {
  const Token& token = parse[index];
  const std::uint32_t head = token.head < 0 ? 0 : static_cast<std::uint32_t>(token.head) - first + 1;
  fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}\n", index - first + 1, or_underscore(token.form), or_underscore(token.lemma),
                 name(token.upos), or_underscore(token.xpos), or_underscore(token.feats), head, name(token.deprel),
                 bare || token.space_after ? "_" : "SpaceAfter=No");
}

void write_surface(const Parse& parse, const MultiwordToken& surface, std::uint32_t first, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n", surface.words.first - first + 1, surface.words.last - first,
                 parse.document->words(surface.span), parse[surface.words.last - 1].space_after ? "_" : "SpaceAfter=No");
}

}  // namespace

Result<ConlluText> read_conllu(std::string_view file, std::string_view bytes) { return Reader(file, bytes).read(); }

void write_conllu(const Parse& parse, std::string& out, std::string_view document_id) {
  std::size_t surface = 0;
  std::uint32_t number = 0;
  const std::string id = one_line(document_id);
  if (!id.empty() && !parse.sentences.empty()) fmt::format_to(std::back_inserter(out), "# newdoc id = {}\n", id);
  for (const Sentence& sentence : parse.sentences) {
    const TokenRange range = sentence.tokens;
    fmt::format_to(std::back_inserter(out), "# sent_id = {}{}{}\n# text = {}\n", id, id.empty() ? "" : "-", ++number, one_line(parse.words(range)));
    std::uint32_t bare_until = range.first;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (surface < parse.multiwords.size() && parse.multiwords[surface].words.first == i) {
        bare_until = parse.multiwords[surface].words.last;
        write_surface(parse, parse.multiwords[surface++], range.first, out);
      }
      write_word(parse, i, range.first, i < bare_until, out);
    }
    out += '\n';
  }
}

}  // namespace legation
