// The likeness of two reports and the search for the most similar one. Doors: marks_of(), Incidents::add().
#include "dedup/incidents.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr std::uint32_t slots = std::uint32_t{1} << 19;
constexpr std::int32_t bucket_days = 2;
constexpr std::int32_t vague_days = 7;  ///< an event dated to more days than this is held to the day of the news
constexpr std::int32_t farthest_days = 5;
constexpr std::size_t shortest_mark = 3;  ///< bytes
constexpr std::size_t mark_bytes = 6;     ///< "negotiations" and "negotiated" are one

/// What two reports are compared by, one weight each; the likeness is their sum, in log odds. Sides: who acts, who receives.
enum Feature : std::uint8_t {
  always,
  actor_named,
  actor_role,
  actor_country,
  actor_unknown,
  actor_clash,
  actor_other_state,
  recipient_named,
  recipient_role,
  recipient_country,
  recipient_unknown,
  recipient_clash,
  recipient_other_state,
  words_alike,
  stories_alike,
  copies,
  same_place,
  other_place,
  same_number,
  near_number,
  far_number,
  same_mode,
  other_mode,
  dated_gap,
  half_dated_gap,
  undated_gap,
  names_strange,
  other_type,
  other_auxiliary,
  features
};
static_assert(features == likeness_features);
constexpr std::array<std::string_view, likeness_features> names = {
    "always",          "actor_named",    "actor_role",        "actor_country",     "actor_unknown",   "actor_clash",           "actor_other_state",
    "recipient_named", "recipient_role", "recipient_country", "recipient_unknown", "recipient_clash", "recipient_other_state", "words_alike",
    "stories_alike",   "copies",         "same_place",        "other_place",       "same_number",     "near_number",           "far_number",
    "same_mode",       "other_mode",     "dated_gap",         "half_dated_gap",    "undated_gap",     "names_strange",         "other_type",
    "other_auxiliary"};

/// Fitted by train/fit_incidents.py on the dev half of tests/gold/incidents and on items of one day of the current-events corpus. By hand: what the
/// fit has no examples of (copies, days apart of events without a day), and a stronger no to two different states and two types than it asks for.
constexpr Likeness weights = {-0.60F, 1.59F, 2.20F,  1.07F, -1.43F, 0,      -6.00F, 1.04F, 1.79F,  0.02F,  -1.56F, -0.51F, -3.00F, 3.13F, 3.87F,
                              3.00F,  0,     -0.60F, 0.57F, 0.31F,  -0.69F, -0.32F, 0,     -3.58F, -0.80F, -0.60F, -1.16F, -2.50F, -0.48F};
constexpr std::size_t rare_words = 6;            ///< by which reports of other types are found
constexpr std::size_t most_names = 3;            ///< more say no more
constexpr double near_ratio = 2, far_ratio = 6;  ///< of two tolls: they grow from report to report

constexpr std::array<std::string_view, 64> function_words = {
    "the",       "and",      "for",    "with",   "that",  "from",   "said",      "says",     "was",   "were", "has",  "had",   "have",
    "his",       "her",      "its",    "their",  "who",   "which",  "this",      "these",    "those", "are",  "been", "will",  "would",
    "could",     "after",    "before", "over",   "into",  "than",   "also",      "they",     "them",  "but",  "not",  "about", "between",
    "against",   "during",   "under",  "when",   "where", "while",  "what",      "more",     "most",  "some", "such", "other", "another",
    "according", "reported", "told",   "saying", "news",  "agency", "officials", "official", "there", "here", "our",  "out"};

constexpr std::array<std::string_view, 19> calendar_words = {"monday",  "tuesday",   "wednesday", "thursday", "friday",  "saturday", "sunday",
                                                             "january", "february",  "march",     "april",    "may",     "june",     "july",
                                                             "august",  "september", "october",   "november", "december"};

