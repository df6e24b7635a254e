// The linker as a reader of the output sees it. Trees are written by hand: a change of the parser turns
// nothing red.
#include "entities/linker.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "base/embedded.h"
#include "small_tables.h"
#include "tree.h"

namespace legation {
namespace {

class Linking : public testing::Test {
 protected:
  Linking() : tables_(with_reference_tables(small_tables())), linker_(load(tables_)) {}

  /// Pronouns choose by weights, which no hand could make small.
  static Resources with_reference_tables(Resources tables) {
    const Resources carried = Resources::embedded(embedded_files());
    for (const char* name : {"coreference", "noun_classes", "given_names"}) {
      const std::string file = "data/entities/" + std::string(name) + ".tsv";
      tables.put(file, std::string(carried.file(file).value()));
    }
    return tables;
  }

  static Linker load(const Resources& tables) {
    auto linker = Linker::load(tables);
    EXPECT_TRUE(linker.ok());
    return std::move(linker).value();
  }

  const Mentions& link(std::string_view rows, const char* published = "2025-06-10") {
    tree_ = std::make_unique<Tree>(rows);
    mentions_ = linker_.link(tree_->parse, Date::parse(published), workspace_);
    return mentions_;
  }

  /// The mention whose words these are, the last one when there are several.
  const Mention* mention(std::string_view words) const {
    const Mention* found = nullptr;
    for (const Mention& m : mentions_.list)
      if (tree_->parse.words(m.range) == words) found = &m;
    if (!found) {
      std::string all;
      for (const Mention& m : mentions_.list) all.append("[").append(tree_->parse.words(m.range)).append("] ");
      ADD_FAILURE() << "no mention \"" << words << "\" among " << all;
    }
    return found;
  }

  /// "KOR GOV Lee Jae-myung", several joined by " + ".
  std::string who(std::string_view words) const {
    const Mention* m = mention(words);
    std::string text;
    for (std::size_t i = 0; m && i < m->actors.size(); ++i) {
      const Actor& a = m->actors[i];
      if (i) text.append(" + ");
      text.append(a.code);
      if (!a.sector.empty()) text.append(" ").append(a.sector);
      if (!a.name.empty()) text.append(" ").append(a.name);
    }
    return text;
  }

