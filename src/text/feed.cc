// RSS and Atom to Articles. Only entry point: open_feed().
#include "text/feed.h"

#include <fmt/format.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/table.h"
#include "text/html.h"
#include "text/written_date.h"

namespace legation {
namespace {

constexpr std::string_view content_namespace = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view dublin_core_namespace = "http://purl.org/dc/elements/1.1/";

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

std::string take(xmlChar* text) {
  std::string result(view(text));
  xmlFree(text);
  return result;
}

struct ReaderCloser {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

class Feed : public ArticleSource {
 public:
  Feed(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) : bytes_(std::move(bytes)), max_bytes_(max_bytes) {
    constexpr int options = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    reader_.reset(xmlReaderForIO(read_bytes, nullptr, this, nullptr, nullptr, options));
    if (reader_ != nullptr) xmlTextReaderSetStructuredErrorHandler(reader_.get(), note_fault, this);
  }

  std::optional<Result<Article>> next() override {
    while (!ended_ && reader_ != nullptr && xmlTextReaderRead(reader_.get()) == 1) {
      if (declares_entities()) {
        fault_ = "the feed declares entities of its own, which are not read";
        break;
      }
      if (auto entry = node()) return entry;
    }
    return end();
  }

 private:
  /// libxml2's door to the bytes. A fault below ends the document; it is told at the end.
  static int read_bytes(void* context, char* out, int size) {
    auto& feed = *static_cast<Feed*>(context);
    if (feed.entry_bytes_ > feed.max_bytes_) return 0;
    auto got = feed.bytes_->read(out, static_cast<std::size_t>(size));
    if (!got) {
      feed.reading_fault_ = got.error();
      return 0;
    }
    feed.entry_bytes_ += got.value();
    return static_cast<int>(got.value());
  }

  /// Names of HTML's entities (&nbsp;) are no fault worth a word.
  static void note_fault(void* context, xmlErrorPtr error) {
    auto& feed = *static_cast<Feed*>(context);
    const bool serious = error->level >= XML_ERR_ERROR && error->code != XML_ERR_UNDECLARED_ENTITY && error->domain != XML_FROM_NAMESPACE;
    if (!serious || !feed.fault_.empty()) return;
    feed.fault_ = fmt::format("XML is not well-formed: {}", trim(error->message == nullptr ? "" : error->message));
    feed.fault_line_ = error->line;
  }

  bool declares_entities() {
    if (xmlTextReaderNodeType(reader_.get()) != XML_READER_TYPE_DOCUMENT_TYPE) return false;
    const xmlDoc* document = xmlTextReaderCurrentDoc(reader_.get());
    return document != nullptr && document->intSubset != nullptr && document->intSubset->entities != nullptr;
  }

  std::optional<Result<Article>> node() {
    const int type = xmlTextReaderNodeType(reader_.get());
    const int depth = xmlTextReaderDepth(reader_.get());
    const bool closes = type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(reader_.get()) == 1);
    if (type == XML_READER_TYPE_ELEMENT) element(depth);
    if (!closes || !entry_ || depth != entry_depth_) return std::nullopt;
    Article done = std::move(*entry_);
    entry_.reset();
    entry_bytes_ = 0;
    return finish(std::move(done));
  }

  void element(int depth) {
    const std::string_view name = view(xmlTextReaderConstLocalName(reader_.get()));
    if (!entry_ && (name == "item" || name == "entry")) return open_entry(depth);
    if (entry_ && depth == entry_depth_ + 1) return member(name);
    // The feed's own title stands before its first entry, one below <channel> or <feed>.
    if (!entry_ && entries_ == 0 && depth <= 2 && name == "title" && is_core() && feed_title_.empty()) feed_title_ = html_words(words());
  }

  void open_entry(int depth) {
    entry_.emplace();
    entry_depth_ = depth;
    const int line = xmlTextReaderGetParserLineNumber(reader_.get());
    entry_->origin = fmt::format("{}:{}", bytes_->name(), line);
    entry_->ordinal = std::to_string(++entries_);
    content_.clear();
    summary_.clear();
    updated_.reset();
  }

