// The article's words out of a page's tree. Entry points: those of main_text.h.
//
// One walk turns the tree into blocks (runs of words that a browser shows as a paragraph) inside boxes (the
// elements around them). Boxes are weighed by the running text they hold, the best one is the article, and of
// its blocks those that read like text are kept.
#include "text/main_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "text/boilerplate.h"

namespace legation {
namespace {

enum class Kind : std::uint8_t { paragraph, heading, item, cell };

struct Box {
  std::int32_t parent = -1;
  GumboTag tag = GUMBO_TAG_DIV;
  Kind kind = Kind::paragraph;
  ClassHint hint = ClassHint::none;
  bool excluded = false;
  float score = 0;
  std::size_t good_bytes = 0, all_bytes = 0;
};

struct Block {
  std::string text;
  std::size_t link_bytes = 0;
  std::size_t box = 0;
  Kind kind = Kind::paragraph;
};

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_UNKNOWN:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
      return false;
    default:
      return true;
  }
}

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

Kind kind_of(GumboTag tag, Kind around) {
  if (is_heading(tag)) return Kind::heading;
  if (tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT) return Kind::item;
  if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) return Kind::cell;
  if (tag == GUMBO_TAG_P || tag == GUMBO_TAG_BLOCKQUOTE) return Kind::paragraph;
  return around == Kind::heading ? Kind::paragraph : around;
}

bool equals(const char* value, const char* word) { return value != nullptr && std::strcmp(value, word) == 0; }

bool is_side_role(const char* role) {
  for (const char* side : {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"}) {
    if (equals(role, side)) return true;
  }
  return false;
}

bool is_hidden(const GumboNode& node) {
  if (attribute_value(node, "hidden") != nullptr || equals(attribute_value(node, "aria-hidden"), "true")) return true;
  const char* style = attribute_value(node, "style");
  if (style == nullptr) return false;
  std::string compact(style);
  std::erase(compact, ' ');
  return compact.find("display:none") != compact.npos;
}

bool is_never_text(const GumboNode& node) {
  switch (node.v.element.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
      return true;
    default:
      return is_hidden(node);
  }
}

bool is_side_element(const GumboNode& node) {
  switch (node.v.element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MENU:
      return true;
    default:
      return is_side_role(attribute_value(node, "role"));
  }
}

ClassHint hint_of(const GumboNode& node) {
  const GumboTag tag = node.v.element.tag;
  if (tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE) return ClassHint::none;
  if (equals(attribute_value(node, "itemprop"), "articleBody")) return ClassHint::body;
  std::string names;
  for (const char* name : {"class", "id"}) {
    const char* value = attribute_value(node, name);
    if (value != nullptr) names.append(value).append(" ");
  }
  return read_class_hint(names);
}

/// Turns the tree into boxes and blocks. Walks with a stack of its own: a page's depth is a stranger's
/// choice.
class Collector {
 public:
  Collector(const GumboNode& root, bool skip_sides) : skip_sides_(skip_sides) {
    boxes.emplace_back();
    walk(root);
    flush();
  }

  std::vector<Box> boxes;
  std::vector<Block> blocks;
  std::string heading;  ///< the first <h1>

 private:
  struct Step {
    const GumboNode* node;
    unsigned child = 0;
  };

  static const GumboVector& children_of(const GumboNode& node) { return node.type == GUMBO_NODE_DOCUMENT ? node.v.document.children : node.v.element.children; }

  void walk(const GumboNode& root) {
    std::vector<Step> path;
    if (enter(root)) path.push_back({&root});
    while (!path.empty()) {
      Step& step = path.back();
      const GumboVector& children = children_of(*step.node);
      if (step.child == children.length) {
        leave(*step.node);
        path.pop_back();
        continue;
      }
      const auto& child = *static_cast<const GumboNode*>(children.data[step.child++]);
      if (enter(child)) path.push_back({&child});
    }
  }

  /// True when the node's children are to be walked, and then left.
  bool enter(const GumboNode& node) {
    switch (node.type) {
      case GUMBO_NODE_DOCUMENT:
        return true;
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        append(node.v.text.text);
        return false;
      case GUMBO_NODE_ELEMENT:
        return enter_element(node);
      default:
        return false;
    }
  }

  bool enter_element(const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_BR) return line_break(), false;
    if (is_never_text(node) || (skip_sides_ && is_side_element(node))) return flush(), false;
    if (is_block(tag)) open_box(node);
    if (tag == GUMBO_TAG_A) ++links_;
    return true;
  }

  void leave(const GumboNode& node) {
    if (node.type != GUMBO_NODE_ELEMENT) return;
    if (node.v.element.tag == GUMBO_TAG_A) --links_;
    if (!is_block(node.v.element.tag)) return;
    flush();
    box_ = static_cast<std::size_t>(boxes[box_].parent);
  }

  void open_box(const GumboNode& node) {
    flush();
    Box box;
    box.parent = static_cast<std::int32_t>(box_);
    box.tag = node.v.element.tag;
    box.kind = kind_of(box.tag, boxes[box_].kind);
    box.hint = hint_of(node);
    if (box.tag == GUMBO_TAG_HEADER && !inside_article()) box.hint = ClassHint::side;
    box_ = boxes.size();
    boxes.push_back(box);
  }

  bool inside_article() const {
    for (auto i = static_cast<std::int32_t>(box_); i >= 0; i = boxes[static_cast<std::size_t>(i)].parent) {
      const GumboTag tag = boxes[static_cast<std::size_t>(i)].tag;
      if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN) return true;
    }
    return false;
  }

  void append(const char* text) {
    for (; *text != '\0'; ++text) {
      const bool no_break_space = text[0] == '\xC2' && text[1] == '\xA0';
      if (no_break_space) ++text;
      if (no_break_space || ascii::is_blank(*text)) {
        blank_ = true;
        continue;
      }
      if (blank_ && !block_.text.empty() && !ascii::is_blank(block_.text.back())) block_.text += ' ';
      blank_ = false;
      breaks_ = 0;
      block_.text += *text;
      block_.link_bytes += links_ > 0;
    }
  }

  /// One <br> ends a line, two end a paragraph.
  void line_break() {
    if (++breaks_ >= 2) return flush();
    while (!block_.text.empty() && block_.text.back() == ' ') block_.text.pop_back();
    if (!block_.text.empty()) block_.text += '\n';
  }

  void flush() {
    while (!block_.text.empty() && ascii::is_blank(block_.text.back())) block_.text.pop_back();
    block_.box = box_;
    block_.kind = boxes[box_].kind;
    if (boxes[box_].tag == GUMBO_TAG_H1 && heading.empty()) heading = block_.text;
    if (!block_.text.empty()) blocks.push_back(std::move(block_));
    block_ = Block();
    blank_ = false;
    breaks_ = 0;
  }

  bool skip_sides_;
  Block block_;
  std::size_t box_ = 0;
  int links_ = 0, breaks_ = 0;
  bool blank_ = false;
};