  Resources tables_;
  Linker linker_;
  Linker::Workspace workspace_;
  std::unique_ptr<Tree> tree_;
  Mentions mentions_;
};

TEST_F(Linking, TitleAndNationalityBelongToTheName) {
  link(
      "South ADJ amod 2\nKorean ADJ amod 3\nPresident PROPN nmod:desc 4\nLee PROPN nsubj 8\nJae~ PROPN flat "
      "4\n-~ PUNCT punct 7\n"
      "myung PROPN flat 4\nspoke VERB root 0 speak\nwith ADP case 12\nChinese ADJ amod 11\nPresident PROPN "
      "nmod:desc 12\nXi PROPN obl 8\nJinping PROPN flat 12\n");
  EXPECT_EQ(mentions_.list.size(), 2u);
  EXPECT_EQ(who("South Korean President Lee Jae-myung"), "KOR GOV Lee Jae-myung");
  EXPECT_EQ(mention("South Korean President Lee Jae-myung")->head, 3u);
  EXPECT_EQ(mention("South Korean President Lee Jae-myung")->kind, MentionKind::person);
  EXPECT_EQ(who("Chinese President Xi Jinping"), "CHN GOV Xi Jinping");
  EXPECT_EQ(mention("Chinese President Xi Jinping")->actors[0].role, "president of China");
  EXPECT_NE(mention("Chinese President Xi Jinping")->actors[0].why.find("people.tsv:"), std::string::npos);
}

TEST_F(Linking, PresidentLeeIsTheOneOfTheDate) {
  const char* rows = "President PROPN nmod:desc 2\nLee PROPN nsubj 3\nspoke VERB root 0 speak\n";
  link(rows, "2010-05-01");
  EXPECT_EQ(who("President Lee"), "KOR GOV Lee Myung-bak");
  link(rows, "2025-07-01");
  EXPECT_EQ(who("President Lee"), "KOR GOV Lee Jae-myung");
}

TEST_F(Linking, NamesakesAreToldApartByDateAndCountry) {
  const char* rows = "Zhao PROPN nsubj 3\nMing PROPN flat 1\nspoke VERB root 0 speak\n";
  link(rows, "2003-05-01");
  EXPECT_EQ(who("Zhao Ming"), "CHN GOV Zhao Ming");
  link(rows, "2013-05-01");
  EXPECT_EQ(who("Zhao Ming"), "KOR GOV Zhao Ming");
}

TEST_F(Linking, AnEndedOfficeGivesTheFormerHolder) {
  link(
      "Former ADJ amod 2\nPresident PROPN nmod:desc 3\nMoon PROPN nsubj 6\nJae-in PROPN flat 3\nalso ADV "
      "advmod 6\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Former President Moon Jae-in"), "KOR ELI Moon Jae-in");
  EXPECT_TRUE(mention("Former President Moon Jae-in")->former);
  EXPECT_EQ(mention("Former President Moon Jae-in")->actors[0].role, "former president of South Korea");
}

TEST_F(Linking, AnotherDateGivesAnotherRole) {
  link("Moon PROPN nsubj 3\nJae-in PROPN flat 1\nspoke VERB root 0 speak\n");
  const Actor then = linker_.redate(mention("Moon Jae-in")->actors[0], *Date::parse("2019-01-01"));
  EXPECT_EQ(then.sector, "GOV");
  EXPECT_EQ(then.role, "president of South Korea");
  EXPECT_EQ(then.text, "Moon Jae-in");
}

TEST_F(Linking, OfficeWithoutAHolderNameFindsTheHolderOfTheDate) {
  link("The DET det 3\nChinese ADJ amod 3\npresident NOUN nsubj 4\nspoke VERB root 0 speak\n", "2020-01-01");
  EXPECT_EQ(who("Chinese president"), "CHN GOV Xi Jinping");
  link("A DET det 4\nformer ADJ amod 4\nChinese ADJ amod 4\npresident NOUN nsubj 5\nspoke VERB root 0 speak\n", "2020-01-01");
  EXPECT_EQ(who("former Chinese president"), "CHN ELI");
}

TEST_F(Linking, SurnameAloneMeansTheFullNameBefore) {
  link(
      "Lee PROPN nsubj 3\nMyung-bak PROPN flat 1\nspoke VERB root 0 speak\n.\nLee PROPN nsubj 2\nleft VERB "
      "root 0 leave\n");
  EXPECT_EQ(who("Lee"), "KOR ELI Lee Myung-bak");
  EXPECT_EQ(mention("Lee")->antecedent, 0);
}

TEST_F(Linking, HeadlineSurnameFindsTheFullNameOfTheLead) {
  link(
      "Smith PROPN nsubj 2\nquits VERB root 0 quit\n.\nJohn PROPN nsubj 3\nSmith PROPN flat 1\nleft VERB "
      "root 0 leave\n");
  EXPECT_EQ(mention("John Smith")->kind, MentionKind::person);
  EXPECT_EQ(mention("Smith")->kind, MentionKind::person);
}

TEST_F(Linking, MisterIsPartOfTheName) {
  link(
      "Xi PROPN nsubj 3\nJinping PROPN flat 1\nspoke VERB root 0 speak\n.\nMr. PROPN nmod:desc 2\nXi PROPN "
      "nsubj 3\nleft VERB root 0 leave\n");
  EXPECT_EQ(who("Mr. Xi"), "CHN GOV Xi Jinping");
}

TEST_F(Linking, NationalityAdjectiveGivesOfficialsTheirCountry) {
  link(
      "South ADJ amod 2\nKorean ADJ amod 4\nsenior ADJ amod 4\nofficials NOUNS nsubj 5\nspoke VERB root 0 "
      "speak\n");
  EXPECT_EQ(who("South Korean senior officials"), "KOR GOV");
  EXPECT_EQ(mention("South Korean senior officials")->kind, MentionKind::agent);
}

TEST_F(Linking, TwoNationalitiesMakeTwoActors) {
  link(
      "Chinese ADJ amod 4\nand CCONJ cc 3\nJapanese ADJ conj 1\nofficials NOUNS nsubj 5\nmet VERB root 0 "
      "meet\n");
  EXPECT_EQ(who("Chinese and Japanese officials"), "CHN GOV + JPN GOV");
}

TEST_F(Linking, PossessiveAndOfPhraseOwnTheMinistry) {
  link(
      "Beijing PROPN nmod:poss 4\n's PART case 1\nforeign ADJ amod 4\nministry NOUN nsubj 5\nspoke VERB root "
      "0 speak\n");
  EXPECT_EQ(who("Beijing 's foreign ministry"), "CHN GOV");
  EXPECT_EQ(mention("Beijing 's foreign ministry")->head, 3u);
  link(
      "the DET det 3\nforeign ADJ amod 3\nministry NOUN nsubj 6\nof ADP case 5\nJapan PROPN nmod 3\nspoke "
      "VERB root 0 speak\n");
  EXPECT_EQ(who("foreign ministry of Japan"), "JPN GOV");
  link(
      "China~ PROPN nmod:poss 3\n's PART case 1\nMinistry PROPN nsubj 6\nof ADP case 5\nCommerce PROPN nmod "
      "3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("China's Ministry of Commerce").substr(0, 7), "CHN GOV");
  EXPECT_EQ(mention("China's Ministry of Commerce")->kind, MentionKind::organisation);
}

TEST_F(Linking, OfficialsOfSeveralCountries) {
  link(
      "officials NOUNS nsubj 8\nfrom ADP case 3\nChina PROPN nmod 1\n, PUNCT punct 5\nJapan PROPN conj "
      "3\nand CCONJ cc 7\nFrance PROPN conj 3\nmet VERB root 0 meet\n");
  EXPECT_EQ(who("officials from China , Japan and France"), "CHN GOV + JPN GOV + FRA GOV");
}

TEST_F(Linking, SpokesmanSpeaksForHisBody) {
  link("Hamas PROPN compound 2\nspokesman NOUN nsubj 3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Hamas spokesman"), "PSE REB");
  link(
      "Chinese ADJ amod 4\nForeign PROPN compound 3\nMinistry PROPN compound 4\nspokeswoman NOUN nmod:desc "
      "5\nMao PROPN nsubj 7\nNing PROPN flat 5\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Chinese Foreign Ministry spokeswoman Mao Ning"), "CHN GOV Mao Ning");
  EXPECT_EQ(mention("Chinese Foreign Ministry spokeswoman Mao Ning")->actors[0].role, "foreign ministry spokeswoman of China");
}

