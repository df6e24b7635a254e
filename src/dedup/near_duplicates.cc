// Sketches, bands, and the two generations of documents. Doors: sketch_of(), NearDuplicates::add().
#include "dedup/near_duplicates.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr std::size_t longest_chain = 64;  ///< looked at per band: keeps the cost of a document constant
constexpr std::uint32_t slots = std::uint32_t{1} << 22;

std::uint32_t mix(std::uint64_t value) {
  value = (value ^ (value >> 31)) * 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 29)) * 0xbf58476d1ce4e5b9ULL;
  return static_cast<std::uint32_t>(value >> 32);
}

bool is_word_byte(char byte) { return static_cast<unsigned char>(byte) >= 0x80 || ascii::is_digit(byte) || ascii::is_letter(byte); }

struct WordHash {
  std::uint64_t hash;
  bool figure;  ///< has a capital or a digit
  bool number;  ///< has a digit
};
constexpr WordHash start_of_word{0xcbf29ce484222325ULL, false, false};

constexpr std::uint64_t with_byte(std::uint64_t hash, unsigned char byte) { return (hash ^ byte) * 0x100000001b3ULL; }

constexpr std::array<std::string_view, 45> spelled_numbers_and_days = {
    "two",      "three",   "four",    "five",      "six",       "seven",    "eight",    "nine",     "ten",    "eleven",  "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",  "nineteen", "twenty",   "thirty",   "forty",  "fifty",   "sixty",    "seventy",
    "eighty",   "ninety",  "monday",  "tuesday",   "wednesday", "thursday", "friday",   "saturday", "sunday", "january", "february", "march",
    "april",    "june",    "july",    "august",    "september", "october",  "november", "december", "dozens"};

bool is_spelled_number_or_day(std::uint64_t hash) {
  static const std::array<std::uint64_t, spelled_numbers_and_days.size()> sorted = [] {
    std::array<std::uint64_t, spelled_numbers_and_days.size()> hashes{};
    for (std::size_t at = 0; at < hashes.size(); ++at) {
      hashes[at] = start_of_word.hash;
      for (const char c : spelled_numbers_and_days[at]) hashes[at] = with_byte(hashes[at], static_cast<unsigned char>(c));
    }
    std::ranges::sort(hashes);
    return hashes;
  }();
  return std::ranges::binary_search(sorted, hash);
}

/// The words, lower-cased, in order.
std::vector<WordHash> word_hashes(std::string_view text) {
  std::vector<WordHash> words;
  WordHash word = start_of_word;
  for (const char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (is_word_byte(byte)) {
      const bool capital = ascii::is_upper(c);
      if (capital) byte += 32;
      word.number |= ascii::is_digit(c);
      word.figure |= capital || word.number;
      word.hash = with_byte(word.hash, byte);
    } else if (word.hash != start_of_word.hash && c != ',' && c != '\'') {  // "50,000" is one word
      words.push_back(word);
      word = start_of_word;
    }
  }
  if (word.hash != start_of_word.hash) words.push_back(word);
  for (WordHash& found : words)
    if (!found.number && is_spelled_number_or_day(found.hash)) found.number = found.figure = true;
  return words;
}

void sort_and_cut(std::vector<std::uint32_t>& hashes, std::size_t most) {
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  if (hashes.size() > most) hashes.resize(most);
  hashes.shrink_to_fit();
}

/// How many of the smallest `most` hashes of both together both have, and how many there are.
struct Overlap {
  std::size_t both = 0, all = 0;
};
Overlap overlap(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, std::size_t most) {
  Overlap result;
  std::size_t i = 0, j = 0;
  while (result.all < most && (i < a.size() || j < b.size())) {
    const bool take_a = j == b.size() || (i < a.size() && a[i] <= b[j]);
    const bool take_b = i == a.size() || (j < b.size() && b[j] <= a[i]);
    result.both += take_a && take_b;
    ++result.all;
    i += take_a, j += take_b;
  }
  return result;
}

}  // namespace

Sketch sketch_of(std::string_view text, std::optional<Date> published) {
  const std::vector<WordHash> words = word_hashes(text);
  Sketch sketch;
  sketch.published = published;
  for (std::size_t i = 1; i < words.size(); ++i) sketch.hashes.push_back(mix(words[i - 1].hash * 31 + words[i].hash));
  if (words.size() == 1) sketch.hashes.push_back(mix(words[0].hash));
  for (const WordHash& word : words)
    if (word.figure) sketch.figures.push_back((mix(word.hash) & ~Sketch::number_bit) | (word.number ? Sketch::number_bit : 0));
  sort_and_cut(sketch.hashes, std::numeric_limits<std::size_t>::max());
  sketch.pairs = static_cast<std::uint32_t>(sketch.hashes.size());
  sort_and_cut(sketch.hashes, Sketch::longest);
  sort_and_cut(sketch.figures, Sketch::most_figures);
  return sketch;
}

double same_figures(const Sketch& a, const Sketch& b) {
  const Overlap found = overlap(a.figures, b.figures, std::numeric_limits<std::size_t>::max());
  return found.all == 0 ? 1 : static_cast<double>(found.both) / static_cast<double>(found.all);
}

