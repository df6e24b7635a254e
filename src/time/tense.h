// TenseReader: what the verb forms of a clause say about its time. Reads data/time/verbs.tsv.
// Doors: read() for one predicate, direction() for what hangs on it.
#pragma once

#include <string>
#include <unordered_map>

#include "base/resources.h"
#include "time/resolve.h"

namespace legation {

enum class Tense : std::uint8_t { none, past, past_perfect, present, present_perfect, future, modal, infinitive, participle };

class TenseReader {
 public:
  enum VerbClass : std::uint8_t { future = 1, modal = 2, intention = 4, light = 8, report = 16 };

  /// Errors: not_found, bad_format.
  static Result<TenseReader> load(const Resources& resources);
  /// VerbClass bits of a token's lemma.
  std::uint8_t classes(const Token& token) const;
  /// Tense of a predicate from its own form and its auxiliaries; none for what is no predicate.
  Tense read(const Parse& parse, std::uint32_t token) const;
  /// The predicate that a token stands under, itself included; the root when there is none.
  std::uint32_t predicate_above(const Parse& parse, std::uint32_t token) const;
  /// Where an expression that hangs on the token looks. Climbs from infinitives and participles to what
  /// governs them.
  Direction direction(const Parse& parse, std::uint32_t token) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  Tense own_form(const Token& token) const;
  std::unordered_map<std::string, std::uint8_t, Hash, std::equal_to<>> verbs_;
};

}  // namespace legation
