// HTML pages to Articles. Entry points: those of html.h.
#include "text/html.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include "base/ascii.h"
#include "base/table.h"
#include "text/linked_data.h"
#include "text/main_text.h"
#include "text/page_guard.h"
#include "text/written_date.h"

namespace legation {
namespace {

// A page whose script builds the text has little of it outside its JSON-LD.
constexpr std::size_t meagre_text_bytes = 250;

struct TreeCloser {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using Tree = std::unique_ptr<GumboOutput, TreeCloser>;

Tree parse_tree(const std::string& html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return Tree(gumbo_parse_with_options(&options, html.data(), html.size()));
}

/// What the page's elements say of the article, by name.
struct PageFacts {
  std::map<std::string, std::string> meta;  ///< lower-case name, property or itemprop; the first one counts
  std::string title, canonical;
  std::string time;         ///< first <time datetime>, or its words
  std::string marked_time;  ///< <time pubdate> or itemprop=datePublished
  std::string date_words;   ///< words of an element whose class says that they are a date
};

std::string_view value_or_empty(const char* value) { return value == nullptr ? std::string_view{} : std::string_view(value); }

std::string words_below(const GumboNode& node) {
  std::string words;
  const GumboVector& children = node.v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(children.data[i]);
    if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE) words += child.v.text.text;
  }
  return std::string(trim(words));
}

class FactFinder {
 public:
  explicit FactFinder(const GumboNode& root) { walk(root); }
  PageFacts take() { return std::move(facts_); }

 private:
  void walk(const GumboNode& root) {
    std::vector<const GumboNode*> waiting = {&root};
    while (!waiting.empty()) {
      const GumboNode& node = *waiting.back();
      waiting.pop_back();
      if (node.type != GUMBO_NODE_ELEMENT) continue;
      element(node);
      const GumboVector& children = node.v.element.children;
      for (unsigned i = children.length; i-- > 0;) waiting.push_back(static_cast<const GumboNode*>(children.data[i]));
    }
  }

  void element(const GumboNode& node) {
    switch (node.v.element.tag) {
      case GUMBO_TAG_META:
        return meta(node);
      case GUMBO_TAG_LINK:
        return link(node);
      case GUMBO_TAG_TITLE:
        return set_once(facts_.title, words_below(node));
      case GUMBO_TAG_TIME:
        return time(node);
      default:
        return marked(node);
    }
  }

  static void set_once(std::string& target, std::string_view value) {
    if (target.empty()) target = trim(value);
  }

  void meta(const GumboNode& node) {
    const std::string_view content = value_or_empty(attribute_value(node, "content"));
    for (const char* key : {"property", "name", "itemprop"}) {
      const char* name = attribute_value(node, key);
      if (name != nullptr && !trim(content).empty()) facts_.meta.emplace(ascii::lowered(name), trim(content));
    }
  }

  void link(const GumboNode& node) {
    const std::string rel = ascii::lowered(value_or_empty(attribute_value(node, "rel")));
    if (rel == "canonical") set_once(facts_.canonical, value_or_empty(attribute_value(node, "href")));
  }

  void time(const GumboNode& node) {
    const char* datetime = attribute_value(node, "datetime");
    const std::string value = datetime == nullptr ? words_below(node) : datetime;
    if (!find_written_date(value)) return;
    const bool published = ascii::lowered(value_or_empty(attribute_value(node, "itemprop"))) == "datepublished";
    if (published || attribute_value(node, "pubdate") != nullptr) set_once(facts_.marked_time, value);
    set_once(facts_.time, value);
  }

  void marked(const GumboNode& node) {
    if (ascii::lowered(value_or_empty(attribute_value(node, "itemprop"))) == "datepublished") {
      const char* content = attribute_value(node, "content");
      set_once(facts_.marked_time, content == nullptr ? words_below(node) : content);
    }
    if (!facts_.date_words.empty()) return;
    const std::string names = ascii::lowered(value_or_empty(attribute_value(node, "class")));
    if (names.find("date") == names.npos && names.find("publish") == names.npos && names.find("timestamp") == names.npos) return;
    const std::string words = words_below(node);
    if (words.size() < 80 && find_written_date(words)) facts_.date_words = words;
  }

  PageFacts facts_;
};

std::string first_meta(const PageFacts& facts, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = facts.meta.find(name);
    if (found != facts.meta.end()) return found->second;
  }
  return {};
}