/// Marks of the words of substance that `wanted` takes, by word in small letters, whether it had a capital, and whether it began the sentence.
template <class Wanted>
std::vector<std::uint32_t> marked_words(std::string_view sentence, Wanted wanted) {
  std::vector<std::uint32_t> marks;
  std::string word;
  bool capital = false, first = true;
  const auto end_word = [&] {
    if (word.empty()) return;
    const bool content = word.size() >= shortest_mark && std::ranges::find(function_words, word) == function_words.end();
    if (content && wanted(word, capital, first)) marks.push_back(mark(std::string_view(word).substr(0, mark_bytes)));
    word.clear();
    first = false;
  };
  for (const char c : sentence) {
    const bool upper = ascii::is_upper(c);
    const bool letter = static_cast<unsigned char>(c) >= 0x80 || ascii::is_letter(c) || ascii::is_digit(c);
    if (!letter) {
      end_word();
      continue;
    }
    if (word.empty()) capital = upper;
    word.push_back(upper ? static_cast<char>(c + 32) : c);
  }
  end_word();
  std::ranges::sort(marks);
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  return marks;
}

bool is_state(const PartyMark& party) {
  static const std::array<std::uint32_t, 3> sectors = {0, mark("GOV"), mark("MIL")};
  return std::ranges::find(sectors, party.sector) != sectors.end();
}

/// Same actor by name, by country and sector, by country; not told; another; another state: how far from the first of a side's features.
std::size_t party_likeness(const PartyMark& a, const PartyMark& b) {
  if (a.name != 0 && a.name == b.name) return 0;
  if (a.code == 0 || b.code == 0) return 3;
  if (a.code != b.code) return is_state(a) && is_state(b) ? 5 : 4;
  return a.sector == b.sector && (a.name == 0 || b.name == 0) ? 1 : 2;
}

/// Each of the shorter list finds its best match in the other one.
void measure_side(const std::vector<PartyMark>& a, const std::vector<PartyMark>& b, Feature first, Likeness& found) {
  if (a.empty() || b.empty()) {
    found[first + 3u] += 1;
    return;
  }
  const auto& few = a.size() <= b.size() ? a : b;
  const auto& many = a.size() <= b.size() ? b : a;
  for (const PartyMark& one : few) {
    std::size_t best = 5;
    for (const PartyMark& other : many) best = std::min(best, party_likeness(one, other));
    found[first + best] += 1.0F / static_cast<float>(few.size());
  }
}

struct Days {
  std::int32_t begin = 0, end = 0;
  bool dated = false;
};
Days days_of(const EventReport& report) {
  const std::int32_t news = report.published ? report.published->days : 0;
  if (!report.begin) return {news, news, false};
  const Days days{report.begin->days, report.end.value_or(*report.begin).days, report.dated};
  return days.end - days.begin > vague_days && report.published ? Days{news, news, false} : days;
}

std::int32_t days_apart(const Days& a, const Days& b) { return std::max({a.begin - b.end, b.begin - a.end, 0}); }

void measure_days(const EventReport& a, const EventReport& b, Likeness& found) {
  const Days of_a = days_of(a), of_b = days_of(b);
  const auto gap = static_cast<float>(days_apart(of_a, of_b));
  found[of_a.dated && of_b.dated ? dated_gap : of_a.dated || of_b.dated ? half_dated_gap : undated_gap] = gap;
}

/// The numbers of one kind that agree best speak.
void measure_numbers(const EventReport& a, const EventReport& b, Likeness& found) {
  double best = std::numeric_limits<double>::infinity();
  for (const QuantityMark& one : a.quantities)
    for (const QuantityMark& other : b.quantities)
      if (one.kind == other.kind && one.value > 0 && other.value > 0)
        best = std::min(best, std::max(one.value, other.value) / std::min(one.value, other.value));
  if (best == 1)
    found[same_number] = 1;
  else if (best <= near_ratio)
    found[near_number] = 1;
  else if (best > far_ratio && std::isfinite(best))
    found[far_number] = 1;
}

void measure_modes(const EventReport& a, const EventReport& b, Likeness& found) {
  if (a.modes.empty() || b.modes.empty()) return;
  const bool common = std::ranges::any_of(a.modes, [&](std::uint32_t mode) { return std::ranges::find(b.modes, mode) != b.modes.end(); });
  found[common ? same_mode : other_mode] = 1;
}

bool everyone_acts(const EventReport& report) { return report.recipients.empty() && report.actors.size() > 1; }

/// Who meets whom has no direction.
void measure_parties(const EventReport& a, const EventReport& b, Likeness& found) {
  if (!everyone_acts(a) && !everyone_acts(b)) {
    measure_side(a.actors, b.actors, actor_named, found);
    return measure_side(a.recipients, b.recipients, recipient_named, found);
  }
  const auto everyone = [](const EventReport& report) {
    std::vector<PartyMark> all = report.actors;
    all.insert(all.end(), report.recipients.begin(), report.recipients.end());
    return all;
  };
  measure_side(everyone(a), everyone(b), actor_named, found);
  std::copy_n(found.begin() + actor_named, 6, found.begin() + recipient_named);
}

