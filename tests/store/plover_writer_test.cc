#include <algorithm>
#include <nlohmann/json.hpp>

#include "coded_by_hand.h"

namespace legation {
namespace {

using Json = nlohmann::json;

Json record_of(const CodedDocument& coded, RecordOptions options = {}) { return Json::parse(written("plover", coded, options)); }

TEST(Store, PloverRecordHasTheFieldsOfTheManual) {
  const Json record = record_of(*coded_by_hand());
  EXPECT_EQ(record["id"], "one-1");
  EXPECT_EQ(record["date"], "2025-06-09");
  EXPECT_EQ(record["event"], Json::array({"SANCTION"}));
  EXPECT_EQ(record["mode"], Json::array({"expel"}));
  EXPECT_EQ(record["actor"][0]["code"], "KOR");
  EXPECT_EQ(record["recipient"][0]["sector"], "GOV");
  EXPECT_EQ(record["quad_code"], 4);
  EXPECT_EQ(record["has_event"], true);
  EXPECT_EQ(record["cite_info"]["publication"], "Yonhap");
  EXPECT_EQ(record["cite_info"]["coder"], engine().version());
}

TEST(Store, PlacesInPloverAreCodePointsOfTheText) {
  const Json span = record_of(*coded_by_hand())["actor"][0]["span"];
  EXPECT_EQ(span["text"], "South Korea");
  EXPECT_EQ(span["begin"], 8);  // “Élan”: and a blank
  EXPECT_EQ(span["end"], 19);
}

TEST(Store, EveryEventIsOneLine) {
  auto coded = coded_by_hand();
  coded->coded.events.push_back(coded->coded.events.front());
  coded->document.source = "Two\nlines";
  const std::string out = written("plover", *coded);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_NE(out.find("\"one-2\""), std::string::npos);
}

TEST(Store, SpanOfDaysHasAnEndDate) {
  auto coded = coded_by_hand();
  coded->coded.events[0].date->span = {Date::from_civil(2025, 6, 2), Date::from_civil(2025, 6, 8), Granularity::week};
  const Json record = record_of(*coded);
  EXPECT_EQ(record["enddate"], "2025-06-08");
  EXPECT_EQ(record["date_precision"], "week");
}

TEST(Store, FlaggedEventIsKeptUnlessThePlainViewIsAsked) {
  auto coded = coded_by_hand();
  coded->coded.events[0].auxiliary = auxiliary_future | auxiliary_negation;
  EXPECT_EQ(record_of(*coded)["auxiliary"], Json::array({"future", "negation"}));
  RecordOptions plain;
  plain.flagged = false;
  EXPECT_EQ(written("plover", *coded, plain), "");
}

TEST(Store, IdentifierDoesNotDependOnTheView) {
  auto coded = coded_by_hand();
  coded->coded.events.push_back(coded->coded.events.front());
  coded->coded.events[0].auxiliary = auxiliary_future;
  RecordOptions plain;
  plain.flagged = false;
  EXPECT_EQ(record_of(*coded, plain)["id"], "one-2");
}

TEST(Store, ChainOfSpeakersIsWrittenOutermostFirst) {
  auto coded = coded_by_hand();
  Attribution office, leader;
  office.verb = "say";
  office.speaker.text = "the office";
  leader.verb = "promise";
  leader.direct = true;
  coded->coded.events[0].attribution = {office, leader};
  const Json chain = record_of(*coded)["attribution"];
  EXPECT_EQ(chain[0]["speaker"]["entity_text"], "the office");
  EXPECT_EQ(chain[1]["verb"], "promise");
  EXPECT_EQ(chain[1]["direct"], true);
}

TEST(Store, NumbersKeepTheirBounds) {
  auto coded = coded_by_hand();
  Quantity dead;
  dead.kind = Quantity::Kind::dead;
  dead.value = 300;
  dead.lower = 300;
  dead.bound = "more than";
  dead.span = span_of(coded->document, "two");
  coded->coded.events[0].quantities = {dead};
  const Json record = record_of(*coded);
  EXPECT_EQ(record["quantities"][0]["bound"], "more than");
  EXPECT_EQ(record["quantities"][0]["lower"], 300);
  EXPECT_FALSE(record["quantities"][0].contains("upper"));
  EXPECT_EQ(record["size"]["dead"], 300);
}

TEST(Store, ClaimIsARecordWithoutEvent) {
  auto coded = coded_by_hand();
  Claim claim;
  claim.property = "trade_volume";
  claim.subjects = coded->coded.events[0].actors;
  claim.objects = coded->coded.events[0].recipients;
  claim.evidence = coded->coded.events[0].evidence[0];
  coded->coded.events.clear();
  coded->coded.claims = {claim};
  EXPECT_EQ(written("plover", *coded), "");
  RecordOptions options;
  options.claims = true;
  const Json record = record_of(*coded, options);
  EXPECT_EQ(record["has_event"], false);
  EXPECT_EQ(record["claim"], "trade_volume");
}

TEST(Store, UnknownFormatHasNoWriter) { EXPECT_EQ(make_record_writer("poem", engine(), {}), nullptr); }

}  // namespace
}  // namespace legation
