// JSON-LD of a page. Only entry point: read_linked_data().
#include "text/linked_data.h"

#include <simdjson.h>

#include <string_view>

#include "text/html.h"

namespace legation {
namespace {

namespace dom = simdjson::dom;

bool names_article(std::string_view type) {
  for (const std::string_view kind : {"Article", "Posting", "Report"}) {
    if (type.ends_with(kind)) return true;
  }
  return false;
}

bool is_article(dom::object object) {
  dom::element type;
  if (object["@type"].get(type)) return false;
  std::string_view name;
  if (!type.get(name)) return names_article(name);
  dom::array types;
  if (type.get(types)) return false;
  for (const dom::element one : types) {
    if (!one.get(name) && names_article(name)) return true;
  }
  return false;
}

/// A string, or the named member of an object, or of the first object of a list.
std::string text_of(dom::element element, const char* member) {
  std::string_view text;
  if (!element.get(text)) return std::string(text);
  dom::array list;
  if (!element.get(list)) {
    for (const dom::element one : list) {
      if (!one.is_array()) return text_of(one, member);
    }
    return {};
  }
  return element[member].get(text) ? std::string{} : std::string(text);
}

std::string member_text(dom::object object, const char* key, const char* inner) {
  dom::element element;
  return object[key].get(element) ? std::string{} : text_of(element, inner);
}

LinkedData read_article(dom::object object) {
  LinkedData data;
  data.headline = html_words(member_text(object, "headline", "@value"));
  data.published = member_text(object, "datePublished", "@value");
  if (data.published.empty()) data.published = member_text(object, "dateCreated", "@value");
  data.publisher = html_words(member_text(object, "publisher", "name"));
  data.url = member_text(object, "url", "@id");
  if (data.url.empty()) data.url = member_text(object, "mainEntityOfPage", "@id");
  data.body = html_words(member_text(object, "articleBody", "@value"));
  return data;
}

/// Looks through lists and @graph, outside in. simdjson bounds the nesting.
bool find_article(dom::element root, LinkedData& data) {
  std::vector<dom::element> waiting = {root};
  for (std::size_t i = 0; i < waiting.size() && i < 1000; ++i) {
    dom::array list;
    dom::object object;
    if (!waiting[i].get(list)) {
      for (const dom::element one : list) waiting.push_back(one);
    } else if (!waiting[i].get(object)) {
      if (is_article(object)) {
        data = read_article(object);
        return true;
      }
      for (const char* key : {"@graph", "mainEntity"}) {
        dom::element inner;
        if (!object[key].get(inner)) waiting.push_back(inner);
      }
    }
  }
  return false;
}

}  // namespace

LinkedData read_linked_data(const std::vector<std::string>& scripts) {
  LinkedData data;
  dom::parser parser;
  for (const std::string& script : scripts) {
    dom::element root;
    if (parser.parse(script).get(root)) continue;
    if (find_article(root, data)) break;
  }
  return data;
}

}  // namespace legation
