// Foreign bytes to valid UTF-8. Entry points: those of encoding.h.
#include "text/encoding.h"

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t detection_bytes = 32 * 1024;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorCloser {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;
using Detector = std::unique_ptr<UCharsetDetector, DetectorCloser>;

void count_and_replace(const void* context, UConverterToUnicodeArgs* args, const char*, std::int32_t length, UConverterCallbackReason reason,
                       UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  *static_cast<std::uint32_t*>(const_cast<void*>(context)) += static_cast<std::uint32_t>(length);
  *status = U_ZERO_ERROR;
  const UChar mark = 0xFFFD;
  ucnv_cbToUWriteUChars(args, &mark, 1, 0, status);
}

bool begins(std::string_view bytes, std::string_view prefix) { return bytes.substr(0, prefix.size()) == prefix; }

bool is_high(char byte) { return (static_cast<unsigned char>(byte) & 0x80U) != 0; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return ascii::to_lower(x) == ascii::to_lower(y); });
}

void append_utf8(std::string& out, const UChar* units, std::size_t count) {
  for (std::size_t i = 0; i < count;) {
    UChar32 point = units[i++];
    if (U16_IS_LEAD(point) && i < count && U16_IS_TRAIL(units[i])) point = U16_GET_SUPPLEMENTARY(point, units[i++]);
    if (U_IS_SURROGATE(point)) point = 0xFFFD;
    std::array<char, 4> bytes;
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, point);
    out.append(bytes.data(), length);
  }
}

/// Converts in pieces, so that the UTF-16 between takes 32 KiB and not twice the text.
Decoded convert(std::string_view bytes, Converter converter, std::string_view name) {
  Decoded decoded;
  decoded.charset = name;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), count_and_replace, &decoded.replaced_bytes, nullptr, nullptr, &status);
  std::vector<UChar> units(16 * 1024);
  const char* from = bytes.data();
  std::optional<UChar> held;  // a lead surrogate at the end of a piece
  do {
    UChar* to = units.data();
    if (held) *to++ = *held;
    held.reset();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, bytes.data() + bytes.size(), nullptr, 1, &status);
    auto count = static_cast<std::size_t>(to - units.data());
    if (status == U_BUFFER_OVERFLOW_ERROR && count > 0 && U16_IS_LEAD(units[count - 1])) held = units[--count];
    append_utf8(decoded.text, units.data(), count);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return decoded;
}

Converter open_converter(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

/// Names that the web uses otherwise than ICU: Latin-1 and ASCII mean windows-1252, GB2312 its superset.
std::string_view web_name(std::string_view declared) {
  for (const std::string_view latin : {"iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"}) {
    if (same_letters(declared, latin)) return "windows-1252";
  }
  for (const std::string_view chinese : {"gb2312", "gbk", "gb_2312-80"}) {
    if (same_letters(declared, chinese)) return "gb18030";
  }
  if (same_letters(declared, "ks_c_5601-1987") || same_letters(declared, "euc-kr")) return "windows-949";
  return declared;
}

bool is_wide(std::string_view name) { return same_letters(name.substr(0, 4), "utf-") && (name.find("16") != name.npos || name.find("32") != name.npos); }

struct Utf8Check {
  std::size_t sequences = 0;  ///< valid ones of two bytes and more
  std::size_t invalid = 0;    ///< bytes
};

Utf8Check check_utf8(std::string_view bytes) {
  Utf8Check check;
  const char* data = bytes.data();
  const std::size_t size = bytes.size();
  for (std::size_t i = 0; i < size;) {
    if (!is_high(data[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    UChar32 point = 0;
    U8_NEXT(data, i, size, point);
    if (point < 0)
      check.invalid += i - begin;
    else
      ++check.sequences;
  }
  return check;
}

/// Western text has its high bytes alone between letters; the double-byte encodings of East Asia have them in
/// runs.
bool high_bytes_stand_alone(std::string_view bytes) {
  std::size_t alone = 0, in_runs = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!is_high(bytes[i])) continue;
    const bool neighbour = (i > 0 && is_high(bytes[i - 1])) || (i + 1 < bytes.size() && is_high(bytes[i + 1]));
    ++(neighbour ? in_runs : alone);
  }
  return alone * 10 >= (alone + in_runs) * 6 && alone * 10 < bytes.size();
}

std::string detect(std::string_view bytes) {
  bytes = bytes.substr(0, detection_bytes);
  if (high_bytes_stand_alone(bytes)) return "windows-1252";
  UErrorCode status = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return "windows-1252";
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr || is_wide(name)) return "windows-1252";
  return std::string(web_name(name));
}

/// UTF-16 without a mark: every second byte of Western text is NUL.
std::string_view unmarked_utf16(std::string_view bytes) {
  bytes = bytes.substr(0, 4096);
  if (bytes.size() < 4) return {};
  std::array<std::size_t, 2> nuls = {0, 0};
  for (std::size_t i = 0; i < bytes.size(); ++i) nuls[i & 1U] += bytes[i] == '\0';
  const std::size_t half = bytes.size() / 2;
  if (nuls[1] * 10 > half * 7 && nuls[0] * 20 < half) return "UTF-16LE";
  if (nuls[0] * 10 > half * 7 && nuls[1] * 20 < half) return "UTF-16BE";
  return {};
}

struct Mark {
  std::string_view bytes, charset;
};

/// UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
Mark byte_order_mark(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array marks = {Mark{"\xEF\xBB\xBF"sv, "UTF-8"}, Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"}, Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"},
                                Mark{"\xFF\xFE"sv, "UTF-16LE"}, Mark{"\xFE\xFF"sv, "UTF-16BE"}};
  for (const Mark& mark : marks) {
    if (begins(bytes, mark.bytes)) return mark;
  }
  return {};
}