/// How many of the ascending `marks` are among the ascending `others`.
std::size_t how_many_among(const std::vector<std::uint32_t>& marks, const std::vector<std::uint32_t>& others) {
  return static_cast<std::size_t>(std::ranges::count_if(marks, [&](std::uint32_t mark) { return std::ranges::binary_search(others, mark); }));
}

/// Names of the one that the other's document does not have, and the reverse: another place or person each.
void measure_names(const EventReport& a, const EventReport& b, Likeness& found) {
  const std::size_t strange_a = a.names.size() - how_many_among(a.names, b.story), strange_b = b.names.size() - how_many_among(b.names, a.story);
  found[names_strange] = static_cast<float>(std::min({strange_a, strange_b, most_names}));
}

double weighted(const Likeness& found) {
  double sum = 0;
  for (std::size_t at = 0; at < features; ++at) sum += static_cast<double>(found[at]) * static_cast<double>(weights[at]);
  return sum;
}

}  // namespace

const std::array<std::string_view, likeness_features>& likeness_names() { return names; }

std::uint32_t mark(std::string_view word) {
  if (word.empty()) return 0;
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL;
  return std::max(static_cast<std::uint32_t>(hash >> 32), 1u);
}

std::vector<std::uint32_t> marks_of(std::string_view sentence) {
  return marked_words(sentence, [](const std::string&, bool, bool) { return true; });
}

std::vector<std::uint32_t> names_of(std::string_view sentence) {
  return marked_words(sentence, [](const std::string& word, bool capital, bool first) {
    return capital && !first && std::ranges::find(calendar_words, word) == calendar_words.end();
  });
}

/// Two reports of one occurrence share some days and at least one of: type with a party, a rare word.
std::vector<std::uint32_t> Incidents::slots_of(const Known& known, std::int32_t bucket_shift) {
  const EventReport& report = known.report;
  std::vector<std::uint32_t> found;
  const std::int32_t bucket = days_of(report).begin / bucket_days + bucket_shift;
  const auto add = [&](std::uint32_t high, std::uint32_t low) {
    std::uint64_t hash = (std::uint64_t{high} << 32 | low) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint32_t>(bucket);
    hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL;
    found.push_back(static_cast<std::uint32_t>(hash >> 32) % slots);
  };
  for (const auto* side : {&report.actors, &report.recipients})
    for (const PartyMark& party : *side)
      if (party.code != 0) add(report.type, party.code);
  if (found.empty()) add(report.type, 0);
  for (const std::uint32_t word : known.rarest) add(word, 1);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Incidents::Weighed Incidents::weights_of(const std::vector<std::uint32_t>& words) const {
  Weighed found;
  double squares = 0;
  for (const std::uint32_t word : words) {
    const double weight = std::log((static_cast<double>(reports_) + 20) / (seen_[word % seen_.size()] + 1.0));
    const auto rounded = static_cast<std::uint8_t>(std::clamp(16 * weight, 0.0, 255.0));
    found.weights.push_back(rounded);
    squares += static_cast<double>(rounded) * rounded;
  }
  found.length = static_cast<float>(std::sqrt(squares));
  return found;
}

Incidents::Known Incidents::weighed(std::uint64_t incident, EventReport report) const {
  Known known{incident, std::move(report), 0, {}, {}, true, {}, {}};
  known.first_day = days_of(known.report).begin;
  known.words = weights_of(known.report.words);
  known.story = weights_of(known.report.story);
  std::vector<std::size_t> order(known.report.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return known.words.weights[a] > known.words.weights[b]; });
  for (std::size_t at = 0; at < std::min(order.size(), rare_words); ++at) known.rarest.push_back(known.report.words[order[at]]);
  return known;
}

double Incidents::cosine(const std::vector<std::uint32_t>& a, const Weighed& of_a, const std::vector<std::uint32_t>& b, const Weighed& of_b) {
  if (of_a.length == 0 || of_b.length == 0) return 0;
  double both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) both += static_cast<double>(of_a.weights[i]) * of_b.weights[j];
    const bool step_a = a[i] <= b[j], step_b = b[j] <= a[i];
    i += step_a, j += step_b;
  }
  return both / (static_cast<double>(of_a.length) * static_cast<double>(of_b.length));
}

