// Every byte cut off, every byte changed: whatever comes in, each item is a document in valid UTF-8 or one
// line of error.
#include <simdjson.h>

#include "input_files.h"

namespace legation {
namespace {

struct Sample {
  const char* name;
  std::string bytes;
};

std::vector<Sample> samples() {
  const std::string json =
      "{\"id\":\"a\",\"date\":\"2017-10-31\",\"n\":[1,{\"k\":null}],\"text\":\"Ümit \\u00e9 "
      "met.\"}\n{\"text\":\"They left.\"}\n";
  const std::string html =
      "<!doctype html><title>T | S</title><meta charset=utf-8><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\","
      "\"headline\":\"H\"}</script><div class=\"a b\"><p>They <b>met</b> &amp; left "
      "Köln.</p><table><tr><td>x</table></div>";
  const std::string feed =
      "<?xml "
      "version=\"1.0\"?><rss><channel><title>W</title><item><title>T</title><description><![CDATA[<p>They "
      "met.</p>]]>"
      "</description><guid>g</guid></item></channel></rss>";
  const std::string text = "A title\r\n\r\nSEOUL, June 1, 2015 - They met “here”.\n";
  return {{"a.jsonl", json}, {"a.html", html}, {"a.xml", feed}, {"a.txt", text}, {"a.jsonl.gz", gzip(json)}, {"a.jsonl.zst", zstandard(json)}};
}

void check(const InputFolder& folder, const Sample& sample, std::string_view bytes) {
  const ReadAll all = read_all({folder.write(sample.name, bytes)});
  for (const Document& document : all.documents) {
    ASSERT_TRUE(simdjson::validate_utf8(document.buffer)) << sample.name;
    ASSERT_LE(document.text_begin, document.buffer.size());
    ASSERT_FALSE(document.id.empty());
  }
  for (const Error& error : all.errors) {
    ASSERT_TRUE(contains(error.what, sample.name)) << error.what;
    ASSERT_FALSE(contains(error.what, "\n")) << error.what;
  }
}

TEST(Text, EveryCutGivesDocumentsOrErrors) {
  const InputFolder folder;
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) check(folder, sample, std::string_view(sample.bytes).substr(0, size));
  }
}

TEST(Text, EveryChangedByteGivesDocumentsOrErrors) {
  const InputFolder folder;
  for (const Sample& sample : samples()) {
    for (std::size_t at = 0; at < sample.bytes.size(); ++at) {
      for (const int change : {0x01, 0x20, 0x80, 0xFF}) {
        std::string bytes = sample.bytes;
        bytes[at] = static_cast<char>(bytes[at] ^ change);
        check(folder, sample, bytes);
      }
    }
  }
}

}  // namespace
}  // namespace legation
