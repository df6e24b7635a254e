#include "text/reader.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "input_files.h"
#include "text/format.h"

namespace legation {
namespace {

TEST(Text, MissingFileIsOneErrorAndTheRestGoesOn) {
  const InputFolder folder;
  const ReadAll all = read_all({folder.path("absent.txt"), folder.write("a.txt", "They met.")});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, folder.path("absent.txt") + ": no such file or directory");
  EXPECT_EQ(all.errors[0].code, Error::Code::not_found);
  EXPECT_EQ(all.documents.size(), 1U);
}

TEST(Text, FolderIsWalkedInSortedOrder) {
  const InputFolder folder;
  for (const char* name : {"b.txt", "a/2.txt", "a/1.txt", "c.txt", ".hidden.txt"}) folder.write(name, std::string("Text of ") + name);
  std::vector<std::string> ids;
  for (const Document& document : read_all({folder.path()}).documents) ids.push_back(document.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"1", "2", "b", "c"}));
}

TEST(Text, FolderWithNothingReadableIsOneError) {
  const InputFolder folder;
  const ReadAll all = read_all({folder.path()});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, folder.path() + ": nothing readable in this folder");
}

TEST(Text, DocumentsElsewhereDoNotHideAnEmptyFolder) {
  const InputFolder folder;
  std::filesystem::create_directory(folder.path("empty"));
  const ReadAll all = read_all({folder.write("a.txt", "They met."), folder.path("empty")});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_TRUE(contains(all.errors[0].what, "nothing readable"));
}

TEST(Text, BinaryFileIsSkippedWithTheReason) {
  const InputFolder folder;
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 7919 >> 3);
  const std::string path = folder.write("photo.dat", bytes);
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ": skipped: looks binary");
  EXPECT_EQ(all.errors[0].code, Error::Code::skipped);
}

TEST(Text, EmptyTextIsSkippedWithTheReason) {
  const InputFolder folder;
  for (const char* text : {"", "   \n\n\t \r\n", "\xEF\xBB\xBF"}) {
    const std::string path = folder.write("empty.txt", text);
    const ReadAll all = read_all({path});
    ASSERT_EQ(all.errors.size(), 1U);
    EXPECT_EQ(all.errors[0].what, path + ": skipped: empty text");
  }
}

TEST(Text, AnotherLanguageIsSkippedWithTheReason) {
  const InputFolder folder;
  const std::string path = folder.write("fr.txt",
                                        "Le président français a rencontré le chancelier allemand mardi à "
                                        "Berlin pour discuter de la sécurité en Europe.");
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_TRUE(all.errors[0].what.starts_with(path + ": skipped: language is fr (")) << all.errors[0].what;
  EXPECT_TRUE(all.errors[0].what.ends_with("%), only English is coded"));
  ReaderOptions options;
  options.language_check = false;
  EXPECT_EQ(read_all({path}, options).documents.size(), 1U);
}

TEST(Text, HundredMegabyteLineIsOneErrorInLittleMemory) {
  const InputFolder folder;
  const std::string path = folder.path("long.jsonl");
  {
    std::ofstream out(path, std::ios::binary);
    const std::string piece(1 << 20, 'x');
    out << "{\"id\":\"a\",\"text\":\"They met.\"}\n{\"text\":\"";
    for (int i = 0; i < 100; ++i) out << piece;
    out << "\"}\n{\"id\":\"b\",\"text\":\"They left.\"}\n";
  }
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ":2: line is longer than 16 MB");
  EXPECT_EQ(all.documents.size(), 2U);
  std::filesystem::rename(path, folder.path("long.txt"));
  const ReadAll plain = read_all({folder.path("long.txt")});
  ASSERT_EQ(plain.errors.size(), 1U);
  EXPECT_EQ(plain.errors[0].what, folder.path("long.txt") + ": document is longer than 16 MB");
#ifndef __SANITIZE_ADDRESS__
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 200 * 1024) << "KiB";
#endif
}

TEST(Text, CompressedFilesAreReadAsTheirContents) {
  const InputFolder folder;
  folder.write("a.txt.gz", gzip("A title\n\nThey met."));
  folder.write("b.jsonl.zst", zstandard("{\"text\":\"They met.\"}\n{\"text\":\"They left.\"}\n"));
  folder.write("c.html.gz", gzip("<html><body><p>They met in Seoul on Monday.</p></body></html>"));
  folder.write("d.txt.gz", gzip("They met, ") + gzip("then left."));
  folder.write("e.txt.zst", zstandard("They met, ") + zstandard("then left."));
  const ReadAll all = read_all({folder.path()});
  EXPECT_TRUE(all.errors.empty());
  ASSERT_EQ(all.documents.size(), 6U);
  EXPECT_EQ(all.documents[0].title(), "A title");
  EXPECT_EQ(all.documents[0].id, "a");
  EXPECT_EQ(all.documents[2].id, "b#2");
  EXPECT_EQ(all.documents[3].text(), "They met in Seoul on Monday.");
  EXPECT_EQ(all.documents[4].text(), "They met, then left.");
  EXPECT_EQ(all.documents[5].text(), "They met, then left.");
}

std::string many_records() {
  std::string records;
  unsigned noise = 1;
  for (int i = 0; i < 20000; ++i) {
    noise = noise * 1664525U + 1013904223U;
    records += "{\"id\":\"r" + std::to_string(i) + "\",\"text\":\"They met " + std::to_string(noise) + " times.\"}\n";
  }
  return records;
}

