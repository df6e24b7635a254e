// Streams Documents out of files, folders and standard input. Only entry point: DocumentReader.
#include "text/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/table.h"
#include "text/article.h"
#include "text/byte_source.h"
#include "text/encoding.h"
#include "text/feed.h"
#include "text/file_walk.h"
#include "text/format.h"
#include "text/html.h"
#include "text/json_lines.h"
#include "text/language.h"
#include "text/plain_text.h"
#include "text/seen_ids.h"

namespace legation {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == text.npos; }

/// A file that is one document: read whole, decoded, given to the reader of its format.
class WholeFile : public ArticleSource {
 public:
  WholeFile(std::unique_ptr<ByteSource> bytes, InputFormat format, std::uint64_t max_bytes)
      : bytes_(std::move(bytes)), format_(format), max_bytes_(max_bytes) {}

  std::optional<Result<Article>> next() override {
    if (fault_) return std::exchange(fault_, std::nullopt);
    if (done_) return std::nullopt;
    done_ = true;
    ByteSource::Rest rest = bytes_->read_rest(max_bytes_);
    if (rest.too_long) return too_long();
    if (rest.faulty && rest.bytes.empty()) return rest.fault;
    if (rest.faulty) fault_ = rest.fault;  // after the part that could be read
    return read(std::move(rest.bytes));
  }

 private:
  Error too_long() const {
    const auto megabytes = static_cast<double>(max_bytes_) / (1024 * 1024);
    return {Error::Code::bad_format, fmt::format("{}: document is longer than {:.3g} MB", bytes_->name(), megabytes)};
  }

  Article read(std::string bytes) const {
    const bool page = format_ == InputFormat::html;
    const std::string charset(page ? declared_charset(bytes) : std::string_view{});
    Decoded decoded = decode(std::move(bytes), charset);
    Article article = page ? read_html(decoded.text) : read_plain_text(std::move(decoded.text));
    article.replaced_bytes = decoded.replaced_bytes;
    article.origin = bytes_->name();
    return article;
  }

  std::unique_ptr<ByteSource> bytes_;
  InputFormat format_;
  std::uint64_t max_bytes_;
  bool done_ = false;
  std::optional<Error> fault_;
};

void clean(Article& article) {
  for (std::string* text : {&article.title, &article.text, &article.source, &article.id, &article.url}) {
    article.replaced_bytes += repair_utf8(*text);
    clean_text(*text);
    if (text != &article.text) std::replace(text->begin(), text->end(), '\n', ' ');
  }
  if (is_blank(article.title)) article.title.clear();
  if (is_blank(article.text)) article.text.clear();
}

}  // namespace

class DocumentReader::Work {
 public:
  Work(std::vector<std::string> paths, ReaderOptions options) : walk_(std::move(paths)), options_(std::move(options)) {}

  std::optional<Result<Document>> next() {
    while (true) {
      if (source_ != nullptr) {
        if (auto article = source_->next()) return finish(std::move(*article));
        close();
      }
      auto step = walk_.next();
      if (!step) return std::nullopt;
      if (!*step) return step->error();
      if (auto fault = open(step->value())) return *fault;
    }
  }

  std::uint64_t bytes_total() const { return walk_.total_bytes(); }
  std::uint64_t bytes_done() const { return bytes_done_ + (bytes_ == nullptr ? 0 : bytes_->raw_bytes()); }

 private:
  void close() {
    bytes_done_ += bytes_->raw_bytes();
    bytes_ = nullptr;
    source_.reset();
  }

  std::optional<Error> open(const FileWalk::Step& step) {
    if (step.folder_ended) return end_folder(step.path);
    in_folder_ = !step.named;
    auto opened = ByteSource::open(step.path);
    if (!opened) return opened.error();
    std::unique_ptr<ByteSource> bytes = std::move(opened).value();
    const std::string_view head = bytes->peek();
    if (looks_binary(head)) {
      bytes_done_ += bytes->raw_bytes();
      return Error{Error::Code::skipped, bytes->name() + ": skipped: looks binary"};
    }
    const bool automatic = options_.format == InputFormat::automatic;
    const InputFormat format = automatic ? recognise_format(bytes->name(), head) : options_.format;
    bytes_ = bytes.get();
    stem_ = file_stem(bytes->name());
    source_ = open_source(std::move(bytes), format);
    return std::nullopt;
  }

  std::unique_ptr<ArticleSource> open_source(std::unique_ptr<ByteSource> bytes, InputFormat format) const {
    if (format == InputFormat::json_lines) return open_json_lines(std::move(bytes), options_.max_document_bytes);
    if (format == InputFormat::feed) return open_feed(std::move(bytes), options_.max_document_bytes);
    return std::make_unique<WholeFile>(std::move(bytes), format, options_.max_document_bytes);
  }

  std::optional<Error> end_folder(const std::string& path) {
    if (std::exchange(folder_documents_, 0) > 0) return std::nullopt;
    return Error{Error::Code::not_found, path + ": nothing readable in this folder"};
  }

  Result<Document> finish(Result<Article> found) {
    ++items_;
    if (!found) return found.error();
    Article article = std::move(found).value();
    clean(article);
    if (article.text.empty() && article.title.empty()) return skipped(article, "empty text");
    Document document = make_document(article);
    if (Status english = check_language(article, document); !english) return english.error();
    if (in_folder_) ++folder_documents_;
    return document;
  }

  static Error skipped(const Article& article, const std::string& why) { return {Error::Code::skipped, article.origin + ": skipped: " + why}; }

  Document make_document(Article& article) {
    Document document;
    document.set_parts(article.title, article.text);
    document.id = choose_id(article);
    document.source = article.source.empty() ? options_.default_source : std::move(article.source);
    if (document.source.empty()) document.source = std::move(article.host);
    document.url = std::move(article.url);
    document.published = article.published ? article.published : options_.default_date;
    document.replaced_bytes = article.replaced_bytes;
    document.origin = article.origin;
    document.extra = std::move(article.extra);
    return document;
  }

  std::string choose_id(const Article& article) {
    std::string id(trim(article.id));
    if (id.empty()) id = article.ordinal.empty() ? stem_ : stem_ + "#" + article.ordinal;
    if (seen_.insert(id)) return id;
    id += fmt::format("~{}", items_);
    seen_.insert(id);
    return id;
  }

  Status check_language(const Article& article, Document& document) const {
    if (!options_.language_check) return success();
    const Language language = detect_language(article.text.empty() ? article.title : article.text);
    document.language = language.code;
    if (language.english) return success();
    return skipped(article, fmt::format("language is {} ({}%), only English is coded", language.code, language.percent));
  }

  FileWalk walk_;
  ReaderOptions options_;
  std::unique_ptr<ArticleSource> source_;
  ByteSource* bytes_ = nullptr;  ///< owned by source_
  std::string stem_;
  SeenIds seen_;
  std::uint64_t items_ = 0, folder_documents_ = 0, bytes_done_ = 0;
  bool in_folder_ = false;  ///< the file being read was found in a folder, not named
};

DocumentReader::DocumentReader(std::vector<std::string> paths, ReaderOptions options) : work_(std::make_unique<Work>(std::move(paths), std::move(options))) {}
DocumentReader::~DocumentReader() = default;

std::optional<Result<Document>> DocumentReader::next() { return work_->next(); }
std::uint64_t DocumentReader::bytes_total() const { return work_->bytes_total(); }
std::uint64_t DocumentReader::bytes_done() const { return work_->bytes_done(); }

}  // namespace legation