std::optional<Date> published(const PageFacts& facts, const LinkedData& data) {
  constexpr std::array names = {"article:published_time",
                                "og:article:published_time",
                                "datepublished",
                                "og:published_time",
                                "article:published",
                                "pubdate",
                                "publishdate",
                                "publish-date",
                                "publish_date",
                                "publication_date",
                                "parsely-pub-date",
                                "sailthru.date",
                                "dc.date.issued",
                                "dcterms.issued",
                                "dcterms.created",
                                "dc.date.created",
                                "dcterms.date",
                                "dc.date",
                                "dc.terms.date",
                                "cxenseparse:recs:publishtime",
                                "originalpublicationdate",
                                "citation_publication_date",
                                "date",
                                "datecreated"};
  if (const auto date = find_written_date(data.published)) return date;
  for (const char* name : names) {
    if (const auto date = find_written_date(first_meta(facts, {name}))) return date;
  }
  for (const std::string* words : {&facts.marked_time, &facts.time, &facts.date_words}) {
    if (const auto date = find_written_date(*words)) return date;
  }
  return std::nullopt;
}

/// ".../2017/10/31/..." or ".../2017-10-31-...".
std::optional<Date> date_in_address(std::string_view url) {
  const std::size_t path = url.find('/', url.find("://") == url.npos ? 0 : url.find("://") + 3);
  return path == url.npos ? std::nullopt : find_written_date(url.substr(path));
}

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return std::string(host);
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  return words;
}

/// "Talks resume in Seoul | The Daily" without the outlet: where that is its name, or a short last part of
/// <title>.
std::string without_site(const std::string& title, std::string_view site, bool guess) {
  for (const std::string_view mark : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB ", " \xE2\x80\xA2 "}) {
    const std::size_t at = title.rfind(mark);
    if (at == title.npos || at == 0) continue;
    const std::string_view rest = std::string_view(title).substr(at + mark.size());
    const bool named = !site.empty() && ascii::lowered(rest) == ascii::lowered(site);
    if (named || (guess && count_words(rest) <= 4 && count_words(title.substr(0, at)) >= 3)) return title.substr(0, at);
  }
  return title;
}

std::string choose_title(const PageFacts& facts, const LinkedData& data, const std::string& heading, const std::string& site) {
  const std::string named = first_meta(facts, {"og:title", "twitter:title", "dc.title", "headline"});
  if (!data.headline.empty()) return without_site(data.headline, site, false);
  // The heading that opens the <title> or the shared title is the headline without the outlet's name.
  const bool confirmed = !heading.empty() && (facts.title.starts_with(heading) || named.starts_with(heading));
  if (confirmed) return heading;
  if (!named.empty()) return without_site(named, site, false);
  return heading.empty() ? without_site(facts.title, site, true) : heading;
}

void without_repeated_title(Article& article) {
  if (article.title.empty() || !article.text.starts_with(article.title)) return;
  if (article.text.compare(article.title.size(), 2, "\n\n") == 0) article.text.erase(0, article.title.size() + 2);
}

}  // namespace

Article read_html(std::string_view html) {
  const GuardedPage page = guard_page(html);
  const Tree tree = parse_tree(page.html);
  const MainText main = find_main_text(*tree->root);
  const PageFacts facts = FactFinder(*tree->root).take();
  const LinkedData data = read_linked_data(page.linked_data);
  Article article;
  article.text = main.text;
  if (article.text.size() < meagre_text_bytes && data.body.size() > article.text.size()) article.text = data.body;
  article.source = first_meta(facts, {"og:site_name"});
  if (article.source.empty()) article.source = data.publisher;
  if (article.source.empty()) article.source = first_meta(facts, {"application-name", "dc.publisher", "publisher"});
  article.url = facts.canonical;
  if (article.url.empty()) article.url = first_meta(facts, {"og:url"});
  if (article.url.empty()) article.url = data.url;
  article.host = host_of(article.url);
  article.title = choose_title(facts, data, main.heading, article.source);
  article.published = published(facts, data);
  if (!article.published) article.published = date_in_address(article.url);
  if (!article.published) article.published = dateline_date(article.text);
  without_repeated_title(article);
  return article;
}

std::string html_words(std::string_view html) {
  if (html.find_first_of("<&") == html.npos) return std::string(trim(html));
  const GuardedPage page = guard_page(html);
  const Tree tree = parse_tree(page.html);
  return all_text(*tree->root);
}

}  // namespace legation
