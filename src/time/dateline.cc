// Reads "CITY, DATE (AGENCY) --" token by token. Only entry points: find_dateline(), dateline_sentences().
#include "time/dateline.h"

#include <algorithm>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr std::uint32_t longest_city = 9, longest_agency = 6, longest_dateline = 30;

bool is_capital(const Token& token) { return !token.form.empty() && (ascii::is_upper(token.form[0]) || (token.form[0] & '\x80') != 0); }
bool is_shouted(const Token& token) { return std::none_of(token.form.begin(), token.form.end(), ascii::is_lower); }
bool is_dash(std::string_view form) { return form == "-" || form == "--" || form == "---" || form == "–" || form == "—"; }

class DatelineReader {
 public:
  DatelineReader(const Parse& parse, TokenRange tokens, std::span<const RawExpression> raws)
      : parse_(parse), at_(tokens.first), last_(tokens.last), raws_(raws) {
    found_.range.first = at_;
  }

  std::optional<DatelineShape> run() {
    read_city();
    read_date();
    read_agency();
    read_date();
    if (!at(",") && !at_dash() && found_.city.size() == 0) return std::nullopt;
    if (at(",")) ++at_;
    if (!at_dash() || !convincing()) return std::nullopt;
    found_.range.last = at_ + 1;
    return found_;
  }

 private:
  bool at(std::string_view form) const { return at_ < last_ && parse_[at_].form == form; }
  bool at_dash() const { return at_ < last_ && is_dash(parse_[at_].form); }
  const RawExpression* date_here() const {
    const auto raw = std::find_if(raws_.begin(), raws_.end(), [&](const auto& r) { return r.range.first == at_; });
    const bool fits = raw != raws_.end() && (raw->match.meaning == Meaning::date || raw->match.meaning == Meaning::weekday);
    return fits ? &*raw : nullptr;
  }
  bool city_goes_on() const {
    const Token& token = parse_[at_];
    if (date_here() || at("(") || (is_dash(token.form) && token.form != "-")) return false;
    if (token.form == "-") return parse_[at_ - 1].space_after == false;
    return is_capital(token) || token.form == "/" || token.form == "," || token.form == ".";
  }
  void read_city() {
    const auto first = at_;
    if (at_ >= last_ || !is_capital(parse_[at_]) || date_here()) return;
    while (at_ < last_ && at_ - first < longest_city && city_goes_on()) ++at_;
    auto end = at_;
    while (end > first && parse_[end - 1].form == ",") --end;
    found_.city = {first, end};
  }
  void read_date() {
    if (found_.date) return;
    if (at(",") && at_ + 1 < last_) {
      ++at_;
      if (!date_here()) --at_;
    }
    if (const auto* raw = date_here()) found_.date = raw, at_ = raw->range.last;
  }
  void read_agency() {
    const auto open = at(",") ? at_ + 1 : at_;
    if (open >= last_ || parse_[open].form != "(") return;
    auto close = open + 1;
    while (close < last_ && close - open <= longest_agency + 1 && parse_[close].form != ")") ++close;
    if (close >= last_ || parse_[close].form != ")" || close == open + 1 || !is_capital(parse_[open + 1])) return;
    found_.agency = {open + 1, close};
    at_ = close + 1;
  }
  /// A capitalised word and a dash may also begin an ordinary sentence.
  bool convincing() const {
    if (found_.date || found_.agency.size() > 0) return true;
    if (found_.city.size() == 0) return false;
    for (auto i = found_.city.first; i < found_.city.last; ++i) {
      if (!is_shouted(parse_[i])) return false;
    }
    return parse_[found_.city.first].form.size() > 2;
  }

  const Parse& parse_;
  std::uint32_t at_, last_;
  std::span<const RawExpression> raws_;
  DatelineShape found_;
};

}  // namespace

TokenRange dateline_sentences(const Parse& parse) {
  std::uint32_t first = 0;
  while (first < parse.sentences.size() && parse.sentences[first].in_title) ++first;
  std::uint32_t last = first;
  while (last < parse.sentences.size() && parse.sentences[last].tokens.first < parse.sentences[first].tokens.first + longest_dateline) ++last;
  return {first, last};
}

std::optional<DatelineShape> find_dateline(const Parse& parse, std::span<const RawExpression> raws) {
  const TokenRange sentences = dateline_sentences(parse);
  if (sentences.size() == 0) return std::nullopt;
  const auto first = parse.sentences[sentences.first].tokens.first;
  const auto last = std::min(parse.sentences[sentences.last - 1].tokens.last, first + longest_dateline);
  return DatelineReader(parse, {first, last}, raws).run();
}

}  // namespace legation
