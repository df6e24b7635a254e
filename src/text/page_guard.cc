// Makes a foreign page harmless and small before it is parsed. Only entry point: guard_page().
#include "text/page_guard.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"

namespace legation {
namespace {

constexpr std::size_t attribute_bytes_max = 1024;
constexpr std::size_t attributes_kept_max = 12;
constexpr std::size_t note_mark_bytes_max = 300;
constexpr std::size_t linked_data_bytes_max = 512 * 1024;

template <std::size_t size>
using Words = std::array<std::string_view, size>;

// Dropped with all that they hold.
constexpr Words<17> dropped_elements = {"audio",  "button", "canvas", "iframe", "map", "math",     "noembed",  "noframes", "noscript",
                                        "object", "script", "select", "style",  "svg", "template", "textarea", "video"};
// The tag is dropped, the words in it stay: inline formatting, and elements without use here.
constexpr Words<55> dropped_tags = {"abbr",     "acronym",  "applet", "area",   "b",     "base",    "bdi",       "bdo",      "big",    "blink", "cite",
                                    "code",     "col",      "data",   "del",    "dfn",   "em",      "embed",     "fieldset", "font",   "form",  "frame",
                                    "frameset", "i",        "image",  "img",    "input", "ins",     "kbd",       "label",    "legend", "mark",  "marquee",
                                    "nobr",     "optgroup", "option", "output", "param", "picture", "plaintext", "progress", "q",      "s",     "samp",
                                    "small",    "source",   "strike", "strong", "sub",   "track",   "tt",        "u",        "var",    "wbr",   "xmp"};
// No end tag, nothing inside.
constexpr Words<4> void_tags = {"br", "hr", "link", "meta"};
// Closed by their like or their parent: the parser keeps these from piling up.
// Not so <dd> and <optgroup>: <dd><li><dd><li> nests without end.
constexpr Words<13> self_closing = {"body", "caption", "colgroup", "head", "html", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"};
constexpr Words<15> kept_attributes = {"aria-hidden", "class", "content",  "datetime", "hidden", "href", "id",   "itemprop",
                                       "itemtype",    "name",  "property", "pubdate",  "rel",    "role", "style"};

template <std::size_t size>
bool contains(const Words<size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Attribute {
  std::string name;
  std::string_view value;
};

class Guard {
 public:
  explicit Guard(std::string_view html) : html_(html) { page_.html = "<!doctype html>"; }

  GuardedPage run() {
    page_.html.reserve(html_.size() / 2);
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      page_.html.append(html_.substr(at_, open - at_));
      at_ = open;
      if (at_ < html_.size()) markup();
    }
    return std::move(page_);
  }

 private:
  char peek(std::size_t ahead) const { return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0'; }

  void markup() {
    const char next = peek(1);
    if (html_.substr(at_, 4) == "<!--") return comment();
    if (html_.substr(at_, 9) == "<![CDATA[") {
      at_ += 9;  // feeds wrap HTML so; a browser would hide the words
      return;
    }
    if (next == '!' || next == '?') return skip_behind(">", 2);
    if (next == '/' && ascii::is_letter(peek(2))) return end_tag();
    if (ascii::is_letter(next)) return start_tag();
    page_.html.append("&lt;");
    ++at_;
  }

  void skip_behind(std::string_view mark, std::size_t from) {
    const std::size_t found = html_.find(mark, at_ + from);
    at_ = found == html_.npos ? html_.size() : found + mark.size();
  }

  void comment() {
    if (html_.substr(at_, 5) == "<!-->")
      at_ += 5;
    else
      skip_behind("-->", 4);
  }

  std::string read_name() {
    const std::size_t begin = at_;
    while (at_ < html_.size() && !ascii::is_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
    return ascii::lowered(html_.substr(begin, std::min<std::size_t>(at_ - begin, 40)));
  }

  void end_tag() {
    at_ += 2;
    const std::string name = read_name();
    skip_behind(">", 0);
    if (contains(dropped_tags, name) || contains(dropped_elements, name) || contains(void_tags, name) || name == "sup") return;
    if (contains(self_closing, name) || close(name)) emit_end(name);
  }

  void start_tag() {
    ++at_;
    const std::string name = read_name();
    read_attributes();
    if (at_ >= html_.size() && !complete_) return;  // the page ends inside the tag
    if (contains(dropped_elements, name)) return drop_element(name);
    if (name == "sup") return note_mark();
    if (name == "title") return page_title();
    if (contains(dropped_tags, name) || ++tags_ > page_tags_max) return;
    if (contains(void_tags, name) || contains(self_closing, name)) return emit_start(name);
    open(name);
  }

  /// A second <a> closes the first; one without href is a mere target.
  void open(const std::string& name) {
    if (name == "a") {
      if (attribute("href").empty()) return;
      if (!open_.empty() && open_.back() == "a") emit_end("a"), open_.pop_back();
    }
    if (open_.size() >= page_depth_max) {
      ++too_deep_;
      return;
    }
    open_.push_back(name);
    emit_start(name);
  }

  /// As the parser does, an end tag does not reach out of a table. False = it closes nothing.
  bool close(const std::string& name) {
    if (too_deep_ > 0) {
      --too_deep_;
      return false;
    }
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i] == name) {
        open_.resize(i);
        return true;
      }
      if (open_[i] == "table") return false;
    }
    return false;
  }

  void read_attributes() {
    attributes_.clear();
    complete_ = false;
    while (at_ < html_.size() && !complete_) {
      const char byte = html_[at_];
      if (byte == '>') complete_ = true;
      if (byte == '>' || byte == '/' || ascii::is_blank(byte))
        ++at_;
      else
        read_attribute();
    }
  }

  void read_attribute() {
    const std::size_t begin = at_++;
    while (at_ < html_.size() && !ascii::is_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' && html_[at_] != '=') ++at_;
    const std::string_view name = html_.substr(begin, std::min<std::size_t>(at_ - begin, 20));
    skip_blanks();
    std::string_view value;
    if (at_ < html_.size() && html_[at_] == '=') {
      ++at_;
      skip_blanks();
      value = read_value();
    }
    keep(name, value);
  }

  void skip_blanks() {
    while (at_ < html_.size() && ascii::is_blank(html_[at_])) ++at_;
  }

  std::string_view read_value() {
    const char quote = at_ < html_.size() ? html_[at_] : '\0';
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = ++at_;
      at_ = std::min(html_.find(quote, at_), html_.size());
      const std::string_view value = html_.substr(begin, at_ - begin);
      if (at_ < html_.size()) ++at_;
      return value;
    }
    const std::size_t begin = at_;
    while (at_ < html_.size() && !ascii::is_blank(html_[at_]) && html_[at_] != '>') ++at_;
    return html_.substr(begin, at_ - begin);
  }

  void keep(std::string_view raw_name, std::string_view value) {
    if (attributes_.size() >= attributes_kept_max) return;
    std::string name = ascii::lowered(raw_name);
    if (name != "type" && !contains(kept_attributes, name)) return;
    const auto same = [&](const Attribute& other) { return other.name == name; };
    if (std::any_of(attributes_.begin(), attributes_.end(), same)) return;
    attributes_.push_back({std::move(name), value.substr(0, attribute_bytes_max)});
  }

  std::string_view attribute(std::string_view name) const {
    for (const Attribute& attribute : attributes_) {
      if (attribute.name == name) return attribute.value;
    }
    return {};
  }

  void emit_start(const std::string& name) {
    page_.html.append("<").append(name);
    for (const Attribute& attribute : attributes_) {
      if (attribute.name == "type" || (name == "a" && attribute.name == "href")) continue;
      const bool has_double = attribute.value.find('"') != attribute.value.npos;
      if (has_double && attribute.value.find('\'') != attribute.value.npos) continue;
      const char quote = has_double ? '\'' : '"';
      page_.html.append(" ").append(attribute.name).append("=");
      page_.html.append(1, quote).append(attribute.value).append(1, quote);
    }
    page_.html.append(">");
  }

  void emit_end(std::string_view name) { page_.html.append("</").append(name).append(">"); }

  /// What stands before the end tag; `at_` is behind it afterwards. The end of the page closes raw text; any
  /// other element without end tag loses its tag only, and is not searched for again (that would be
  /// quadratic).
  std::string_view body_of(const std::string& name, bool raw_text) {
    if (unclosed_[name]) return {};
    const std::size_t begin = at_;
    const std::size_t end = find_end_tag(name);
    if (end == html_.npos) {
      unclosed_[name] = true;
      if (raw_text) at_ = html_.size();
      return raw_text ? html_.substr(begin) : std::string_view{};
    }
    at_ = end;
    skip_behind(">", 2);
    return html_.substr(begin, end - begin);
  }

  std::size_t find_end_tag(const std::string& name) const {
    for (std::size_t found = html_.find("</", at_); found != html_.npos; found = html_.find("</", found + 2)) {
      const std::string_view candidate = html_.substr(found + 2, name.size());
      const bool same = std::equal(candidate.begin(), candidate.end(), name.begin(), name.end(), [](char a, char b) { return ascii::to_lower(a) == b; });
      if (same) return found;
    }
    return html_.npos;
  }

  void drop_element(const std::string& name) {
    const bool raw_text = name == "script" || name == "style" || name == "textarea" || name == "iframe" || name == "noembed" || name == "noframes";
    const bool data = name == "script" && ascii::lowered(attribute("type")).find("ld+json") != std::string::npos;
    if (name == "svg" && at_ >= 2 && html_[at_ - 2] == '/') return;
    const std::string_view body = body_of(name, raw_text);
    if (data && body.size() <= linked_data_bytes_max && page_.linked_data.size() < 16) page_.linked_data.emplace_back(body);
    page_.html.append(" ");
  }

  /// A raised number with a class or an id marks a footnote; others ("km2") are words.
  void note_mark() {
    if (attribute("class").empty() && attribute("id").empty()) return;
    const std::size_t end = html_.substr(0, at_ + note_mark_bytes_max).find("</sup", at_);
    if (end == html_.npos) return;
    at_ = end;
    skip_behind(">", 2);
  }

  void page_title() {
    const std::string_view words = body_of("title", true);
    if (titled_) return;
    titled_ = true;
    page_.html.append("<title>").append(words.substr(0, attribute_bytes_max)).append("</title>");
  }

  std::string_view html_;
  std::size_t at_ = 0;
  GuardedPage page_;
  std::vector<std::string> open_;
  std::vector<Attribute> attributes_;
  std::map<std::string, bool> unclosed_;
  std::size_t tags_ = 0, too_deep_ = 0;
  bool complete_ = false;  ///< the tag read last has its '>'
  bool titled_ = false;
};

}  // namespace

GuardedPage guard_page(std::string_view html) { return Guard(html).run(); }

}  // namespace legation
