// RSS and Atom to Articles. Only entry point: open_feed().
//
// libxml2's push parser calls us back for each element; no tree is built, no DTD loaded, no entity expanded.
#include "text/feed.h"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <unicode/utf8.h>

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/table.h"
#include "text/html.h"
#include "text/written_date.h"

namespace legation {
namespace {

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text)); }

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// What a start tag says. Views live as long as the callback.
class Element {
 public:
  Element(const xmlChar* name, const xmlChar* uri, int count, const xmlChar** attributes)
      : name_(view(name)), uri_(view(uri)), count_(count), attributes_(attributes) {}

  std::string_view name() const { return name_; }
  std::string_view attribute(std::string_view name) const {
    for (int i = 0; i < count_; ++i) {
      const xmlChar** one = attributes_ + i * 5;  // local name, prefix, namespace, begin and end of the value
      if (view(one[0]) != name) continue;
      return {reinterpret_cast<const char*>(one[3]), static_cast<std::size_t>(one[4] - one[3])};
    }
    return {};
  }
  /// RSS has no namespace or that of RSS 1.0; Atom its own. media:title and its like are others.
  bool is_core() const {
    if (uri_.empty()) return true;
    for (const std::string_view known : {"purl.org/rss/1.0/", "w3.org/2005/Atom", "purl.org/atom", "my.netscape.com", "backend.userland.com"}) {
      if (has(uri_, known)) return !has(uri_, "modules");
    }
    return false;
  }
  bool is_encoded_content() const { return name_ == "encoded" && has(uri_, "rss/1.0/modules/content"); }
  bool is_dublin_core_date() const { return name_ == "date" && has(uri_, "purl.org/dc/"); }

 private:
  std::string_view name_, uri_;
  int count_;
  const xmlChar** attributes_;
};

/// Builds the entries of a feed from its elements.
class EntryBuilder {
 public:
  explicit EntryBuilder(std::string file) : file_(std::move(file)) {}

  void start(const Element& element, int line) {
    ++depth_;
    if (member_depth_ > 0) return nested(element);
    if (!entry_ && (element.name() == "item" || element.name() == "entry")) return open_entry(line);
    if (entry_ && depth_ == entry_depth_ + 1) return open_member(element);
    // The feed's own title stands before its first entry, at most two below the root.
    const bool feed_title = !entry_ && entries_ == 0 && depth_ <= 3 && element.name() == "title" && element.is_core();
    if (feed_title && feed_title_.empty()) open_member(element);
  }

  void text(std::string_view words) {
    if (member_depth_ == 0) return;
    if (markup_) return append_escaped(words);
    words_.append(words);
  }

  void end(std::string_view name) {
    if (member_depth_ == depth_)
      close_member();
    else if (markup_)
      words_.append("</").append(name).append(">");
    if (entry_ && depth_ == entry_depth_) close_entry();
    --depth_;
  }

  std::uint64_t entries() const { return entries_; }
  std::deque<Article> done;

 private:
  void open_entry(int line) {
    entry_.emplace();
    entry_depth_ = depth_;
    entry_->origin = fmt::format("{}:{}", file_, line);
    entry_->ordinal = std::to_string(++entries_);
    content_.clear();
    summary_.clear();
    updated_.reset();
  }

  void open_member(const Element& element) {
    member_ = kind_of(element);
    if (member_ == Member::none) return;
    member_depth_ = depth_;
    words_.clear();
    markup_ = element.attribute("type") == "xhtml";
    address_ = element.attribute(member_ == Member::source ? "url" : "href");
    const std::string_view rel = element.attribute("rel");
    if (member_ == Member::link && !rel.empty() && rel != "alternate") member_ = Member::other;
  }

  enum class Member : std::uint8_t { none, other, title, summary, content, id, link, source, published, updated, feed_title };

