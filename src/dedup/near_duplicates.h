// NearDuplicates: which documents are one text with edits (wire copy reprinted, cut, with another headline).
// Doors: sketch_of(), NearDuplicates::add().
// Bottom-k sketches of word pairs (Broder 1997, "On the resemblance and containment of documents"), found through
// min-wise hashing in bands (Indyk and Motwani 1998).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "legation/date.h"

namespace legation {

/// What is kept of a document's words: the smallest hashes of its word pairs, ascending. Short documents are kept whole.
struct Sketch {
  static constexpr std::size_t longest = 96;
  std::uint32_t pairs = 0;  ///< how many different word pairs the document has
  std::vector<std::uint32_t> hashes;
  /// Words with capitals or digits, hashed, ascending, the smallest `most_figures`: reports after one pattern ("X reports N new cases") share
  /// their word pairs, not these.
  std::vector<std::uint32_t> figures;
  static constexpr std::size_t most_figures = 64;
  /// The lowest bit of a figure: it is a number (in digits or words), a weekday or a month. Daily reports of one series differ in these alone.
  static constexpr std::uint32_t number_bit = 1;
  std::optional<Date> published;
};

/// Case (but for figures), punctuation and digits' grouping do not count. Cost: linear.
Sketch sketch_of(std::string_view text, std::optional<Date> published);
/// Estimated share of word pairs common to both among all that either has, 0..1; exact for short documents.
double resemblance(const Sketch& a, const Sketch& b);
/// Estimated share of the shorter document's word pairs that the other has too.
double containment(const Sketch& a, const Sketch& b);
/// Share of figures common to both among all that either has, and of those of the one that has fewer; 1 where there are none.
double same_figures(const Sketch& a, const Sketch& b);
double contained_figures(const Sketch& a, const Sketch& b);
/// Share of the figures, and of the numbers and days alone, of the one that has fewer for which the other has different ones; 0 where there are
/// none, or one merely has more.
double differing_figures(const Sketch& a, const Sketch& b);
double differing_numbers(const Sketch& a, const Sketch& b);

/// Remembers documents and names the group of each new one. Memory is bounded: of more than twice `remembered` documents the
/// oldest are forgotten. Cost per document: constant. Not thread safe.
class NearDuplicates {
 public:
  struct Options {
    double resemblance = 0.5, figures = 0.6;                   ///< at least these, or
    double containment = 0.85, contained_figures = 0.8;        ///< these, when the shorter one has `long_enough` word pairs
    double differing_figures = 0.25, differing_numbers = 0.3;  ///< at one of these it is a report after the same pattern, not a reprint
    std::int32_t days = 5;                                     ///< between the days of publication, where both are known
    std::uint32_t long_enough = 16;
    std::size_t remembered = 250'000;
  };
  NearDuplicates() : NearDuplicates(Options{}) {}
  explicit NearDuplicates(Options options) : options_(options) {}

  /// The group of the most similar document remembered, else `id`.
  std::uint64_t add(std::uint64_t id, Sketch sketch);
  /// A document whose group is known (from a ledger).
  void remember(std::uint64_t group, Sketch sketch);

 private:
  static constexpr std::size_t bands = 24, rows = 3;
  using Keys = std::array<std::uint32_t, bands>;
  struct Known {
    std::uint64_t group = 0;
    Sketch sketch;
  };
  /// In the chain of one slot: the key, and 1 + the document before it.
  struct Link {
    std::uint32_t key = 0, next = 0;
  };
  struct Generation {
    std::vector<Known> documents;
    std::vector<std::array<Link, bands>> links;  ///< by document, band
    std::vector<std::uint32_t> heads;            ///< by slot: 1 + last document
  };

  static Keys keys_of(const Sketch& sketch);
  void insert(std::uint64_t group, Sketch sketch, const Keys& keys);
  void search(const Generation& generation, const Sketch& sketch, const Keys& keys, double& best, std::uint64_t& group) const;
  double likeness(const Sketch& a, const Sketch& b) const;

  Options options_;
  Generation present_, past_;
};

}  // namespace legation
