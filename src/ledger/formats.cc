#include "ledger/formats.h"

#include <algorithm>

#include "base/table.h"

namespace legation {
namespace {

using Expressions = std::map<std::string, std::string>;

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> out;
  for (const std::string_view word : split_list(list, ' ')) out.emplace_back(word);
  return out;
}

std::vector<std::string> gdelt_columns(bool second) {
  std::string list = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate";
  for (const char* actor : {" Actor1", " Actor2"})
    for (const char* part :
         {"Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"})
      list += std::string(actor) + part;
  list += " IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone";
  for (const char* geo : {" Actor1Geo_", " Actor2Geo_", " ActionGeo_"})
    for (const char* part : {"Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"})
      if (second || std::string_view(part) != "ADM2Code") list += std::string(geo) + part;
  return words(list + " DATEADDED SOURCEURL");
}

EventFormat gdelt(const char* name, bool second) {
  const auto side = [](const std::string& actor) {
    return "coalesce(nullif(" + actor + "CountryCode,''), nullif(" + actor + "KnownGroupCode,''), left(" + actor + "Code,3))";
  };
  return {name,
          EventFormat::Kind::delimited,
          '\t',
          false,
          gdelt_columns(second),
          {{"id", "GLOBALEVENTID"},
           {"date", "SQLDATE"},
           {"actor", side("Actor1")},
           {"actor_name", "Actor1Name"},
           {"actor_sectors", "concat_ws(',', Actor1Type1Code, Actor1Type2Code, Actor1Type3Code)"},
           {"recipient", side("Actor2")},
           {"recipient_name", "Actor2Name"},
           {"recipient_sectors", "concat_ws(',', Actor2Type1Code, Actor2Type2Code, Actor2Type3Code)"},
           {"code", "EventCode"},
           {"intensity", "GoldsteinScale"},
           {"quad", "QuadClass"},
           {"place", "ActionGeo_FullName"},
           {"place_country", "ActionGeo_CountryCode"},
           {"latitude", "ActionGeo_Lat"},
           {"longitude", "ActionGeo_Long"},
           {"url", "SOURCEURL"},
           {"reports", "NumArticles"}}};
}

EventFormat icews() {
  return {"icews",
          EventFormat::Kind::delimited,
          '\t',
          true,
          {},
          {{"id", "\"Event ID\""},
           {"date", "\"Event Date\""},
           {"actor", "\"Source Country\""},
           {"actor_name", "\"Source Name\""},
           {"actor_sectors", "\"Source Sectors\""},
           {"recipient", "\"Target Country\""},
           {"recipient_name", "\"Target Name\""},
           {"recipient_sectors", "\"Target Sectors\""},
           {"code", "\"CAMEO Code\""},
           {"label", "\"Event Text\""},
           {"intensity", "\"Intensity\""},
           {"place", "\"City\""},
           {"place_country", "\"Country\""},
           {"latitude", "\"Latitude\""},
           {"longitude", "\"Longitude\""},
           {"story", "\"Story ID\""},
           {"sentence", "\"Sentence Number\""},
           {"publisher", "\"Publisher\""}}};
}

EventFormat polecat() {
  return {"polecat",
          EventFormat::Kind::delimited,
          '\t',
          true,
          {},
          {{"id", "\"Event ID\""},
           {"date", "\"Event Date\""},
           {"actor", "\"Actor Country\""},
           {"actor_name", "\"Actor Name\""},
           {"actor_sectors", "\"Primary Actor Sector\""},
           {"recipient", "\"Recipient Country\""},
           {"recipient_name", "\"Recipient Name\""},
           {"recipient_sectors", "\"Primary Recipient Sector\""},
           {"type", "upper(\"Event Type\")"},
           {"mode", "\"Event Mode\""},
           {"contexts", "\"Contexts\""},
           {"intensity", "\"Intensity\""},
           {"quad", "\"Quad Code\""},
           {"place", "\"Placename\""},
           {"place_country", "\"Country\""},
           {"latitude", "\"Latitude\""},
           {"longitude", "\"Longitude\""},
           {"publisher", "\"Source\""}},
          {{"Intensity", "Event Intensity"}}};
}

EventFormat phoenix() {
  return {"phoenix",
          EventFormat::Kind::delimited,
          '\t',
          false,
          words("EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull TargetActorEntity "
                "TargetActorRole TargetActorAttribute EventCode EventRootCode PentaClass GoldsteinScore Issues Lat Lon LocationName StateName "
                "CountryCode SentenceID URLs NewsSources"),
          {{"id", "EventID"},
           {"date", "Date"},
           {"actor", "left(SourceActorFull,3)"},
           {"actor_name", "SourceActorFull"},
           {"actor_sectors", "substr(SourceActorFull,4,3)"},
           {"recipient", "left(TargetActorFull,3)"},
           {"recipient_name", "TargetActorFull"},
           {"recipient_sectors", "substr(TargetActorFull,4,3)"},
           {"code", "EventCode"},
           {"intensity", "GoldsteinScore"},
           {"quad", "PentaClass"},
           {"place", "LocationName"},
           {"place_country", "CountryCode"},
           {"latitude", "Lat"},
           {"longitude", "Lon"},
           {"story", "SentenceID"},
           {"publisher", "NewsSources"},
           {"url", "URLs"}},
          {}};
}

EventFormat petrarch() {
  return {"petrarch",
          EventFormat::Kind::delimited,
          '\t',
          false,
          words("date source target code issues sentences url publisher actor_text target_text event_text actor_root target_root"),
          {{"date", "date"},
           {"actor", "left(source,3)"},
           {"actor_name", "source"},
           {"actor_sectors", "substr(source,4,3)"},
           {"recipient", "left(target,3)"},
           {"recipient_name", "target"},
           {"recipient_sectors", "substr(target,4,3)"},
           {"code", "code"},
           {"story", "sentences"},
           {"url", "url"},
           {"publisher", "publisher"}},
          {}};
}

EventFormat quadruples() {
  return {"quadruples",
          EventFormat::Kind::delimited,
          '\t',
          true,
          {},
          {{"date", "date"},
           {"actor", "source"},
           {"actor_name", "source"},
           {"actor_sectors", "regexp_extract(source, '^(.*) \\(', 1)"},
           {"recipient", "target"},
           {"recipient_name", "target"},
           {"recipient_sectors", "regexp_extract(target, '^(.*) \\(', 1)"},
           {"label", "relation"}},
          {}};
}

/// Columns are a JSON text each; actors and recipients have been laid out to one of each a row, as `a` and `r`.
EventFormat plover() {
  return {"plover",
          EventFormat::Kind::json,
          '\t',
          false,
          words("id date actor recipient event mode context quad_code event_scale event_loc cameo cite_info"),
          {{"id", "id"},
           {"date", "date"},
           {"actor", "a->>'$.code'"},
           {"actor_name", "coalesce(a->>'$.identifier_text', a->>'$.entity_text', a->>'$.entity_name')"},
           {"actor_sectors", "coalesce(a->>'$.sector', a->>'$.sector_code')"},
           {"recipient", "r->>'$.code'"},
           {"recipient_name", "coalesce(r->>'$.identifier_text', r->>'$.entity_text', r->>'$.entity_name')"},
           {"recipient_sectors", "coalesce(r->>'$.sector', r->>'$.sector_code')"},
           {"type", "upper(coalesce(event->>'$[0]', event->>'$'))"},
           {"mode", "mode->>'$[0]'"},
           {"contexts", "array_to_string(context->>'$[*]', '; ')"},
           {"code", "cameo->>'$'"},
           {"quad", "quad_code->>'$'"},
           {"place", "event_loc->>'$.resolved_place'"},
           {"place_country", "event_loc->>'$.country_code'"},
           {"latitude", "event_loc->>'$.lat'"},
           {"longitude", "event_loc->>'$.lon'"},
           {"publisher", "cite_info->>'$.publication'"},
           {"url", "cite_info->>'$.url'"}},
          {}};
}

EventFormat own(const char* name, EventFormat::Kind kind, char delimiter) {
  EventFormat format{name, kind, delimiter, true, {}, {}, {}};
  for (const std::string& column : event_columns()) format.expressions[column] = '"' + column + '"';
  return format;
}

const std::vector<EventFormat>& all_formats() {
  static const std::vector<EventFormat> all = {
      icews(),
      gdelt("gdelt1", false),
      gdelt("gdelt2", true),
      {"gdelt-mentions",
       EventFormat::Kind::delimited,
       '\t',
       false,
       words("GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset "
             "ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"),
       {},
       {}},
      polecat(),
      phoenix(),
      plover(),
      petrarch(),
      quadruples(),
      own("csv", EventFormat::Kind::delimited, ','),
      own("parquet", EventFormat::Kind::parquet, ',')};
  return all;
}

}  // namespace

