// Chooses the expression that dates an event by the steps between the two in the tree: each step has a price,
// steps out of a clause that does not share its time are closed. Only entry points: EventDater::load(),
// date_of(), name().
#include "time/event_date.h"

#include <algorithm>
#include <limits>

namespace legation {
namespace {

constexpr float closed = 100, highest_price = 4.5f;
constexpr int highest_climb = 40;
constexpr int news_period_days = 45;  ///< what is older counts as background
constexpr int story_days = 1;         ///< how far a date may lie to pass over a semicolon: the day of the news and the one before
constexpr int fresh_days = 10;        ///< how far a date may lie to pass from an argument to its verb

bool is_nominal(Deprel deprel) {
  switch (deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::obj:
    case Deprel::iobj:
    case Deprel::obl:
    case Deprel::obl_agent:
    case Deprel::obl_unmarked:
    case Deprel::nmod:
    case Deprel::nmod_poss:
    case Deprel::nmod_desc:
    case Deprel::nmod_unmarked:
    case Deprel::compound:
    case Deprel::amod:
    case Deprel::appos:
    case Deprel::nummod:
      return true;
    default:
      return false;
  }
}

std::string_view child_lemma(const Parse& parse, std::uint32_t token, Deprel deprel) {
  for (const auto child : parse.children(token)) {
    if (parse[child].deprel == deprel) return parse[child].lemma;
  }
  return {};
}

/// "as Xi met Lee", "while", "when", or no conjunction at all: the two clauses share their time.
bool shares_time(const Parse& parse, std::uint32_t clause) {
  const auto mark = child_lemma(parse, clause, Deprel::mark);
  return mark.empty() || mark == "as" || mark == "while" || mark == "when" || mark == "to";
}

bool is_event_adjunct(std::string_view preposition) { return preposition == "at" || preposition == "in" || preposition == "during" || preposition == "on"; }

bool has_subject(const Parse& parse, std::uint32_t clause) {
  const auto children = parse.children(clause);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) { return is_subject(parse[child].deprel); });
}

bool premodifies(Deprel deprel) {
  return deprel == Deprel::compound || deprel == Deprel::nummod || deprel == Deprel::amod || deprel == Deprel::nmod_poss || deprel == Deprel::nmod_desc;
}

}  // namespace

/// One decision. Prices of steps are judged by the news sentences in tests/time/event_date_test.cc.
class EventDater::Choice {
 public:
  Choice(const TenseReader& tenses, const Parse& parse, std::uint32_t trigger, const std::vector<TimeExpression>& expressions, std::optional<Date> published)
      : tenses_(tenses), parse_(parse), trigger_(trigger), expressions_(expressions) {
    anchor_ = published;
    for (const auto& expression : expressions) {
      if (!expression.in_dateline || !expression.resolved) continue;
      anchor_ = expression.span.begin;
      dateline_ = &expression;
    }
  }
  DatedBy run();

 private:
  struct Step {
    std::uint32_t token;
    float price;
    bool coarse_only;  ///< beyond "after", "before": near in time, so a month or a year still holds, a day
                       ///< does not
  };
  void climb();
  float up(std::uint32_t token) const;
  float down(std::uint32_t token, bool first, const TimeExpression& expression) const;
  bool strays(std::uint32_t noun, const TimeExpression& expression) const;
  float price(const TimeExpression& expression) const;
  bool tense_forbids(const TimeExpression& expression, float price) const;
  bool parted(const TimeExpression& expression) const;
  bool is_light(std::uint32_t token) const { return (tenses_.classes(parse_[token]) & TenseReader::light) != 0; }
  bool is_report(std::uint32_t token) const { return (tenses_.classes(parse_[token]) & TenseReader::report) != 0; }
  bool is_fresh(const TimeExpression& expression) const {
    return anchor_ && expression.span.granularity <= Granularity::week && std::abs(*anchor_ - expression.span.end) <= fresh_days;
  }
  std::pair<const TimeExpression*, std::size_t> slice(std::uint32_t sentence) const;
  const TimeExpression* best_of_sentence();
  const TimeExpression* event_offset() const;
  const TimeExpression* carried() const;
  bool tells_history() const;
  void take(const TimeExpression& expression, DatedBy& out) const;
  void shift_by_event(DatedBy& out) const;
  void fall_back(DatedBy& out) const;
  void judge_period(DatedBy& out) const;

