// Writes what the scorer of events learns from: per document a JSON line of tokens, mentions, feature rows and readings, and the vectors
// of its tokens, the encoder's or for the choosers the scorer's, one after another, in a second file. train/events reads both.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/embedded.h"
#include "engine/engine.h"
#include "events/event_features.h"
#include "text/reader.h"

namespace legation {
namespace {

using Json = nlohmann::json;

Json tokens_json(const Parse& parse) {
  Json out = Json::array();
  for (const Token& token : parse.tokens)
    out.push_back({token.begin, token.end, std::string(token.lemma), static_cast<int>(token.upos), token.head, static_cast<int>(token.deprel)});
  return out;
}

Json mentions_json(const Mentions& mentions) {
  Json out = Json::array();
  for (const Mention& mention : mentions.list) {
    Json actors = Json::array();
    for (const Actor& actor : mention.actors) actors.push_back({actor.code, actor.sector});
    out.push_back({mention.range.first, mention.range.last, mention.head, static_cast<int>(mention.kind), mention.can_act, actors});
  }
  return out;
}

Json choices_json(const std::vector<Observed::Open>& events) {
  Json out = Json::array();
  for (const Observed::Open& event : events) {
    Json candidates = Json::array();
    for (const PartyCandidate& candidate : event.candidates)
      candidates.push_back({candidate.token, std::span(candidate.values).first<PartyCandidate::logits>(), candidate.rows});
    out.push_back({{"t", event.trigger}, {"type", static_cast<int>(event.type)}, {"candidates", candidates}});
  }
  return out;
}

Json homes_json(const std::vector<Observed::Home>& homes) {
  Json out = Json::array();
  for (const Observed::Home& home : homes) {
    Json candidates = Json::array();
    for (const auto& [code, candidate] : home.candidates)
      candidates.push_back(
          {code, std::span(candidate.values).first<CountryCandidate::own_numbers>(), candidate.rows, static_cast<std::int32_t>(candidate.token)});
    out.push_back({{"t", home.trigger},
                   {"type", static_cast<int>(home.place.type)},
                   {"role", static_cast<int>(home.place.role)},
                   {"head", home.head},
                   {"rule", {home.code, home.sector}},
                   {"candidates", candidates}});
  }
  return out;
}

Json standings_json(const std::vector<Observed::Standing>& standings) {
  Json out = Json::array();
  for (const Observed::Standing& party : standings) {
    Json candidates = Json::array();
    for (const SectorCandidate& candidate : party.candidates) candidates.push_back({candidate.sector, candidate.values, candidate.rows});
    out.push_back({{"t", party.trigger},
                   {"type", static_cast<int>(party.place.type)},
                   {"role", static_cast<int>(party.place.role)},
                   {"head", party.head},
                   {"rule", party.sector},
                   {"candidates", candidates}});
  }
  return out;
}

/// What the scorer says of the marked parties beside every word: for relate_folds.py.
Json triggers_json(const std::vector<Observed::Trigger>& triggers) {
  Json out = Json::array();
  for (const Observed::Trigger& trigger : triggers)
    out.push_back({{"t", trigger.token}, {"types", trigger.types}, {"modes", trigger.modes}, {"aux", trigger.auxiliary}, {"parties", trigger.parties}});
  return out;
}

/// The member "parties" of a document: bytes of the text that name a source and a target.
std::vector<Span> parties_of(const std::string& extra) {
  std::vector<Span> parties;
  const Json json = extra.empty() ? Json::object() : Json::parse(extra, nullptr, false);
  if (!json.is_object() || !json.contains("parties")) return parties;
  for (const Json& span : json["parties"]) parties.push_back({span[0], span[1]});
  return parties;
}

class Dump {
 public:
  Dump(const Engine& engine, const std::string& out, bool choices, bool homes)
      : engine_(engine), choices_(choices), homes_(homes), lines_(out + ".jsonl"), vectors_(out + ".vectors", std::ios::binary) {
    std::ofstream names(out + ".choices");
    for (const std::string& name : ChoiceNames::of(engine.coder().predicates())) names << name << "\n";
    std::ofstream(out + ".tables") << Json{{"parties", PartyChooser::table_rows()},
                                           {"countries", CountryChooser::table_rows()},
                                           {"sectors", SectorChooser::table_rows()},
                                           {"vectors", engine.coder().vector_size(choices || homes)}};
  }