bool Incidents::may_join(const Known& report, const Known& known) {
  const Days days = days_of(report.report);
  return report.report.denied == known.report.denied && days_apart(days, days_of(known.report)) <= farthest_days &&
         std::max({days.begin - known.first_day, known.first_day - days.end, 0}) <= farthest_days;
}

Likeness Incidents::measure(const Known& one, const Known& other) {
  const EventReport &a = one.report, &b = other.report;
  Likeness found{};
  found[always] = 1;
  measure_parties(a, b, found);
  measure_days(a, b, found);
  measure_numbers(a, b, found);
  measure_modes(a, b, found);
  found[other_type] = a.type != b.type;
  found[other_auxiliary] = a.auxiliary != b.auxiliary;
  if (a.place != 0 && b.place != 0) found[a.place == b.place ? same_place : other_place] = 1;
  found[copies] = a.text_group != 0 && a.text_group == b.text_group && a.document != b.document;
  found[words_alike] = static_cast<float>(cosine(a.words, one.words, b.words, other.words));
  found[stories_alike] = static_cast<float>(cosine(a.story, one.story, b.story, other.story));
  measure_names(a, b, found);
  return found;
}

double Incidents::likeness(const Known& a, const Known& b) { return weighted(measure(a, b)); }

void Incidents::search(const Generation& generation, const Known& report, Found& one_type, std::vector<Found>& other_types) const {
  visit(generation, report, [&](const Known& known) {
    const double alike = likeness(report, known);
    if (alike <= 0) return;
    if (known.report.type != report.report.type)
      other_types.push_back({alike, known.incident, known.first_day});
    else if (alike > one_type.alike)
      one_type = {alike, known.incident, known.first_day};
  });
}

std::vector<std::uint64_t> Incidents::add(std::uint64_t fresh, std::vector<EventReport> reports) {
  std::vector<std::uint64_t> given;
  std::vector<std::vector<Found>> others;
  std::vector<Known> known;
  for (EventReport& report : reports) {
    known.push_back(weighed(0, std::move(report)));
    Found best{0, fresh + given.size(), known.back().first_day};
    auto& other_types = others.emplace_back();
    search(present_, known.back(), best, other_types);
    search(past_, known.back(), best, other_types);
    for (std::size_t at = 0; at < given.size(); ++at)  // headline and text often tell it twice
      if (const double alike = likeness(known[at], known.back());
          alike > best.alike && known[at].report.type == known.back().report.type && may_join(known.back(), known[at]))
        best = {alike, given[at], known[at].first_day};
    given.push_back(best.incident);
    known.back().first_day = best.first_day;
  }
  for (std::size_t at = 0; at < given.size(); ++at) {
    std::ranges::stable_sort(others[at], std::ranges::greater{}, &Found::alike);
    const auto free = std::ranges::find_if(others[at], [&](const Found& found) { return std::ranges::find(given, found.incident) == given.end(); });
    if (given[at] == fresh + at && free != others[at].end()) given[at] = free->incident, known[at].first_day = free->first_day;
  }
  for (std::size_t at = 0; at < given.size(); ++at) {
    known[at].incident = given[at];
    insert(std::move(known[at]));
  }
  return given;
}

void Incidents::remember(std::uint64_t incident, EventReport report) {
  Known known = weighed(incident, std::move(report));
  known.fresh = false;
  known.first_day = first_days_.try_emplace(incident, known.first_day).first->second;
  insert(std::move(known));
}

void Incidents::insert(Known known) {
  if (present_.reports.size() >= remembered_) {
    past_ = std::move(present_);
    present_ = {};
    first_days_.clear();
  }
  if (present_.heads.empty()) present_.heads.assign(slots, 0);
  ++reports_;
  for (const std::uint32_t word : known.report.words) ++seen_[word % seen_.size()];
  const auto number = static_cast<std::uint32_t>(present_.reports.size() + 1);
  for (const std::uint32_t slot : slots_of(known, 0)) {
    known.next.emplace_back(slot, present_.heads[slot]);
    present_.heads[slot] = number;
  }
  present_.reports.push_back(std::move(known));
}

}  // namespace legation
