#include "input_files.h"

namespace legation {
namespace {

TEST(Text, JsonRecordGivesAllItsMembers) {
  const Document document = read_one(
      "news.jsonl", R"({"id":"x1","date":"2017-10-31","source":"Yonhap","title":"Thaw","text":"They \"met\".\nThey agreed.","url":"https://a.example/b"})");
  EXPECT_EQ(document.id, "x1");
  EXPECT_EQ(document.published->iso(), "2017-10-31");
  EXPECT_EQ(document.source, "Yonhap");
  EXPECT_EQ(document.url, "https://a.example/b");
  EXPECT_EQ(document.title(), "Thaw");
  EXPECT_EQ(document.text(), "They \"met\".\nThey agreed.");
  EXPECT_EQ(document.extra, "");
}

TEST(Text, UnknownJsonMembersAreKept) {
  const Document document = read_one("news.jsonl", R"({"topic":"T\"x","n":[1,{"a":2}],"text":"They met.","z":null,"f":1.5,"o":{"b":true}})");
  EXPECT_EQ(document.extra, R"({"topic":"T\"x","n":[1,{"a":2}],"z":null,"f":1.5,"o":{"b":true}})");
}

TEST(Text, DateThatIsNoDayIsKeptAsWritten) {
  const Document document = read_one("news.jsonl", R"({"date":"2014","text":"They met."})");
  EXPECT_FALSE(document.published.has_value());
  EXPECT_EQ(document.extra, R"({"date":"2014"})");
}

TEST(Text, NullMembersCountAsAbsent) {
  const Document document = read_one("news.jsonl", R"({"id":null,"date":null,"title":null,"source":null,"text":"They met."})");
  EXPECT_EQ(document.id, "news#1");
  EXPECT_EQ(document.title(), "");
  EXPECT_EQ(document.extra, "");
}

TEST(Text, MalformedJsonLineIsNamedAndTheRestGoesOn) {
  const InputFolder folder;
  const std::string path = folder.write("news.jsonl",
                                        "{\"id\":\"a\",\"text\":\"They met.\"}\n{\"id\":\"b\",\"text\":\"They\n\n[1]\n"
                                        "{\"id\":\"c\",\"text\":\"x\"} "
                                        "more\n{\"id\":\"d\",\"x\":[1,}],\"text\":\"x\"}\n{\"id\":\"e\",\"text\":\"They left.\"}");
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.documents.size(), 2U);
  EXPECT_EQ(all.documents[1].id, "e");
  EXPECT_EQ(all.documents[1].origin, path + ":7");
  ASSERT_EQ(all.errors.size(), 4U);
  const char* lines[] = {":2: malformed JSON", ":4: not a JSON object", ":5: malformed JSON", ":6: malformed JSON"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(all.errors[i].what.starts_with(path + lines[i])) << all.errors[i].what;
    EXPECT_EQ(all.errors[i].code, Error::Code::bad_format);
    EXPECT_FALSE(contains(all.errors[i].what, "\n"));
  }
}

TEST(Text, InvalidUtf8InJsonIsReplacedAndCounted) {
  const Document document = read_one("news.jsonl", "{\"text\":\"They\xFF met.\"}");
  EXPECT_EQ(document.text(), "They\xEF\xBF\xBD met.");
  EXPECT_EQ(document.replaced_bytes, 1U);
}

TEST(Text, LoneSurrogateInJsonIsReplaced) {
  EXPECT_EQ(read_one("news.jsonl", R"({"text":"They \ud800 met \ud83d\ude00."})").text(), "They \xEF\xBF\xBD met \xF0\x9F\x98\x80.");
}

TEST(Text, EscapedNulInJsonBecomesABlank) { EXPECT_EQ(read_one("news.jsonl", R"({"text":"They\u0000met."})").text(), "They met."); }

TEST(Text, RecordWithTitleAloneIsRead) {
  const Document document = read_one("news.jsonl", R"({"title":"Seoul protests to Beijing","text":""})");
  EXPECT_EQ(document.title(), "Seoul protests to Beijing");
  EXPECT_EQ(document.text(), "");
}

TEST(Text, IdsStayUniqueAndAreTheSameInEveryRun) {
  const InputFolder folder;
  folder.write("a/news.jsonl", "{\"id\":\"x\",\"text\":\"One.\"}\n{\"id\":\"x\",\"text\":\"Two.\"}\n{\"text\":\"Three.\"}\n");
  folder.write("b/news.txt", "Four.");
  folder.write("c/news.txt", "Five.");
  const ReadAll first = read_all({folder.path()}), second = read_all({folder.path()});
  std::vector<std::string> ids;
  for (const Document& document : first.documents) ids.push_back(document.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"x", "x~2", "news#3", "news", "news~5"}));
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(second.documents[i].id, ids[i]);
}

}  // namespace
}  // namespace legation
