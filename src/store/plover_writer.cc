// PLOVER JSON Lines, one event a line. Fields: docs/record.md (the PLOVER manual's names; ours beside them).
#include <cmath>
#include <nlohmann/json.hpp>

#include "store/record_writer.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

/// The records of one document.
class DocumentRecords {
 public:
  DocumentRecords(const Engine& engine, RecordOptions options, const CodedDocument& coded)
      : engine_(engine), options_(options), document_(&coded.document), places_(coded.document) {}

  void write(const CodedDocument& coded, std::string& out) const {
    std::size_t number = 0;
    for (const Event& event : coded.coded.events) {
      ++number;
      if (options_.flagged || is_plain(event)) line(record(coded, event, number), out);
    }
    if (!options_.claims) return;
    number = 0;
    for (const Claim& claim : coded.coded.claims) line(record(coded, claim, ++number), out);
  }

 private:
  static void line(const Json& record, std::string& out) {
    out += record.dump(-1, ' ', false, Json::error_handler_t::replace);
    out += '\n';
  }

  Json span(Span span) const {
    const DocumentPlaces::Place place = places_.of(span);
    Json json = {{"text", document_->words(span)}, {"begin", place.begin}, {"end", place.end}};
    if (place.in_title) json["in_title"] = true;
    return json;
  }

  Json entity(const Actor& actor) const {
    Json json = Json::object();
    if (!actor.code.empty()) json["code"] = actor.code;
    if (!actor.sector.empty()) json["sector"] = actor.sector;
    if (!actor.other_sectors.empty()) json["other_sector_codes"] = actor.other_sectors;
    if (!actor.text.empty()) json["entity_text"] = actor.text;
    if (!actor.wikidata.empty()) json["identifier_id"] = actor.wikidata;
    if (!actor.name.empty()) json["identifier_text"] = actor.name;
    if (!actor.role.empty()) json["office"] = actor.role;
    if (!actor.span.empty()) json["span"] = span(actor.span);
    if (!actor.why.empty()) json["why"] = actor.why;
    return json;
  }

  Json entities(const std::vector<Actor>& actors) const {
    Json list = Json::array();
    for (const Actor& actor : actors) list.push_back(entity(actor));
    return list;
  }

  Json attribution(const std::vector<Attribution>& chain) const {
    Json list = Json::array();
    for (const Attribution& link : chain) {
      Json json = {{"speaker", entity(link.speaker)}, {"verb", link.verb}, {"direct", link.direct}, {"hedged", link.hedged}};
      if (!link.span.empty()) json["span"] = span(link.span);
      list.push_back(std::move(json));
    }
    return list;
  }

  Json quantity(const Quantity& quantity) const {
    Json json = {{"kind", name(quantity.kind)}, {"value", quantity.value}};
    if (quantity.lower) json["lower"] = *quantity.lower;
    if (quantity.upper) json["upper"] = *quantity.upper;
    if (!quantity.unit.empty()) json["unit"] = quantity.unit;
    if (!quantity.of.empty()) json["of"] = quantity.of;
    if (!quantity.bound.empty()) json["bound"] = quantity.bound;
    json["span"] = span(quantity.span);
    return json;
  }

  void add_date(Json& json, const std::optional<EventDate>& date) const {
    if (!date) return;
    json["date"] = date->span.begin.iso();
    if (date->span.end != date->span.begin) json["enddate"] = date->span.end.iso();
    json["date_precision"] = name(date->span.granularity);
    json["date_basis"] = name(date->basis);
    if (date->span.open_begin) json["date_open_begin"] = true;
    if (date->span.open_end) json["date_open_end"] = true;
    if (!date->words.empty()) json["date_text"] = span(date->words);
  }

  Json place(const EventPlace& place) const {
    Json json = {{"resolved_place", place.name}};
    if (!place.span.empty()) json["extracted_place"] = document_->words(place.span);
    if (!place.country.empty()) json["country_code"] = place.country;
    if (place.latitude) json["lat"] = *place.latitude;
    if (place.longitude) json["lon"] = *place.longitude;
    if (!place.gazetteer_id.empty()) json["gazetteer_id"] = place.gazetteer_id;
    return json;
  }

  static void add_size(Json& json, const std::vector<Quantity>& quantities) {
    Json size = Json::object();
    for (const Quantity& quantity : quantities)
      if (quantity.kind <= Quantity::Kind::arrested) size[std::string(name(quantity.kind))] = quantity.value;
    if (!size.empty()) json["size"] = std::move(size);
  }

