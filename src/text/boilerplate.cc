// The words by which pages mark what is no article. Entry points: those of boilerplate.h.
#include "text/boilerplate.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace legation {
namespace {

// One word of a class name. Names are split at hyphens, underscores and inner capitals.
constexpr std::array<std::string_view, 74> side_words = {
    "ad",        "ads",         "adslot",          "advert",     "advertisement", "advertising",  "aside",     "author",     "authors",    "banner",
    "bio",       "breadcrumb",  "breadcrumbs",     "byline",     "caption",       "consent",      "cookie",    "cookies",    "copyright",  "credit",
    "credits",   "disclaimer",  "editsection",     "footer",     "gallery",       "gdpr",         "hatnote",   "infobox",    "latest",     "login",
    "masthead",  "menu",        "modal",           "mostread",   "nav",           "navbar",       "navbox",    "navigation", "newsletter", "outbrain",
    "pager",     "pagination",  "paywall",         "popular",    "popup",         "promo",        "promotion", "pullquote",  "rail",       "readmore",
    "recommend", "recommended", "recommendations", "references", "reflist",       "related",      "share",     "sharing",    "sidebar",    "signup",
    "skip",      "social",      "sponsor",         "sponsored",  "subscribe",     "subscription", "taboola",   "taglist",    "tags",       "teaser",
    "toc",       "toolbar",     "trending",        "widget"};
constexpr std::array<std::string_view, 5> comment_words = {"comment", "commentlist", "comments", "disqus", "respond"};
constexpr std::array<std::string_view, 8> body_names = {"articlebody", "storybody",   "entrycontent", "articlecontent",
                                                        "postbody",    "articletext", "storycontent", "postcontent"};
constexpr std::array<std::string_view, 31> site_line_starts = {"additional reporting by",
                                                               "(additional reporting",
                                                               "advertisement",
                                                               "all rights reserved",
                                                               "also read",
                                                               "click here",
                                                               "copyright",
                                                               "\xC2\xA9",
                                                               "(c) ",
                                                               "editing by",
                                                               "file photo",
                                                               "follow us",
                                                               "for more information, visit",
                                                               "get the latest",
                                                               "image:",
                                                               "listen to this",
                                                               "more on this story",
                                                               "photo:",
                                                               "read also",
                                                               "read more",
                                                               "read:",
                                                               "related:",
                                                               "(reporting by",
                                                               "reporting by",
                                                               "see also",
                                                               "share this",
                                                               "sign up",
                                                               "subscribe",
                                                               "watch:",
                                                               "writing by",
                                                               "(writing by"};
constexpr std::size_t site_line_bytes_max = 240;

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

ClassHint stronger(ClassHint a, ClassHint b) {
  if (a == ClassHint::comments || b == ClassHint::comments) return ClassHint::comments;
  return a == ClassHint::none ? b : a;
}

ClassHint hint_of_word(std::string_view word) {
  if (contains(comment_words, word)) return ClassHint::comments;
  return contains(side_words, word) ? ClassHint::side : ClassHint::none;
}

/// One name: "articleBody", "c-related__list". "no-sidebar", "has-sidebar" and "with-ads" describe the page
/// around.
ClassHint hint_of_name(std::string_view name) {
  ClassHint hint = ClassHint::none;
  std::string joined, word, before;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const bool letter = i < name.size() && ascii::is_letter(name[i]);
    const bool inner_capital = letter && i > 0 && ascii::is_upper(name[i]) && ascii::is_lower(name[i - 1]);
    if ((!letter || inner_capital) && !word.empty()) {
      const bool describes = before == "no" || before == "has" || before == "with" || before == "without";
      if (!describes) hint = stronger(hint, hint_of_word(word));
      joined += word;
      before = std::move(word);
      word.clear();
    }
    if (letter) word += ascii::to_lower(name[i]);
  }
  if (hint == ClassHint::none && contains(body_names, joined)) return ClassHint::body;
  return hint;
}

bool starts_with_letters(std::string_view line, std::string_view start) {
  if (line.size() < start.size()) return false;
  return std::equal(start.begin(), start.end(), line.begin(), [](char a, char b) { return a == ascii::to_lower(b); });
}

}  // namespace

ClassHint read_class_hint(std::string_view names) {
  ClassHint hint = ClassHint::none;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find_first_of(" \t\n", at), names.size());
    hint = stronger(hint, hint_of_name(names.substr(at, end - at)));
    at = end + 1;
  }
  return hint;
}

bool is_site_line(std::string_view line) {
  if (line.size() > site_line_bytes_max) return false;
  if (line.starts_with("The post ") && line.find(" appeared first on ") != line.npos) return true;
  return std::any_of(site_line_starts.begin(), site_line_starts.end(), [&](std::string_view start) { return starts_with_letters(line, start); });
}

}  // namespace legation