  Member kind_of(const Element& element) const {
    if (!entry_) return Member::feed_title;
    if (element.is_encoded_content()) return Member::content;
    if (element.is_dublin_core_date()) return Member::published;
    if (!element.is_core()) return Member::none;
    struct Name {
      std::string_view name;
      Member member;
    };
    constexpr std::array names = {Name{"title", Member::title},       Name{"description", Member::summary},
                                  Name{"summary", Member::summary},   Name{"content", Member::content},
                                  Name{"guid", Member::id},           Name{"id", Member::id},
                                  Name{"link", Member::link},         Name{"source", Member::source},
                                  Name{"pubDate", Member::published}, Name{"published", Member::published},
                                  Name{"issued", Member::published},  Name{"updated", Member::updated}};
    for (const Name& one : names) {
      if (one.name == element.name()) return one.member;
    }
    return Member::none;
  }

  void nested(const Element& element) {
    if (markup_) words_.append("<").append(element.name()).append(">");
  }

  void append_escaped(std::string_view words) {
    for (const char byte : words) {
      if (byte == '<')
        words_ += "&lt;";
      else if (byte == '&')
        words_ += "&amp;";
      else
        words_ += byte;
    }
  }

  void close_member() {
    member_depth_ = 0;
    markup_ = false;
    switch (member_) {
      case Member::feed_title:
        feed_title_ = html_words(words_);
        break;
      case Member::title:
        entry_->title = html_words(words_);
        break;
      case Member::summary:
        summary_ = html_words(words_);
        break;
      case Member::content:
        content_ = html_words(words_);
        break;
      case Member::id:
        entry_->id = trim(words_);
        break;
      case Member::link:
        if (entry_->url.empty()) entry_->url = trim(address_.empty() ? words_ : address_);
        break;
      // RSS: the outlet that an aggregator took the entry from. Atom's <source> has no address and holds
      // elements.
      case Member::source:
        if (!address_.empty()) entry_->source = trim(words_);
        break;
      case Member::published:
        if (!entry_->published) entry_->published = find_written_date(words_);
        break;
      case Member::updated:
        updated_ = find_written_date(words_);
        break;
      case Member::none:
      case Member::other:
        break;
    }
  }

  void close_entry() {
    Article entry = std::move(*entry_);
    entry_.reset();
    entry.text = content_.size() >= summary_.size() ? std::move(content_) : std::move(summary_);
    const std::string tail = " - " + entry.source;
    if (entry.source.empty())
      entry.source = feed_title_;
    else if (entry.title.ends_with(tail))
      entry.title.resize(entry.title.size() - tail.size());
    if (!entry.published) entry.published = updated_;
    done.push_back(std::move(entry));
  }

  std::string file_;
  std::optional<Article> entry_;
  int depth_ = 0, entry_depth_ = 0;
  int member_depth_ = 0;  ///< of the element whose words are collected; 0 = none
  bool markup_ = false;   ///< the member holds elements, not escaped HTML: they are written out again
  Member member_ = Member::none;
  std::string words_, address_;
  std::uint64_t entries_ = 0;
  std::string feed_title_, content_, summary_;
  std::optional<Date> updated_;
};

class Feed : public ArticleSource {
 public:
  Feed(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) : bytes_(std::move(bytes)), max_bytes_(max_bytes), builder_(bytes_->name()) {
    xmlSAXHandler callbacks = {};
    callbacks.initialized = XML_SAX2_MAGIC;
    callbacks.startElementNs = start_element;
    callbacks.endElementNs = end_element;
    callbacks.characters = callbacks.cdataBlock = callbacks.ignorableWhitespace = characters;
    callbacks.getEntity = html_entity;
    callbacks.entityDecl = entity_declared;
    callbacks.serror = note_fault;
    parser_ = xmlCreatePushParserCtxt(&callbacks, this, nullptr, 0, nullptr);
    if (parser_ != nullptr) xmlCtxtUseOptions(parser_, XML_PARSE_NONET | XML_PARSE_RECOVER);
  }
  ~Feed() override {
    if (parser_ == nullptr) return;
    if (parser_->myDoc != nullptr) xmlFreeDoc(parser_->myDoc);
    xmlFreeParserCtxt(parser_);
  }
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  std::optional<Result<Article>> next() override {
    while (builder_.done.empty() && !at_end_) parse_more();
    if (builder_.done.empty()) return end();
    Article article = std::move(builder_.done.front());
    builder_.done.pop_front();
    return article;
  }

