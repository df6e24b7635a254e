// The pipeline's promises: order, a bound on what is in memory, one caller at a time, the same answer on any thread.
#include "engine/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <span>

#include "engine_of_program.h"

namespace legation {
namespace {

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

/// Runs `count` documents of so many sentences; the most that were given out and not taken back at a time.
std::size_t most_in_memory(unsigned threads, std::size_t count, std::size_t sentences) {
  std::size_t given = 0, taken = 0, most = 0;
  run_pipeline(
      engine(), on(threads),
      [&]() -> std::unique_ptr<CodedDocument> {
        if (given == count) return nullptr;
        most = std::max(most, given + 1 - std::min(taken, given));
        return news(given++, sentences);
      },
      [&](std::unique_ptr<CodedDocument>) {
        ++taken;
        return true;
      });
  EXPECT_EQ(taken, count);
  return most;
}

TEST(Engine, OnlyAFewLongDocumentsPerThreadAreInMemory) {
  constexpr unsigned threads = 2;
  EXPECT_LE(most_in_memory(threads, 24, 180), threads * 4u);
}

TEST(Engine, ShortDocumentsInMemoryDoNotGrowWithTheInput) {
  constexpr unsigned threads = 2;
  EXPECT_LE(most_in_memory(threads, 2000, 1), threads * 128u);
  EXPECT_LE(most_in_memory(threads, 2000, 0), threads * 128u);  // nor those without any text
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
  run_pipeline(
      engine(), on(2), [&]() { return given == 10000 ? nullptr : news(given++); }, [&](std::unique_ptr<CodedDocument>) { return ++taken < 5; });
  EXPECT_EQ(taken, 5u);
  EXPECT_LT(given, 1000u);
}

TEST(Engine, NoInputIsNoFault) {
  bool called = false;
  run_pipeline(
      engine(), on(2), []() { return std::unique_ptr<CodedDocument>(); }, [&](std::unique_ptr<CodedDocument>) { return called = true; });
  EXPECT_FALSE(called);
}

/// What a run found, in words.
std::string found_on(unsigned threads) {
  static constexpr std::string_view texts[] = {
      "SEOUL, June 10, 2025 (Yonhap) - South Korea expelled two Chinese diplomats on Monday.",
      "Beijing denied that its ships had attacked a Philippine boat, Xinhua reported.",
      "Leaders of Japan, South Korea and China met in Seoul last week and agreed to resume talks.",
      "",
      "Nothing happened.",
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

/// All that is read off a document, in words.
std::string in_words(const CodedDocument& coded) {
  std::string out;
  for (const Token& token : coded.parse.tokens)
    out += std::string(token.form) + "/" + std::string(token.lemma) + "/" + std::string(token.xpos) + "/" + std::string(token.feats) + "/" +
           std::to_string(token.head) + std::string(name(token.deprel)) + " ";
  for (const std::string& warning : coded.parse.warnings) out += warning + ";";
  for (const Event& event : coded.coded.events) out += std::string(name(event.type)) + " " + event.rule + " " + std::to_string(event.confidence) + ";";
  return out;
}

std::unique_ptr<CodedDocument> text_of(std::string_view text) {
  auto coded = news(0);
  coded->document.set_parts("", text);
  return coded;
}

/// What each text says by itself, and what it says among the others.
struct Compared {
  std::vector<std::string> alone, together;
  explicit Compared(std::span<const std::string> texts) {
    for (const std::string& text : texts) {
      const auto coded = text_of(text);
      Engine::Workspace workspace;
      engine().code(*coded, workspace);
      alone.push_back(in_words(*coded));
    }
    std::size_t given = 0;
    run_pipeline(
        engine(), on(1), [&] { return given == texts.size() ? nullptr : text_of(texts[given++]); },
        [&](std::unique_ptr<CodedDocument> coded) {
          together.push_back(in_words(*coded));
          return true;
        });
  }
};

TEST(Engine, NeighboursNeverChangeWhatADocumentSays) {
  const std::string some[] = {
      "South Korea expelled two Chinese diplomats on Monday. Beijing protested.",
      "Leaders of Japan, South Korea and China met in Seoul last week and agreed to resume talks on trade, fishing and the environment.",
      "No.",
      "Iran's foreign minister, who arrived in Moscow on Tuesday, told reporters that sanctions would not be lifted. \"We shall see,\" he said.",
  };
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < 150; ++at) {
    texts.push_back(some[at % std::size(some)]);
    if (at % 50 == 7)
      for (std::size_t more = 0; more < 80; ++more) texts.back() += " " + some[more % 3];  // longer than a batch
  }
  const Compared compared(texts);
  ASSERT_NE(compared.alone[0].find("SANCTION"), std::string::npos) << compared.alone[0];
  EXPECT_EQ(compared.together, compared.alone);
}

TEST(Engine, BrokenDocumentInABatchLeavesTheOthersAsTheyAre) {
  const std::string sound = "South Korea expelled two Chinese diplomats on Monday.";
  std::string endless, marks;
  for (std::size_t at = 0; at < 3000; ++at) endless += "word ", marks += "\x01\xEF\xBF\xBD";
  const std::string texts[] = {sound, "", marks, endless, "\n\n \t", sound, "((((\"", sound};
  const Compared compared(texts);
  EXPECT_EQ(compared.together, compared.alone);
  for (const std::size_t at : {5u, 7u}) EXPECT_EQ(compared.together[at], compared.together[0]);
  EXPECT_NE(compared.together[3].find("cut into 6 parts"), std::string::npos);
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
