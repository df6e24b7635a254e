// Quantities: numbers of the text with what they count and the words that bound them.
// Only entry point: QuantityReader::read(). Tables: data/predicates/{quantities,bounds,numbers}.tsv.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/resources.h"
#include "events/arguments.h"
#include "legation/event.h"

namespace legation {

class QuantityReader {
 public:
  /// Errors: bad_format naming file and line; not_found when a table is missing.
  static Result<QuantityReader> load(const Resources& resources);

  /// The quantities of one sentence in text order. Ages, dates, ordinals and house numbers are none.
  std::vector<Quantity> read(const Arguments& arguments, std::uint32_t sentence) const;

 private:
  struct Counted {
    Quantity::Kind kind;
    std::string_view unit;
  };
  struct Bound {
    bool lower = false, upper = false;
  };
  struct Number {
    double value = 0;
    bool scale = false;  ///< multiplies what stands before it
    bool vague = false;  ///< "dozens": a lower bound
  };
  bool number_at(const Parse& parse, std::uint32_t token, double& value, bool& vague) const;
  std::uint32_t read_number(const Parse& parse, std::uint32_t token, std::uint32_t last, Quantity& quantity) const;
  void read_bound(const Parse& parse, std::uint32_t first, std::uint32_t begin_of_sentence, Quantity& quantity) const;
  void read_counted(const Arguments& arguments, std::uint32_t number, std::uint32_t last, Quantity& quantity) const;

  std::unordered_map<std::string_view, Number> numbers_;
  std::unordered_map<std::string_view, Bound> bounds_;
  std::unordered_map<std::string_view, Counted> nouns_, verbs_, currencies_;
};

}  // namespace legation
