#include "text/html.h"

#include "input_files.h"
#include "text/page_guard.h"

namespace legation {
namespace {

const char* const page = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Seoul and Beijing agree to mend ties | The Example Post</title>
<meta property="og:site_name" content="The Example Post">
<meta property="og:title" content="Seoul and Beijing agree to mend ties | The Example Post">
<meta property="article:published_time" content="2017-10-31T10:15:00+09:00">
<meta name="date" content="2019-01-01">
<link rel="canonical" href="https://www.post.example/world/ties">
<style>p { color: red }</style><script>var words = "<p>Script words must not be read, ever, by anybody.</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve your experience, to measure traffic, and to show you things.</p></div>
<main><article><header><h1>Seoul and Beijing agree to mend ties</h1><p class="byline">By A. Reporter</p></header>
<figure><img src="x.jpg"><figcaption>The two ministers shake hands before the talks, in a photo from last year.</figcaption></figure>
<p>SEOUL &mdash; South Korea and China said on Tuesday that they would <b>normal</b>ise their exchanges, after a year of anger.</p>
<p>The foreign ministries announced the agreement at the same time, in statements of nearly equal length.</p>
<aside><p>Sign up for our newsletter, which brings the world to your door every morning, free of charge.</p></aside>
<h2>What comes next</h2>
<p>&ldquo;We agreed,&rdquo; a spokesman said.<br><br>The presidents are to meet in Vietnam next month, officials added.</p>
<!-- <p>Commented words must not be read by anybody at all, whatever they say.</p> -->
<div class="related-stories"><h3>Related</h3><ul><li><a href="/1">A story about something quite else that happened last week.</a></li></ul></div>
</article></main>
<section id="comments"><p>I think that this is a very long comment, written by a reader, with commas, and more commas, and no end in sight at all.</p></section>
<footer><p>Copyright 2017 The Example Post. All rights reserved, in all countries, for all times.</p></footer></body></html>)";

TEST(Text, HtmlGivesTheArticleAndNothingElse) {
  const Document document = read_one("page.html", page);
  EXPECT_EQ(document.text(),
            "SEOUL — South Korea and China said on Tuesday that they would normalise their exchanges, after "
            "a year of anger.\n\n"
            "The foreign ministries announced the agreement at the same time, in statements of nearly equal "
            "length.\n\n"
            "What comes next\n\n“We agreed,” a spokesman said.\n\nThe presidents are to meet in Vietnam next "
            "month, officials added.");
}

TEST(Text, HtmlTellsTitleDateSiteAndAddress) {
  const Document document = read_one("page.html", page);
  EXPECT_EQ(document.title(), "Seoul and Beijing agree to mend ties");
  EXPECT_EQ(document.published->iso(), "2017-10-31");
  EXPECT_EQ(document.source, "The Example Post");
  EXPECT_EQ(document.url, "https://www.post.example/world/ties");
  EXPECT_EQ(document.id, "page");
}

TEST(Text, LinkedDataTellsWhatMetaDoesNot) {
  const Article article = read_html(R"(<html><head><title>x</title><script type="application/ld+json">
    {"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Site"},
     {"@type":["NewsArticle"],"headline":"Talks &amp; more","datePublished":"2020-11-26T01:00:00Z",
      "publisher":{"@type":"Organization","name":"The Wire"},"mainEntityOfPage":{"@id":"https://wire.example/t"},
      "articleBody":"The minister came to Seoul on Wednesday. He left on Friday."}]}</script></head><body><div id="root"></div></body></html>)");
  EXPECT_EQ(article.title, "Talks & more");
  EXPECT_EQ(article.published->iso(), "2020-11-26");
  EXPECT_EQ(article.source, "The Wire");
  EXPECT_EQ(article.url, "https://wire.example/t");
  EXPECT_EQ(article.text, "The minister came to Seoul on Wednesday. He left on Friday.");
}

TEST(Text, TimeElementAndAddressTellTheDate) {
  EXPECT_EQ(read_html("<body><time datetime='2015-12-20T08:00'>Sunday</time><p>They met.</p>").published->iso(), "2015-12-20");
  EXPECT_EQ(read_html("<head><link rel=canonical href='https://a.example/2015/12/20/x'></head><p>They met.").published->iso(), "2015-12-20");
  EXPECT_EQ(read_html("<body><span class='post-date'>20 December 2015</span><p>They met.</p>").published->iso(), "2015-12-20");
}

