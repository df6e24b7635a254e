// JSON Lines to Articles. Only entry point: open_json_lines().
#include "text/json_lines.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "base/table.h"
#include "text/encoding.h"
#include "text/line_source.h"
#include "text/written_date.h"

namespace legation {
namespace {

namespace ondemand = simdjson::ondemand;
static_assert(line_padding >= simdjson::SIMDJSON_PADDING);

/// A surrogate that stands alone cannot become UTF-8; some writers make it from broken input. It becomes
/// U+FFFD.
bool repair_lone_surrogates(std::string& json) {
  const auto unit_at = [&](std::size_t at) -> long {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return -1;
    return std::strtol(json.substr(at + 2, 4).c_str(), nullptr, 16);
  };
  bool changed = false;
  for (std::size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at)) {
    const long unit = unit_at(at);
    const bool lead = unit >= 0xD800 && unit < 0xDC00;
    const long after = lead ? unit_at(at + 6) : -1;
    const bool pair = after >= 0xDC00 && after < 0xE000;
    if (!pair && unit >= 0xD800 && unit < 0xE000) {
      json.replace(at + 2, 4, "fffd");
      changed = true;
    }
    at += pair ? 12 : 2;
  }
  return changed;
}

/// Reads the members of one record. Throws nothing; `fault` says what was wrong first.
class RecordReader {
 public:
  explicit RecordReader(Article& article) : article_(article) {}

  simdjson::error_code read(ondemand::object object) {
    for (auto field : object) {
      ondemand::raw_json_string raw_key;
      std::string_view key;
      ondemand::value value;
      if (const auto error = field.error()) return error;
      ondemand::field member = field.value_unsafe();
      raw_key = member.key();
      value = member.value();
      key = key_text(raw_key);
      if (const auto error = take(key, value)) return error;
    }
    if (!article_.extra.empty()) article_.extra += '}';
    return simdjson::SUCCESS;
  }

 private:
  /// As written, escapes included: no key of ours has any.
  static std::string_view key_text(const ondemand::raw_json_string& raw) {
    const char* begin = raw.raw();
    const char* end = begin;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  std::string* member(std::string_view key) {
    if (key == "id") return &article_.id;
    if (key == "source") return &article_.source;
    if (key == "title") return &article_.title;
    if (key == "text") return &article_.text;
    if (key == "url") return &article_.url;
    return nullptr;
  }

  simdjson::error_code take(std::string_view key, ondemand::value value) {
    ondemand::json_type type;
    if (const auto error = value.type().get(type)) return error;
    std::string* target = member(key);
    if (key == "date" && type == ondemand::json_type::string) return take_date(key, value);
    if (target != nullptr && type == ondemand::json_type::string) return take_string(*target, value);
    if ((target != nullptr || key == "date") && type == ondemand::json_type::null) return check_null(value);
    if (key == "id" && type == ondemand::json_type::number) return take_number(value);
    return keep(key, value);
  }

  static simdjson::error_code check_null(ondemand::value value) {
    simdjson::simdjson_result<bool> null = value.is_null();
    return null.error();
  }

  static simdjson::error_code take_string(std::string& target, ondemand::value value) {
    std::string_view text;
    const auto error = value.get_string().get(text);
    if (!error) target = text;
    return error;
  }

  simdjson::error_code take_number(ondemand::value value) {
    article_.id = trim(value.raw_json_token());
    return simdjson::SUCCESS;
  }

  simdjson::error_code take_date(std::string_view key, ondemand::value value) {
    const std::string_view raw = trim(value.raw_json_token());
    std::string_view text;
    if (const auto error = value.get_string().get(text)) return error;
    article_.published = Date::parse(text);
    if (!article_.published) article_.published = find_written_date(text);
    if (!article_.published && !trim(text).empty()) add_extra(key, raw);  // "2014": no day, but the user's all the same
    return simdjson::SUCCESS;
  }

  simdjson::error_code keep(std::string_view key, ondemand::value value) {
    std::string_view raw;
    ondemand::json_type type;
    if (const auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return error;
      if (const auto error = object.raw_json().get(raw)) return error;
    } else if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (const auto error = value.get_array().get(array)) return error;
      if (const auto error = array.raw_json().get(raw)) return error;
    } else {
      raw = value.raw_json_token();
      if (const auto error = check_scalar(type, value)) return error;
    }
    add_extra(key, trim(raw));
    return simdjson::SUCCESS;
  }

