// The calendar side of time expressions: one small function per meaning of patterns.tsv. Only entry point:
// resolve().
#include "time/resolve.h"

#include <algorithm>
#include <cstdlib>

namespace legation {
namespace {

constexpr int latest_part = 2;

TimeSpan day_span(Date date) { return {date, date, Granularity::day}; }
Date first_of(int year, int month) { return Date::from_civil(year, static_cast<unsigned>(month), 1); }
TimeSpan month_span(Date first) { return {first, add_months(first, 1) - 1, Granularity::month}; }
TimeSpan years_span(int first, int count, Granularity granularity) { return {first_of(first, 1), first_of(first + count, 1) - 1, granularity}; }
TimeSpan year_span(int year) { return years_span(year, 1, Granularity::year); }
Date monday_of(Date date) { return date - static_cast<int>(date.weekday()); }
TimeSpan week_span(Date monday) { return {monday, monday + 6, Granularity::week}; }

std::optional<Date> civil(int year, int month, int day) {
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date::from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

/// Days that a unit lasts, about.
double length(TimeUnit unit) {
  constexpr std::array<double, 11> days = {1.0 / 1440, 1.0 / 24, 1, 7, 2, 14, 30, 91, 365, 3652, 36524};
  return days[static_cast<std::size_t>(unit)];
}

Granularity granularity_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::week:
    case TimeUnit::fortnight:
      return Granularity::week;
    case TimeUnit::month:
      return Granularity::month;
    case TimeUnit::quarter:
      return Granularity::season;
    case TimeUnit::year:
      return Granularity::year;
    case TimeUnit::decade:
      return Granularity::decade;
    case TimeUnit::century:
      return Granularity::era;
    default:
      return Granularity::day;
  }
}

/// A date moved by a count of units.
Date moved(Date date, TimeUnit unit, int count) {
  count = std::clamp(count, -5000, 5000);
  switch (unit) {
    case TimeUnit::minute:
      return date;
    case TimeUnit::hour:
      return date + count / 24;
    case TimeUnit::day:
      return date + count;
    case TimeUnit::week:
    case TimeUnit::weekend:
      return date + 7 * count;
    case TimeUnit::fortnight:
      return date + 14 * count;
    case TimeUnit::month:
      return add_months(date, count);
    case TimeUnit::quarter:
      return add_months(date, 3 * count);
    case TimeUnit::year:
      return add_months(date, 12 * count);
    case TimeUnit::decade:
      return add_months(date, 120 * count);
    case TimeUnit::century:
      return add_months(date, 1200 * std::clamp(count, -15, 15));
  }
  return date;
}

/// The calendar unit that a day lies in.
TimeSpan around(Date date, TimeUnit unit) {
  const int year = date.year(), month = static_cast<int>(date.month());
  switch (unit) {
    case TimeUnit::week:
      return week_span(monday_of(date));
    case TimeUnit::fortnight:
      return {monday_of(date), monday_of(date) + 13, Granularity::week};
    case TimeUnit::weekend:
      return {monday_of(date) + 5, monday_of(date) + 6, Granularity::day};
    case TimeUnit::month:
      return month_span(first_of(year, month));
    case TimeUnit::quarter: {
      const Date first = first_of(year, (month - 1) / 3 * 3 + 1);
      return {first, add_months(first, 3) - 1, Granularity::season};
    }
    case TimeUnit::year:
      return year_span(year);
    case TimeUnit::decade:
      return years_span(year / 10 * 10, 10, Granularity::decade);
    case TimeUnit::century:
      return years_span((year - 1) / 100 * 100 + 1, 100, Granularity::era);
    default:
      return day_span(date);
  }
}

/// The early, middle or late third of a span.
TimeSpan part_of(TimeSpan span, int part) {
  const int days = span.end - span.begin + 1;
  if (span.granularity >= Granularity::year) {
    const int months = span.granularity == Granularity::year ? 4 : days / 30 / 3;
    const Granularity finer = span.granularity == Granularity::year ? Granularity::season : span.granularity;
    const Date begin = add_months(span.begin, part * months);
    return {begin, part == latest_part ? span.end : add_months(begin, months) - 1, finer};
  }
  const int third = std::max(1, days / 3);
  const Date begin = span.begin + part * third;
  return {begin, part == latest_part ? span.end : begin + third - 1, span.granularity};
}

/// Reads the slots of one match against its context. The functions are named after the meanings.
class Resolution {
 public:
  Resolution(const Match& match, const TimeLexicon& lexicon, const TimeContext& context)
      : meaning_(match.meaning), slots_(match.slots), lexicon_(lexicon), context_(context) {}
  Resolved run();