  const TenseReader& tenses_;
  const Parse& parse_;
  std::uint32_t trigger_;
  const std::vector<TimeExpression>& expressions_;
  std::optional<Date> anchor_;
  const TimeExpression* dateline_ = nullptr;
  const TimeExpression* offset_ = nullptr;  ///< "two days after" that ties the trigger to the main clause
  std::vector<Step> path_;                  ///< trigger to root, with what it costs to get there
  Tense tense_ = Tense::none;
  bool finite_ = true;
  Direction direction_ = Direction::either;
  float best_price_ = 0;
};

/// What it costs the trigger to take a date from the token above it.
float EventDater::Choice::up(std::uint32_t token) const {
  const Deprel deprel = parse_[token].deprel;
  const auto head = static_cast<std::uint32_t>(parse_[token].head);
  if (deprel == Deprel::nmod_poss && parse_[head].upos != Upos::VERB) return 1.0f;
  if (is_nominal(deprel)) {
    if (is_light(head)) return 0.4f;
    if (parse_[head].upos != Upos::VERB) return deprel == Deprel::appos ? 1.5f : 1.0f;
    return is_event_adjunct(child_lemma(parse_, token, Deprel::case_)) ? 1.0f : 2.0f;
  }
  switch (deprel) {
    case Deprel::aux:
    case Deprel::aux_pass:
    case Deprel::cop:
    case Deprel::flat:
    case Deprel::fixed:
    case Deprel::compound_prt:
      return 0;
    case Deprel::conj:
      return 1;
    case Deprel::xcomp:
      return is_light(head) ? 0.4f : 1.5f;
    case Deprel::ccomp:
    case Deprel::parataxis:
      return 2.5f;
    case Deprel::csubj:
    case Deprel::csubj_pass:
      return 2;
    case Deprel::advcl:
      return shares_time(parse_, token) || offset_ ? 1.5f : 3.0f;
    case Deprel::acl:
      if (offset_) return 1.5f;
      // "rounds fired by gunners landed on Tuesday": the subject comes with what was done to it
      if (is_subject(parse_[head].deprel) && tenses_.read(parse_, token) == Tense::participle) return 1.5f;
      return parse_[token].has(morph_infinitive) || tenses_.read(parse_, token) == Tense::infinitive ? 2.5f : closed;
    case Deprel::acl_relcl:
    case Deprel::advcl_relcl:
      return closed;
    default:
      return 3;
  }
}

/// "fired three missiles on 31 May": parsers often hang on the missiles what dates the firing; "the deal of
/// 2015" stays.
bool EventDater::Choice::strays(std::uint32_t noun, const TimeExpression& expression) const {
  const Token& head = parse_[expression.head];
  const auto first = parse_[expression.range.first].lemma;
  if (expression.head < noun || premodifies(head.deprel) || first == "of" || first == "from") return false;
  return expression.span.granularity == Granularity::day || head.head == static_cast<std::int32_t>(noun);
}

