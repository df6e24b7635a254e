// PLOVER's rules for a record, on hand-built trees, with a lexicon of a few rows; and trees that no parser should make.
#include "events/coder.h"

#include <gtest/gtest.h>

#include <random>

#include "base/embedded.h"
#include "sentence_builder.h"
#include "small_tables.h"

namespace legation {
namespace {

/// The shipped tables but for the predicates: those are the few of small_tables.h and these.
Resources tables() {
  Resources resources = Resources::embedded(embedded_files());
  const Resources small = small_tables();
  for (const std::string& name : small.names("data/predicates/")) resources.put(name, std::string(small.file(name).value()));
  std::string contents(small.file("data/predicates/contents.tsv").value());
  contents +=
      "expel\tVERB\tSANCTION\texpel\tdoes-to\t\t\t\ncondemn\tVERB\tACCUSE\tdisapprove\tdoes-to\t\t\t\n"
      "pledge\tVERB\tAGREE\t\tgives-to\t\t\t\nblast\tVERB\tASSAULT\t\tdoes-to\t\t\t\n";
  resources.put("data/predicates/contents.tsv", contents);
  std::string auxiliary(small.file("data/predicates/auxiliary.tsv").value());
  resources.put("data/predicates/auxiliary.tsv", auxiliary + "negation\tASSAULT\t=\t=\tyes\n");
  return resources;
}

struct Stage {
  Resources resources = tables();
  Linker linker;
  EventCoder coder;
  Stage() : linker(std::move(Linker::load(resources)).value()), coder(std::move(EventCoder::load(resources)).value()) {}
};

const Stage& stage() {
  static const Stage* made = new Stage;
  return *made;
}

constexpr Date news = {20249};  // 2025-06-10

Coded code(const BuiltText& built, const CodingOptions& options = {}, const std::vector<TimeExpression>& times = {}) {
  return stage().coder.code(built.parse, built.mentions, times, news, stage().linker, options);
}
Coded code(const std::string& text, const CodingOptions& options = {}) { return code(*build(text), options); }

std::string describe(const std::vector<Actor>& actors) {
  std::string text;
  for (const Actor& actor : actors) text += (text.empty() ? "" : "+") + actor.code + (actor.sector.empty() ? "" : ":" + actor.sector);
  return text;
}

/// "SANCTION expel: KOR -> CHN" per event.
std::vector<std::string> lines(const Coded& coded) {
  std::vector<std::string> out;
  for (const Event& event : coded.events) {
    std::string line(name(event.type));
    for (const std::string& mode : event.modes) line += " " + mode;
    out.push_back(line + ": " + describe(event.actors) + " -> " + describe(event.recipients));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Coder, SanctionWithoutARecipientIsDroppedAndSaysWhy) {
  EXPECT_EQ(lines(code("Arland Arland PROPN 2 nsubj @ARL\nexpelled expel VERB 0 root\nenvoys envoy NOUN 2 obj @BEL:GOV\n")),
            Lines{"SANCTION expel: ARL -> BEL:GOV"});
  CodingOptions options;
  options.trace = true;
  const Coded none = code("Arland Arland PROPN 2 nsubj @ARL\nexpelled expel VERB 0 root\nthem they PRON 2 obj\n", options);
  EXPECT_TRUE(none.events.empty());
  ASSERT_FALSE(none.dropped.empty());
  EXPECT_NE(none.dropped.back().why.find("recipient"), std::string::npos);
}

constexpr const char* agentless = "Reporters reporter NOUN 3 nsubj:pass @ARL:JRN\nwere be AUX 3 aux:pass\narrested arrest VERB 0 root\n";

TEST(Coder, AgentlessArrestIsByThePoliceOfTheCountryToldOf) {
  const Coded coded = code(agentless);
  EXPECT_EQ(lines(coded), Lines{"COERCE arrest: ARL:COP -> ARL:JRN"});
  EXPECT_TRUE(coded.events.at(0).implied_actor);
}

TEST(Coder, AgentlessAttackIsByNobodyKnown) {
  EXPECT_EQ(lines(code("Reporters reporter NOUN 3 nsubj:pass @ARL:JRN\nwere be AUX 3 aux:pass\nblasted blast VERB 0 root\n")),
            Lines{"ASSAULT: :UNK -> ARL:JRN"});
}

TEST(Coder, StrictModeDropsAgentlessArrests) {
  CodingOptions options;
  options.implied_actors = false;
  EXPECT_TRUE(code(agentless, options).events.empty());
}

TEST(Coder, NobodyIsImpliedWhereNobodyIsHit) { EXPECT_TRUE(code("An a DET 2 det\nattack attack NOUN 3 nsubj\nfailed fail VERB 0 root\n").events.empty()); }

TEST(Coder, MeetingAheadIsAnAgreement) {
  const Coded coded =
      code("Arland Arland PROPN 5 nsubj @ARL\nand and CCONJ 3 cc\nBelmar Belmar PROPN 1 conj @BEL\nwill will AUX 5 aux\nmeet meet VERB 0 root\n");
  EXPECT_EQ(lines(coded), Lines{"AGREE: ARL+BEL -> "});
  EXPECT_EQ(coded.events.at(0).auxiliary, 0);
}

TEST(Coder, ReleaseAheadIsAConcession) {
  EXPECT_EQ(
      lines(code("Arland Arland PROPN 3 nsubj @ARL\nwill will AUX 3 aux\nrelease release VERB 0 root\nthe the DET 5 det\ncrew crew NOUN 3 obj @BEL:CVL\n")),
      Lines{"CONCEDE: ARL -> BEL:CVL"});
}

TEST(Coder, AttackAheadKeepsItsFlagAndModes) {
  const Coded coded = code("Arland Arland PROPN 3 nsubj @ARL\nwill will AUX 3 aux\nbomb bomb VERB 0 root\nBelmar Belmar PROPN 3 obj @BEL\n");
  EXPECT_EQ(lines(coded), Lines{"ASSAULT aerial: ARL -> BEL"});
  EXPECT_EQ(coded.events.at(0).auxiliary, auxiliary_future);
}

TEST(Coder, WhoWillNotMeetRefuses) {
  const Coded coded = code(
      "Arland Arland PROPN 6 nsubj @ARL\nand and CCONJ 3 cc\nBelmar Belmar PROPN 1 conj @BEL\nwill will AUX 6 aux\nnot not PART 6 advmod\nmeet meet VERB 0 "
      "root\n");
  ASSERT_EQ(coded.events.size(), 1u);
  EXPECT_EQ(coded.events[0].type, EventType::REJECT);
  EXPECT_FALSE(coded.events[0].auxiliary & auxiliary_negation);
}

TEST(Coder, WeIsTheOneWhoSpeaks) {
  const auto built = build(
      "Arland Arland PROPN 2 nsubj @ARL:GOV\nsaid say VERB 0 root\n: : PUNCT 4 punct\nwe we PRON 5 nsubj\nbombed bomb VERB 2 ccomp\nBelmar Belmar PROPN 5 obj "
      "@BEL\n");
  Mention we;
  we.range = {3, 4};
  we.head = 3;
  we.kind = MentionKind::pronoun;
  we.actors.emplace_back();
  we.actors.back().text = "we";
  built->mentions.of_token[3] = static_cast<std::int32_t>(built->mentions.list.size());
  built->mentions.list.push_back(we);
  EXPECT_EQ(lines(code(*built)), Lines{"ASSAULT aerial: ARL:GOV -> BEL"});
}

TEST(Coder, WhoCondemnsReportsNobodyElse) {
  const auto built = build(
      "Arland Arland PROPN 2 nsubj @ARL:GOV\nsaid say VERB 0 root\nit it PRON 4 nsubj @ARL:GOV\ncondemned condemn VERB 2 ccomp\nBelmar Belmar PROPN 4 obj "
      "@BEL\n");
  for (const std::size_t mention : {0u, 1u}) built->mentions.list[mention].actors[0].entity = 7;  // "it" is Arland
  const Coded own = code(*built);
  ASSERT_EQ(own.events.size(), 1u);
  EXPECT_TRUE(own.events[0].attribution.empty());
  const Coded other = code(
      "Corvia Corvia PROPN 2 nsubj @COR\nsaid say VERB 0 root\nArland Arland PROPN 4 nsubj @ARL:GOV\ncondemned condemn VERB 2 ccomp\nBelmar Belmar PROPN 4 obj "
      "@BEL\n");
  ASSERT_EQ(other.events.size(), 1u);
  ASSERT_EQ(other.events[0].attribution.size(), 1u);
  EXPECT_EQ(other.events[0].attribution[0].speaker.code, "COR");
}

TEST(Coder, DeedIsReportedEvenByTheOneWhoDidIt) {
  const Coded coded = code(
      "Arland Arland PROPN 2 nsubj @ARL:MIL\nsaid say VERB 0 root\nit it PRON 4 nsubj @ARL:MIL\nbombed bomb VERB 2 ccomp\nBelmar Belmar PROPN 4 obj @BEL\n");
  ASSERT_EQ(coded.events.size(), 1u);
  EXPECT_EQ(coded.events[0].attribution.size(), 1u);
}

TEST(Coder, PromiseIsOfTheDayOfTheNewsNotOfWhatIsPromised) {
  const auto built = build(
      "Arland Arland PROPN 2 nsubj @ARL\npledged pledge VERB 0 root\nBelmar Belmar PROPN 2 iobj @BEL\nbuses bus NOUN 2 obj\nin in ADP 6 case\nAugust August "
      "PROPN 2 obl\n");
  TimeExpression august;
  august.range = {4, 6};
  august.head = 5;
  august.span = {Date::from_civil(2025, 8, 1), Date::from_civil(2025, 8, 31), Granularity::month};
  august.resolved = true;
  const Coded coded = code(*built, {}, {august});
  ASSERT_EQ(coded.events.size(), 1u);
  EXPECT_EQ(coded.events[0].type, EventType::AGREE);
  ASSERT_TRUE(coded.events[0].date);
  EXPECT_EQ(coded.events[0].date->span.begin.iso(), "2025-06-10");
}

TEST(Coder, OneEventOfATypeForTheSameParties) {
  EXPECT_EQ(
      lines(
          code("Arland Arland PROPN 2 nsubj @ARL\nattacked attack VERB 0 root\nand and CCONJ 4 cc\nbombed bomb VERB 2 conj\nBelmar Belmar PROPN 2 obj @BEL\n"))
          .size(),
      1u);
}

TEST(Coder, ClaimNamesBothAndWhoSaysSo) {
  const Coded coded = code(
      "Corvia Corvia PROPN 2 nsubj @COR\nsaid say VERB 0 root\nArland Arland PROPN 6 nsubj @ARL\nis be AUX 6 cop\nan a DET 6 det\nally ally NOUN 2 ccomp\n"
      "of of ADP 8 case\nBelmar Belmar PROPN 6 nmod @BEL\n");
  ASSERT_EQ(coded.claims.size(), 1u);
  const Claim& claim = coded.claims[0];
  EXPECT_EQ(claim.property, "ally_of");
  EXPECT_EQ(describe(claim.subjects), "ARL");
  EXPECT_EQ(describe(claim.objects), "BEL");
  ASSERT_EQ(claim.attribution.size(), 1u);
  EXPECT_EQ(claim.attribution[0].speaker.code, "COR");
  EXPECT_EQ(claim.rule.substr(0, 10), "claims.tsv");
}

TEST(Coder, ClaimWithoutASubjectIsNone) { EXPECT_TRUE(code("An a DET 2 det\nally ally NOUN 3 nsubj\nslept sleep VERB 0 root\n").claims.empty()); }

TEST(Coder, EmptyDocumentHasNothing) {
  const Coded coded = code("");
  EXPECT_TRUE(coded.events.empty() && coded.claims.empty());
}

/// A sentence of words from the lexicon under a tree drawn by chance: heads form a tree, labels and tags are any.
std::string random_sentence(std::mt19937& chance) {
  static const char* lemmas[] = {"attack", "arrest", "strike", "deal", "meet",    "release", "bomb",  "fight",     "reform", "refuse", "urge", "call", "stop",
                                 "deny",   "say",    "claim",  "not",  "may",     "will",    "would", "if",        "launch", "ally",   "of",   "by",   "to",
                                 "with",   "and",    "\"",     "12",   "million", "dollar",  "who",   "according", "expel",  "send",   "tent"};
  const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(chance() % below); };
  const std::size_t size = 1 + pick(24);
  std::vector<std::size_t> order(size), head(size);
  for (std::size_t at = 0; at < size; ++at) order[at] = at;
  std::shuffle(order.begin(), order.end(), chance);
  for (std::size_t at = 0; at < size; ++at) head[order[at]] = at == 0 ? 0 : order[pick(at)] + 1;
  std::string text;
  for (std::size_t at = 0; at < size; ++at) {
    const std::string lemma = lemmas[pick(std::size(lemmas))];
    // Half the words are such as sentences are made of, so that events come about; the other half are anything.
    static constexpr Deprel usual[] = {Deprel::nsubj, Deprel::obj, Deprel::xcomp, Deprel::obl, Deprel::case_, Deprel::conj, Deprel::nmod, Deprel::ccomp};
    const bool plain = pick(2) == 0;
    const auto upos = plain ? (pick(2) == 0 ? Upos::VERB : Upos::NOUN) : static_cast<Upos>(pick(upos_count));
    const auto any = plain ? usual[pick(std::size(usual))] : static_cast<Deprel>(pick(deprel_count));
    const auto deprel = head[at] == 0 ? Deprel::root : any;
    text += lemma + " " + lemma + " " + std::string(name(upos)) + " " + std::to_string(head[at]) + " " + std::string(name(deprel));
    static const char* marks[] = {"",
                                  "",
                                  "",
                                  " @ARL",
                                  " @BEL:GOV",
                                  " @:CVL",
                                  " @place:AFG",
                                  " VerbForm=Part",
                                  " VerbForm=Inf",
                                  " Voice=Pass|VerbForm=Part",
                                  " Number=Plur",
                                  " PronType=Rel"};
    text += marks[pick(std::size(marks))];
    text += "\n";
  }
  return text + "\n";
}

TEST(Coder, AnyTreeIsReadWithoutAFault) {
  CodingOptions options;
  options.trace = true;
  std::size_t events = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    std::mt19937 chance(seed);
    std::string text;
    for (unsigned sentence = 0; sentence <= seed % 3; ++sentence) text += random_sentence(chance);
    const auto built = build(text);
    const Coded coded = code(*built, options);
    events += coded.events.size();
    for (const Event& event : coded.events) {
      ASSERT_FALSE(event.actors.empty()) << "seed " << seed << "\n" << text;
      ASSERT_FALSE(event.evidence.empty()) << "seed " << seed;
      ASSERT_LE(event.evidence.front().trigger.end, built->document.buffer.size());
      ASSERT_FALSE(stage().coder.ontology().requires_recipient(event.type) && event.recipients.empty()) << "seed " << seed;
      for (const std::string& mode : event.modes) ASSERT_TRUE(stage().coder.ontology().has_mode(event.type, mode)) << mode;
    }
  }
  EXPECT_GT(events, 100u) << "the trees must reach the code that they test";
}

TEST(Coder, SameTreeGivesTheSameEvents) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 chance(seed);
    const std::string text = random_sentence(chance);
    const Coded once = code(text), again = code(text);
    ASSERT_EQ(lines(once), lines(again)) << "seed " << seed;
    for (std::size_t at = 0; at < once.events.size(); ++at) {
      EXPECT_EQ(once.events[at].rule, again.events[at].rule);
      EXPECT_EQ(once.events[at].confidence, again.events[at].confidence);
    }
  }
}

}  // namespace
}  // namespace legation