 private:
  void dispatch();
  void absolute(TimeSpan span, float confidence = 1.0f) {
    out_.known = true, out_.explicit_year = true;
    out_.span = span, out_.confidence = confidence;
  }
  void relative(TimeSpan span, float confidence = 0.9f) {
    out_.known = true, out_.relative = true;
    out_.span = span, out_.confidence = confidence;
  }
  bool needs_anchor();
  Date anchor() const { return *context_.anchor; }
  Date base() const { return context_.previous ? context_.previous->begin : anchor(); }
  TimeUnit unit() const { return static_cast<TimeUnit>(slots_.unit); }
  int count(int when_missing = 1) const;
  void with_part(TimeSpan span, bool is_relative, float confidence);
  /// The year in which a yearless span (given for a year) is meant.
  template <class Make>
  void nearest_year(Make make);
  template <class Make>
  void calendar(Make make);
  void date();
  void date_range();
  void iso_parts();
  void day_of_month();
  void month();
  void months();
  void year();
  void years();
  void decade();
  void century();
  void quarter_or_half(int parts);
  void season();
  void weekday();
  void weekday_of_shift();
  void relative_day();
  void shifted();
  void shifted_here();
  void ago();
  void offset();
  void same();
  void follow();
  void past_units();
  void coming_units();
  void ahead();
  void weekend();
  void holiday();
  void duration();
  TimeSpan landed(Date date) const;
  TimeSpan back(Date from, double days, Granularity granularity) const;
  Granularity reach_granularity(int n) const;