const std::vector<std::string>& event_columns() {
  static const std::vector<std::string> columns = words(
      "id date actor actor_name actor_sectors recipient recipient_name recipient_sectors code label type mode contexts intensity quad place "
      "place_country latitude longitude story sentence publisher url reports");
  return columns;
}

const EventFormat* find_format(std::string_view name) {
  for (const EventFormat& format : all_formats())
    if (format.name == name) return &format;
  return nullptr;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const EventFormat& format : all_formats()) names.push_back(format.name);
  return names;
}

std::string guess_format(std::string_view path, std::string_view line) {
  if (path.ends_with(".parquet")) return "parquet";
  const auto has = [&](std::string_view word) { return line.find(word) != std::string_view::npos; };
  if (line.starts_with('{')) return "plover";
  if (has("Event ID\t")) return has("CAMEO Code") ? "icews" : has("Event Type") ? "polecat" : "";
  if (line.starts_with("date\tsource\trelation\ttarget")) return "quadruples";
  switch (std::count(line.begin(), line.end(), '\t') + 1) {
    case 57:
    case 58:
      return "gdelt1";
    case 61:
      return "gdelt2";
    case 16:
      return "gdelt-mentions";
    case 26:
      return "phoenix";
    case 1:
      return has("date") && has(",") ? "csv" : "";
    default:
      return std::count(line.begin(), line.end(), '\t') >= 3 && std::count(line.begin(), line.end(), '\t') <= 12 ? "petrarch" : "";
  }
}

}  // namespace legation
