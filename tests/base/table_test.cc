#include "base/table.h"

#include <gtest/gtest.h>

#include "base/resources.h"

namespace legation {
namespace {

TEST(Table, ReadsColumnsByNameWhateverTheirOrder) {
  auto table = Table::read("data/x.tsv", "# note\nb\ta\n1\t2\n\n3\n", {"a", "b"});
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table.value().rows(), 2u);
  EXPECT_EQ(table.value().cell(0, 0), "2");
  EXPECT_EQ(table.value().cell(1, 0), "");
  EXPECT_EQ(table.value().cell(1, 1), "3");
  EXPECT_EQ(table.value().place(1), "x.tsv:5");
}

TEST(Table, MissingColumnNamesFileAndLine) {
  auto table = Table::read("x.tsv", "a\n1\n", {"b"});
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().what, "x.tsv:1: the header has no column \"b\"");
}

TEST(Table, RowWithTooManyCellsNamesItsLine) {
  auto table = Table::read("x.tsv", "a\n1\t2\n", {"a"});
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().what, "x.tsv:2: 2 cells, the header has 1");
}

TEST(Table, SplitListDropsBlanks) { EXPECT_EQ(split_list(" a;b ; ;c"), (std::vector<std::string_view>{"a", "b", "c"})); }

TEST(Resources, DigestChangesWithAnyByte) {
  Resources one, two;
  one.put("data/a", "x");
  two.put("data/a", "y");
  EXPECT_NE(one.digest("data/"), two.digest("data/"));
}

}  // namespace
}  // namespace legation