TEST_F(Linking, AppositionTellsWhoSomebodyIs) {
  link(
      "Mao PROPN nsubj 12\nNing PROPN flat 1\n, PUNCT punct 5\na DET det 5\nspokeswoman NOUN appos 1\nfor "
      "ADP case 10\nthe DET det 10\nChinese ADJ amod 10\nforeign ADJ amod 10\nministry NOUN nmod 5\n, PUNCT "
      "punct 5\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Mao Ning"), "CHN GOV Mao Ning");
  EXPECT_EQ(who("spokeswoman for the Chinese foreign ministry"), "CHN GOV Mao Ning");
  link(
      "Japan PROPN nsubj 2\nacted VERB root 0 act\n.\nKen PROPN nsubj 9\nSato PROPN flat 1\n, PUNCT punct "
      "7\nthe DET det 5\ncountry NOUN nmod:poss 8\n's PART case 5\ndefence NOUN compound 8\nminister NOUN "
      "appos 1\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Ken Sato"), "JPN GOV Ken Sato");
}

TEST_F(Linking, ACapitalActsOnlyWhereTheGrammarLetsIt) {
  link("Seoul PROPN nsubj 2\nrejected VERB root 0 reject\nthe DET det 4\nplan NOUN obj 2\n");
  EXPECT_EQ(who("Seoul"), "KOR GOV South Korea");
  EXPECT_TRUE(mention("Seoul")->can_act);
  link("Lee PROPN nsubj 2\nspoke VERB root 0 speak\nin ADP case 4\nSeoul PROPN obl 2\n");
  EXPECT_FALSE(mention("Seoul")->can_act);
  EXPECT_EQ(mention("Seoul")->kind, MentionKind::place);
  EXPECT_EQ(mention("Seoul")->actors[0].code, "KOR");
  link(
      "talks NOUNS nsubj 6\nbetween ADP case 3\nSeoul PROPN nmod 1\nand CCONJ cc 5\nBeijing PROPN conj "
      "3\nfailed VERB root 0 fail\n");
  EXPECT_TRUE(mention("Seoul")->can_act);
  EXPECT_TRUE(mention("Beijing")->can_act);
  link("He PRON nsubj 2\nvisited VERB root 0 visit\nBeijing PROPN obj 2\n");
  EXPECT_FALSE(mention("Beijing")->can_act);
  link("Seoul PROPN nsubj 4\nis AUX cop 4 be\na DET det 4\ncity NOUN root 0\n");
  EXPECT_FALSE(mention("Seoul")->can_act);
  link("They PRON nsubj 2\nflew VERB root 0 fly\nto ADP case 4\nBeijing PROPN obl 2\n");
  EXPECT_FALSE(mention("Beijing")->can_act);
}

TEST_F(Linking, ACountryActsButNotWhenItIsOnlyThePlace) {
  link("China PROPN nsubj 2\ninvested VERB root 0 invest\nin ADP case 4\nPakistan PROPN obl 2\n");
  EXPECT_EQ(who("China"), "CHN China");
  EXPECT_TRUE(mention("China")->can_act);
  EXPECT_FALSE(mention("Pakistan")->can_act);
}