Decoded as_utf8(std::string bytes) {
  Decoded decoded{std::move(bytes), "UTF-8", 0};
  decoded.replaced_bytes = repair_utf8(decoded.text);
  return decoded;
}

Decoded decode_as(std::string bytes, const std::string& name) {
  if (same_letters(name, "utf-8")) return as_utf8(std::move(bytes));
  Converter converter = open_converter(name);
  if (converter == nullptr) converter = open_converter("windows-1252");
  if (converter == nullptr) return as_utf8(std::move(bytes));
  return convert(bytes, std::move(converter), name);
}

/// Which charset bytes without a mark are in. Bytes that are valid UTF-8 with letters beyond ASCII are UTF-8
/// whatever is declared: chance does not make such sequences. A few bad bytes among many good ones are
/// damage, not Latin-1.
std::string choose_charset(std::string_view bytes, std::string_view declared) {
  if (const auto wide = unmarked_utf16(bytes); !wide.empty()) return std::string(wide);
  const bool eight_bit_escape = same_letters(declared.substr(0, 8), "iso-2022") || same_letters(declared, "hz-gb-2312");
  if (eight_bit_escape) return std::string(declared);
  if (simdjson::validate_utf8(bytes)) return "UTF-8";
  const Utf8Check check = check_utf8(bytes);
  if (check.sequences >= 4 * check.invalid) return "UTF-8";
  if (same_letters(declared, "utf-8") || same_letters(declared, "utf8")) {
    return check.sequences >= check.invalid ? "UTF-8" : detect(bytes);
  }
  if (!declared.empty() && !is_wide(declared)) return std::string(web_name(declared));
  return detect(bytes);
}

std::string_view value_after(std::string_view head, std::size_t position) {
  const auto is_quote_or_blank = [](char byte) { return byte == '"' || byte == '\'' || byte == ' '; };
  while (position < head.size() && is_quote_or_blank(head[position])) ++position;
  std::size_t end = position;
  const auto in_name = [](char byte) { return ascii::is_letter(byte) || ascii::is_digit(byte) || byte == '-' || byte == '_' || byte == ':'; };
  while (end < head.size() && in_name(head[end])) ++end;
  return head.substr(position, std::min<std::size_t>(end - position, 40));
}

std::size_t find_letters(std::string_view text, std::string_view letters) {
  const auto at = std::search(text.begin(), text.end(), letters.begin(), letters.end(), [](char a, char b) { return ascii::to_lower(a) == b; });
  return at == text.end() ? text.npos : static_cast<std::size_t>(at - text.begin());
}