  void add_source(Json& json) const {
    Json cite = Json::object();
    if (!document_->title().empty()) cite["title"] = document_->title();
    if (!document_->source.empty()) cite["publication"] = document_->source;
    if (!document_->url.empty()) cite["url"] = document_->url;
    cite["language"] = document_->language.empty() ? "en" : document_->language;
    cite["coder"] = engine_.version();
    json["cite_info"] = std::move(cite);
    json["document"] = document_->id;
    if (document_->published) json["published"] = document_->published->iso();
    if (!document_->extra.empty()) json["extra"] = Json::parse(document_->extra, nullptr, false);
  }

  Json record(const CodedDocument& coded, const Event& event, std::size_t number) const {
    Json json;
    json["id"] = document_->id + "-" + std::to_string(number);
    add_date(json, event.date);
    json["has_event"] = true;
    json["event"] = {name(event.type)};
    json["mode"] = event.modes;
    json["auxiliary"] = auxiliary_names(event.auxiliary);
    json["context"] = event.contexts;
    json["actor"] = entities(event.actors);
    json["recipient"] = entities(event.recipients);
    if (event.place) json["event_loc"] = place(*event.place);
    json["quad_code"] = engine_.ontology().quad(event.type);
    json["event_scale"] = engine_.ontology().score(event.type, event.modes);
    const std::string_view cameo = engine_.ontology().cameo(event.type, event.modes);
    json["cameo"] = cameo;
    if (const auto goldstein = engine_.ontology().goldstein(cameo)) json["goldstein"] = *goldstein;
    if (event.two_sided) json["two_sided"] = true;
    if (event.implied_actor) json["implied_actor"] = true;
    json["attribution"] = attribution(event.attribution);
    if (!event.quantities.empty()) {
      Json list = Json::array();
      for (const Quantity& item : event.quantities) list.push_back(quantity(item));
      json["quantities"] = std::move(list);
      add_size(json, event.quantities);
    }
    add_evidence(coded, event, json);
    json["confidence"] = std::round(static_cast<double>(event.confidence) * 1000) / 1000;
    json["rule"] = event.rule;
    add_source(json);
    return json;
  }

  void add_evidence(const CodedDocument& coded, const Event& event, Json& json) const {
    Json texts = Json::array(), list = Json::array();
    for (const Evidence& evidence : event.evidence) {
      texts.push_back(document_->words(evidence.trigger));
      const DocumentPlaces::Place sentence = places_.of(evidence.sentence_span);
      Json item = {{"sentence", evidence.sentence}, {"begin", sentence.begin}, {"end", sentence.end}, {"trigger", span(evidence.trigger)}};
      if (coded.parse.sentences[evidence.sentence].in_title) item["in_title"] = true;
      list.push_back(std::move(item));
    }
    json["event_text"] = std::move(texts);
    json["text"] = document_->words(event.evidence.front().sentence_span);
    json["evidence"] = std::move(list);
  }

  Json record(const CodedDocument&, const Claim& claim, std::size_t number) const {
    Json json;
    json["id"] = document_->id + "-claim-" + std::to_string(number);
    add_date(json, claim.date);
    json["has_event"] = false;
    json["claim"] = claim.property;
    json["actor"] = entities(claim.subjects);
    json["recipient"] = entities(claim.objects);
    json["auxiliary"] = auxiliary_names(claim.auxiliary);
    if (claim.quantity) json["quantities"] = Json::array({quantity(*claim.quantity)});
    json["attribution"] = attribution(claim.attribution);
    json["event_text"] = {document_->words(claim.evidence.trigger)};
    json["text"] = document_->words(claim.evidence.sentence_span);
    json["evidence"] = Json::array({{{"sentence", claim.evidence.sentence}, {"trigger", span(claim.evidence.trigger)}}});
    json["rule"] = claim.rule;
    add_source(json);
    return json;
  }

  const Engine& engine_;
  RecordOptions options_;
  const Document* document_;
  const DocumentPlaces places_;
};

class PloverWriter : public RecordWriter {
 public:
  PloverWriter(const Engine& engine, RecordOptions options) : engine_(engine), options_(options) {}
  void document(const CodedDocument& coded, std::string& out) override { DocumentRecords(engine_, options_, coded).write(coded, out); }

 private:
  const Engine& engine_;
  RecordOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_plover_writer(const Engine& engine, RecordOptions options) { return std::make_unique<PloverWriter>(engine, options); }

}  // namespace legation