double contained_figures(const Sketch& a, const Sketch& b) {
  const std::size_t fewer = std::min(a.figures.size(), b.figures.size());
  const Overlap found = overlap(a.figures, b.figures, std::numeric_limits<std::size_t>::max());
  return fewer == 0 ? 1 : static_cast<double>(found.both) / static_cast<double>(fewer);
}

namespace {

template <class Wanted>
double differing(const Sketch& a, const Sketch& b, Wanted wanted) {
  std::size_t of_a = 0, both = 0;
  for (const std::uint32_t figure : a.figures) {
    of_a += wanted(figure);
    both += wanted(figure) && std::ranges::binary_search(b.figures, figure);
  }
  const auto of_b = static_cast<std::size_t>(std::ranges::count_if(b.figures, wanted));
  const std::size_t fewer = std::min(of_a, of_b);
  return fewer == 0 ? 0 : static_cast<double>(fewer - both) / static_cast<double>(fewer);
}

}  // namespace

double differing_figures(const Sketch& a, const Sketch& b) {
  return differing(a, b, [](std::uint32_t) { return true; });
}

double differing_numbers(const Sketch& a, const Sketch& b) {
  return differing(a, b, [](std::uint32_t figure) { return (figure & Sketch::number_bit) != 0; });
}

double resemblance(const Sketch& a, const Sketch& b) {
  // Where both are whole every hash counts; a cut sketch only says what lies below its last one.
  const bool whole = a.pairs <= Sketch::longest && b.pairs <= Sketch::longest;
  const Overlap found = overlap(a.hashes, b.hashes, whole ? std::numeric_limits<std::size_t>::max() : Sketch::longest);
  return found.all == 0 ? 0 : static_cast<double>(found.both) / static_cast<double>(found.all);
}

double containment(const Sketch& a, const Sketch& b) {
  const std::uint32_t shorter = std::min(a.pairs, b.pairs);
  if (shorter == 0) return 0;
  const double alike = resemblance(a, b);
  const double common = alike * (static_cast<double>(a.pairs) + b.pairs) / (1 + alike);
  return std::min(1.0, common / shorter);
}

NearDuplicates::Keys NearDuplicates::keys_of(const Sketch& sketch) {
  Keys keys;
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint64_t key = band;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t salt = (band * rows + row + 1) * 0xff51afd7ed558ccdULL;
      std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
      for (const std::uint32_t hash : sketch.hashes) least = std::min(least, mix(hash ^ salt));
      key = key * 0xc4ceb9fe1a85ec53ULL + least;
    }
    keys[band] = mix(key);
  }
  return keys;
}

double NearDuplicates::likeness(const Sketch& a, const Sketch& b) const {
  if (a.published && b.published && std::abs(a.published->days - b.published->days) > options_.days) return 0;
  const double alike = resemblance(a, b);
  if (alike < 1 && (differing_figures(a, b) >= options_.differing_figures || differing_numbers(a, b) >= options_.differing_numbers)) return 0;
  if (alike >= options_.resemblance && same_figures(a, b) >= options_.figures) return alike;
  const bool enough = std::min(a.pairs, b.pairs) >= options_.long_enough;
  const bool contained = enough && containment(a, b) >= options_.containment && contained_figures(a, b) >= options_.contained_figures;
  return contained ? alike : 0;
}

void NearDuplicates::search(const Generation& generation, const Sketch& sketch, const Keys& keys, double& best, std::uint64_t& group) const {
  if (generation.heads.empty()) return;
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint32_t at = generation.heads[keys[band] % slots];
    for (std::size_t steps = 0; at != 0 && steps < longest_chain; ++steps) {
      const Link link = generation.links[at - 1][band];
      if (link.key == keys[band]) {
        const Known& known = generation.documents[at - 1];
        const double alike = likeness(sketch, known.sketch);
        if (alike > best) best = alike, group = known.group;
        if (best == 1) return;
      }
      at = link.next;
    }
  }
}

void NearDuplicates::insert(std::uint64_t group, Sketch sketch, const Keys& keys) {
  if (present_.documents.size() >= options_.remembered) {
    past_ = std::move(present_);
    present_ = {};
  }
  if (present_.heads.empty()) present_.heads.assign(slots, 0);
  present_.documents.push_back({group, std::move(sketch)});
  auto& links = present_.links.emplace_back();
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint32_t& head = present_.heads[keys[band] % slots];
    links[band] = {keys[band], head};
    head = static_cast<std::uint32_t>(present_.documents.size());
  }
}

std::uint64_t NearDuplicates::add(std::uint64_t id, Sketch sketch) {
  const Keys keys = keys_of(sketch);
  double best = 0;
  std::uint64_t group = id;
  search(present_, sketch, keys, best, group);
  if (best < 1) search(past_, sketch, keys, best, group);
  insert(group, std::move(sketch), keys);
  return group;
}

void NearDuplicates::remember(std::uint64_t group, Sketch sketch) {
  const Keys keys = keys_of(sketch);
  insert(group, std::move(sketch), keys);
}

}  // namespace legation