  Meaning meaning_;
  const Slots& slots_;
  const TimeLexicon& lexicon_;
  const TimeContext& context_;
  Resolved out_;
};

int Resolution::count(int when_missing) const {
  if (has(slots_.count)) return slots_.count;
  return slots_.plural ? 3 : when_missing;
}

bool Resolution::needs_anchor() {
  out_.relative = true;
  return !context_.anchor;
}

void Resolution::with_part(TimeSpan span, bool is_relative, float confidence) {
  if (has(slots_.part)) span = part_of(span, slots_.part);
  is_relative ? relative(span, confidence) : absolute(span, confidence);
}

template <class Make>
void Resolution::nearest_year(Make make) {
  if (needs_anchor()) {
    if (context_.narrative_year) {
      if (const auto span = make(*context_.narrative_year)) with_part(*span, true, 0.6f);
    }
    return;
  }
  const Date now = anchor();
  if (context_.narrative_year && *context_.narrative_year != now.year() && context_.direction != Direction::future) {
    const auto span = make(*context_.narrative_year);
    if (span) return with_part(*span, true, 0.7f);
  }
  std::optional<TimeSpan> best;
  int best_distance = 0;
  for (int year = now.year() - 4; year <= now.year() + 4; ++year) {  // four: a 29 February
    const auto span = make(year);
    if (!span) continue;
    const int distance = span->begin > now ? span->begin - now : span->end < now ? now - span->end : 0;
    const bool wrong_side = (context_.direction == Direction::past && span->begin > now) || (context_.direction == Direction::future && span->end < now);
    const int weight = span->begin > now && context_.direction == Direction::either ? 2 : 1;  // news tells of the past
    const int cost = weight * distance + (wrong_side ? 5000 : 0);
    if (!best || cost < best_distance) best = span, best_distance = cost;
  }
  if (best) with_part(*best, true, 0.9f);
}

/// A span of a year that is given, shifted ("last year"), or to be guessed.
template <class Make>
void Resolution::calendar(Make make) {
  if (has(slots_.year)) {
    if (const auto span = make(slots_.year)) with_part(*span, false, 1.0f);
    return;
  }
  if (!has(slots_.shift)) return nearest_year(make);
  if (needs_anchor()) return;
  if (const auto span = make(anchor().year() + slots_.shift)) with_part(*span, true, 0.9f);
}

void Resolution::date() {
  if (has(slots_.isodate)) return absolute(day_span({slots_.isodate}));
  const int month = slots_.month, day = slots_.day, weekday = slots_.weekday;
  const bool check = has(weekday) && !has(slots_.year);
  calendar([=](int year) -> std::optional<TimeSpan> {
    const auto date = civil(year, month, day);
    if (!date || (check && static_cast<int>(date->weekday()) != weekday)) return std::nullopt;
    return day_span(*date);
  });
  if (out_.known || !check) return;
  calendar([=](int year) -> std::optional<TimeSpan> {  // the weekday is wrong: the date counts
    const auto date = civil(year, month, day);
    if (!date) return std::nullopt;
    return day_span(*date);
  });
}

void Resolution::date_range() {
  const int month = slots_.month, day = slots_.day, day2 = slots_.day2;
  calendar([=](int year) -> std::optional<TimeSpan> {
    const auto begin = civil(year, month, day), end = civil(year, month, day2);
    if (!begin || !end || *end < *begin) return std::nullopt;
    return TimeSpan{*begin, *end, Granularity::day};
  });
}

void Resolution::iso_parts() {
  const auto date =
      slots_.count <= 12 && slots_.count >= 1 && slots_.count2 >= 1 && slots_.count2 <= 31 ? civil(slots_.year, slots_.count, slots_.count2) : std::nullopt;
  if (date) absolute(day_span(*date));
}

void Resolution::day_of_month() {
  if (needs_anchor() || unit() != TimeUnit::month) return;
  const int day = has(slots_.day) ? slots_.day : slots_.ordinal;
  const Date first = add_months(around(anchor(), TimeUnit::month).begin, slots_.shift);
  const auto date = civil(first.year(), static_cast<int>(first.month()), day);
  if (date) relative(day_span(*date));
}

void Resolution::month() {
  const int month = slots_.month;
  const auto make = [=](int year) -> std::optional<TimeSpan> { return month_span(first_of(year, month)); };
  // "last December" is the one before now, "October last year" lies in the year before.
  if (!has(slots_.shift) || has(slots_.year) || has(slots_.unit)) return calendar(make);
  if (needs_anchor()) return;
  const Date here = first_of(anchor().year(), static_cast<int>(anchor().month()));
  Date first = first_of(anchor().year(), month);
  if (slots_.shift < 0 && first >= here) first = add_months(first, -12);
  if (slots_.shift > 0 && first <= here) first = add_months(first, 12);
  with_part(month_span(first), true, 0.9f);
}

void Resolution::months() {
  const int month = slots_.month, month2 = slots_.month2;
  calendar([=](int year) -> std::optional<TimeSpan> {
    const Date begin = first_of(year, month), end = add_months(first_of(month2 < month ? year + 1 : year, month2), 1) - 1;
    return TimeSpan{begin, end, Granularity::month};
  });
}

void Resolution::year() { with_part(year_span(slots_.year), false, 1.0f); }

void Resolution::years() {
  int last = has(slots_.year2) ? slots_.year2 : slots_.count;
  if (!has(slots_.year2) && last < 100) last += slots_.year / 100 * 100;
  if (last <= slots_.year || last > slots_.year + 200) return;
  absolute(years_span(slots_.year, last - slots_.year + 1, Granularity::year));
}

void Resolution::decade() { with_part(years_span(slots_.decade, 10, Granularity::decade), false, 1.0f); }

void Resolution::century() {
  if (unit() != TimeUnit::century || slots_.ordinal < 1 || slots_.ordinal > 21) return;
  with_part(years_span(slots_.ordinal * 100 - 99, 100, Granularity::era), false, 1.0f);
}

void Resolution::quarter_or_half(int parts) {
  const int ordinal = slots_.ordinal, months = 12 / parts;
  if (ordinal < 1 || ordinal > parts) return;
  calendar([=](int year) -> std::optional<TimeSpan> {
    const Date begin = first_of(year, (ordinal - 1) * months + 1);
    return TimeSpan{begin, add_months(begin, months) - 1, Granularity::season};
  });
}

/// Meteorological seasons of the northern hemisphere; the winter of 2018 began in December 2017.
void Resolution::season() {
  const int season = slots_.season;
  const auto make = [=](int year) -> std::optional<TimeSpan> {
    const Date begin = season == 3 ? first_of(year - 1, 12) : first_of(year, season * 3 + 3);
    return TimeSpan{begin, add_months(begin, 3) - 1, Granularity::season};
  };
  if (!has(slots_.shift) || has(slots_.year) || slots_.shift == 0 || has(slots_.unit)) return calendar(make);
  if (needs_anchor()) return;
  for (int year = anchor().year() + 2; slots_.shift < 0 && year > anchor().year() - 3; --year) {
    if (make(year)->end < anchor()) return with_part(*make(year), true, 0.9f);
  }
  for (int year = anchor().year() - 2; slots_.shift > 0 && year < anchor().year() + 3; ++year) {
    if (make(year)->begin > anchor()) return with_part(*make(year), true, 0.9f);
  }
}

void Resolution::weekday() {
  if (slots_.plural) {
    out_.kind = Resolved::Kind::recurring;
    return;
  }
  if (needs_anchor()) return;
  if (has(slots_.shift)) return weekday_of_shift();
  const int back = (static_cast<int>(anchor().weekday()) - slots_.weekday + 7) % 7, ahead = (7 - back) % 7;
  const bool future = context_.direction == Direction::future || (context_.direction == Direction::either && ahead < back);
  relative(day_span(future ? anchor() + ahead : anchor() - back), context_.direction == Direction::either ? 0.7f : 0.9f);
}

/// "Tuesday last week" counts weeks, "last Tuesday" and "next Tuesday" the days before and after today.
void Resolution::weekday_of_shift() {
  const int in_week = slots_.weekday + 7 * slots_.shift;
  if (has(slots_.unit) || slots_.shift == 0) return relative(day_span(monday_of(anchor()) + in_week));
  const int back = (static_cast<int>(anchor().weekday()) - slots_.weekday + 7) % 7;
  relative(day_span(slots_.shift < 0 ? anchor() - (back == 0 ? 7 : back) : anchor() + (7 - back)), 0.8f);
}

void Resolution::relative_day() {
  if (needs_anchor()) return;
  const int days = (has(slots_.relday) ? slots_.relday : 0) + (has(slots_.offset) && has(slots_.unit) ? slots_.offset : 0);
  relative(day_span(anchor() + days));
}

void Resolution::shifted() {
  if (needs_anchor()) return;
  // "these weeks", "this centuries": plural, but moved nowhere; past_units() hands those back to us
  if (slots_.plural && slots_.shift != 0) return slots_.shift > 0 ? coming_units() : past_units();
  const Date moved_to = moved(anchor(), unit(), slots_.shift);
  TimeSpan span = around(unit() == TimeUnit::month ? moved(around(anchor(), unit()).begin, unit(), slots_.shift) : moved_to, unit());
  if (has(slots_.part)) span = part_of(span, slots_.part);
  if (has(slots_.offset) && slots_.shift == 0) (slots_.offset < 0 ? span.end : span.begin) = anchor();
  relative(span);
}

/// "the end of the month", "earlier in the week": of the running one.
void Resolution::shifted_here() {
  if (needs_anchor()) return;
  TimeSpan span = around(anchor(), unit());
  if (has(slots_.part)) span = part_of(span, slots_.part);
  if (has(slots_.offset)) (slots_.offset < 0 ? span.end : span.begin) = anchor();
  relative(span, 0.8f);
}

/// What "three weeks ago" leaves open, once counted: the day, the week, the month, the year.
TimeSpan Resolution::landed(Date date) const { return around(date, unit()); }

TimeSpan Resolution::back(Date from, double days, Granularity granularity) const {
  return {from - static_cast<int>(std::min(days, 400000.0)), from, granularity};
}

void Resolution::ago() {
  if (needs_anchor()) return;
  if (slots_.plural && !has(slots_.count)) {  // "decades ago"
    const Date end = moved(anchor(), unit(), -2);
    return relative({moved(anchor(), unit(), -6), end, unit() <= TimeUnit::day ? Granularity::day : Granularity::era}, 0.5f);
  }
  relative(landed(moved(anchor(), unit(), -count())), slots_.vague ? 0.5f : 0.9f);
}

/// "two days later": from the date mentioned before, else from the day of writing.
void Resolution::offset() {
  if (needs_anchor() && !context_.previous) return;
  const TimeSpan from = context_.previous ? *context_.previous : day_span(anchor());
  const Date start = slots_.offset < 0 ? from.begin : from.end;
  const Date to = moved(from.granularity == Granularity::day ? start : from.begin, unit(), count() * slots_.offset);
  if (!context_.previous && slots_.offset > 0 && context_.direction == Direction::past) return;  // later than what?
  relative(landed(to), context_.previous ? (slots_.vague || (slots_.plural && !has(slots_.count)) ? 0.5f : 0.8f) : 0.4f);
}

void Resolution::same() {
  if (needs_anchor() && !context_.previous) return;
  relative(unit() == TimeUnit::day || !has(slots_.unit) ? (context_.previous ? *context_.previous : day_span(anchor())) : around(base(), unit()),
           context_.previous ? 0.8f : 0.5f);
}

void Resolution::follow() {
  if (needs_anchor() && !context_.previous) return;
  const Date from = unit() == TimeUnit::month ? around(base(), unit()).begin : base();
  if (slots_.plural)
    return slots_.follow > 0 ? relative({from, moved(from, unit(), 3), Granularity::era}, 0.5f)
                             : relative({moved(from, unit(), -3), from, Granularity::era}, 0.5f);
  relative(around(moved(from, unit(), slots_.follow), unit()), context_.previous ? 0.8f : 0.5f);
}

/// A single unit keeps its grain; several days or weeks read as weeks, more as an era.
Granularity Resolution::reach_granularity(int n) const {
  if (n == 1) return granularity_of(unit());
  return unit() <= TimeUnit::fortnight ? Granularity::week : Granularity::era;
}

void Resolution::past_units() {
  if (needs_anchor()) return;
  if (has(slots_.shift) && slots_.shift == 0) return shifted();
  if (has(slots_.shift) && slots_.shift > 0) return coming_units();
  relative({moved(anchor(), unit(), -count()), anchor(), reach_granularity(count())}, slots_.vague ? 0.6f : 0.8f);
}

void Resolution::coming_units() {
  if (needs_anchor()) return;
  relative({anchor(), moved(anchor(), unit(), count()), reach_granularity(count())}, slots_.vague ? 0.6f : 0.8f);
}

/// "in two weeks" is a day ahead when the clause looks ahead, else how long something took.
void Resolution::ahead() {
  if (meaning_ == Meaning::ahead && context_.direction == Direction::past) return duration();
  if (needs_anchor()) return;
  const Date to = moved(anchor(), unit(), count());
  if (meaning_ == Meaning::ahead_span) return relative({anchor(), to, granularity_of(unit())}, 0.7f);
  relative(unit() == TimeUnit::week ? day_span(to) : landed(to), 0.7f);
}

void Resolution::weekend() {
  if (needs_anchor()) return;
  TimeSpan here = around(anchor(), TimeUnit::weekend);
  const int shift = has(slots_.shift) ? slots_.shift : context_.direction == Direction::future ? 1 : -1;
  const bool reached = anchor() >= here.begin;
  if (shift < 0 && (!reached || has(slots_.shift))) here.begin = here.begin - 7, here.end = here.end - 7;
  if (shift > 0 && has(slots_.shift) && reached) here.begin = here.begin + 7, here.end = here.end + 7;
  relative(here);
}

void Resolution::holiday() {
  const Holiday& holiday = lexicon_.holiday(slots_.holiday);
  const auto make = [&](int year) -> std::optional<TimeSpan> {
    const auto date = civil(year, holiday.month, holiday.day);
    if (!date) return std::nullopt;
    return day_span(*date);
  };
  if (holiday.year > 0) return absolute(*make(holiday.year));
  if (!has(slots_.shift) || has(slots_.unit) || has(slots_.year)) return calendar(make);
  if (needs_anchor()) return;
  auto span = *make(anchor().year());
  if (slots_.shift < 0 && span.begin >= anchor()) span = *make(anchor().year() - 1);
  if (slots_.shift > 0 && span.begin <= anchor()) span = *make(anchor().year() + 1);
  relative(span);
}

/// The days it lasted; the span, where an anchor is known, is that long and ends there ("for months").
void Resolution::duration() {
  out_.kind = Resolved::Kind::duration;
  out_.days = length(unit()) * count();
  out_.relative = true;
  out_.confidence = slots_.vague ? 0.5f : 0.9f;
  if (!context_.anchor) return;
  out_.span = back(anchor(), out_.days, Granularity::era);
}

void Resolution::dispatch() {
  switch (meaning_) {
    case Meaning::date:
      return date();
    case Meaning::day_of_month:
      return day_of_month();
    case Meaning::date_range:
      return date_range();
    case Meaning::iso_parts:
      return iso_parts();
    case Meaning::month:
      return month();
    case Meaning::months:
      return months();
    case Meaning::year:
      return year();
    case Meaning::years:
    case Meaning::year_range:
      return years();
    case Meaning::decade:
      return decade();
    case Meaning::century:
      return century();
    case Meaning::quarter:
      return quarter_or_half(4);
    case Meaning::half:
      return quarter_or_half(2);
    case Meaning::season:
      return season();
    case Meaning::weekday:
      return weekday();
    case Meaning::relative_day:
      return relative_day();
    case Meaning::last_night:
      if (!needs_anchor()) relative(day_span(anchor() - 1));
      return;
    case Meaning::overnight:
      if (!needs_anchor()) relative({anchor() - 1, anchor(), Granularity::day});
      return;
    case Meaning::shifted:
      return shifted();
    case Meaning::shifted_here:
      return shifted_here();
    case Meaning::ago:
      return ago();
    case Meaning::offset:
      return offset();
    case Meaning::same:
      return same();
    case Meaning::follow:
      return follow();
    case Meaning::past_units:
    case Meaning::recent_units:
      return past_units();
    case Meaning::recent_times:
      if (!needs_anchor()) relative({add_months(anchor(), -60), anchor(), Granularity::era}, 0.4f);
      return;
    case Meaning::coming_units:
      return coming_units();
    case Meaning::ahead:
    case Meaning::ahead_time:
    case Meaning::ahead_span:
      return ahead();
    case Meaning::recently:
      if (!needs_anchor()) relative(back(anchor(), slots_.recently, Granularity::era), 0.5f);
      return;
    case Meaning::weekend:
      return weekend();
    case Meaning::holiday:
      return holiday();
    case Meaning::duration:
      return duration();
    case Meaning::recurring:
      out_.kind = Resolved::Kind::recurring;
      return;
    case Meaning::none:
      return;
  }
}

Resolved Resolution::run() {
  dispatch();
  if (out_.kind == Resolved::Kind::nothing && meaning_ != Meaning::none && (out_.known || out_.relative)) {
    out_.kind = Resolved::Kind::date;
  }
  return out_;
}

}  // namespace

Resolved resolve(const Match& match, const TimeLexicon& lexicon, const TimeContext& context) { return Resolution(match, lexicon, context).run(); }

}  // namespace legation