bool ends_like_sentence(std::string_view text) {
  for (const std::string_view mark : {".", "!", "?", ":", ";", "\"", "'", ")", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\xA6"}) {
    if (text.ends_with(mark)) return true;
  }
  return false;
}

double link_share(const Block& block) { return static_cast<double>(block.link_bytes) / static_cast<double>(block.text.size()); }

/// Reads like running text.
bool is_good(const Block& block) {
  if (block.kind == Kind::heading || link_share(block) > 0.4) return false;
  return block.text.size() >= 100 || (block.text.size() >= 30 && ends_like_sentence(block.text));
}

/// Weighs the boxes and finds the one that is the article.
class Weigher {
 public:
  Weigher(std::vector<Box>& boxes, const std::vector<Block>& blocks) : boxes_(boxes), blocks_(blocks) {}

  std::size_t best() {
    sum();
    exclude_sides();
    sum();
    if (const std::size_t named = largest_named_body(); named != 0) return named;
    score();
    return climb(highest_score());
  }

 private:
  /// Bytes of running text and of all text per box. Children stand behind their parents.
  void sum() {
    for (Box& box : boxes_) box.good_bytes = box.all_bytes = 0;
    for (const Block& block : blocks_) {
      Box& box = boxes_[block.box];
      if (box.excluded) continue;
      box.all_bytes += block.text.size();
      if (is_good(block)) box.good_bytes += block.text.size();
    }
    for (std::size_t i = boxes_.size(); i-- > 1;) {
      Box& parent = boxes_[static_cast<std::size_t>(boxes_[i].parent)];
      parent.good_bytes += boxes_[i].good_bytes;
      parent.all_bytes += boxes_[i].all_bytes;
    }
  }

  /// A box that calls itself a side column but holds most of the page's text is the page ("layout-sidebar").
  void exclude_sides() {
    const std::size_t total = boxes_[0].good_bytes;
    for (std::size_t i = 1; i < boxes_.size(); ++i) {
      Box& box = boxes_[i];
      const bool all_of_it = box.good_bytes == total;
      const bool side = box.hint == ClassHint::side && box.good_bytes * 2 <= total && !(all_of_it && total > 0);
      const bool comments = box.hint == ClassHint::comments && !all_of_it;
      const bool empty_page = total == 0 && box.hint != ClassHint::none && box.hint != ClassHint::body;
      box.excluded = side || comments || empty_page || boxes_[static_cast<std::size_t>(box.parent)].excluded;
    }
  }

  std::size_t largest_named_body() const {
    std::size_t largest = 0, bytes = 150;  // a body shorter than that is a teaser
    for (std::size_t i = 1; i < boxes_.size(); ++i) {
      if (boxes_[i].hint != ClassHint::body || boxes_[i].excluded || boxes_[i].good_bytes <= bytes) continue;
      largest = i;
      bytes = boxes_[i].good_bytes;
    }
    return bytes * 3 >= boxes_[0].good_bytes ? largest : 0;
  }

  void score() {
    for (const Block& block : blocks_) {
      if (boxes_[block.box].excluded || !is_good(block)) continue;
      const auto commas = static_cast<float>(std::count(block.text.begin(), block.text.end(), ','));
      float points = 1 + std::min(commas, 5.0F) + std::min(static_cast<float>(block.text.size()) / 100, 5.0F);
      auto i = static_cast<std::int32_t>(block.box);
      if (boxes_[block.box].tag == GUMBO_TAG_P) i = boxes_[block.box].parent;
      for (int level = 0; level < 3 && i >= 0; ++level, points /= 2) {
        Box& box = boxes_[static_cast<std::size_t>(i)];
        box.score += points;
        i = box.parent;
      }
    }
  }

  std::size_t highest_score() const {
    const auto density = [](const Box& box) {
      return box.all_bytes == 0 ? 0.0F : box.score * static_cast<float>(box.good_bytes) / static_cast<float>(box.all_bytes);
    };
    const auto less = [&](const Box& a, const Box& b) { return density(a) < density(b); };
    return static_cast<std::size_t>(std::max_element(boxes_.begin(), boxes_.end(), less) - boxes_.begin());
  }

  /// To the outermost box that adds running text and still is mostly such; not out of an <article>.
  std::size_t climb(std::size_t from) const {
    std::size_t best = from;
    for (std::size_t i = from; i != 0;) {
      if (boxes_[i].tag == GUMBO_TAG_ARTICLE) break;
      i = static_cast<std::size_t>(boxes_[i].parent);
      const bool adds = boxes_[i].good_bytes * 20 > boxes_[best].good_bytes * 21;
      if (adds && boxes_[i].good_bytes * 10 >= boxes_[i].all_bytes * 6) best = i;
    }
    return best;
  }

  std::vector<Box>& boxes_;
  const std::vector<Block>& blocks_;
};

bool is_within(const std::vector<Box>& boxes, std::size_t box, std::size_t root) {
  while (box > root) box = static_cast<std::size_t>(boxes[box].parent);
  return box == root;
}

/// What of the article's box is text: not the bare short lines between ("By Our Staff", "3 min read").
bool is_kept(const Block& block) {
  if (link_share(block) > 0.5 || is_site_line(block.text)) return false;
  if (block.kind == Kind::item) return block.text.size() >= 40 || ends_like_sentence(block.text);
  return block.text.size() >= 80 || ends_like_sentence(block.text);
}

/// Joins blocks; a heading only stands before text that is kept.
class Joiner {
 public:
  void heading(const Block& block) { heading_ = block.text; }
  void text(const Block& block) {
    if (!heading_.empty()) add(heading_);
    heading_.clear();
    add(block.text);
  }
  std::string take() { return std::move(joined_); }

 private:
  void add(std::string_view text) {
    if (!joined_.empty()) joined_ += "\n\n";
    joined_ += text;
  }
  std::string joined_, heading_;
};

std::string join(const Collector& page, std::size_t root) {
  Joiner joiner;
  for (const Block& block : page.blocks) {
    if (page.boxes[block.box].excluded || !is_within(page.boxes, block.box, root)) continue;
    const bool heading = block.kind == Kind::heading;
    if (heading && page.boxes[block.box].tag != GUMBO_TAG_H1 && link_share(block) < 0.5) joiner.heading(block);
    if (!heading && is_kept(block)) joiner.text(block);
  }
  return joiner.take();
}

}  // namespace

const char* attribute_value(const GumboNode& element, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&element.v.element.attributes, name);
  return attribute == nullptr ? nullptr : attribute->value;
}

MainText find_main_text(const GumboNode& root) {
  Collector page(root, true);
  const std::size_t best = Weigher(page.boxes, page.blocks).best();
  MainText found{join(page, best), page.heading};
  if (found.text.empty() && best != 0) found.text = join(page, 0);
  return found;
}

std::string all_text(const GumboNode& root) {
  const Collector page(root, false);
  Joiner joiner;
  for (const Block& block : page.blocks) {
    const bool link_line = link_share(block) > 0.8 && block.text.size() < 80 && page.blocks.size() > 1;
    if (!link_line && !is_site_line(block.text)) joiner.text(block);
  }
  return joiner.take();
}

}  // namespace legation
