// NearNames: people under spellings that no table lists: other romanisations ("Muhammad" for "Mohamed"), middle names and second
// surnames ("Jacob Gedleyihlekisa Zuma"), titles in front ("Sheikh"). Door: NearNames::find.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legation {

/// What stays of a word when vowels, doubled letters and the usual freedoms of romanisation go: "qaddafi" -> "kdf".
std::string sound_of(std::string_view word);
/// The same of a normal form.
std::string sound_of_form(std::string form);

/// Const after index(), which follows the last add(). Ids are the caller's, and so are the bytes of the names, which must outlive it.
class NearNames {
 public:
  /// A full name of a person; several names may have one id. Names of one word are not kept.
  void add(std::string_view name, std::uint32_t id);
  void index();

  /// Ids of those whose name is this one otherwise spelled, the nearest first. Two words at least must agree in sound, be in the
  /// same order and begin or end the name; words beside them may be left over on one side only.
  std::vector<std::uint32_t> find(std::string_view name) const;

 private:
  struct Word {
    std::string form, sound;
  };
  struct Entry {
    std::string_view name;
    std::uint32_t id = 0;
  };
  static std::vector<Word> words_of(std::string_view name);
  static int distance(const std::vector<Word>& one, const std::vector<Word>& other);

  std::vector<Entry> entries_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_sound_;  ///< hash of a word's sound, entry; sorted
};

}  // namespace legation