TEST_F(Linking, OrdinaryWordsAreNoCountries) {
  link("They PRON nsubj 2\ntold VERB root 0 tell\nus PRON obj 2\nabout ADP case 5\nturkey NOUN obl 2\n");
  for (const Mention& m : mentions_.list) EXPECT_EQ(m.kind, MentionKind::pronoun);
  link("US PROPN compound 2\nofficials NOUNS nsubj 3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("US officials"), "USA GOV");
}

TEST_F(Linking, AGeographicSurnameIsNoCountry) {
  link("Paris PROPN nsubj 3\nHilton PROPN flat 1\nsang VERB root 0 sing\n");
  EXPECT_EQ(mention("Paris Hilton")->kind, MentionKind::person);
  EXPECT_EQ(mention("Paris Hilton")->actors[0].code, "");
}

TEST_F(Linking, VagueBlocsHaveNoCountryAndDoNotAct) {
  link("The DET det 2\nWest PROPN nsubj 3\nobjected VERB root 0 object\n");
  EXPECT_EQ(who("West"), " West");
  EXPECT_FALSE(mention("West")->can_act);
}

TEST_F(Linking, UnknownActorsAreKeptAsWritten) {
  link(
      "Munich PROPN compound 3\nRegional PROPN compound 3\nCourt PROPN nsubj 4\nfined VERB root 0 fine\nAcme "
      "PROPN compound 6\nMining PROPN obj 4\n");
  EXPECT_EQ(who("Munich Regional Court").substr(0, 7), "DEU JUD");
  EXPECT_EQ(mention("Munich Regional Court")->kind, MentionKind::organisation);
  EXPECT_EQ(who("Acme Mining"), " BUS Acme Mining");
  link("Zorblax PROPN nsubj 2\nexploded VERB root 0 explode\n");
  EXPECT_EQ(mention("Zorblax")->kind, MentionKind::unknown);
}

TEST_F(Linking, CollectivesComeFromTheAgents) {
  link(
      "Protesters NOUNS nsubj 2\nfought VERB root 0 fight\npolice NOUN obj 2\nand CCONJ cc 5\ngunmen NOUN "
      "conj 3\n");
  EXPECT_EQ(who("Protesters"), " CVL");
  EXPECT_EQ(who("police"), " COP");
  EXPECT_EQ(who("gunmen"), " UAF");
}

TEST_F(Linking, DisputedEntityAddsPre) {
  link("Abkhaz ADJ amod 2\nofficials NOUNS nsubj 3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Abkhaz officials"), "GEO GOV");
  EXPECT_EQ(mention("Abkhaz officials")->actors[0].other_sectors, std::vector<std::string>{"PRE"});
}

constexpr const char* call =
    "Lee PROPN nsubj 3\nJae-myung PROPN flat 1\nphoned VERB root 0 phone\nXi PROPN obj 3\nJinping PROPN flat "
    "4\n.\n";

TEST_F(Linking, TheTwoLeadersAreThoseWhoWereNamed) {
  link(std::string(call) + "The DET det 3\ntwo NUM nummod 3\nleaders NOUNS nsubj 4\nagreed VERB root 0 agree\n");
  EXPECT_EQ(who("leaders"), "KOR GOV Lee Jae-myung + CHN GOV Xi Jinping");
  link(std::string(call) + "Both DET det 2\ncountries NOUNS nsubj 3 country\nagreed VERB root 0 agree\n");
  EXPECT_EQ(who("countries"), "KOR South Korea + CHN China");
  link(std::string(call) + "The DET det 3\ntwo NUM nummod 3\nsides NOUNS nsubj 4\nagreed VERB root 0 agree\n");
  EXPECT_EQ(who("The two sides"), "KOR South Korea + CHN China");
}

TEST_F(Linking, CounterpartHoldsTheSameOfficeElsewhere) {
  link(
      "Wang PROPN nsubj 3\nYi PROPN flat 1\nmet VERB root 0 meet\nhis PRON nmod:poss 7\nSouth ADJ amod "
      "6\nKorean ADJ amod 7\ncounterpart NOUN obj 3\n",
      "2025-09-01");
  EXPECT_EQ(who("South Korean counterpart"), "KOR GOV Cho Hyun");
}

TEST_F(Linking, PronounAgreesInGenderAndNumber) {
  link(
      "Angela PROPN nsubj 3\nMerkel PROPN flat 1\nmet VERB root 0 meet\nXi PROPN obj 3\nJinping PROPN flat "
      "4\n.\n"
      "She PRON nsubj 2\nthanked VERB root 0 thank\nhim PRON obj 2\n.\n",
      "2015-01-01");
  EXPECT_EQ(who("She"), "DEU GOV Angela Merkel");
  EXPECT_EQ(who("him"), "CHN GOV Xi Jinping");
  link("China PROPN nsubj 2\nsaid VERB root 0 say\nit PRON nsubj 4\nobjected VERB ccomp 2 object\n");
  EXPECT_EQ(who("it"), "CHN China");
}

TEST_F(Linking, TheyAreTheMembersOfAList) {
  link(
      "Merkel PROPN nsubj 4\nand CCONJ cc 3\nXi PROPN conj 1\ncondemned VERB root 0 condemn\nJapan PROPN obj "
      "4\nat ADP case 8\ntheir PRON nmod:poss 8\nmeeting NOUN obl 4\n",
      "2015-01-01");
  EXPECT_EQ(mention("their")->actors.size(), 2u);
  EXPECT_NE(mention("their")->antecedent, -1);
}