/// What it costs a token's date to serve the token above. `first`: the token is the expression's own head.
float EventDater::Choice::down(std::uint32_t token, bool first, const TimeExpression& expression) const {
  const Deprel deprel = parse_[token].deprel;
  const auto head = static_cast<std::uint32_t>(parse_[token].head);
  if (first) return premodifies(deprel) && head != trigger_ ? 1.0f : 0.0f;
  if (is_nominal(deprel)) {
    if (parse_[head].upos != Upos::VERB) return 1.5f;
    if (deprel == Deprel::obl && is_event_adjunct(child_lemma(parse_, token, Deprel::case_))) return 1;
    if (is_fresh(expression)) return 2.5f;
    return head == trigger_ && strays(token, expression) ? 1.8f : closed;
  }
  switch (deprel) {
    case Deprel::aux:
    case Deprel::aux_pass:
    case Deprel::cop:
    case Deprel::flat:
    case Deprel::fixed:
    case Deprel::advmod:
    case Deprel::compound_prt:
      return 0.2f;
    case Deprel::conj:
      if (parse_[token].upos == Upos::VERB && has_subject(parse_, token)) return closed;
      return 2;
    case Deprel::xcomp:  // "let them leave on Monday": without "to" it is one act
      if (child_lemma(parse_, token, Deprel::mark).empty()) return 1.5f;
      return tenses_.read(parse_, token) == Tense::infinitive && !is_light(head) ? closed : 1.5f;
    case Deprel::advcl:
      return tenses_.read(parse_, token) == Tense::infinitive ? 3.0f : shares_time(parse_, token) ? 1.5f : closed;
    case Deprel::acl:
      return is_light(token) || head != trigger_ ? (is_light(token) ? 0.8f : closed) : 3.0f;
    case Deprel::parataxis:
      return 3;

    case Deprel::acl_relcl:
      return is_light(token) ? 3.5f : closed;
    default:
      return closed;
  }
}

void EventDater::Choice::climb() {
  float sum = 0;
  bool coarse_only = false;
  auto token = trigger_;
  path_.push_back({token, 0, false});
  for (int i = 0; i < highest_climb && parse_[token].head >= 0; ++i) {
    sum += up(token);
    coarse_only = coarse_only || (parse_[token].deprel == Deprel::advcl && !shares_time(parse_, token) && !offset_);
    token = static_cast<std::uint32_t>(parse_[token].head);
    if (sum >= closed) break;
    path_.push_back({token, sum, coarse_only});
  }
}

float EventDater::Choice::price(const TimeExpression& expression) const {
  float sum = 0;
  auto token = expression.head;
  for (int i = 0; i < highest_climb && sum <= highest_price; ++i) {
    const auto meeting = std::find_if(path_.begin(), path_.end(), [&](const Step& step) { return step.token == token; });
    if (meeting != path_.end()) {
      const bool too_fine = meeting->coarse_only && expression.span.granularity < Granularity::month;
      const bool open = expression.span.open_begin || expression.span.open_end;
      const float total = sum + meeting->price;
      return too_fine ? closed : total + (open && total > 0.3f ? 1.0f : 0.0f);
    }
    if (parse_[token].head < 0) return closed;
    sum += down(token, token == expression.head, expression);
    token = static_cast<std::uint32_t>(parse_[token].head);
  }
  return closed;
}

/// "The army withdrew on Friday; the rebels cheered": what stands behind a semicolon goes on at the day named before it only while
/// that is the day of the news, and nothing goes on at a day named behind it.
bool EventDater::Choice::parted(const TimeExpression& expression) const {
  const auto from = std::min(trigger_, expression.range.first), to = std::max(trigger_, expression.range.first);
  bool semicolon = false;
  for (auto at = from; at < to && !semicolon; ++at) semicolon = parse_[at].form == ";";
  if (!semicolon) return false;
  const bool of_the_news =
      anchor_ && expression.span.granularity == Granularity::day && expression.span.end <= *anchor_ && *anchor_ - expression.span.end <= story_days;
  return trigger_ < expression.range.first || !of_the_news;
}

/// A clause in the future has no past date and the reverse, unless the expression is the trigger's own.
bool EventDater::Choice::tense_forbids(const TimeExpression& expression, float price) const {
  if (!anchor_ || price < 0.3f) return false;
  const bool ahead = expression.span.begin > *anchor_, gone = expression.span.end < *anchor_;
  if (tense_ == Tense::future || tense_ == Tense::modal) return gone && finite_;
  if (tense_ == Tense::present_perfect && gone) return true;
  if (tense_ == Tense::present && expression.span.end < *anchor_ - news_period_days) return true;
  return ahead && (tense_ == Tense::past || tense_ == Tense::past_perfect || tense_ == Tense::present_perfect);
}

