// Which format a file is in. Entry points: those of format.h.
#include "text/format.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace legation {
namespace {

/// Lower case, without NUL (UTF-16 text then reads as ASCII), byte order mark and leading blanks.
std::string opening(std::string_view head) {
  std::string result;
  for (const char byte : head.substr(0, 8192)) {
    if (byte != '\0') result += ascii::to_lower(byte);
  }
  std::size_t begin = 0;
  while (begin < result.size() && (static_cast<unsigned char>(result[begin]) >= 0xBB || result[begin] <= ' ')) ++begin;
  return result.substr(begin);
}

std::string_view without_compression(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst", ".zstd"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::string ending(std::string_view name) {
  name = without_compression(name);
  const std::size_t dot = name.rfind('.');
  std::string result(dot == name.npos || name.find('/', dot) != name.npos ? std::string_view{} : name.substr(dot + 1));
  std::transform(result.begin(), result.end(), result.begin(), ascii::to_lower);
  return result;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

bool opens_page(std::string_view text) {
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<!--", "<title", "<meta", "<div", "<article", "<main"}) {
    if (text.starts_with(tag)) return true;
  }
  return text.starts_with("<?xml") && has(text, "<html");
}

bool opens_feed(std::string_view text) {
  if (!text.starts_with("<?xml") && !text.starts_with("<rss") && !text.starts_with("<feed") && !text.starts_with("<rdf:rdf") && !text.starts_with("<!--") &&
      !text.starts_with("<!doctype rss")) {
    return false;
  }
  return has(text, "<rss") || has(text, "<feed") || has(text, "<rdf:rdf") || has(text, "<atom:feed");
}

bool opens_record(std::string_view text) {
  if (!text.starts_with('{')) return false;
  const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
  return next != text.npos && (text[next] == '"' || text[next] == '}');
}

}  // namespace

InputFormat recognise_format(std::string_view name, std::string_view head) {
  const std::string text = opening(head);
  const std::string kind = ending(name);
  if (kind == "jsonl" || kind == "ndjson" || kind == "json") return InputFormat::json_lines;
  if (opens_feed(text)) return InputFormat::feed;
  if (opens_page(text)) return InputFormat::html;
  if (kind == "txt" || kind == "text") return InputFormat::plain;
  if (opens_record(text)) return InputFormat::json_lines;
  if (kind == "html" || kind == "htm" || kind == "xhtml") return InputFormat::html;
  if (kind == "rss" || kind == "atom" || kind == "rdf" || kind == "xml") return InputFormat::feed;
  return InputFormat::plain;
}

std::string_view file_stem(std::string_view path) {
  if (path == "<stdin>") return "stdin";
  path = path.substr(path.rfind('/') + 1);
  path = without_compression(path);
  const std::size_t dot = path.rfind('.');
  return dot == path.npos || dot == 0 ? path : path.substr(0, dot);
}

}  // namespace legation
