// Reads the expressions of a document against its day of writing, in the order of the text.
// Only entry points: TimeTagger::load(), tag(), dateline(), name().
#include "time/expression.h"

#include <algorithm>

#include "time/dateline.h"
#include "time/raw_expressions.h"

namespace legation {

namespace {

/// Days between publication and dateline beyond which the dateline is taken for something else.
constexpr int dateline_slack = 7;
/// A bare "June 10" this close before the day of writing is this year's, whatever the paragraph tells of.
constexpr int fresh_days = 21;
/// Words between "two days after" and the date of the event that follows.
constexpr std::uint32_t nearest_event_date = 6;
/// Sentences for which a paragraph goes on telling of the year it named.
constexpr std::uint32_t longest_narrative = 3;

/// The token that ties the range to the rest: the first content word governed from outside.
std::uint32_t head_of(const Parse& parse, TokenRange range) {
  std::optional<std::uint32_t> fallback;
  for (auto i = range.first; i < range.last; ++i) {
    const Token& token = parse[i];
    if (token.head >= 0 && range.contains(static_cast<std::uint32_t>(token.head))) continue;
    const bool function =
        token.upos == Upos::ADP || token.upos == Upos::PUNCT || token.upos == Upos::DET || token.upos == Upos::SCONJ || token.upos == Upos::PART;
    if (!function) return i;
    if (!fallback) fallback = i;
  }
  return fallback.value_or(range.first);
}

/// One end of a span takes over what it left out: "from June to September 2018".
void share_slots(Slots& begin, const Slots& end) {
  if (has(begin.year) || !has(begin.month) || !has(end.year)) return;
  begin.year = has(end.month) && end.month < begin.month ? end.year - 1 : end.year;
}

bool is_year_like(Granularity granularity) { return granularity == Granularity::year; }

}  // namespace

/// One run over one document.
class TimeTagger::Pass {
 public:
  Pass(const TimeTagger& tagger, const Parse& parse) : tagger_(tagger), parse_(parse) {}

  void find(TokenRange sentences) {
    std::vector<Atom> atoms;
    for (auto i = sentences.first; i < sentences.last; ++i) {
      find_raw_expressions(parse_, i, tagger_.lexicon_, tagger_.patterns_, atoms, raws_);
    }
  }
  std::optional<Dateline> dateline(std::optional<Date> published) const;
  std::vector<TimeExpression> run(std::optional<Date> published);

 private:
  std::optional<Date> anchor(std::optional<Date> published) const;
  Resolved read(const Match& match, const TimeContext& context) const { return resolve(match, tagger_.lexicon_, context); }
  TimeExpression expression(const RawExpression& raw);
  void date_the_event(RawExpression& raw, const RawExpression& next) const;
  TimeContext context(const RawExpression& raw, std::uint32_t head) const;
  Resolved read_all(const RawExpression& raw, TimeContext context) const;
  Resolved read_fresh(const Match& match, const TimeContext& context) const;
  void remember(const RawExpression& raw, const TimeExpression& expression, const Resolved& resolved);
  void apply_bound(Bound bound, Resolved& resolved, Direction direction) const;

