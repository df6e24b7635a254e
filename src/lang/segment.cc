// Document -> paragraphs -> surface tokens -> sentences -> syntactic words. Doors: segment(), SegmentTables::read().
#include "lang/segment.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/table.h"
#include "lang/paragraphs.h"
#include "lang/tokens.h"
#include "lang/word_features.h"

namespace legation {
namespace {

using Piece = SegmentScratch::Piece;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

bool is_apostrophe(std::string_view word) { return word == "'" || word == "\xE2\x80\x99"; }

bool is_closer(std::string_view word) { return is_one_of(word, {"\"", "'", "''", ")", "]", "}", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"}); }

bool is_opener(std::string_view word) {
  return is_one_of(
      word, {"\"", "'", "``", "(", "[", "{", "\xE2\x80\x9C", "\xE2\x80\x98", "\xC2\xAB", "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "*", "\xE2\x80\xA2"});
}

bool is_stop(std::string_view word) { return word == "." || word == "\xE3\x80\x82"; }
bool is_question(std::string_view word) {
  return !word.empty() && (word[0] == '?' || word[0] == '!') && word.find_first_not_of("?!") == std::string_view::npos;
}
bool is_ellipsis(std::string_view word) { return word == "\xE2\x80\xA6" || (word.size() > 1 && word.find_first_not_of('.') == std::string_view::npos); }

enum class Start : std::uint8_t { upper, lower, digit, other };

Start start_of(std::string_view word) {
  UChar32 c = 0;
  std::int32_t next = 0;
  U8_NEXT(word.data(), next, static_cast<std::int32_t>(word.size()), c);
  if (c < 0) return Start::other;
  if (u_isUUppercase(c) || u_istitle(c)) return Start::upper;
  if (u_isULowercase(c)) return Start::lower;
  return u_isdigit(c) ? Start::digit : Start::other;
}

/// One paragraph on its way to sentences.
class Paragraph {
 public:
  Paragraph(const Document& document, const SegmentTables& tables, SegmentScratch& scratch) : buffer_(document.buffer), tables_(tables), scratch_(scratch) {}

  void tokenize(Piece paragraph) {
    pieces().clear();
    for (std::size_t at = paragraph.begin; at < paragraph.end;) {
      if (const std::size_t space = space_size(buffer_, at); space > 0) {
        at += space;
        continue;
      }
      std::size_t end = at + 1;
      while (end < paragraph.end && space_size(buffer_, end) == 0) ++end;
      const bool before_number = end + 1 < paragraph.end && ascii::is_digit(buffer_[end + 1]);
      cut_chunk(buffer_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), before_number, tables_, scratch_.lower, pieces());
      at = end;
    }
    shouts_never_ = std::none_of(pieces().begin(), pieces().end(), [&](const Piece& piece) { return start_of(word(piece)) == Start::upper; });
  }

  std::size_t size() const { return scratch_.pieces.size(); }
  const Piece& piece(std::size_t i) const { return scratch_.pieces[i]; }
  std::string_view word(std::size_t i) const { return i < size() ? word(piece(i)) : std::string_view(); }
  bool space_after(std::size_t i) const { return i + 1 >= size() || piece(i + 1).begin > piece(i).end; }

  /// One past the last token of the sentence that begins at `first`.
  std::size_t sentence_end(std::size_t first) const {
    if (const std::size_t end = first == 0 ? dateline_end() : 0; end > 0) return end;
    for (std::size_t i = first; i < size(); ++i) {
      if (!may_end(first, i)) continue;
      std::size_t end = i + 1;
      while (end < size() && is_closer(word(end)) && !space_after(end - 1)) ++end;
      if (end >= size() || begins_sentence(i, end)) return end;
      i = end - 1;
    }
    return size();
  }

 private:
  std::vector<Piece>& pieces() { return scratch_.pieces; }
  std::string_view word(const Piece& piece) const { return buffer_.substr(piece.begin, piece.end - piece.begin); }

  /// "SEOUL, June 10 (Agency) --" opens a report and is no part of its first sentence. 0 when there is none.
  std::size_t dateline_end() const {
    constexpr std::size_t longest_dateline = 16;
    bool agency = false, bracket = false;
    const std::size_t reach = std::min(size(), longest_dateline);
    for (std::size_t i = 0; i < reach; ++i) {
      const std::string_view token = word(i);
      if (i > 0 && is_one_of(token, {"--", "\xE2\x80\x94", "\xE2\x80\x93", "-"}) && space_after(i)) {
        const bool spaced = space_after(i - 1) || token != "-";
        return spaced && i + 1 < size() && (agency || shape_of(word(0)) == Shape::upper) && word(0).size() > 2 ? i + 1 : 0;
      }
      bracket = token == "(" || (bracket && token != ")");
      if ((start_of(token) == Start::lower && !bracket) || is_stop(token)) return 0;
      agency |= token == ")";
    }
    return 0;
  }

  /// `"Why now?" Wang asked.`: the speaker belongs to the quotation before him.
  bool names_speaker(std::size_t next) const {
    for (std::size_t i = next + 1; i < std::min(next + 5, size()); ++i) {
      lower_case(word(i), scratch_.lower);
      if (tables_.speech_verbs.contains(scratch_.lower)) return true;
      if (start_of(word(i)) == Start::other && word(i) != "-") return false;
    }
    return false;
  }

  bool may_end(std::size_t first, std::size_t i) const {
    const std::string_view token = word(i);
    if (is_stop(token)) return !(i == first + 1 && start_of(word(first)) == Start::digit && size() > i + 1);
    if (is_question(token) || is_ellipsis(token)) return i > first;
    return token.size() > 1 && token.back() == '.';
  }

  /// Whether a sentence begins at `next` when token `last` could end one.
  bool begins_sentence(std::size_t last, std::size_t next) const {
    const std::string_view end = word(last);
    const bool glued = !space_after(next - 1);
    std::size_t at = next;
    while (at + 1 < size() && is_opener(word(at))) ++at;
    const Start start = start_of(word(at));
    if (is_stop(end)) return start == Start::lower ? (shouts_never_ || careless(last, next)) && !glued : start != Start::other || at > next || !glued;
    if (is_question(end)) return question_ends(last, next, at, start);
    if (is_ellipsis(end)) return start == Start::upper && !glued;
    return !glued && abbreviation_ends(end, at, start);
  }

  /// "the service was awful. we left": who writes so begins sentences with small letters. A whole word stands before the stop, so
  /// that no abbreviation is meant, nothing closes behind it, and no speaker follows.
  bool careless(std::size_t last, std::size_t next) const {
    constexpr std::size_t whole_word = 4;
    if (last == 0 || next != last + 1 || !space_after(last)) return false;
    const std::string_view before = word(last - 1);
    const bool small = std::ranges::all_of(before, ascii::is_lower);
    return small && before.size() >= whole_word && !names_speaker(last);
  }

  bool question_ends(std::size_t last, std::size_t next, std::size_t at, Start start) const {
    const bool quoted = next > last + 1;
    if (start == Start::lower) return (shouts_never_ || careless(last, next)) && !quoted;
    if (start == Start::other && at == next) return false;
    return !(quoted && at == next && names_speaker(next));
  }

  bool abbreviation_ends(std::string_view end, std::size_t at, Start start) const {
    if (start != Start::upper) return false;
    const AbbreviationKind* kind = abbreviation(end, tables_, scratch_.lower);
    const bool open = kind ? *kind == AbbreviationKind::open : is_dotted_letters(end) && end.size() > 2;
    if (!open) return false;
    lower_case(word(at), scratch_.lower);
    return tables_.sentence_starters.contains(scratch_.lower);
  }

  std::string_view buffer_;
  const SegmentTables& tables_;
  SegmentScratch& scratch_;
  bool shouts_never_ = false;
};

/// Writes the tokens of sentences, words of contractions apart.
class Writer {
 public:
  Writer(std::string_view buffer, const SegmentTables& tables, Parse& parse, std::string& lower)
      : buffer_(buffer), tables_(tables), parse_(parse), lower_(lower) {}

  void open_sentence(std::uint32_t paragraph, bool in_title) {
    const auto first = static_cast<std::uint32_t>(parse_.tokens.size());
    parse_.sentences.push_back({{first, first}, first, paragraph, in_title});
    quote_open_ = false;
  }

  std::uint32_t sentence_size() const { return static_cast<std::uint32_t>(parse_.tokens.size()) - parse_.sentences.back().tokens.first; }
  void close_sentence() { parse_.sentences.back().tokens.last = static_cast<std::uint32_t>(parse_.tokens.size()); }

  void surface(Piece piece, bool space_after, bool glued_before) {
    const std::string_view form = buffer_.substr(piece.begin, piece.end - piece.begin);
    if (is_apostrophe(form) || form == "\xE2\x80\x98") {
      if (apostrophe(piece, form, space_after, glued_before)) return;
    }
    if (form.size() > 2 && contraction(piece, form, space_after)) return;
    word(piece.begin, piece.end, space_after);
  }

 private:
  void word(std::uint32_t begin, std::uint32_t end, bool space_after) {
    Token token;
    token.begin = begin;
    token.end = end;
    token.form = buffer_.substr(begin, end - begin);
    token.space_after = space_after;
    token.sentence = static_cast<std::uint32_t>(parse_.sentences.size()) - 1;
    parse_.tokens.push_back(token);
  }

  void note_contraction(Piece piece, std::uint32_t words) {
    const auto last = static_cast<std::uint32_t>(parse_.tokens.size());
    parse_.multiwords.push_back({{last - words, last}, {piece.begin, piece.end}});
  }

  /// "the workers' pay": the apostrophe after s is a possessive unless it closes a quotation.
  bool apostrophe(Piece piece, std::string_view form, bool space_after, bool glued_before) {
    if (!glued_before) {
      quote_open_ = true;
      return false;
    }
    if (quote_open_ || !space_after || sentence_size() == 0) return quote_open_ = false, false;
    Token& before = parse_.tokens.back();
    const bool contracted = !parse_.multiwords.empty() && parse_.multiwords.back().words.last == parse_.tokens.size();
    if (contracted || before.form.size() < 2 || (before.form.back() | 32) != 's') return false;
    before.space_after = false;
    const Piece whole{before.begin, piece.begin + static_cast<std::uint32_t>(form.size())};
    word(piece.begin, piece.end, space_after);
    note_contraction(whole, 2);
    return true;
  }

  bool contraction(Piece piece, std::string_view form, bool space_after) {
    const std::size_t clitic = clitic_length(form);
    if (clitic > 0 && clitic < form.size()) {
      const auto cut = piece.end - static_cast<std::uint32_t>(clitic);
      word(piece.begin, cut, false);
      word(cut, piece.end, space_after);
      note_contraction(piece, 2);
      return true;
    }
    if (form.size() > 8) return false;
    lower_case(form, lower_);
    const auto known = tables_.contractions.find(lower_);
    if (known == tables_.contractions.end()) return false;
    std::uint32_t at = piece.begin;
    for (std::size_t i = 0; i < known->second.size(); ++i) {
      const bool last = i + 1 == known->second.size();
      word(at, last ? piece.end : at + known->second[i], last && space_after);
      at += known->second[i];
    }
    note_contraction(piece, static_cast<std::uint32_t>(known->second.size()));
    return true;
  }

  std::string_view buffer_;
  const SegmentTables& tables_;
  Parse& parse_;
  std::string& lower_;
  bool quote_open_ = false;
};

struct Place {
  std::uint32_t paragraph;
  bool in_title;
};

void write_sentence(const Paragraph& paragraph, std::size_t first, std::size_t last, Place place, std::uint32_t longest, Parse& parse, Writer& writer) {
  writer.open_sentence(place.paragraph, place.in_title);
  std::size_t parts = 1;
  for (std::size_t i = first; i < last; ++i) {
    // A contraction has at most three words: leave room for it.
    if (writer.sentence_size() + 3 > longest) {
      ++parts;
      writer.close_sentence();
      writer.open_sentence(place.paragraph, place.in_title);
    }
    writer.surface(paragraph.piece(i), paragraph.space_after(i), i > first && !paragraph.space_after(i - 1));
  }
  writer.close_sentence();
  if (parts > 1)
    parse.warnings.push_back(fmt::format("sentence at byte {} has more than {} tokens: cut into {} parts", paragraph.piece(first).begin, longest - 3, parts));
}

bool read_kind(std::string_view text, AbbreviationKind& kind) {
  constexpr std::string_view names[] = {"title", "number", "inner", "open"};
  const auto at = std::find(std::begin(names), std::end(names), text);
  kind = static_cast<AbbreviationKind>(at - std::begin(names));
  return at != std::end(names);
}

Status read_set(std::string_view file, std::string_view column, std::string_view text, std::unordered_set<std::string>& out) {
  auto table = Table::read(file, text, {column});
  if (!table) return table.error();
  for (std::size_t row = 0; row < table.value().rows(); ++row) out.emplace(table.value().cell(row, 0));
  return success();
}

Status read_abbreviations(std::string_view text, SegmentTables& tables) {
  auto table = Table::read("abbreviations.tsv", text, {"form", "kind"});
  if (!table) return table.error();
  for (std::size_t row = 0; row < table.value().rows(); ++row) {
    AbbreviationKind kind{};
    if (!read_kind(table.value().cell(row, 1), kind)) return table.value().fault(row, "kind is none of title, number, inner, open");
    tables.abbreviations.emplace(table.value().cell(row, 0), kind);
  }
  return success();
}

Status read_contractions(std::string_view text, SegmentTables& tables) {
  auto table = Table::read("contractions.tsv", text, {"form", "parts"});
  if (!table) return table.error();
  for (std::size_t row = 0; row < table.value().rows(); ++row) {
    std::string joined;
    std::vector<std::uint8_t> lengths;
    for (std::string_view part : split_list(table.value().cell(row, 1))) {
      joined += part;
      lengths.push_back(static_cast<std::uint8_t>(part.size()));
    }
    if (joined != table.value().cell(row, 0)) return table.value().fault(row, "the parts do not add up to the form");
    tables.contractions.emplace(std::move(joined), std::move(lengths));
  }
  return success();
}

}  // namespace

Result<SegmentTables> SegmentTables::read(const Texts& texts) {
  SegmentTables tables;
  if (auto status = read_abbreviations(texts.abbreviations, tables); !status) return status.error();
  if (auto status = read_contractions(texts.contractions, tables); !status) return status.error();
  if (auto status = read_set("hyphen_prefixes.tsv", "prefix", texts.hyphen_prefixes, tables.hyphen_prefixes); !status) return status.error();
  if (auto status = read_set("sentence_starters.tsv", "form", texts.sentence_starters, tables.sentence_starters); !status) return status.error();
  if (texts.speech_verbs.empty()) return tables;
  if (auto status = read_set("speech_verbs.tsv", "form", texts.speech_verbs, tables.speech_verbs); !status) return status.error();
  if (texts.name_syllables.empty()) return tables;
  if (auto status = read_set("name_syllables.tsv", "syllable", texts.name_syllables, tables.name_syllables); !status) return status.error();
  return tables;
}

void segment(const Document& document, const SegmentTables& tables, std::uint32_t longest, Parse& parse, SegmentScratch& scratch) {
  parse.clear();
  parse.document = &document;
  scratch.paragraphs.clear();
  split_paragraphs(document.buffer, 0, document.text_begin, scratch.paragraphs);
  split_paragraphs(document.buffer, document.text_begin, document.buffer.size(), scratch.paragraphs);
  Paragraph paragraph(document, tables, scratch);
  Writer writer(document.buffer, tables, parse, scratch.lower);
  for (std::uint32_t number = 0; number < scratch.paragraphs.size(); ++number) {
    const Piece piece = scratch.paragraphs[number];
    paragraph.tokenize(piece);
    for (std::size_t first = 0; first < paragraph.size();) {
      const std::size_t last = paragraph.sentence_end(first);
      write_sentence(paragraph, first, last, {number, piece.begin < document.text_begin}, longest, parse, writer);
      first = last;
    }
  }
}

}  // namespace legation