TEST(Text, HostStandsInForAMissingSource) {
  const char* bare =
      "<html><head><link rel=canonical href='https://www.wire.example/x'></head><body><p>The ministers met "
      "in Seoul on Monday.</p>";
  EXPECT_EQ(read_one("a.html", bare).source, "wire.example");
  ReaderOptions options;
  options.default_source = "Own";
  EXPECT_EQ(read_one("a.html", bare, options).source, "Own");
}

TEST(Text, HtmlInAnotherCharsetIsDecoded) {
  const Document document = read_one("a.html",
                                     "<html><head><meta charset=iso-8859-1></head><body><p>President "
                                     "L\xF3pez met the premier on Monday.</p></body></html>");
  EXPECT_EQ(document.text(), "President López met the premier on Monday.");
}

TEST(Text, OldPageOfTablesAndLineBreaksIsRead) {
  const Article article = read_html(
      "<html><body><table><tr><td><a href=1>News</a><br><a href=2>Sport</a></td><td><font size=2>SEOUL - The "
      "two Koreas held talks on Monday, "
      "the first in a year, officials said.<br><br>They agreed to meet again, and to speak more often by "
      "telephone.</font></td></tr></table></body></html>");
  EXPECT_EQ(article.text,
            "SEOUL - The two Koreas held talks on Monday, the first in a year, officials said.\n\n"
            "They agreed to meet again, and to speak more often by telephone.");
}

TEST(Text, WrapperThatNamesItsSidebarIsNotTheSidebar) {
  const Article article = read_html(
      "<body><div class='layout-sidebar'><div><p>The ministers of both countries met in Seoul on Monday to "
      "talk about trade.</p>"
      "<p>They agreed on a second round of talks, which is to begin in May.</p></div></div></body>");
  EXPECT_TRUE(article.text.starts_with("The ministers of both countries")) << article.text;
}

TEST(Text, HostileNestingIsReadWithoutHarm) {
  std::string nested = "<html><body>";
  for (int i = 0; i < 1'000'000; ++i) nested += "<div>";
  nested += "<p>The ministers met in Seoul on Monday, officials said.</p>";
  EXPECT_EQ(read_one("deep.html", nested).text(), "The ministers met in Seoul on Monday, officials said.");
}

/// Shapes for which a plain tree builder needs quadratic time or a stack as deep as the page.
TEST(Text, HostileMarkupIsReadWithoutHarm) {
  for (const char* piece : {"<b><i class=x>",
                            "<table><tr><td>",
                            "<div></span>",
                            "<dd><li>",
                            "<p>",
                            "<a href=x>",
                            "<a href=x><div>",
                            "<svg>",
                            "<svg/>",
                            "<optgroup>",
                            "<select><option>",
                            "<button>",
                            "<!--",
                            "<![CDATA[",
                            "</",
                            "<",
                            "<x y=z ",
                            "<title>",
                            "<sup id=a>",
                            "<object><div></object>",
                            "<table><div></table>",
                            "<li><ul>",
                            "&",
                            "<frameset>",
                            "<template>",
                            "<h1>",
                            "<math><mi>",
                            "<div '",
                            "<div a=\""}) {
    std::string html = "<html><body><p>The ministers met in Seoul on Monday, officials said.</p>";
    for (int i = 0; i < 100'000; ++i) html += piece;
    const Article article = read_html(html);
    EXPECT_TRUE(contains(article.text, "The ministers met")) << piece;
  }
}

TEST(Text, ManyAttributesAreReadWithoutHarm) {
  std::string html = "<div";
  for (int i = 0; i < 300'000; ++i) html += " a" + std::to_string(i);
  EXPECT_EQ(read_html(html + "><p>The ministers met in Seoul on Monday.</p></div>").text, "The ministers met in Seoul on Monday.");
}

TEST(Text, GuardBoundsDepth) {
  std::string nested;
  for (int i = 0; i < 2000; ++i) nested += "<div><table></div>";
  const std::string guarded = guard_page(nested).html;
  std::size_t opened = 0;
  for (std::size_t at = guarded.find("<div"); at != guarded.npos; at = guarded.find("<div", at + 1)) ++opened;
  EXPECT_LE(opened, page_depth_max);
}

TEST(Text, PageWithoutTextIsReportedAsEmpty) {
  const InputFolder folder;
  const std::string path = folder.write("empty.html", "<html><head></head><body><nav><a href=x>Home</a></nav></body></html>");
  const ReadAll all = read_all({path});
  ASSERT_EQ(all.errors.size(), 1U);
  EXPECT_EQ(all.errors[0].what, path + ": skipped: empty text");
}

}  // namespace
}  // namespace legation
