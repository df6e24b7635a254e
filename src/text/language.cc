// Which language a text is in. Only entry point: detect_language().
#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <array>

namespace legation {
namespace {

// The detector needs no more to be sure, and costs about a microsecond per 10 bytes.
constexpr std::size_t sample_bytes = 4096;
// Shorter texts in Latin letters are often names ("Angela Merkel, Berlin"): undecided.
constexpr int letters_min = 80;

std::string_view sample(std::string_view text) {
  if (text.size() <= sample_bytes) return text;
  std::size_t end = sample_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

bool is_real(CLD2::Language language) {
  return language != CLD2::UNKNOWN_LANGUAGE && language < CLD2::NUM_LANGUAGES;
}

}  // namespace

Language detect_language(std::string_view text) {
  text = sample(text);
  std::array<CLD2::Language, 3> languages;
  std::array<int, 3> percents;
  std::array<double, 3> scores;
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  int letters = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(), percents.data(),
                                 scores.data(), nullptr, &letters, &reliable);
  Language result;
  if (!is_real(languages[0])) return result;
  int english_percent = 0;
  for (std::size_t i = 0; i < 3; ++i) english_percent += languages[i] == CLD2::ENGLISH ? percents[i] : 0;
  const bool decided = reliable && letters >= letters_min && percents[0] >= 60;
  result.english = languages[0] == CLD2::ENGLISH || !decided || english_percent >= 30;
  if (languages[0] != CLD2::ENGLISH && result.english) return result;
  result.code = CLD2::LanguageCode(languages[0]);
  result.percent = percents[0];
  return result;
}

}  // namespace legation
