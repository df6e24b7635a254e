// Places: cities, provinces, seas and islands with their country and coordinates. Door: Places::load, then
// find().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/resources.h"
#include "legation/event.h"
#include "legation/mention.h"

namespace legation {

/// One row of places.tsv. Views point into the resource bytes.
struct Place {
  std::string_view name, country, province, kind, gazetteer_id;  ///< country: ISO alpha-3, empty for a sea
  std::optional<double> latitude, longitude;
  std::uint32_t population = 0;
  std::uint32_t line = 0;  ///< in places.tsv
};

/// How often a document names each country: what tells Tripoli in Libya from Tripoli in Lebanon.
class CountryCounts {
 public:
  explicit CountryCounts(const Mentions& mentions);
  CountryCounts() = default;
  void add(std::string_view code, std::uint32_t times = 1);
  std::uint32_t of(std::string_view code) const;

 private:
  std::vector<std::pair<std::string, std::uint32_t>> counts_;
};

/// The gazetteer. Const and safe on many threads; the resources must outlive it.
class Places {
 public:
  /// An absent table gives an empty gazetteer. Errors: bad_format with file and line.
  static Result<Places> load(const Resources& resources);

  std::size_t size() const { return places_.size(); }
  const Place& operator[](std::uint32_t index) const { return places_[index]; }

  /// Rows known by this name, most populous first. Case, diacritics, hyphens and blanks are as in
  /// KnowledgeBase.
  std::vector<std::uint32_t> candidates(std::string_view name) const;
  /// The likeliest of them: a country the document names wins, then population.
  std::optional<std::uint32_t> find(std::string_view name, const CountryCounts& countries) const;
  /// Best of given candidates, by the same measure. Empty list: empty.
  std::optional<std::uint32_t> best(const std::vector<std::uint32_t>& candidates, const CountryCounts& countries) const;

  /// The record's form of a row; `span` is where the text says so.
  EventPlace record(std::uint32_t index, Span span) const;
  /// The place a mention of kind place (or a state) stands for: coordinates when the gazetteer has it, else
  /// name and country alone. Empty when the mention names no place.
  std::optional<EventPlace> of(const Mention& mention, const CountryCounts& countries) const;

 private:
  friend class TableLoader;
  /// Adds a row; gives its index. It is found once index() has run.
  std::uint32_t add(const Place& place, const std::vector<std::string_view>& aliases);

  void index();

  std::vector<Place> places_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_name_;  ///< digest of the normalised name and row, sorted
};

}  // namespace legation