TEST(Text, CutOffGzipIsReportedWithFileName) {
  const InputFolder folder;
  const std::string records = many_records();
  for (const bool zst : {false, true}) {
    const std::string whole = zst ? zstandard(records) : gzip(records);
    const std::string path = folder.write(zst ? "cut.jsonl.zst" : "cut.jsonl.gz", whole.substr(0, whole.size() / 2));
    const ReadAll all = read_all({path});
    EXPECT_GT(all.documents.size(), 1000U);
    ASSERT_EQ(all.errors.size(), 1U);
    EXPECT_TRUE(all.errors[0].what.starts_with(path + ":" + std::to_string(all.documents.size() + 1) + ": ")) << all.errors[0].what;
    EXPECT_TRUE(all.errors[0].what.ends_with("data are cut off")) << all.errors[0].what;
  }
}

TEST(Text, PartBeforeACutOffCounts) {
  const InputFolder folder;
  std::string text = "A title\n\n";
  for (int i = 0; i < 2000; ++i) text += "The ministers met for the " + std::to_string(i) + "th time.\n";
  const std::string whole = gzip(text);
  const std::string path = folder.write("cut.txt.gz", whole.substr(0, whole.size() - 200));
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.documents.size(), 1U);
  EXPECT_EQ(all.documents[0].title(), "A title");
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ": gzip data are cut off");
}

TEST(Text, DamagedGzipIsReportedWithFileName) {
  const InputFolder folder;
  std::string bytes = gzip(many_records());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  const std::string path = folder.write("bad.jsonl.gz", bytes);
  const ReadAll all = read_all({path});
  ASSERT_FALSE(all.errors.empty());
  EXPECT_TRUE(contains(all.errors.back().what, "gzip data are damaged")) << all.errors.back().what;
}

TEST(Text, CompressionThatWeDoNotReadIsNamed) {
  const InputFolder folder;
  const std::string path = folder.write("a.txt.xz", std::string_view("\xFD"
                                                                     "7zXZ\0\0\x04 and so on",
                                                                     18));
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ": skipped: xz data are not read; unpack it first");
}

TEST(Text, StandardInputIsRead) {
  const InputFolder folder;
  folder.write("in", "{\"text\":\"They met.\"}\n");
  const int kept = dup(STDIN_FILENO);
  ASSERT_NE(freopen(folder.path("in").c_str(), "r", stdin), nullptr);
  const ReadAll all = read_all({"-"});
  dup2(kept, STDIN_FILENO);
  close(kept);
  ASSERT_EQ(all.documents.size(), 1U);
  EXPECT_EQ(all.documents[0].id, "stdin#1");
  EXPECT_EQ(all.documents[0].origin, "<stdin>:1");
}

TEST(Text, ProgressEndsAtTheTotal) {
  const InputFolder folder;
  folder.write("a.txt", "They met.");
  folder.write("b.jsonl.gz", gzip("{\"text\":\"They met.\"}\n"));
  folder.write("photo.png", "\x89PNG and so on");
  DocumentReader reader({folder.path()}, {});
  EXPECT_GT(reader.bytes_total(), 0U);
  std::uint64_t before = 0;
  while (reader.next()) {
    EXPECT_GE(reader.bytes_done(), before);
    before = reader.bytes_done();
  }
  EXPECT_EQ(reader.bytes_done(), reader.bytes_total());
  EXPECT_EQ(DocumentReader({"-"}, {}).bytes_total(), 0U);
}

TEST(Text, FormatIsToldByContentThenByName) {
  EXPECT_EQ(recognise_format("x", "<!DOCTYPE html><html>"), InputFormat::html);
  EXPECT_EQ(recognise_format("x.txt", "\n<html><p>"), InputFormat::html);
  EXPECT_EQ(recognise_format("x.html", "<?xml version='1.0'?><rss version='2.0'>"), InputFormat::feed);
  EXPECT_EQ(recognise_format("x", "<?xml version='1.0'?><!DOCTYPE html><html>"), InputFormat::html);
  EXPECT_EQ(recognise_format("x", "{\"text\": 1}"), InputFormat::json_lines);
  EXPECT_EQ(recognise_format("x.txt", "{\"text\": 1}"), InputFormat::plain);
  EXPECT_EQ(recognise_format("x.jsonl.gz", "oops"), InputFormat::json_lines);
  EXPECT_EQ(recognise_format("x.htm", "Words alone"), InputFormat::html);
  EXPECT_EQ(recognise_format("x", "Words alone"), InputFormat::plain);
}

TEST(Text, EnglishNewsIsNeverTakenForAnotherLanguage) {
  const std::string corpus = std::string(LEGATION_SOURCE_DIR) + "/../shared/data/news/wikipedia_current_events_2002-2026.jsonl.xz";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << corpus << " is not there";
  const InputFolder folder;
  const std::string unpack = "xz -dc '" + corpus + "' > '" + folder.path("events.jsonl") + "'";
  if (std::system(unpack.c_str()) != 0) GTEST_SKIP() << "xz is not installed";
  DocumentReader reader({folder.path("events.jsonl")}, {});
  std::size_t documents = 0;
  while (auto item = reader.next()) {
    ASSERT_TRUE(item->ok()) << item->error().what;
    ++documents;
  }
  EXPECT_GT(documents, 100'000U);
}

}  // namespace
}  // namespace legation