  static simdjson::error_code check_scalar(ondemand::json_type type, ondemand::value value) {
    if (type == ondemand::json_type::string) return value.get_string().error();
    if (type == ondemand::json_type::number) return value.get_double().error();
    if (type == ondemand::json_type::boolean) return value.get_bool().error();
    return check_null(value);
  }

  void add_extra(std::string_view key, std::string_view raw) { article_.extra += fmt::format("{}\"{}\":{}", article_.extra.empty() ? '{' : ',', key, raw); }

  Article& article_;
};

/// Validates what on-demand parsing passes over (nested values that are kept as they stand) by parsing them
/// fully.
bool is_json(simdjson::dom::parser& parser, const std::string& json) { return parser.parse(json).error() == simdjson::SUCCESS; }

class JsonLines : public ArticleSource {
 public:
  JsonLines(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) : bytes_(std::move(bytes)), lines_(*bytes_, max_bytes) {}

  std::optional<Result<Article>> next() override {
    while (auto line = lines_.next()) {
      if (!*line) return line->error();
      const Line& found = line->value();
      std::string_view text = found.text;
      std::size_t readable = found.readable;
      if (found.number == 1 && text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
        readable -= 3;
      }
      if (trim(text).empty()) continue;
      return record(text, readable, found.number);
    }
    return std::nullopt;
  }

 private:
  Result<Article> record(std::string_view text, std::size_t readable, std::uint64_t number) {
    Article article;
    article.origin = fmt::format("{}:{}", bytes_->name(), number);
    article.ordinal = std::to_string(number);
    const auto error = parse(article, text, readable);
    if (error == simdjson::SUCCESS) return article;
    if (trim(text)[0] != '{') return Error{Error::Code::bad_format, article.origin + ": not a JSON object"};
    return Error{Error::Code::bad_format, fmt::format("{}: malformed JSON: {}", article.origin, reason(error))};
  }

  simdjson::error_code parse(Article& article, std::string_view text, std::size_t readable) {
    if (simdjson::validate_utf8(text)) {
      const auto error = parse_valid(article, simdjson::padded_string_view(text.data(), text.size(), readable));
      if (error != simdjson::STRING_ERROR) return error;
    }
    std::string repaired(text);
    const std::uint32_t replaced = repair_utf8(repaired);
    if (replaced == 0 && !repair_lone_surrogates(repaired)) return simdjson::STRING_ERROR;
    clear(article);
    article.replaced_bytes = replaced;
    return parse_valid(article, simdjson::padded_string(repaired));
  }

  static void clear(Article& article) {
    Article fresh;
    fresh.origin = std::move(article.origin);
    fresh.ordinal = std::move(article.ordinal);
    article = std::move(fresh);
  }

  simdjson::error_code parse_valid(Article& article, simdjson::padded_string_view json) {
    ondemand::document document;
    if (const auto error = parser_.iterate(json).get(document)) return error;
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) return error;
    if (const auto error = RecordReader(article).read(object)) return error;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return simdjson::TRAILING_CONTENT;
    if (!article.extra.empty() && !is_json(checker_, article.extra)) return simdjson::TAPE_ERROR;
    return simdjson::SUCCESS;
  }

  static std::string_view reason(simdjson::error_code error) {
    switch (error) {
      case simdjson::UNCLOSED_STRING:
        return "a string is not closed";
      case simdjson::STRING_ERROR:
        return "a string holds a bad escape";
      case simdjson::UNESCAPED_CHARS:
        return "a string holds a raw control character";
      case simdjson::TRAILING_CONTENT:
        return "more follows after the record";
      case simdjson::DEPTH_ERROR:
        return "nested too deeply";
      case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
        return "the line does not end where the record does";
      default:
        return "not a well-formed object";
    }
  }

  std::unique_ptr<ByteSource> bytes_;
  LineSource lines_;
  ondemand::parser parser_;
  simdjson::dom::parser checker_;
};

}  // namespace

std::unique_ptr<ArticleSource> open_json_lines(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) {
  return std::make_unique<JsonLines>(std::move(bytes), max_bytes);
}

}  // namespace legation
