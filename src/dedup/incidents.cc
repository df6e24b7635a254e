// The likeness of two reports and the search for the most similar one. Doors: marks_of(), Incidents::add().
#include "dedup/incidents.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace legation {
namespace {

constexpr std::size_t longest_chain = 100;  ///< reports looked at per key: keeps the cost of a report constant
constexpr std::uint32_t slots = std::uint32_t{1} << 19;
constexpr std::int32_t bucket_days = 2;
constexpr std::int32_t vague_days = 7;     ///< an event dated to more days than this is held to the day of the news
constexpr std::int32_t farthest_days = 5;
constexpr std::size_t shortest_mark = 3;  ///< bytes
constexpr std::size_t mark_bytes = 6;     ///< "negotiations" and "negotiated" are one

/// What the likeness adds up. Set by hand, looking at the reports of the Wikipedia corpus that were joined.
struct Weights {
  double named = 0.34, role = 0.24, country = 0.16, one_missing = 0.06, clash = -0.5;  // per side
  double text = 0.75, same_copy = 0.5;
  double same_place = 0.1, other_place = -0.3;
  double same_number = 0.12, other_number = -0.1;
  double other_mode = -0.12;
  double day_apart = -0.1, dated_apart = -0.45;
};
constexpr Weights weights;

constexpr std::array<std::string_view, 64> function_words = {
    "the", "and", "for", "with", "that", "from", "said", "says", "was", "were", "has", "had", "have", "his", "her", "its",
    "their", "who", "which", "this", "these", "those", "are", "been", "will", "would", "could", "after", "before", "over", "into", "than",
    "also", "they", "them", "but", "not", "about", "between", "against", "during", "under", "when", "where", "while", "what", "more", "most",
    "some", "such", "other", "another", "according", "reported", "told", "saying", "news", "agency", "officials", "official", "there", "here", "our", "out"};

/// Same actor by name, by country and sector, by country; or one clearly another.
double party_likeness(const PartyMark& a, const PartyMark& b) {
  if (a.name != 0 && a.name == b.name) return weights.named;
  if (a.code != b.code && a.code != 0 && b.code != 0) return weights.clash;
  if (a.code == 0 || b.code == 0) return a.code == b.code ? weights.one_missing : 0;
  if (a.sector == b.sector) return a.name != 0 && b.name != 0 ? weights.country : weights.role;
  return a.sector == 0 || b.sector == 0 ? weights.country : weights.one_missing;
}

/// Each of the shorter list finds its best match in the other one; the mean of these.
double side_likeness(const std::vector<PartyMark>& a, const std::vector<PartyMark>& b) {
  if (a.empty() && b.empty()) return weights.country;
  if (a.empty() || b.empty()) return weights.one_missing;
  const auto& few = a.size() <= b.size() ? a : b;
  const auto& many = a.size() <= b.size() ? b : a;
  double sum = 0;
  for (const PartyMark& one : few) {
    double best = weights.clash;
    for (const PartyMark& other : many) best = std::max(best, party_likeness(one, other));
    sum += best;
  }
  return sum / static_cast<double>(few.size());
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

double date_likeness(const Days& a, const Days& b) {
  const std::int32_t gap = days_apart(a, b);
  return gap * (a.dated && b.dated ? weights.dated_apart : a.dated || b.dated ? 1.5 * weights.day_apart : weights.day_apart);
}

double number_likeness(const EventReport& a, const EventReport& b) {
  double sum = 0;
  for (const QuantityMark& one : a.quantities)
    for (const QuantityMark& other : b.quantities)
      if (one.kind == other.kind) sum += one.value == other.value ? weights.same_number : weights.other_number;
  return std::clamp(sum, weights.other_number, 2 * weights.same_number);
}

double mode_likeness(const EventReport& a, const EventReport& b) {
  if (a.modes.empty() || b.modes.empty()) return 0;
  const bool common = std::ranges::any_of(a.modes, [&](std::uint32_t mode) { return std::ranges::find(b.modes, mode) != b.modes.end(); });
  return common ? 0 : weights.other_mode;
}

bool everyone_acts(const EventReport& report) { return report.recipients.empty() && report.actors.size() > 1; }

/// Who meets whom has no direction.
double parties_likeness(const EventReport& a, const EventReport& b) {
  if (!everyone_acts(a) && !everyone_acts(b)) return side_likeness(a.actors, b.actors) + side_likeness(a.recipients, b.recipients);
  const auto everyone = [](const EventReport& report) {
    std::vector<PartyMark> all = report.actors;
    all.insert(all.end(), report.recipients.begin(), report.recipients.end());
    return all;
  };
  return 2 * side_likeness(everyone(a), everyone(b));
}

/// Type, one party and some days: two reports of one occurrence share at least one slot.
std::vector<std::uint32_t> slots_of(const EventReport& report, std::int32_t bucket_shift) {
  std::vector<std::uint32_t> found;
  const std::int32_t bucket = days_of(report).begin / bucket_days + bucket_shift;
  const auto add = [&](std::uint32_t code) {
    std::uint64_t hash = (std::uint64_t{report.type} << 32 | code) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint32_t>(bucket);
    hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL;
    found.push_back(static_cast<std::uint32_t>(hash >> 32) % slots);
  };
  for (const auto* side : {&report.actors, &report.recipients})
    for (const PartyMark& party : *side)
      if (party.code != 0) add(party.code);
  if (found.empty()) add(0);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

std::uint32_t mark(std::string_view word) {
  if (word.empty()) return 0;
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL;
  return std::max(static_cast<std::uint32_t>(hash >> 32), 1u);
}

std::vector<std::uint32_t> marks_of(std::string_view sentence) {
  std::vector<std::uint32_t> marks;
  std::string word;
  const auto end_word = [&] {
    const bool content = word.size() >= shortest_mark && std::ranges::find(function_words, word) == function_words.end();
    if (content) marks.push_back(mark(std::string_view(word).substr(0, mark_bytes)));
    word.clear();
  };
  for (const char c : sentence) {
    const bool letter = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    else end_word();
  }
  end_word();
  std::ranges::sort(marks);
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  return marks;
}

Incidents::Known Incidents::weighed(std::uint64_t incident, EventReport report) const {
  Known known{incident, std::move(report), {}, 0, {}};
  double squares = 0;
  for (const std::uint32_t word : known.report.words) {
    const double weight = std::log((static_cast<double>(reports_) + 20) / (seen_[word % seen_.size()] + 1.0));
    known.weights.push_back(static_cast<float>(std::max(weight, 0.0)));
    squares += weight * weight;
  }
  known.length = static_cast<float>(std::sqrt(squares));
  return known;
}

double Incidents::likeness(const Known& one, const Known& other) {
  const EventReport &a = one.report, &b = other.report;
  const Days days_a = days_of(a), days_b = days_of(b);
  if (a.type != b.type || days_apart(days_a, days_b) > farthest_days) return 0;
  double sum = parties_likeness(a, b) + date_likeness(days_a, days_b) + mode_likeness(a, b) + number_likeness(a, b);
  if (a.place != 0 && b.place != 0) sum += a.place == b.place ? weights.same_place : weights.other_place;
  if (a.text_group != 0 && a.text_group == b.text_group) sum += weights.same_copy;
  if (sum + weights.text < threshold || one.length == 0 || other.length == 0) return sum;
  double both = 0;
  for (std::size_t i = 0, j = 0; i < a.words.size() && j < b.words.size();) {
    if (a.words[i] == b.words[j]) both += static_cast<double>(one.weights[i]) * other.weights[j];
    const bool step_a = a.words[i] <= b.words[j], step_b = b.words[j] <= a.words[i];
    i += step_a, j += step_b;
  }
  return sum + weights.text * both / (static_cast<double>(one.length) * other.length);
}

void Incidents::search(const Generation& generation, const Known& report, double& best, std::uint64_t& incident) const {
  if (generation.heads.empty()) return;
  for (const std::int32_t shift : {0, -1, 1}) {
    for (const std::uint32_t slot : slots_of(report.report, shift)) {
      std::uint32_t at = generation.heads[slot];
      for (std::size_t steps = 0; at != 0 && steps < longest_chain; ++steps) {
        const Known& known = generation.reports[at - 1];
        const double alike = likeness(report, known);
        if (alike > best) best = alike, incident = known.incident;
        const auto link = std::ranges::find(known.next, slot, [](const auto& next) { return next.first; });
        at = link == known.next.end() ? 0 : link->second;
      }
    }
  }
}

std::uint64_t Incidents::add(std::uint64_t fresh, EventReport report) {
  Known known = weighed(fresh, std::move(report));
  double best = threshold;
  search(present_, known, best, known.incident);
  search(past_, known, best, known.incident);
  const std::uint64_t incident = known.incident;
  insert(std::move(known));
  return incident;
}

void Incidents::remember(std::uint64_t incident, EventReport report) { insert(weighed(incident, std::move(report))); }

void Incidents::insert(Known known) {
  if (present_.reports.size() >= remembered_) {
    past_ = std::move(present_);
    present_ = {};
  }
  if (present_.heads.empty()) present_.heads.assign(slots, 0);
  ++reports_;
  for (const std::uint32_t word : known.report.words) ++seen_[word % seen_.size()];
  const auto number = static_cast<std::uint32_t>(present_.reports.size() + 1);
  for (const std::uint32_t slot : slots_of(known.report, 0)) {
    known.next.emplace_back(slot, present_.heads[slot]);
    present_.heads[slot] = number;
  }
  present_.reports.push_back(std::move(known));
}

}  // namespace legation
