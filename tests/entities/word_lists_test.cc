// The lists of words as an analyst mends them: what is looked up how, faults with file and line, a table of one's own.
#include "entities/word_lists.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/embedded.h"
#include "entities/linker.h"
#include "entities/table_check.h"
#include "small_tables.h"
#include "tree.h"

namespace legation {
namespace {

constexpr std::string_view words_file = "data/entities/words.tsv";

std::string carried_words() { return std::string(Resources::embedded(embedded_files()).file(words_file).value()); }

/// The line that a list stands in, counted from 1, and the line itself.
std::pair<std::size_t, std::string> row_of(std::string_view list) {
  std::istringstream lines(carried_words());
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);)
    if (++number; line.starts_with(std::string(list) + "\t")) return {number, line + "\n"};
  ADD_FAILURE() << "no list " << list;
  return {};
}

/// The carried table with one piece of text in place of another.
std::string with_change(std::string_view old, std::string_view text) {
  std::string table = carried_words();
  const std::size_t at = table.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? table : table.replace(at, old.size(), text);
}

std::string fault_of(const std::string& table) {
  Resources tables;
  tables.put(std::string(words_file), table);
  const auto lists = WordLists::load(tables);
  const auto base = KnowledgeBase::load(tables);
  EXPECT_EQ(lists.ok(), base.ok());
  if (lists.ok() || base.ok()) return {};
  EXPECT_EQ(lists.error().what, base.error().what);
  return lists.error().what;
}

TEST(WordLists, TheCarriedTableLoads) {
  const Resources tables = Resources::embedded(embedded_files());
  const auto lists = WordLists::load(tables);
  ASSERT_TRUE(lists.ok()) << lists.error().what;
  EXPECT_TRUE(lists.value().company_endings.has("ltd."));
  EXPECT_TRUE(lists.value().honorifics.has("Mr."));
  EXPECT_TRUE(lists.value().sole_offices.has("foreign minister"));
  EXPECT_TRUE(WordLists::faults(tables).empty());
}

TEST(WordLists, AnAbsentTableLeavesTheListsEmpty) {
  const Resources none;
  const auto lists = WordLists::load(none);
  ASSERT_TRUE(lists.ok());
  EXPECT_FALSE(lists.value().company_endings.has_in_any_case("Ltd"));
  EXPECT_FALSE(lists.value().company_endings.has_in_any_case(""));
  EXPECT_EQ(lists.value().ranks.begin(), lists.value().ranks.end());
}

TEST(WordLists, AMissingListIsNamed) {
  EXPECT_EQ(fault_of(with_change(row_of("company_endings").second, "")), "words.tsv:1: list \"company_endings\" is missing");
}

TEST(WordLists, AnUnknownListIsNamedWithItsLine) {
  const auto [line, row] = row_of("company_endings");
  EXPECT_EQ(fault_of(with_change(row, "company_ends\tltd\tmisspelt\n" + row)), "words.tsv:" + std::to_string(line) + ": list \"company_ends\" is unknown");
}

TEST(WordLists, AListToldTwiceIsNamedWithBothLines) {
  const auto [line, row] = row_of("company_endings");
  EXPECT_EQ(fault_of(with_change(row, row + row)),
            "words.tsv:" + std::to_string(line + 1) + ": list \"company_endings\" stands in words.tsv:" + std::to_string(line) + " already");
}

TEST(WordLists, WordsThatCanNeverMatchAreNamed) {
  const auto [line, row] = row_of("company_endings");
  const std::string list = "words.tsv:" + std::to_string(line) + ": list \"company_endings\" ";
  EXPECT_EQ(fault_of(with_change(row, "company_endings\tltd; Inc\n")), list + "is looked up in small letters, \"Inc\" has a capital");
  EXPECT_EQ(fault_of(with_change(row, "company_endings\tltd; inc; ltd\n")), list + "has the word \"ltd\" twice");
  EXPECT_EQ(fault_of(with_change(row, "company_endings\t\n")), list + "has no words");
}

TEST(WordLists, TheCheckOfTablesTellsEveryFault) {
  Resources tables = small_tables();
  tables.put(std::string(words_file), with_change(row_of("company_endings").second, "company_ends\tltd\n"));
  const std::string place = "words.tsv:" + std::to_string(row_of("company_endings").first);
  EXPECT_EQ(check_entity_tables(tables),
            (std::vector<std::string>{place + ": list \"company_ends\" is unknown", "words.tsv:1: list \"company_endings\" is missing"}));
}

TEST(WordLists, EveryCutOfTheTableIsAFaultOrALoad) {
  const std::string whole = carried_words();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    Resources tables;
    tables.put(std::string(words_file), whole.substr(0, size));
    const auto lists = WordLists::load(tables);
    EXPECT_TRUE(lists.ok() || lists.error().what.starts_with("words.tsv:")) << size;
  }
}

TEST(WordList, AsksLetterForLetterOrInAnyCase) {
  const WordList list({"former", "ex-", "news agency"});
  EXPECT_TRUE(list.has("former"));
  EXPECT_FALSE(list.has("Former"));
  EXPECT_TRUE(list.has_in_any_case("Former"));
  EXPECT_TRUE(list.has_in_any_case("EX-"));
  EXPECT_TRUE(list.has("news agency"));
  for (const char* word : {"", "f", "formers", "agency", "a word longer than any of the list"}) {
    EXPECT_FALSE(list.has(word)) << word;
    EXPECT_FALSE(list.has_in_any_case(word)) << word;
  }
}

TEST(WordList, AsksForTheBeginningAndTheEndOfATitle) {
  const WordList list({"envoy", "special envoy", "general"});
  EXPECT_TRUE(list.has_last_words_of("envoy"));
  EXPECT_TRUE(list.has_last_words_of("peace envoy"));
  EXPECT_FALSE(list.has_last_words_of("vice-envoy"));
  EXPECT_TRUE(list.has_end_of("vice-envoy"));
  EXPECT_FALSE(list.has_end_of("envoys"));
  EXPECT_TRUE(list.has_part_of("envoys"));
  EXPECT_EQ(list.behind_first_words_of("general of Bolivia"), "of Bolivia");
  EXPECT_EQ(list.behind_first_words_of("general"), "");
  EXPECT_FALSE(list.behind_first_words_of("generals of Bolivia"));
}

/// What a name is, with the tables of a folder laid over the small ones as --data does.
MentionKind kind_of(const char* rows, const char* words, const std::string& folder) {
  Resources tables = small_tables();
  EXPECT_TRUE(folder.empty() || tables.overlay(folder).ok());
  const auto linker = Linker::load(tables);
  EXPECT_TRUE(linker.ok());
  Linker::Workspace workspace;
  const Tree tree(rows);
  const Mentions mentions = linker.value().link(tree.parse, Date::parse("2025-06-10"), workspace);
  for (const Mention& mention : mentions.list)
    if (tree.parse.words(mention.range) == words) return mention.kind;
  ADD_FAILURE() << "no mention " << words;
  return MentionKind::unknown;
}

TEST(WordLists, AnEndingOfAUsersTableMakesAFirm) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "legation_words";
  std::filesystem::create_directories(folder / "data/entities");
  std::ofstream(folder / words_file) << with_change("company_endings\t", "company_endings\twidgets; ");
  const char* rows = "The DET det 3\nAcme PROPN compound 3\nWidgets PROPN nsubj 4\ngrew VERB root 0 grow\n";
  EXPECT_EQ(kind_of(rows, "Acme Widgets", {}), MentionKind::unknown);
  EXPECT_EQ(kind_of(rows, "Acme Widgets", folder.string()), MentionKind::organisation);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace legation