  void add(Document document) {
    CodedDocument coded;
    coded.document = std::move(document);
    Observed observed;
    CodingOptions options;
    options.observed = &observed;
    options.parties = parties_of(coded.document.extra);
    options.lenient = !options.parties.empty();
    options.merge = false;
    options.scorer = choices_ || homes_;
    options.own_parties = choices_;
    engine_.code(coded, workspace_, options);
    Json sentences = Json::array(), events = Json::array();
    for (const Sentence& sentence : coded.parse.sentences) sentences.push_back({sentence.tokens.first, sentence.tokens.last, sentence.in_title});
    for (const TableEvent& event : observed.events)
      events.push_back({{"t", event.trigger},
                        {"type", static_cast<int>(event.type)},
                        {"modes", event.modes},
                        {"aux", event.auxiliary},
                        {"actors", event.actors},
                        {"recipients", event.recipients},
                        {"told", event.told}});
    const Json line = {{"id", coded.document.id},
                       {"text", coded.document.buffer},
                       {"sentences", sentences},
                       {"tokens", tokens_json(coded.parse)},
                       {"mentions", mentions_json(coded.mentions)},
                       {"features", observed.features},
                       {"readings", events},
                       {"choices", homes_ ? Json::array() : choices_json(observed.open)},
                       {"homes", homes_ ? homes_json(observed.homes) : Json::array()},
                       {"standings", homes_ ? standings_json(observed.standings) : Json::array()},
                       {"triggers", triggers_json(observed.triggers)},
                       {"extra", coded.document.extra}};
    lines_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    const std::vector<std::int8_t>& vectors = choices_ || homes_ ? observed.vectors : coded.parse.vectors;
    vectors_.write(reinterpret_cast<const char*>(vectors.data()), static_cast<std::streamsize>(vectors.size()));
  }

 private:
  const Engine& engine_;
  bool choices_, homes_;
  Engine::Workspace workspace_;
  std::ofstream lines_, vectors_;
};

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  using namespace legation;
  CLI::App app("Dumps features of events for train/events");
  std::vector<std::string> files;
  std::string out;
  app.add_option("files", files, "documents")->required();
  bool choices = false;
  app.add_flag("--choices", choices, "what the scorer tells, and who may be parties of it: for parties.py");
  bool homes = false;
  app.add_flag("--homes", homes, "parties whose country or sector is open, and what it may be: for countries.py and sectors.py")->excludes("--choices");
  app.add_option("--out", out, "OUT.jsonl, OUT.vectors, OUT.choices, OUT.tables")->required();
  std::string data;
  app.add_option("--data", data, "folder with data/ and models/ of its own: they go before those in the program");
  CLI11_PARSE(app, argc, argv);
  Resources resources = Resources::embedded(embedded_files());
  if (const Status laid = data.empty() ? success() : resources.overlay(data); !laid.ok()) return fmt::print(stderr, "{}\n", laid.error().what), 1;
  auto engine = Engine::load(resources);
  if (!engine.ok()) return fmt::print(stderr, "{}\n", engine.error().what), 1;
  Dump dump(engine.value(), out, choices, homes);
  DocumentReader reader(files, ReaderOptions{});
  while (auto item = reader.next()) {
    if (!item->ok()) {
      fmt::print(stderr, "{}\n", item->error().what);
      continue;
    }
    dump.add(std::move(*item).value());
  }
  return 0;
}