  const TimeTagger& tagger_;
  const Parse& parse_;
  std::vector<RawExpression> raws_;
  std::optional<Date> anchor_;
  std::optional<TimeSpan> previous_;
  struct Narrative {
    int year;
    std::uint32_t paragraph, sentence;
    bool opens_sentence;
  };
  std::optional<Narrative> narrative_;
};

std::optional<Dateline> TimeTagger::Pass::dateline(std::optional<Date> published) const {
  const auto shape = find_dateline(parse_, raws_);
  if (!shape) return std::nullopt;
  Dateline dateline{shape->range, shape->city, shape->agency, {}, std::nullopt};
  if (!shape->date) return dateline;
  dateline.date_words = shape->date->range;
  const auto resolved = read(shape->date->match, {published, std::nullopt, std::nullopt, Direction::either});
  if (resolved.known) dateline.date = resolved.span.begin;
  return dateline;
}

std::optional<Date> TimeTagger::Pass::anchor(std::optional<Date> published) const {
  const auto line = dateline(published);
  if (line && line->date && (!published || std::abs(*line->date - *published) <= dateline_slack)) return line->date;
  if (published) return published;
  for (const auto& raw : raws_) {
    if (raw.match.meaning != Meaning::date || raw.until || raw.bound) continue;
    const auto resolved = read(raw.match, {});
    if (resolved.known && resolved.explicit_year) return resolved.span.begin;
  }
  return std::nullopt;
}

TimeContext TimeTagger::Pass::context(const RawExpression& raw, std::uint32_t head) const {
  TimeContext context{anchor_, previous_, std::nullopt, tagger_.tenses_.direction(parse_, head)};
  const bool told = narrative_ && narrative_->paragraph == parse_.sentences[raw.sentence].paragraph &&
                    raw.sentence - narrative_->sentence <= longest_narrative && (narrative_->sentence < raw.sentence || narrative_->opens_sentence);
  if (told) context.narrative_year = narrative_->year;
  return context;
}

Resolved TimeTagger::Pass::read_fresh(const Match& match, const TimeContext& context) const {
  if (!context.narrative_year || !context.anchor) return read(match, context);
  TimeContext plain = context;
  plain.narrative_year.reset();
  const auto fresh = read(match, plain);
  if (fresh.known && fresh.span.granularity == Granularity::day && std::abs(*context.anchor - fresh.span.end) <= fresh_days) return fresh;
  return read(match, context);
}

Resolved TimeTagger::Pass::read_all(const RawExpression& raw, TimeContext context) const {
  Match match = raw.match;
  if (raw.base) {
    const auto base = read(*raw.base, context);
    if (!base.known) return base;
    context.previous = base.span;
    return read(match, context);
  }
  if (!raw.until) return read_fresh(match, context);
  share_slots(match.slots, raw.until->slots);
  auto end = read_fresh(*raw.until, context);
  auto begin = read_fresh(match, context);
  if (!begin.known || !end.known) return begin.known ? begin : end;
  if (end.span.end < begin.span.begin) {  // "from Thursday to Monday" may straddle the day of writing
    context.direction = Direction::future;
    end = read(*raw.until, context);
    if (end.span.end < begin.span.begin) return begin;
  }
  begin.span.end = end.span.end;
  begin.span.granularity = std::max(begin.span.granularity, end.span.granularity);
  return begin;
}

void TimeTagger::Pass::apply_bound(Bound bound, Resolved& resolved, Direction direction) const {
  TimeSpan& span = resolved.span;
  const Date now = anchor_.value_or(span.end);
  switch (bound) {
    case Bound::since:
      span.end = std::max(now, span.end), span.open_end = true;
      return;
    case Bound::from:
      if (direction == Direction::future) span.open_end = true;
      return;
    case Bound::until:
      span.begin = std::min(span.begin, direction == Direction::past ? span.begin : now), span.open_begin = true;
      return;
    case Bound::by:
      if (now < span.end) span.begin = now;
      span.open_begin = true;
      return;
    case Bound::before:
      span.end = span.begin - 1, span.begin = span.end, span.open_begin = true;
      return;
    case Bound::after:
      span.begin = span.end + 1, span.end = std::max(span.begin, now), span.open_end = true;
      return;
    case Bound::between:
      return;
  }
}

void TimeTagger::Pass::remember(const RawExpression& raw, const TimeExpression& expression, const Resolved& resolved) {
  if (expression.in_dateline || !resolved.known || raw.bound || resolved.kind != Resolved::Kind::date) return;
  previous_ = resolved.span;
  const bool names_year = resolved.explicit_year || is_year_like(resolved.span.granularity);
  const Sentence& sentence = parse_.sentences[raw.sentence];
  if (!names_year || resolved.span.granularity > Granularity::year) return;
  narrative_ = Narrative{resolved.span.begin.year(), sentence.paragraph, raw.sentence, raw.words.first == sentence.tokens.first};
}

/// "two days after the vote on June 3": the event's own date, a few words on, is what the days count from.
void TimeTagger::Pass::date_the_event(RawExpression& raw, const RawExpression& next) const {
  const bool close = next.sentence == raw.sentence && next.range.first - raw.range.last <= nearest_event_date;
  if (!raw.after_event || !close || next.match.meaning != Meaning::date || next.until || next.bound) return;
  raw.base = next.match;
  raw.after_event = false;
}

TimeExpression TimeTagger::Pass::expression(const RawExpression& raw) {
  TimeExpression out;
  out.range = raw.words;
  out.head = head_of(parse_, raw.range);
  out.line = raw.match.line;
  const TimeContext here = context(raw, out.head);
  out.direction = here.direction;
  Resolved resolved = read_all(raw, here);
  if (raw.bound && resolved.known) apply_bound(*raw.bound, resolved, here.direction);
  out.kind = resolved.kind == Resolved::Kind::duration    ? TimeExpression::Kind::duration
             : resolved.kind == Resolved::Kind::recurring ? TimeExpression::Kind::recurring
                                                          : TimeExpression::Kind::date;
  out.span = resolved.span;
  out.resolved = resolved.known;
  out.relative = resolved.relative;
  out.confidence = resolved.confidence;
  out.days = resolved.days;
  if (raw.after_event) {
    out.after_event = true;
    out.resolved = false;
    Match length = raw.match;
    length.meaning = Meaning::duration;
    out.shift_days = raw.match.slots.offset * static_cast<std::int32_t>(read(length, {}).days + 0.5);
    return out;
  }
  remember(raw, out, resolved);
  return out;
}

std::vector<TimeExpression> TimeTagger::Pass::run(std::optional<Date> published) {
  anchor_ = anchor(published);
  const auto line = find_dateline(parse_, raws_);
  std::vector<TimeExpression> out;
  out.reserve(raws_.size());
  for (std::size_t i = 0; i < raws_.size(); ++i) {
    RawExpression& raw = raws_[i];
    if (i + 1 < raws_.size()) date_the_event(raw, raws_[i + 1]);
    const bool inside = line && line->date == &raw;
    if (raw.match.meaning == Meaning::none) continue;
    auto found = expression(raw);
    const bool known_kind = found.resolved || found.relative || found.kind != TimeExpression::Kind::date;
    if (!known_kind) continue;
    found.in_dateline = inside;
    if (inside && anchor_) found.span = {*anchor_, *anchor_, Granularity::day}, found.resolved = true;
    out.push_back(found);
  }
  return out;
}

std::string_view name(TimeExpression::Kind kind) {
  constexpr std::array<std::string_view, 3> names = {"date", "duration", "recurring"};
  return names[static_cast<std::size_t>(kind)];
}

Result<TimeTagger> TimeTagger::load(const Resources& resources) {
  TimeTagger tagger;
  auto lexicon = TimeLexicon::load(resources);
  if (!lexicon) return lexicon.error();
  tagger.lexicon_ = std::move(lexicon).value();
  auto patterns = PatternTable::load(resources, tagger.lexicon_);
  if (!patterns) return patterns.error();
  tagger.patterns_ = std::move(patterns).value();
  auto tenses = TenseReader::load(resources);
  if (!tenses) return tenses.error();
  tagger.tenses_ = std::move(tenses).value();
  return tagger;
}

std::vector<TimeExpression> TimeTagger::tag(const Parse& parse, std::optional<Date> published) const {
  Pass pass(*this, parse);
  pass.find({0, static_cast<std::uint32_t>(parse.sentences.size())});
  return pass.run(published);
}

std::optional<Dateline> TimeTagger::dateline(const Parse& parse, std::optional<Date> published) const {
  Pass pass(*this, parse);
  pass.find(dateline_sentences(parse));
  return pass.dateline(published);
}

}  // namespace legation
