// The pipeline's promises: order, a bound on what is in memory, one caller at a time, the same answer on any thread.
#include "engine/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>

#include "base/embedded.h"

namespace legation {
namespace {

const Engine& engine() {
  static const Engine* loaded = [] {
    static const Resources resources = Resources::embedded(embedded_files());
    auto result = Engine::load(resources);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().what);
    return new Engine(std::move(result).value());
  }();
  return *loaded;
}

std::unique_ptr<CodedDocument> news(std::size_t number, std::size_t sentences = 1) {
  auto coded = std::make_unique<CodedDocument>();
  coded->document.id = std::to_string(number);
  coded->document.published = Date::from_civil(2025, 6, 10);
  std::string text;
  for (std::size_t at = 0; at < sentences; ++at) text += "South Korea expelled two Chinese diplomats on Monday. ";
  coded->document.set_parts("", text);
  return coded;
}

PipelineOptions on(unsigned threads) {
  PipelineOptions options;
  options.threads = threads;
  return options;
}

TEST(Engine, ResultsComeInTheOrderOfTheInput) {
  std::size_t given = 0;
  std::vector<std::string> taken;
  // Long and short documents in turn, so that the later ones are ready first.
  run_pipeline(
      engine(), on(4),
      [&]() -> std::unique_ptr<CodedDocument> {
        if (given == 200) return nullptr;
        const std::size_t number = given++;
        return news(number, number % 7 == 0 ? 60 : 1);
      },
      [&](std::unique_ptr<CodedDocument> coded) {
        taken.push_back(coded->document.id);
        return true;
      });
  ASSERT_EQ(taken.size(), 200u);
  for (std::size_t at = 0; at < taken.size(); ++at) EXPECT_EQ(taken[at], std::to_string(at));
}

TEST(Engine, OnlyAFewDocumentsPerThreadAreInMemory) {
  constexpr unsigned threads = 2;
  std::size_t given = 0, taken = 0, most = 0;
  run_pipeline(
      engine(), on(threads),
      [&]() -> std::unique_ptr<CodedDocument> {
        if (given == 500) return nullptr;
        most = std::max(most, given + 1 - std::min(taken, given));
        return news(given++);
      },
      [&](std::unique_ptr<CodedDocument>) {
        ++taken;
        return true;
      });
  EXPECT_EQ(taken, 500u);
  EXPECT_LE(most, threads * 8u);
}

TEST(Engine, SourceAndSinkAreCalledOneAtATime) {
  std::atomic<int> in_source = 0, in_sink = 0;
  std::atomic<bool> overlapped = false;
  std::size_t given = 0;
  run_pipeline(
      engine(), on(4),
      [&]() -> std::unique_ptr<CodedDocument> {
        if (in_source.fetch_add(1) != 0) overlapped = true;
        auto document = given == 300 ? nullptr : news(given++);
        in_source.fetch_sub(1);
        return document;
      },
      [&](std::unique_ptr<CodedDocument>) {
        if (in_sink.fetch_add(1) != 0) overlapped = true;
        in_sink.fetch_sub(1);
        return true;
      });
  EXPECT_FALSE(overlapped);
}

TEST(Engine, SinkThatHasEnoughStopsTheRun) {
  std::size_t given = 0, taken = 0;
  run_pipeline(engine(), on(2), [&]() { return given == 10000 ? nullptr : news(given++); },
               [&](std::unique_ptr<CodedDocument>) { return ++taken < 5; });
  EXPECT_EQ(taken, 5u);
  EXPECT_LT(given, 100u);
}

TEST(Engine, NoInputIsNoFault) {
  bool called = false;
  run_pipeline(engine(), on(2), []() { return std::unique_ptr<CodedDocument>(); },
               [&](std::unique_ptr<CodedDocument>) { return called = true; });
  EXPECT_FALSE(called);
}

/// What a run found, in words.
std::string found_on(unsigned threads) {
  static constexpr std::string_view texts[] = {
      "SEOUL, June 10, 2025 (Yonhap) - South Korea expelled two Chinese diplomats on Monday.",
      "Beijing denied that its ships had attacked a Philippine boat, Xinhua reported.",
      "Leaders of Japan, South Korea and China met in Seoul last week and agreed to resume talks.", "", "Nothing happened.",
  };
  std::size_t given = 0;
  std::string found;
  run_pipeline(
      engine(), on(threads),
      [&]() -> std::unique_ptr<CodedDocument> {
        if (given == 100) return nullptr;
        auto coded = news(given);
        coded->document.set_parts("A title", texts[given++ % std::size(texts)]);
        return coded;
      },
      [&](std::unique_ptr<CodedDocument> coded) {
        found += coded->document.id + ":";
        for (const Event& event : coded->coded.events)
          found += std::string(name(event.type)) + " " + event.rule + " " + (event.date ? event.date->span.begin.iso() : "") + ";";
        return true;
      });
  return found;
}

TEST(Engine, ThreadsNeverChangeTheAnswer) {
  const std::string alone = found_on(1);
  EXPECT_NE(alone.find("SANCTION"), std::string::npos) << alone.substr(0, 500);
  EXPECT_EQ(alone, found_on(2));
  EXPECT_EQ(alone, found_on(8));
}

TEST(Engine, DatelineDatesADocumentThatSaysNoOtherDay) {
  CodedDocument coded;
  coded.document.set_parts("", "SEOUL, June 10, 2025 (Yonhap) -- South Korea expelled two Chinese diplomats on Monday.");
  Engine::Workspace workspace;
  engine().code(coded, workspace);
  ASSERT_TRUE(coded.dated);
  EXPECT_EQ(coded.dated->iso(), "2025-06-10");
}

TEST(Engine, VersionNamesProgramTablesAndModel) {
  const std::string& version = engine().version();
  EXPECT_TRUE(version.starts_with("legation ")) << version;
  EXPECT_NE(version.find("tables "), std::string::npos);
  EXPECT_NE(version.find("model "), std::string::npos);
}

TEST(Engine, MissingTableIsNamed) {
  const Resources nothing = Resources::embedded({});
  const auto result = Engine::load(nothing);
  ASSERT_FALSE(result.ok());
  EXPECT_FALSE(result.error().what.empty());
}

}  // namespace
}  // namespace legation
