#include "input_files.h"

namespace legation {
namespace {

const char* const rss = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example Wire</title><link>https://wire.example/</link>
<image><title>Logo</title></image>
<item><title>Talks &amp; trade</title><link>https://wire.example/1</link><guid isPermaLink="false">w-1</guid>
<pubDate>Tue, 31 Oct 2017 08:00:00 +0900</pubDate><media:title>Picture</media:title>
<description>Short.</description>
<content:encoded><![CDATA[<p>The ministers <em>met</em> in Seoul.</p><figure><figcaption>A hall.</figcaption></figure><p>They agreed on trade.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://wire.example/2</link><dc:date>2017-11-01</dc:date><description>&lt;p&gt;The envoy left Beijing.&lt;/p&gt;</description></item>
</channel></rss>)";

TEST(Text, RssEntriesBecomeDocuments) {
  const InputFolder folder;
  const ReadAll all = read_all({folder.write("wire.xml", rss)});
  EXPECT_TRUE(all.errors.empty());
  ASSERT_EQ(all.documents.size(), 2U);
  EXPECT_EQ(all.documents[0].id, "w-1");
  EXPECT_EQ(all.documents[0].title(), "Talks & trade");
  EXPECT_EQ(all.documents[0].text(), "The ministers met in Seoul.\n\nThey agreed on trade.");
  EXPECT_EQ(all.documents[0].source, "Example Wire");
  EXPECT_EQ(all.documents[0].url, "https://wire.example/1");
  EXPECT_EQ(all.documents[0].published->iso(), "2017-10-31");
  EXPECT_EQ(all.documents[1].id, "wire#2");
  EXPECT_EQ(all.documents[1].text(), "The envoy left Beijing.");
  EXPECT_EQ(all.documents[1].published->iso(), "2017-11-01");
}

TEST(Text, AtomEntriesBecomeDocuments) {
  const InputFolder folder;
  const ReadAll all = read_all({folder.write("feed.atom", R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>
    <entry><id>tag:x,1</id><title type="html">A &amp;amp; B</title><link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>
    <updated>2020-02-04T01:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They met.</p><p>They agreed.</p></div></content></entry>
    <entry><id>tag:x,2</id><title>Two</title><published>2020-02-03T01:00:00Z</published><updated>2020-02-05T01:00:00Z</updated><summary>They left.</summary></entry></feed>)")});
  EXPECT_TRUE(all.errors.empty());
  ASSERT_EQ(all.documents.size(), 2U);
  EXPECT_EQ(all.documents[0].title(), "A & B");
  EXPECT_EQ(all.documents[0].url, "https://x.example/1");
  EXPECT_EQ(all.documents[0].text(), "They met.\n\nThey agreed.");
  EXPECT_EQ(all.documents[0].published->iso(), "2020-02-04");
  EXPECT_EQ(all.documents[1].published->iso(), "2020-02-03");
  EXPECT_EQ(all.documents[1].text(), "They left.");
}

TEST(Text, OutletOfAnAggregatedEntryIsItsSource) {
  const Document document = read_one("agg.rss",
                                     R"(<rss version="2.0"><channel><title>All news</title><item><title>Talks resume - The Post</title>
    <description>They met.</description><source url="https://post.example">The Post</source></item></channel></rss>)");
  EXPECT_EQ(document.source, "The Post");
  EXPECT_EQ(document.title(), "Talks resume");
}

TEST(Text, CutOffFeedGivesWhatStandsBeforeAndOneError) {
  const InputFolder folder;
  const std::string cut(rss, std::string_view(rss).find("<item><title>Second") + 30);
  const std::string path = folder.write("wire.xml", cut);
  const ReadAll all = read_all({path});
  EXPECT_EQ(all.documents.size(), 1U);
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_TRUE(all.errors[0].what.starts_with(path + ":")) << all.errors[0].what;
  EXPECT_TRUE(contains(all.errors[0].what, "not well-formed"));
}

TEST(Text, FeedCannotExpandEntities) {
  const InputFolder folder;
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">";
  for (char name = 'b'; name < 'l'; ++name) {
    bomb += std::string("<!ENTITY ") + name + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(name - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><rss><channel><item><title>&k;</title><description>&k;</description></item></channel></rss>";
  const ReadAll all = read_all({folder.write("bomb.xml", bomb)});
  EXPECT_TRUE(all.documents.empty());
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_TRUE(contains(all.errors[0].what, "declares entities"));
}

TEST(Text, FeedOpensNoOtherFile) {
  const InputFolder folder;
  folder.write("secret.txt", "Secret words.");
  const std::string feed = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY s SYSTEM \"file://" + folder.path("secret.txt") +
                           "\">]><rss><channel><item><title>T</title><description>&s;</description></item></channel></rss>";
  for (const Document& document : read_all({folder.write("feed.xml", feed)}).documents) EXPECT_FALSE(contains(document.buffer, "Secret"));
}

TEST(Text, HtmlEntitiesInAFeedAreNoFault) {
  const Document document = read_one("a.rss",
                                     "<rss><channel><item><title>A&nbsp;B</title><description>They "
                                     "met.</description></item></channel></rss>");
  EXPECT_EQ(document.text(), "They met.");
}

TEST(Text, XmlThatIsNoFeedIsOneError) {
  const InputFolder folder;
  const std::string path = folder.write("data.xml", "<?xml version=\"1.0\"?><data><row>1</row></data>");
  const ReadAll all = read_all({path});
  EXPECT_TRUE(all.documents.empty());
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ": no RSS or Atom entries in it");
}

TEST(Text, DeeplyNestedFeedIsOneError) {
  const InputFolder folder;
  std::string deep = "<rss><channel><item>";
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_EQ(read_all({folder.write("deep.xml", deep)}).errors.size(), 1U);
}

}  // namespace
}  // namespace legation