/// Expressions that stand in a sentence; they are sorted, so that a binary search finds them.
std::pair<const TimeExpression*, std::size_t> EventDater::Choice::slice(std::uint32_t sentence) const {
  const TokenRange tokens = parse_.sentences[sentence].tokens;
  const auto before = [](const TimeExpression& e, std::uint32_t token) { return e.range.first < token; };
  const auto first = std::lower_bound(expressions_.begin(), expressions_.end(), tokens.first, before);
  const auto last = std::lower_bound(first, expressions_.end(), tokens.last, before);
  return {expressions_.data() + (first - expressions_.begin()), static_cast<std::size_t>(last - first)};
}

const TimeExpression* EventDater::Choice::best_of_sentence() {
  const auto [data, size] = slice(parse_[trigger_].sentence);
  const TimeExpression* best = nullptr;
  best_price_ = highest_price;
  for (const auto& expression : std::span(data, size)) {
    if (expression.kind != TimeExpression::Kind::date || !expression.resolved || expression.in_dateline) continue;
    float cost = price(expression);
    if (tense_forbids(expression, cost) || parted(expression)) continue;
    if (expression.span.granularity == Granularity::era) cost += 0.5f;
    if (cost < best_price_) best = &expression, best_price_ = cost;
  }
  return best;
}

/// "fired on Tuesday, two days after the vote": the trigger "vote" counts back from the main clause.
const TimeExpression* EventDater::Choice::event_offset() const {
  const Token& trigger = parse_[trigger_];
  if (trigger.deprel != Deprel::advcl && trigger.deprel != Deprel::acl && !is_nominal(trigger.deprel)) return nullptr;
  const auto [data, size] = slice(trigger.sentence);
  for (const auto& expression : std::span(data, size)) {
    const bool follows = expression.after_event && trigger_ >= expression.range.last && trigger_ - expression.range.last <= 8;
    if (!follows) continue;
    const bool above = parse_[expression.head].head == static_cast<std::int32_t>(trigger_);
    const bool below = trigger.head == static_cast<std::int32_t>(expression.head);
    if (above || below) return &expression;
  }
  return nullptr;
}

void EventDater::Choice::take(const TimeExpression& expression, DatedBy& out) const {
  out.span = expression.span;
  out.basis = DatedBy::Basis::expression;
  out.known = true;
  out.words = expression.range;
  out.expression = static_cast<std::int32_t>(&expression - expressions_.data());
  out.confidence = expression.confidence * std::max(0.3f, 1.0f - 0.12f * best_price_);
  // "said on Tuesday that it had sent": Tuesday is only the latest day it may have been.
  if (tense_ == Tense::past_perfect && best_price_ >= 2) out.span.open_begin = true;
}

/// True when the clause goes on telling in the past rather than reporting what someone says now.
bool EventDater::Choice::tells_history() const {
  if (tense_ != Tense::past && tense_ != Tense::past_perfect && tense_ != Tense::none) return false;
  const auto root = parse_.sentences[parse_[trigger_].sentence].root;
  const Tense main = tenses_.read(parse_, root);
  return (main == Tense::past || main == Tense::past_perfect) && !is_report(root);
}

/// The date of the sentence before in the same paragraph when that is history: background goes on until
/// something says else.
const TimeExpression* EventDater::Choice::carried() const {
  const auto sentence = parse_[trigger_].sentence;
  if (sentence == 0 || !anchor_ || !tells_history()) return nullptr;
  if (parse_.sentences[sentence - 1].paragraph != parse_.sentences[sentence].paragraph) return nullptr;
  const auto [data, size] = slice(sentence - 1);
  for (const auto& expression : std::span(data, size)) {
    const auto above = tenses_.predicate_above(parse_, expression.head);
    const bool main = above == parse_.sentences[sentence - 1].root && !is_report(above);
    const bool usable = expression.kind == TimeExpression::Kind::date && expression.resolved && !expression.in_dateline;
    if (main && usable && expression.span.end < *anchor_ - news_period_days) return &expression;
  }
  return nullptr;
}

