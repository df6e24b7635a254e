// A coded document made by hand: one sentence, one event, one claim, so that writers are tested without the stages.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "engine/engine.h"
#include "store/record_writer.h"

namespace legation {

inline const Engine& engine() {
  static const Engine* loaded = [] {
    static const Resources resources = Resources::embedded(embedded_files());
    return new Engine(std::move(Engine::load(resources)).value());
  }();
  return *loaded;
}

inline Span span_of(const Document& document, std::string_view words) {
  const std::size_t begin = document.buffer.find(words);
  EXPECT_NE(begin, std::string::npos) << words;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
}

inline Actor actor_of(const Document& document, std::string code, std::string sector, std::string words) {
  Actor actor;
  actor.code = std::move(code);
  actor.sector = std::move(sector);
  actor.span = span_of(document, words);
  actor.text = std::move(words);
  return actor;
}

/// Title "Séoul acts"; text "“Élan”: South Korea expelled two Chinese diplomats on Monday."
inline std::unique_ptr<CodedDocument> coded_by_hand() {
  auto coded = std::make_unique<CodedDocument>();
  Document& document = coded->document;
  document.id = "one";
  document.source = "Yonhap";
  document.language = "en";
  document.published = Date::from_civil(2025, 6, 10);
  document.set_parts("Séoul acts", "“Élan”: South Korea expelled two Chinese diplomats on Monday.");
  coded->parse.sentences.emplace_back();
  Event event;
  event.type = EventType::SANCTION;
  event.modes = {"expel"};
  event.actors = {actor_of(document, "KOR", "", "South Korea")};
  event.recipients = {actor_of(document, "CHN", "GOV", "two Chinese diplomats")};
  const Date monday = Date::from_civil(2025, 6, 9);
  event.date = EventDate{{monday, monday}, DateBasis::expression, span_of(document, "Monday")};
  event.evidence = {{0, {document.text_begin, static_cast<std::uint32_t>(document.buffer.size())}, span_of(document, "expelled")}};
  event.confidence = 0.75F;
  event.rule = "contents.tsv:7 expel";
  coded->coded.events = {event};
  return coded;
}

inline std::string written(std::string_view format, const CodedDocument& coded, RecordOptions options = {}) {
  const auto writer = make_record_writer(format, engine(), options);
  std::string out;
  writer->begin(out);
  writer->document(coded, out);
  writer->end(out);
  return out;
}

}  // namespace legation
