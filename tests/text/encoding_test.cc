#include "text/encoding.h"

#include "input_files.h"

namespace legation {
namespace {

using namespace std::string_literals;

std::string as_utf16(std::string_view ascii, bool big_endian) {
  std::string out;
  for (const char byte : ascii) out += big_endian ? std::string{'\0', byte} : std::string{byte, '\0'};
  return out;
}

TEST(Text, ByteOrderMarkIsNoPartOfTheText) {
  EXPECT_EQ(decode("\xEF\xBB\xBFThey met.").text, "They met.");
  EXPECT_EQ(decode("\xFF\xFE" + as_utf16("They met.", false)).text, "They met.");
  EXPECT_EQ(decode("\xFE\xFF" + as_utf16("They met.", true)).text, "They met.");
}

TEST(Text, Utf16WithoutMarkIsRecognised) {
  EXPECT_EQ(decode(as_utf16("The ministers met in Seoul.", false)).text, "The ministers met in Seoul.");
  EXPECT_EQ(decode(as_utf16("The ministers met in Seoul.", true)).text, "The ministers met in Seoul.");
}

TEST(Text, WesternBytesAreReadAsWindows1252) {
  const Decoded decoded = decode("President L\xF3pez said \x93no\x94 to the French na\xEFve plan.");
  EXPECT_EQ(decoded.text, "President López said “no” to the French naïve plan.");
  EXPECT_EQ(decoded.replaced_bytes, 0U);
}

TEST(Text, DeclaredCharsetIsUsed) {
  EXPECT_EQ(decode("\xD0\xD2\xC9\xD7\xC5\xD4", "koi8-r").text, "привет");
  EXPECT_EQ(decode("caf\xE9", "iso-8859-1").text, "café");
}

TEST(Text, ValidUtf8WinsOverAWrongDeclaration) { EXPECT_EQ(decode("café", "iso-8859-1").text, "café"); }

TEST(Text, UnknownDeclarationDoesNoHarm) { EXPECT_EQ(decode("caf\xE9 in Paris today", "x-nonsense").text, "café in Paris today"); }

TEST(Text, InvalidBytesAreReplacedAndCounted) {
  const Decoded decoded = decode("Erdoğan, Łódź, Košice, Zürich and\xFF one bad byte.");
  EXPECT_EQ(decoded.text, "Erdoğan, Łódź, Košice, Zürich and\xEF\xBF\xBD one bad byte.");
  EXPECT_EQ(decoded.replaced_bytes, 1U);
}

TEST(Text, ShiftJisIsDetected) {
  std::string bytes;
  for (int i = 0; i < 20; ++i)
    bytes +=
        "\x93\xFA\x96\x7B\x82\xCC\x8E\xF1\x91\x8A\x82\xCD\x8A\xD8\x8D\x91\x82\xF0\x96\x4B\x96\xE2\x82\xB5\x82"
        "\xBD\x81\x42";
  EXPECT_TRUE(contains(decode(bytes).text, "日本の首相は韓国を訪問した。"));
}

TEST(Text, CharsetIsReadFromMetaAndXmlProlog) {
  EXPECT_EQ(declared_charset("<html><meta charset=\"windows-1251\">"), "windows-1251");
  EXPECT_EQ(declared_charset("<META http-equiv=Content-Type content='text/html; charset=euc-kr'>"), "euc-kr");
  EXPECT_EQ(declared_charset("<?xml version='1.0' encoding='ISO-8859-2'?><html>"), "ISO-8859-2");
  EXPECT_EQ(declared_charset("<html><p>charset=utf-8 in the text</p>"), "");
}

TEST(Text, ControlCharactersBecomeBlanksOneForOne) {
  std::string text =
      "a\0b\x01"
      "c\x7F"
      "d\tf"s;
  clean_text(text);
  EXPECT_EQ(text, "a b c d\tf");
}

TEST(Text, LineEndsBecomeNewlines) {
  std::string text =
      "one\r\ntwo\rthree\xE2\x80\xA8"
      "four\r";
  clean_text(text);
  EXPECT_EQ(text, "one\ntwo\nthree\nfour\n");
}

TEST(Text, NoBreakSpacesBecomeBlanks) {
  std::string text =
      "300\xC2\xA0"
      "billion\xE2\x80\xAF"
      "won — “so”";
  clean_text(text);
  EXPECT_EQ(text, "300 billion won — “so”");
}

TEST(Text, BinaryBytesAreToldFromText) {
  EXPECT_TRUE(
      looks_binary("\x7F"
                   "ELF\x02\x01\x01\0\0\0"s));
  EXPECT_TRUE(looks_binary("%PDF-1.7\n"));
  EXPECT_TRUE(looks_binary("PK\x03\x04 and so on"));
  EXPECT_FALSE(looks_binary("A line with one \0 in it and more words behind it."s));
  EXPECT_FALSE(looks_binary(as_utf16("The ministers met.", false)));
  EXPECT_FALSE(looks_binary(""));
}

}  // namespace
}  // namespace legation