 private:
  static Feed& self(void* context) { return *static_cast<Feed*>(context); }

  static void start_element(void* context, const xmlChar* name, const xmlChar*, const xmlChar* uri, int, const xmlChar**, int count, int,
                            const xmlChar** attributes) {
    self(context).builder_.start(Element(name, uri, count, attributes), xmlSAX2GetLineNumber(self(context).parser_));
  }
  static void end_element(void* context, const xmlChar* name, const xmlChar*, const xmlChar*) { self(context).builder_.end(view(name)); }
  static void characters(void* context, const xmlChar* text, int size) {
    self(context).builder_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  }

  /// XML has five entities; feeds use HTML's too. The character goes straight to the words.
  static xmlEntityPtr html_entity(void* context, const xmlChar* name) {
    if (xmlEntityPtr predefined = xmlGetPredefinedEntity(name); predefined != nullptr) return predefined;
    const htmlEntityDesc* entity = htmlEntityLookup(name);
    if (entity == nullptr) return nullptr;
    std::array<char, 4> bytes;
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, entity->value);
    self(context).builder_.text({bytes.data(), length});
    return nullptr;
  }

  static void entity_declared(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
    self(context).stop("the feed declares entities of its own, which are not read");
  }

  static void note_fault(void* context, xmlErrorPtr error) {
    const bool serious = error->level >= XML_ERR_ERROR && error->code != XML_ERR_UNDECLARED_ENTITY && error->domain != XML_FROM_NAMESPACE;
    Feed& feed = self(context);
    if (!serious || !feed.fault_.empty()) return;
    feed.fault_ = fmt::format("XML is not well-formed: {}", first_line(error->message));
    feed.fault_line_ = error->line;
  }

  static std::string_view first_line(const char* message) {
    const std::string_view text = message == nullptr ? "" : message;
    return trim(text.substr(0, text.find('\n')));
  }

  void stop(const std::string& why) {
    if (fault_.empty()) fault_ = why;
    at_end_ = true;
    xmlStopParser(parser_);
  }

  void parse_more() {
    std::array<char, 16 * 1024> chunk;
    auto got = parser_ == nullptr ? Result<std::size_t>(std::size_t{0}) : bytes_->read(chunk.data(), chunk.size());
    if (!got) reading_fault_ = got.error();
    const std::size_t size = got ? got.value() : 0;
    since_entry_ += size;
    if (size == 0) at_end_ = true;
    if (size == 0 && reading_fault_) return;  // the cut was told already: no word about missing end tags
    if (parser_ != nullptr) xmlParseChunk(parser_, chunk.data(), static_cast<int>(size), size == 0 ? 1 : 0);
    if (!builder_.done.empty()) since_entry_ = 0;
    if (since_entry_ > max_bytes_) stop("an entry is too long");
    if (parser_ != nullptr && parser_->disableSAX != 0) at_end_ = true;
  }

  std::optional<Result<Article>> end() {
    if (told_) return std::nullopt;
    told_ = true;
    if (parser_ == nullptr) return Error{Error::Code::io, bytes_->name() + ": no memory to read the feed"};
    if (reading_fault_) return *reading_fault_;
    if (!fault_.empty()) return fault(fault_, fault_line_);
    if (builder_.entries() == 0) return fault("no RSS or Atom entries in it", 0);
    return std::nullopt;
  }

  Error fault(const std::string& what, int line) const {
    const std::string place = line > 0 ? fmt::format("{}:{}", bytes_->name(), line) : bytes_->name();
    return {Error::Code::bad_format, place + ": " + what};
  }

  std::unique_ptr<ByteSource> bytes_;
  std::uint64_t max_bytes_;
  std::uint64_t since_entry_ = 0;  ///< bytes read since an entry ended
  EntryBuilder builder_;
  xmlParserCtxtPtr parser_ = nullptr;
  std::optional<Error> reading_fault_;
  std::string fault_;
  int fault_line_ = 0;
  bool at_end_ = false, told_ = false;
};

}  // namespace

std::unique_ptr<ArticleSource> open_feed(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) {
  return std::make_unique<Feed>(std::move(bytes), max_bytes);
}

}  // namespace legation
