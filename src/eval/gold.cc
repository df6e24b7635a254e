#include "eval/gold.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace legation {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Error fault(const std::string& file, const std::string& what) { return {Error::Code::bad_format, file + ": " + what}; }

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<GoldActor> actors_of(const Json& json, const char* key) {
  std::vector<GoldActor> actors;
  if (const auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& item : *found) actors.push_back({text_of(item, "code"), text_of(item, "sector"), text_of(item, "text")});
  return actors;
}

std::vector<std::string> strings_of(const Json& json, const char* key) {
  std::vector<std::string> strings;
  if (const auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& item : *found)
      if (item.is_string()) strings.push_back(item.get<std::string>());
  return strings;
}

GoldPlace place_of(const Json& json) {
  GoldPlace place;
  place.in_title = json.value("in_title", false);
  place.begin = json.value("begin", 0u);
  place.end = json.value("end", 0u);
  place.text = text_of(json, "text");
  return place;
}

Result<GoldEvent> event_of(const Json& json, const std::string& file) {
  GoldEvent event;
  const auto type = parse_event_type(text_of(json, "type"));
  if (!type) return fault(file, "\"" + text_of(json, "type") + "\" is no PLOVER type");
  event.type = *type;
  event.modes = strings_of(json, "modes");
  event.contexts = strings_of(json, "contexts");
  for (const std::string& flag : strings_of(json, "auxiliary")) {
    const auto mode = parse_auxiliary(flag);
    if (!mode) return fault(file, "\"" + flag + "\" is no auxiliary mode");
    event.auxiliary |= *mode;
  }
  event.actors = actors_of(json, "actors");
  event.recipients = actors_of(json, "recipients");
  event.speakers = actors_of(json, "attribution");
  if (const auto date = json.find("date"); date != json.end() && date->is_object()) {
    event.begin = Date::parse(text_of(*date, "begin"));
    event.end = Date::parse(text_of(*date, "end"));
  }
  event.sentence = text_of(json, "sentence");
  if (const auto trigger = json.find("trigger"); trigger != json.end() && trigger->is_object()) event.triggers.push_back(place_of(*trigger));
  if (const auto mentions = json.find("mentions"); mentions != json.end() && mentions->is_array())
    for (const Json& mention : *mentions) event.triggers.push_back(place_of(mention));
  if (event.triggers.empty()) return fault(file, "an event has no trigger");
  return event;
}

Result<GoldDocument> document_of(const fs::path& path) {
  const std::string file = path.string();
  std::ifstream in(path);
  if (!in) return Error{Error::Code::io, file + ": cannot be read"};
  const Json json = Json::parse(in, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return fault(file, "is no JSON object");
  GoldDocument document;
  document.file = file;
  document.id = text_of(json, "id");
  if (document.id.empty()) return fault(file, "has no id");
  const auto events = json.find("events");
  if (events == json.end() || !events->is_array()) return fault(file, "has no events");
  for (const Json& item : *events) {
    auto event = event_of(item, file);
    if (!event.ok()) return event.error();
    document.events.push_back(std::move(event).value());
  }
  return document;
}

}  // namespace

Result<std::map<std::string, GoldDocument>> read_gold(const std::string& path) {
  std::vector<fs::path> files;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    for (const auto& entry : fs::directory_iterator(path, ignored))
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    files.emplace_back(path);
  }
  if (files.empty()) return Error{Error::Code::not_found, path + ": no gold files (*.json)"};
  std::map<std::string, GoldDocument> gold;
  for (const fs::path& file : files) {
    auto document = document_of(file);
    if (!document.ok()) return document.error();
    const std::string id = document.value().id;
    if (!gold.emplace(id, std::move(document).value()).second) return fault(file.string(), "id \"" + id + "\" stands in two files");
  }
  return gold;
}

}  // namespace legation
