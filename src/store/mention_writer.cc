// Mentions as JSON Lines, one mention a line. Fields: docs/entities.md.
#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "store/record_writer.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

class MentionWriter final : public RecordWriter {
 public:
  explicit MentionWriter(const Engine& engine) : base_(engine.linker().base()) {}

  void document(const CodedDocument& coded, std::string& out) override {
    const DocumentPlaces places(coded.document);
    std::vector<DocumentPlaces::Place> placed;
    for (const Mention& mention : coded.mentions.list) {
      placed.push_back(places.of(coded.parse.span(mention.range)));
      out += line(coded, mention, placed).dump(-1, ' ', false, Json::error_handler_t::replace);
      out += '\n';
    }
  }

 private:
  static Json words(const CodedDocument& coded, const Mention& mention, const DocumentPlaces::Place& place) {
    Json json = {{"begin", place.begin}, {"end", place.end}, {"text", coded.document.words(coded.parse.span(mention.range))}};
    if (place.in_title) json["in_title"] = true;
    return json;
  }

  Json line(const CodedDocument& coded, const Mention& mention, const std::vector<DocumentPlaces::Place>& placed) const {
    Json json = {{"document", coded.document.id}};
    json.update(words(coded, mention, placed.back()));
    json["kind"] = name(mention.kind);
    Json codes = Json::array(), sectors = Json::array(), entities = Json::array();
    for (const Actor& actor : mention.actors) {
      if (!actor.code.empty() && std::find(codes.begin(), codes.end(), actor.code) == codes.end()) codes.push_back(actor.code);
      if (!actor.sector.empty() && std::find(sectors.begin(), sectors.end(), actor.sector) == sectors.end()) sectors.push_back(actor.sector);
      entities.push_back(entity(actor, coded.dated));
    }
    json["codes"] = std::move(codes);
    json["sectors"] = std::move(sectors);
    json["entities"] = std::move(entities);
    if (mention.former) json["former"] = true;
    if (!mention.can_act) json["can_act"] = false;
    if (mention.antecedent >= 0) {
      const auto index = static_cast<std::size_t>(mention.antecedent);
      json["antecedent"] = index < placed.size() ? words(coded, coded.mentions.list[index], placed[index]) : Json();
    }
    json["confidence"] = std::round(static_cast<double>(mention.confidence) * 1000) / 1000;
    return json;
  }

  Json entity(const Actor& actor, std::optional<Date> day) const {
    Json json = Json::object();
    if (!actor.code.empty()) json["code"] = actor.code;
    if (!actor.sector.empty()) json["sector"] = actor.sector;
    if (!actor.other_sectors.empty()) json["other_sectors"] = actor.other_sectors;
    if (!actor.name.empty()) json["name"] = actor.name;
    if (!actor.wikidata.empty()) json["wikidata"] = actor.wikidata;
    if (!actor.role.empty()) json["role"] = actor.role;
    const Office* office = actor.entity == no_entity || !day   ? nullptr
                           : actor.role.starts_with("former ") ? base_.ended_office(actor.entity, *day)
                                                               : base_.office_on(actor.entity, *day);
    if (office != nullptr) add_term(*office, json);
    if (!actor.why.empty()) json["reason"] = actor.why;
    return json;
  }

  /// A side that is open is left out.
  static void add_term(const Office& office, Json& json) {
    static const Date earliest = Date::from_civil(1000, 1, 1), latest = Date::from_civil(2999, 12, 31);
    if (office.from > earliest) json["role_from"] = office.from.iso();
    if (office.to < latest) json["role_until"] = office.to.iso();
  }

  const KnowledgeBase& base_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_mention_writer(const Engine& engine) { return std::make_unique<MentionWriter>(engine); }

}  // namespace legation