  /// RSS has no namespace or that of RSS 1.0; Atom its own. media:title and its like are others.
  bool is_core() {
    const std::string_view uri = view(xmlTextReaderConstNamespaceUri(reader_.get()));
    return uri.empty() || uri.find("purl.org/rss/1.0/") != uri.npos || uri.find("w3.org/2005/Atom") != uri.npos ||
           uri.find("purl.org/atom") != uri.npos || uri.find("my.netscape.com") != uri.npos || uri.find("backend.userland.com") != uri.npos;
  }

  bool is_in(std::string_view uri) { return view(xmlTextReaderConstNamespaceUri(reader_.get())).starts_with(uri); }

  std::string words() { return take(xmlTextReaderReadString(reader_.get())); }
  std::string attribute(const char* name) {
    return take(xmlTextReaderGetAttribute(reader_.get(), reinterpret_cast<const xmlChar*>(name)));
  }

  /// Atom may hold markup as such, as escaped text, or plain.
  std::string rich_words() {
    const bool markup = attribute("type") == "xhtml";
    return html_words(markup ? take(xmlTextReaderReadInnerXml(reader_.get())) : words());
  }

  void member(std::string_view name) {
    if (name == "encoded" && is_in(content_namespace.substr(0, content_namespace.size() - 1))) content_ = html_words(words());
    if (name == "date" && is_in(dublin_core_namespace) && !entry_->published) entry_->published = find_written_date(words());
    if (!is_core()) return;
    if (name == "title") entry_->title = rich_words();
    else if (name == "description" || name == "summary") summary_ = rich_words();
    else if (name == "content") content_ = rich_words();
    else if (name == "guid" || name == "id") entry_->id = trim(words());
    else if (name == "link") link();
    else if (name == "source") source();
    else if (name == "pubDate" || name == "published" || name == "issued") entry_->published = find_written_date(words());
    else if (name == "updated") updated_ = find_written_date(words());
  }

  void link() {
    const std::string rel = attribute("rel");
    if (!rel.empty() && rel != "alternate") return;
    const std::string href = attribute("href");
    if (entry_->url.empty()) entry_->url = trim(href.empty() ? words() : href);
  }

  /// RSS: the outlet that an aggregator took the entry from. Atom's <source> holds elements and is passed over.
  void source() {
    if (!attribute("url").empty()) entry_->source = trim(words());
  }

  Article finish(Article entry) {
    entry.text = content_.size() >= summary_.size() ? std::move(content_) : std::move(summary_);
    if (entry.source.empty()) entry.source = feed_title_;
    else if (const std::string tail = " - " + entry.source; entry.title.ends_with(tail)) entry.title.resize(entry.title.size() - tail.size());
    if (!entry.published) entry.published = updated_;
    return entry;
  }

  std::optional<Result<Article>> end() {
    if (ended_) return std::nullopt;
    ended_ = true;
    if (reader_ == nullptr) return Error{Error::Code::io, bytes_->name() + ": no memory to read the feed"};
    if (reading_fault_) return *reading_fault_;
    if (entry_bytes_ > max_bytes_) return fault("an entry is too long", 0);
    if (!fault_.empty()) return fault(fault_, fault_line_);
    if (entries_ == 0) return fault("no RSS or Atom entries in it", 0);
    return std::nullopt;
  }

  Error fault(const std::string& what, int line) const {
    return {Error::Code::bad_format, line > 0 ? fmt::format("{}:{}: {}", bytes_->name(), line, what) : fmt::format("{}: {}", bytes_->name(), what)};
  }

  std::unique_ptr<ByteSource> bytes_;
  std::uint64_t max_bytes_;
  std::uint64_t entry_bytes_ = 0;  ///< read since the last entry ended
  std::optional<Article> entry_;
  int entry_depth_ = 0;
  std::uint64_t entries_ = 0;
  std::string feed_title_, content_, summary_;
  std::optional<Date> updated_;
  std::optional<Error> reading_fault_;
  std::string fault_;
  int fault_line_ = 0;
  bool ended_ = false;
  std::unique_ptr<xmlTextReader, ReaderCloser> reader_;  // last: it reads through the members above
};

}  // namespace

std::unique_ptr<ArticleSource> open_feed(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes) {
  return std::make_unique<Feed>(std::move(bytes), max_bytes);
}

}  // namespace legation