TEST_F(Linking, APronounOfNobodyStaysOpen) {
  link("He PRON nsubj 2\nleft VERB root 0 leave\n");
  EXPECT_EQ(mention("He")->antecedent, -1);
  EXPECT_EQ(mention("He")->kind, MentionKind::pronoun);
}

TEST_F(Linking, TheMinistryIsTheOneNamedBefore) {
  link(
      "China~ PROPN nmod:poss 4\n's PART case 1\nforeign ADJ amod 4\nministry NOUN nsubj 5\nobjected VERB "
      "root 0 object\n.\n"
      "The DET det 2\nministry NOUN nsubj 3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("ministry"), "CHN GOV");
  EXPECT_EQ(mention("ministry")->antecedent, 0);
}

TEST_F(Linking, ThePresidentIsTheOneNamedBefore) {
  link(std::string(call) + "The DET det 2\npresident NOUN nsubj 3\nspoke VERB root 0 speak\n");
  EXPECT_EQ(mention("president")->actors.size(), 1u);
  EXPECT_NE(mention("president")->antecedent, -1);
}

TEST_F(Linking, AcronymDefinedInTheTextIsUnderstoodLater) {
  link(
      "Munich PROPN compound 3\nRegional PROPN compound 3\nCourt PROPN nsubj 7\n( PUNCT punct 5\nMRC PROPN "
      "appos 3\n) PUNCT punct 5\nsat VERB root 0 sit\n.\n"
      "MRC PROPN nsubj 2\nruled VERB root 0 rule\n");
  EXPECT_EQ(who("MRC").substr(0, 7), "DEU JUD");
  EXPECT_EQ(mention("MRC")->antecedent, 0);
}

TEST_F(Linking, TheCountryIsThatOfTheSubject) {
  link(
      "Japan PROPN nsubj 2\nleft VERB root 0 leave\n.\nThe DET det 3\nGerman ADJ amod 3\nchancellor NOUN "
      "nsubj 4\nsaid VERB root 0 say\n"
      "the DET det 6\ncountry NOUN nsubj 7\nagreed VERB ccomp 4 agree\n",
      "2015-01-01");
  EXPECT_EQ(who("country"), "DEU Germany");
}

TEST_F(Linking, DatelineIsAPlaceAndGivesInstitutionsTheirCountry) {
  link(
      "SEOUL PROPN nsubj 9\n, PUNCT punct 3\nJune PROPN obl 9\n10 NUM nummod 3\n- PUNCT punct 1\nThe DET det "
      "8\npresidential ADJ amod 8\noffice NOUN nsubj 9\nobjected VERB root 0 object\n");
  EXPECT_FALSE(mention("SEOUL")->can_act);
  EXPECT_EQ(who("presidential office"), "KOR GOV");
}

TEST_F(Linking, GenericPeopleAreOfTheOneCountrySpokenOf) {
  link(
      "Pakistan PROPN nsubj 2\nvoted VERB root 0 vote\n.\nProtesters NOUNS nsubj 2 protester\nmarched VERB "
      "root 0 march\n.\n");
  EXPECT_EQ(who("Protesters"), "PAK CVL");
  link(
      "Foreign ADJ amod 2 foreign\nprotesters NOUNS nsubj 3 protester\nleft VERB root 0 leave\nPakistan "
      "PROPN "
      "obj 3\n");
  EXPECT_EQ(who("protesters"), " CVL");
}

TEST_F(Linking, GenericPeopleOfTwoCountriesStayOpen) {
  link(
      "China PROPN nsubj 2\ncriticised VERB root 0 criticise\nFrance PROPN obj 2\n.\nProtesters NOUNS nsubj "
      "2 "
      "protester\nmarched VERB root 0 march\n.\n");
  EXPECT_EQ(who("Protesters"), " CVL");
}

TEST_F(Linking, WhoGreetsIsNotTheOneGreeted) {
  link(
      "Lee PROPN nsubj 4\nJae~ PROPN flat 1\n-~ PUNCT punct 4\nwaited VERB root 0 wait\n.\nXi PROPN nsubj "
      "3\nJinping PROPN flat 1\nflew VERB root 0 fly\nin ADV advmod 3\nand CCONJ cc 6\ngreeted VERB conj 3 "
      "greet\nhim PRON obj 6\n.\n");
  EXPECT_NE(who("him"), "CHN GOV Xi Jinping");
}

TEST_F(Linking, ATitleInTheTextOutlivesTheTermByAFewDays) {
  const char* rows = "President PROPN nmod:desc 2\nMoon PROPN nsubj 4\nJae-in PROPN flat 2\nspoke VERB root 0 speak\n";
  link(rows, "2022-05-20");
  EXPECT_EQ(who("President Moon Jae-in"), "KOR GOV Moon Jae-in");
  link(rows, "2025-05-20");
  EXPECT_EQ(who("President Moon Jae-in"), "KOR ELI Moon Jae-in");
}

TEST_F(Linking, TheFormerAndTheLatter) {
  link(
      "Japan PROPN nsubj 4\nand CCONJ cc 3\nChina PROPN conj 1\ntalked VERB root 0 talk\n.\n"
      "The DET det 2\nlatter NOUN nsubj 3\nobjected VERB root 0 object\n");
  EXPECT_EQ(who("latter"), "CHN China");
}

TEST_F(Linking, TheLatterIsThePersonToldLastWhereNoListIs) {
  link(std::string(call) + "The DET det 2\nlatter NOUN nsubj 3\nobjected VERB root 0 object\n");
  EXPECT_EQ(who("latter"), "CHN GOV Xi Jinping");
}

TEST_F(Linking, TheOustedPresidentIsTheOneWhoHeldTheOffice) {
  link(
      "Park PROPN nsubj 6\nGeun~ PROPN flat 1\n-~ PUNCT punct 4\nhye PROPN flat 1\nhad AUX aux 6\nmet VERB root 0 "
      "meet\nXi PROPN obj 6\nJinping PROPN flat 7\n.\n"
      "The DET det 3\nousted ADJ amod 3\npresident NOUN nsubj 4\nleft VERB root 0 leave\n",
      "2017-03-15");
  EXPECT_EQ(who("ousted president"), "KOR ELI Park Geun-hye");
}

TEST_F(Linking, HisHostIsTheOtherPerson) {
  link(std::string(call) + "He PRON nsubj 2\nthanked VERB root 0 thank\nhis PRON nmod:poss 4\nhost NOUN obj 2\n");
  EXPECT_NE(who("host"), who("He"));
  EXPECT_EQ(mention("host")->actors.size(), 1u);
}

TEST_F(Linking, APredecessorIsFoundInTheTableOfOffices) {
  link(
      "President PROPN nmod:desc 2\nMoon PROPN nsubj 7\nJae~ PROPN flat 2\n-~ PUNCT punct 5\nin PROPN flat 2\nhad "
      "AUX aux 7\nblamed VERB root 0 blame\nhis PRON nmod:poss 9\npredecessor NOUN obj 7\n",
      "2018-01-01");
  EXPECT_EQ(who("predecessor"), "KOR ELI Park Geun-hye");
}

TEST_F(Linking, ATownInTheNameOfACourtTellsItsCountry) {
  link(
      "The DET det 4\nMunich PROPN compound 4\nRegional PROPN compound 4\nCourt PROPN nsubj 5 court\nruled VERB root 0 "
      "rule\n");
  EXPECT_EQ(who("Munich Regional Court"), "DEU JUD Munich Regional Court");
}

TEST_F(Linking, AnUnknownWeightIsNamedWithItsLine) {
  Resources tables = small_tables();
  tables.put("data/entities/coreference.tsv", "feature\the\tit\tthey\tsource\nnonsense.1\t1\t1\t1\thand\n");
  const auto linker = Linker::load(tables);
  ASSERT_FALSE(linker.ok());
  EXPECT_NE(linker.error().what.find("coreference.tsv:2"), std::string::npos);
  EXPECT_NE(linker.error().what.find("nonsense.1"), std::string::npos);
}

TEST_F(Linking, WhoMeansTheHeadOfItsClause) {
  link(
      "Xi PROPN nsubj 6\nJinping PROPN flat 1\n, PUNCT punct 5\nwho PRON nsubj 5\nphoned VERB acl:relcl 1 "
      "phone\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("who"), "CHN GOV Xi Jinping");
}

TEST_F(Linking, ACourtIsOfTheCityInItsName) {
  link("The DET det 4\nMunich PROPN compound 4\nRegional ADJ amod 4\nCourt PROPN nsubj 5\nconvicted VERB root 0 convict\nthem PRON obj 5\n");
  EXPECT_EQ(who("Munich Regional Court"), "DEU JUD Munich Regional Court");
}

TEST_F(Linking, AFirmIsKnownByItsFirstWordLater) {
  link("Acme PROPN compound 2\nMining PROPN nsubj 3\ngrew VERB root 0 grow\n.\nAcme PROPN nsubj 2\nsaid VERB root 0 say\nso ADV advmod 2\n");
  EXPECT_EQ(mention("Acme Mining")->kind, MentionKind::organisation);
  EXPECT_EQ(who("Acme"), " BUS Acme Mining");
  EXPECT_EQ(mention("Acme")->kind, MentionKind::organisation);
}

TEST_F(Linking, ASmallTownInAFirmsNameIsNotItsCountry) {
  tables_.put("data/entities/places.tsv",
              "name\taliases\tcountry\tprovince\tkind\tlatitude\tlongitude\tpopulation\tgazetteer\tsource\n"
              "Orion\t\tJPN\t\tcity\t1\t1\t46991\tg1\thand\nMunich\t\tDEU\tBavaria\tcity\t48.14\t11.58\t1260391\tg4\thand\n");
  linker_ = load(tables_);
  link("Orion PROPN compound 2\nPetroleum PROPN nsubj 3\ngrew VERB root 0 grow\n");
  EXPECT_EQ(who("Orion Petroleum"), " BUS Orion Petroleum");
  link("Munich PROPN compound 2\nPetroleum PROPN nsubj 3\ngrew VERB root 0 grow\n");
  EXPECT_EQ(who("Munich Petroleum"), "DEU BUS Munich Petroleum");
}

TEST_F(Linking, ASurnameWithItsOfficeBehindIsTheHolder) {
  const char* rows =
      "Mr. PROPN nmod:desc 2\nCho PROPN nsubj 9\n, PUNCT punct 7\nthe DET det 7\nSouth ADJ amod 6\nKorean ADJ amod 7\n"
      "minister NOUN appos 2\n, PUNCT punct 7\nspoke VERB root 0 speak\n";
  tables_.put("data/entities/agents.tsv", "term\tplural\tsectors\tkind\tcan_be_title\tsource\nminister\t\tGOV\tperson\tyes\thand\n");
  tables_.put("data/entities/offices.tsv", "person\trole\tcode\tsectors\tfrom\tto\tsource\ncho-hyun\tminister\tKOR\tGOV\t2025-07-21\t\thand\n");
  linker_ = load(tables_);
  link(rows, "2025-09-01");
  EXPECT_EQ(who("Mr. Cho"), "KOR GOV Cho Hyun");
  EXPECT_EQ(who("South Korean minister"), "KOR GOV Cho Hyun");
}

TEST_F(Linking, AnotherSpellingIsTakenWhereTheTextNamesTheCountry) {
  const char* rows = "Angella PROPN nsubj 3\nMerkell PROPN flat 1\nleft VERB root 0 leave\nGermany PROPN obj 3\n";
  link(rows, "2015-01-01");
  EXPECT_EQ(who("Angella Merkell"), "DEU GOV Angela Merkel");
  link("Angella PROPN nsubj 3\nMerkell PROPN flat 1\nleft VERB root 0 leave\nJapan PROPN obj 3\n", "2015-01-01");
  EXPECT_EQ(mention("Angella Merkell")->actors.front().entity, no_entity) << "nobody told that she is German";
}

TEST_F(Linking, BodiesCalledAlikeAreToldApartByTheText) {
  tables_.put("data/entities/organisations.tsv",
              "id\tname\taliases\tcode\tsectors\tkind\twikidata\tfrom\tto\tsource\n"
              "one\tUnity Party\t\tFRA\tPTY\tparty\t\t\t\thand\ntwo\tUnity Party\t\tJPN\tPTY\tparty\t\t\t\thand\n");
  linker_ = load(tables_);
  const char* rows = "Japan PROPN nsubj 2\nvoted VERB root 0 vote\n.\nThe DET det 3\nUnity PROPN compound 3\nParty PROPN nsubj 4\nwon VERB root 0 win\n";
  link(rows);
  EXPECT_EQ(who("Unity Party"), "JPN PTY Unity Party");
}

TEST_F(Linking, WatersAndMountainsArePlaces) {
  link("They PRON nsubj 2\nlive VERB root 0 live\nnear ADP case 4\nLake PROPN nmod:desc 5\nAlbert PROPN obl 2\n");
  EXPECT_EQ(mention("Lake Albert")->kind, MentionKind::place);
  EXPECT_FALSE(mention("Lake Albert")->can_act);
}

TEST_F(Linking, GunmenOfAnArmedGroupAreItsRebels) {
  link("Hamas PROPN compound 2\ngunmen NOUN nsubj 3 gunman\nfired VERB root 0 fire\n");
  EXPECT_EQ(who("Hamas gunmen"), "PSE REB");
}

TEST_F(Linking, MentionsAreSortedAndDoNotOverlap) {
  link(std::string(call) + "The DET det 3\ntwo NUM nummod 3\nleaders NOUNS nsubj 4\nagreed VERB root 0 agree\n");
  for (std::size_t i = 1; i < mentions_.list.size(); ++i) EXPECT_LE(mentions_.list[i - 1].range.last, mentions_.list[i].range.first);
}

// ---- any tree whatever ----

const std::vector<std::string>& words() {
  static const std::vector<std::string> list = {"South",
                                                "Korean",
                                                "President",
                                                "Lee",
                                                "Jae",
                                                "-",
                                                "myung",
                                                "Xi",
                                                "China",
                                                "'s",
                                                "foreign",
                                                "ministry",
                                                "of",
                                                "Japan",
                                                "and",
                                                ",",
                                                "the",
                                                "two",
                                                "leaders",
                                                "both",
                                                "his",
                                                "counterpart",
                                                "former",
                                                "ex-president",
                                                "Seoul",
                                                "in",
                                                "he",
                                                "it",
                                                "they",
                                                "who",
                                                "Munich",
                                                "Court",
                                                "West",
                                                "US",
                                                "us",
                                                "officials",
                                                "Mr.",
                                                "May",
                                                "-led",
                                                "\xC3\xA9lys\xC3\xA9"
                                                "e",
                                                "latter",
                                                "country",
                                                "acting",
                                                "elect",
                                                "",
                                                "Hamas",
                                                "Acme",
                                                "Mining"};
  return list;
}

void randomise(Parse& parse, Document& document, std::mt19937& random, std::uint32_t tokens) {
  std::vector<std::uint32_t> begins;
  std::vector<std::size_t> chosen;
  for (std::uint32_t t = 0; t < tokens; ++t) {
    chosen.push_back(random() % words().size());
    begins.push_back(static_cast<std::uint32_t>(document.buffer.size()));
    document.buffer += words()[chosen.back()] + " ";
  }
  for (std::uint32_t t = 0; t < tokens; ++t) {
    Token token;
    token.begin = begins[t];
    token.end = begins[t] + static_cast<std::uint32_t>(words()[chosen[t]].size());
    token.form = std::string_view(document.buffer).substr(token.begin, token.end - token.begin);
    token.lemma = random() % 3 ? token.form : std::string_view();
    token.upos = static_cast<Upos>(random() % upos_count);
    token.deprel = static_cast<Deprel>(random() % deprel_count);
    token.morph = static_cast<std::uint32_t>(random());
    parse.tokens.push_back(token);
  }
  for (std::uint32_t first = 0; first < tokens;) {
    const std::uint32_t last = std::min<std::uint32_t>(tokens, first + 1 + static_cast<std::uint32_t>(random() % 30));
    std::vector<std::uint32_t> order;
    for (std::uint32_t t = first; t < last; ++t) order.push_back(t);
    std::shuffle(order.begin(), order.end(), random);
    for (std::size_t i = 1; i < order.size(); ++i) parse.tokens[order[i]].head = static_cast<std::int32_t>(order[random() % i]);
    for (std::uint32_t t = first; t < last; ++t) parse.tokens[t].sentence = static_cast<std::uint32_t>(parse.sentences.size());
    Sentence sentence;
    sentence.tokens = {first, last};
    sentence.root = order[0];
    parse.sentences.push_back(sentence);
    first = last;
  }
  parse.document = &document;
  parse.build_children();
}

TEST_F(Linking, AnyTreeGivesSoundMentions) {
  std::mt19937 random(7);
  for (int turn = 0; turn < 600; ++turn) {
    Document document;
    Parse parse;
    randomise(parse, document, random, 1 + static_cast<std::uint32_t>(random() % 120));
    const Mentions mentions = linker_.link(parse, turn % 2 ? Date::parse("2025-06-10") : std::nullopt, workspace_);
    ASSERT_EQ(mentions.of_token.size(), parse.tokens.size());
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < mentions.list.size(); ++i) {
      const Mention& m = mentions.list[i];
      ASSERT_GE(m.range.first, end);
      ASSERT_LT(m.range.first, m.range.last);
      ASSERT_LE(m.range.last, parse.tokens.size());
      ASSERT_TRUE(m.range.contains(m.head));
      ASSERT_FALSE(m.actors.empty());
      ASSERT_LT(m.antecedent, static_cast<std::int32_t>(i));
      for (std::uint32_t t = m.range.first; t < m.range.last; ++t) ASSERT_EQ(mentions.of_token[t], static_cast<std::int32_t>(i));
      end = m.range.last;
    }
  }
}

TEST_F(Linking, CostIsLinearInTheDocument) {
  const auto seconds = [&](std::uint32_t tokens) {
    std::mt19937 random(3);
    Document document;
    Parse parse;
    randomise(parse, document, random, tokens);
    const auto start = std::chrono::steady_clock::now();
    const Mentions mentions = linker_.link(parse, Date::parse("2025-06-10"), workspace_);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / tokens;
  };
  seconds(20000);
  EXPECT_LT(seconds(200000), 5 * seconds(20000) + 1e-6);
}

TEST_F(Linking, NoTablesStillKeepTheNames) {
  const Resources none;
  const Linker bare = load(none);
  Tree tree("China PROPN nsubj 2\nacted VERB root 0 act\n");
  const Mentions mentions = bare.link(tree.parse, std::nullopt, workspace_);
  ASSERT_EQ(mentions.list.size(), 1u);
  EXPECT_EQ(mentions.list[0].kind, MentionKind::unknown);
}

}  // namespace
}  // namespace legation
