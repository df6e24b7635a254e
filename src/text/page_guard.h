// Makes a foreign page harmless and small before the HTML parser builds its tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace legation {

/// The parser needs quadratic time and deep recursion for hostile pages (a million open <div>, a million
/// attributes, unclosed formatting tags that are opened again in every block). The guarded page has at most
/// `page_depth_max` open elements, `page_tags_max` tags, no inline formatting, no scripts, styles, comments,
/// drawings or form controls, and of attributes only those that the reader of pages looks at.
inline constexpr std::size_t page_depth_max = 256;
inline constexpr std::size_t page_tags_max = 300'000;

struct GuardedPage {
  std::string html;
  std::vector<std::string> linked_data;  ///< bodies of <script type="application/ld+json">
};

/// `html` is valid UTF-8. Cost: linear.
GuardedPage guard_page(std::string_view html);

}  // namespace legation
