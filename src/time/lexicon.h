// TimeLexicon: which words may be part of a time expression. Reads data/time/words.tsv and holidays.tsv.
// One door: atoms(), the words of a text as the patterns see them.
#pragma once

#include <array>
#include <bitset>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/resources.h"
#include "legation/parse.h"

namespace legation {

/// Classes of words.tsv, then those that the shape of a token gives. The order is that of class_names in the
/// .cc.
enum class TimeClass : std::uint8_t {
  month,
  weekday,
  unit,
  number,
  vague,
  ordinal,
  quarter,
  part,
  season,
  shift,
  follow,
  relday,
  daypart,
  offset,
  bound,
  prep,
  approximately,
  zone,
  recently,
  joiner,
  decade,
  day,
  year,
  isodate,
  holiday
};
inline constexpr std::size_t time_class_count = 25;
std::optional<TimeClass> parse_time_class(std::string_view name);

enum class TimeUnit : std::uint8_t { minute, hour, day, week, weekend, fortnight, month, quarter, year, decade, century };
enum class Bound : std::uint8_t { since, until, by, before, after, from, between };

struct TimeSense {
  TimeClass kind = TimeClass::number;
  std::int32_t value = 0;
};

struct Holiday {
  std::vector<std::string> words;  ///< lower case, "'s" apart
  std::int32_t month = 0, day = 0, year = 0;
};

/// One piece of the text as the patterns see it: a token, a part of a hyphenated token, or the words of a
/// holiday.
struct Atom {
  static constexpr std::size_t max_senses = 4;
  TokenRange range;
  std::uint32_t classes = 0;  ///< bit per TimeClass
  std::uint16_t word = 0;     ///< id of a word that patterns name; 0 = none
  std::uint8_t sense_count = 0;
  bool plural = false;
  std::array<TimeSense, max_senses> senses;

  bool is(TimeClass kind) const { return (classes >> static_cast<unsigned>(kind) & 1u) != 0; }
  bool known() const { return classes != 0 || word != 0; }
  std::int32_t value(TimeClass kind) const;
  void add(TimeSense sense);
};

class TimeLexicon {
 public:
  /// Errors: not_found, bad_format.
  static Result<TimeLexicon> load(const Resources& resources);
  /// Gives a word of the patterns its id (made when new; ids begin with 1).
  std::uint16_t intern(std::string_view word);
  std::uint16_t word_id(std::string_view word) const;
  /// Appends the atoms of a range of tokens, in order; every token gives at least one. Linear.
  void atoms(const Parse& parse, TokenRange range, std::vector<Atom>& out) const;
  const Holiday& holiday(std::int32_t row) const { return holidays_[static_cast<std::size_t>(row)]; }

 private:
  struct Sense {
    TimeSense sense;
    bool capital = false, plural = false;
  };
  struct Entry {
    std::uint16_t word = 0;
    std::vector<Sense> senses;
    std::vector<std::uint16_t> holidays;  ///< those that begin with the word
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  Status load_words(std::string_view bytes);
  Status load_holidays(std::string_view bytes);
  Entry& entry(std::string_view word);
  const Entry* find(std::string_view lower) const;
  Atom classify(std::string_view form, bool verb) const;
  void add_senses(const Entry& entry, std::string_view form, bool verb, bool plural, Atom& atom) const;
  bool split(const Token& token, std::uint32_t index, std::vector<Atom>& out) const;
  std::uint32_t match_holiday(const Parse& parse, std::uint32_t first, std::uint32_t last, Atom& atom) const;

  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> spellings_;
  std::bitset<4096> shapes_;  ///< first byte and length of the words there are: most tokens stop here
  std::vector<Holiday> holidays_;
  std::uint16_t words_ = 0;
};

}  // namespace legation