/// With nothing said, the day of writing: open to the past for "had fired", to what comes for "will fire".
void EventDater::Choice::fall_back(DatedBy& out) const {
  out.basis = dateline_ ? DatedBy::Basis::dateline : DatedBy::Basis::assumption;
  if (!anchor_) return;
  out.known = true;
  out.span = {*anchor_, *anchor_, Granularity::day};
  out.span.open_begin = tense_ == Tense::past_perfect;
  out.span.open_end = tense_ == Tense::future;
  out.confidence = tense_ == Tense::past_perfect || tense_ == Tense::future ? 0.3f : 0.6f;
  if (dateline_) out.words = dateline_->range;
}

void EventDater::Choice::shift_by_event(DatedBy& out) const {
  if (!offset_ || !out.known || out.span.granularity != Granularity::day) return;
  out.span.begin = out.span.begin - offset_->shift_days, out.span.end = out.span.end - offset_->shift_days;
  out.words = offset_->range;
  out.basis = DatedBy::Basis::expression;
  out.confidence *= 0.8f;
}

void EventDater::Choice::judge_period(DatedBy& out) const {
  out.after_publication = tense_ == Tense::future && out.basis != DatedBy::Basis::expression;
  if (!anchor_ || !out.known) return;
  const bool coarse = out.span.granularity >= Granularity::year;
  const bool reaches_far_back = coarse && *anchor_ - out.span.begin > 365 && out.span.begin < *anchor_;
  out.before_publication_period = out.span.end < *anchor_ - news_period_days || reaches_far_back;
  if (out.basis == DatedBy::Basis::expression && !out.span.open_begin) out.after_publication = out.span.begin > *anchor_;
  if (out.basis == DatedBy::Basis::expression && out.span.open_begin) {
    out.after_publication = out.span.end > *anchor_ && direction_ != Direction::past;
  }
  if (tense_ == Tense::future && out.span.end >= *anchor_) out.after_publication = true;
}

DatedBy EventDater::Choice::run() {
  DatedBy out;
  const auto predicate = tenses_.predicate_above(parse_, trigger_);
  tense_ = tenses_.read(parse_, predicate);
  direction_ = tenses_.direction(parse_, trigger_);
  if (tense_ == Tense::infinitive || tense_ == Tense::participle) {
    finite_ = false;  // "agreed to meet": its time is the governor's
    if (direction_ == Direction::future) tense_ = Tense::modal;
  }
  out.tense = tense_;
  offset_ = event_offset();
  climb();
  const TimeExpression* chosen = best_of_sentence();
  if (chosen) {
    take(*chosen, out);
  } else if ((chosen = carried())) {
    best_price_ = 4;
    take(*chosen, out);
    out.carried = true;
  } else {
    fall_back(out);
  }
  shift_by_event(out);
  judge_period(out);
  return out;
}

std::string_view name(DatedBy::Basis basis) {
  constexpr std::array<std::string_view, 3> names = {"expression", "dateline", "assumption"};
  return names[static_cast<std::size_t>(basis)];
}

Result<EventDater> EventDater::load(const Resources& resources) {
  auto tenses = TenseReader::load(resources);
  if (!tenses) return tenses.error();
  EventDater dater;
  dater.tenses_ = std::move(tenses).value();
  return dater;
}

DatedBy EventDater::date_of(const Parse& parse, std::uint32_t trigger, const std::vector<TimeExpression>& expressions, std::optional<Date> published) const {
  return Choice(tenses_, parse, trigger, expressions, published).run();
}

}  // namespace legation