/// How clean_text treats a code point that is not kept: 0 = keep.
char substitute(UChar32 point) {
  if (point < 0x20) return point == '\n' || point == '\t' ? '\0' : ' ';
  if (point == 0x85 || point == 0x2028 || point == 0x2029) return '\n';
  if (point >= 0x7F && point <= 0xA0) return ' ';
  if ((point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F || point == 0x3000) return ' ';
  return '\0';
}

/// Bytes that can begin something that clean_text changes.
bool needs_look(unsigned char byte) { return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xE3; }

}  // namespace

Decoded decode(std::string bytes, std::string_view declared) {
  if (const Mark mark = byte_order_mark(bytes); !mark.bytes.empty()) {
    bytes.erase(0, mark.bytes.size());
    return decode_as(std::move(bytes), std::string(mark.charset));
  }
  const std::string charset = choose_charset(bytes, declared);
  return decode_as(std::move(bytes), charset);
}

std::string_view declared_charset(std::string_view head) {
  head = head.substr(0, 8192);
  if (begins(head, "<?xml")) {
    const std::string_view prolog = head.substr(0, head.find("?>"));
    const std::size_t at = find_letters(prolog, "encoding=");
    if (at != prolog.npos) return value_after(prolog, at + 9);
  }
  const std::size_t meta = find_letters(head, "<meta");
  if (meta == head.npos) return {};
  const std::string_view rest = head.substr(meta);
  const std::size_t at = find_letters(rest, "charset=");
  return at == rest.npos ? std::string_view{} : value_after(rest, at + 8);
}

std::uint32_t repair_utf8(std::string& text) {
  if (simdjson::validate_utf8(text)) return 0;
  std::string repaired;
  repaired.reserve(text.size() + 16);
  std::uint32_t replaced = 0;
  const char* data = text.data();
  for (std::size_t i = 0, size = text.size(); i < size;) {
    const std::size_t begin = i;
    UChar32 point = 0;
    U8_NEXT(data, i, size, point);
    if (point >= 0) {
      repaired.append(data + begin, i - begin);
    } else {
      replaced += static_cast<std::uint32_t>(i - begin);
      repaired.append(replacement);
    }
  }
  text = std::move(repaired);
  return replaced;
}

void clean_text(std::string& text) {
  std::size_t in = 0;
  while (in < text.size() && !needs_look(static_cast<unsigned char>(text[in]))) ++in;
  std::size_t out = in;
  char* data = text.data();
  const std::size_t size = text.size();
  while (in < size) {
    if (!needs_look(static_cast<unsigned char>(data[in]))) {
      data[out++] = data[in++];
      continue;
    }
    const std::size_t begin = in;
    UChar32 point = 0;
    U8_NEXT(data, in, size, point);
    if (point == '\r') {
      if (in == size || data[in] != '\n') data[out++] = '\n';
      continue;
    }
    if (const char plain = substitute(point); plain != '\0') {
      data[out++] = plain;
    } else {
      for (std::size_t i = begin; i < in; ++i) data[out++] = data[i];
    }
  }
  text.resize(out);
}

bool looks_binary(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::array signatures = {"%PDF-"sv,
                                     "PK\x03\x04"sv,
                                     "\x89PNG"sv,
                                     "\xFF\xD8\xFF"sv,
                                     "GIF8"sv,
                                     "\x7F"
                                     "ELF"sv,
                                     "\xD0\xCF\x11\xE0"sv,
                                     "{\\rtf"sv,
                                     "SQLite format 3"sv,
                                     "PAR1"sv};
  if (std::any_of(signatures.begin(), signatures.end(), [&](auto magic) { return begins(head, magic); })) return true;
  if (!byte_order_mark(head).bytes.empty() || !unmarked_utf16(head).empty()) return false;
  std::size_t controls = 0;
  for (const char byte : head) {
    const auto code = static_cast<unsigned char>(byte);
    controls += code < 0x20 && !(code >= 8 && code <= 13) && code != 0x1B;
  }
  return controls >= 3 && controls * 100 > head.size() * 3;
}

}  // namespace legation
