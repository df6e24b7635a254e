// Who is meant, where names and titles mislead: namesakes, parts of names, several offices at once, guessed
// countries.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/embedded.h"
#include "entities/knowledge_base.h"
#include "entities/linker.h"
#include "entities/roles.h"
#include "small_tables.h"
#include "tree.h"

namespace legation {
namespace {

void add_rows(Resources& tables, const std::string& table, const std::string& rows) {
  const std::string file = "data/entities/" + table + ".tsv";
  tables.put(file, std::string(tables.file(file).value()) + rows);
}

Resources tables_of_namesakes() {
  Resources tables = small_tables();
  const Resources carried = Resources::embedded(embedded_files());
  for (const char* name : {"coreference", "noun_classes", "given_names"}) {
    const std::string file = "data/entities/" + std::string(name) + ".tsv";
    tables.put(file, std::string(carried.file(file).value()));
  }
  add_rows(tables, "states",
           "COD\tDemocratic Republic of the Congo\tstate\t\t\thand\nCOG\tRepublic of the "
           "Congo\tstate\t\t\thand\n");
  add_rows(tables, "state_names",
           "COD\tCongo\tname\t\t\t\thand\nCOG\tCongo\tname\t\t\t\thand; "
           "shared\nCOD\tKinshasa\tcapital\t\t\t\thand\n"
           "COG\tBrazzaville\tcapital\t\t\t\thand\nLBY\tLibya\tname\t\t\t\thand\nTUR\tTurkish\tadjective\t\t\t\thand\nUNO\tUN\tabbreviation\t\t\t"
           "\thand\n");
  add_rows(tables, "people",
           "pope\tPope Francis\tFrancis\tm\tDEU\t\thand\ngen-oh\tOh Min\t\tm\tKOR\t\thand\ntamim\tTamim bin "
           "Hamad\t\tm\tLBY\t\thand\n"
           "chief-cruz\tJuan Cruz\t\tm\tTUR\t\thand\nsenator-kim\tKim "
           "Sung\t\tm\tKOR\t\thand\nsasa\tSasa\t\tm\tDEU\t\thand\n"
           "baron\tEhud Baron\t\tm\tGEO\t\thand\nsahnoun\tMo Sahnoun\t\tm\tLBY\t\thand\nnano\tFatos Nano\t\tm\tTUR\t\thand\n"
           "bosko\tLjube Boskoski\t\tm\tTUR\t\thand\nruled\tBlaise Rey\t\tm\tLBY\t\thand\njin\tJin Sung\t\tm\tKOR\t\thand\n"
           "prem\tAda Prem\t\tf\tTUR\t\thand\nmorris\tEhud Morris Baron\t\tm\tLBY\t\thand\n");
  add_rows(tables, "offices",
           "pope\tpope\tDEU\tREL\t2013\t\thand\ngen-oh\tdeputy defence minister\tKOR\tGOV\t2020\t\thand\n"
           "gen-oh\tarmy chief of "
           "staff\tKOR\tMIL\t2019\t\thand\ntamim\temir\tLBY\tGOV\t2013\t\thand\nchief-cruz\tpolice "
           "chief\tTUR\tCOP\t2015\t\thand\n"
           "senator-kim\tpresident\tKOR\tGOV\t1998\t2003\thand\nsenator-"
           "kim\tsenator\tKOR\tLEG\t2020\t\thand\nsasa\tenvoy\tDEU\tOPP\t2021\t\thand\n"
           "baron\tprime minister\tGEO\tGOV\t2020\t\thand\nbaron\tdefence minister\tGEO\tGOV\t2010\t2012\thand\n"
           "prem\tprime minister\tTUR\tGOV\t2000\t2004\thand\nprem\tspecial envoy\tUNO\t\t2020\t\thand\n"
           "nano\tprime minister\tTUR\tGOV\t2025-01\t2025-05\thand\nnano\tleader of the Socialist Party\tTUR\tPTY\t2020\t\thand\n"
           "bosko\tforeign minister\tTUR\tGOV\t2020\t2026\thand\nruled\tpresident\tLBY\tGOV\t2000\t2025-06-09\thand\n");
  add_rows(tables, "agents",
           "vice "
           "president\t\tGOV\tperson\tyes\thand\ngeneral\t\tMIL\tperson\tyes\thand\nemir\t\tGOV\tperson\tyes"
           "\thand\n"
           "judge\t\tJUD\tperson\tyes\thand\ncolonel\t\tMIL\tperson\tyes\thand\nambassador\t\tGOV\tperson\tye"
           "s\thand\n"
           "deputy\tdeputies\tLEG\tperson\tno\thand\nfather\t\tCVL\tperson\tno\thand\nsecretary\t\tGOV\tperso"
           "n\tyes\thand\n"
           "oil company\t\tBUS\tbody\tno\thand\nopposition party\t\tOPP\tbody\tno\thand\nprime "
           "minister\t\tGOV\tperson\tyes\thand\n"
           "former president\t\tELI\tperson\tyes\thand\nprosecutor\t\tJUD\tperson\tyes\thand\n"
           "turkish refugee\t\tREF\tperson\tno\thand\nhamas militant\t\tREB\tperson\tno\thand\nruler\t\tGOV\tperson\tno\thand\n"
           "man\tmen\tCVL\tperson\tno\thand\nunder secretary\t\tGOV\tperson\tyes\thand\nbrother\t\tCVL\tperson\tno\thand\n");
  add_rows(tables, "places",
           "Georgia\t\tUSA\t\tprovince\t33\t-83\t4636667\tg5\thand\nAtlanta\t\tUSA\tGeorgia\tcity\t33\t-"
           "84\t463878\tg6\thand\nThe Hague\t\tDEU\t\tcity\t52\t4\t474292\tg11\thand\n"
           "New "
           "Harbour\t\tUSA\tMaine\tcity\t44\t-69\t500000\tg7\thand\nAtlantic\t\t\t\tsea\t0\t-30\t\tg8\thand\n");
  return tables;
}

class WhoIsWho : public testing::Test {
 protected:
  WhoIsWho() : tables_(tables_of_namesakes()), linker_(load(tables_)) {}

  static Linker load(const Resources& tables) {
    auto linker = Linker::load(tables);
    EXPECT_TRUE(linker.ok());
    return std::move(linker).value();
  }

  void link(std::string_view rows, const char* published = "2025-06-10") {
    tree_ = std::make_unique<Tree>(rows);
    mentions_ = linker_.link(tree_->parse, Date::parse(published), workspace_);
  }

  const Mention* mention(std::string_view words) const {
    const Mention* found = nullptr;
    std::string all;
    for (const Mention& m : mentions_.list) {
      if (tree_->parse.words(m.range) == words) found = &m;
      all.append("[").append(tree_->parse.words(m.range)).append("] ");
    }
    EXPECT_NE(found, nullptr) << "no mention \"" << words << "\" among " << all;
    return found;
  }

  /// "KOR GOV Lee Jae-myung (president of South Korea)"
  std::string who(std::string_view words) const {
    const Mention* m = mention(words);
    if (!m) return {};
    const Actor& a = m->actors.front();
    return a.code + " " + a.sector + " " + a.name + (a.role.empty() ? "" : " (" + a.role + ")");
  }

  Resources tables_;
  Linker linker_;
  Linker::Workspace workspace_;
  std::unique_ptr<Tree> tree_;
  Mentions mentions_;
};

TEST_F(WhoIsWho, AnAliasWithinALongerNameIsSomebodyElse) {
  link("General PROPN nmod:desc 2\nFrancis PROPN nsubj 4\nAgwi PROPN flat 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("General Francis Agwi"), " MIL Francis Agwi (general)");
  link("Francis PROPN nsubj 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Francis"), "DEU REL Pope Francis (pope of Germany)");
}

TEST_F(WhoIsWho, ASmallWordHoldsANameTogether) {
  link(
      "Ana PROPN nsubj 5\nbin PROPN flat 1\nRashid PROPN flat 1\nalso ADV advmod 5\nspoke VERB root 0 "
      "speak\n");
  EXPECT_EQ(mention("Ana bin Rashid")->kind, MentionKind::person);
}

TEST_F(WhoIsWho, ThePlaceThatOpensASentenceIsNoPartOfTheName) {
  link(
      "In ADP case 4\nTokyo PROPN compound 4\nPresident PROPN nmod:desc 4\nXi PROPN nsubj 6\nJinping PROPN "
      "flat 4\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("President Xi Jinping"), "CHN GOV Xi Jinping (president of China)");
  EXPECT_EQ(mention("Tokyo")->actors[0].code, "JPN");
}

TEST_F(WhoIsWho, OfSeveralOfficesTheTitleTellsWhich) {
  link("General PROPN nmod:desc 2\nOh PROPN nsubj 4\nMin PROPN flat 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("General Oh Min"), "KOR MIL Oh Min (army chief of staff of South Korea)");
}

TEST_F(WhoIsWho, AFormerTitleIsThatOfTheEndedOffice) {
  link(
      "Former ADJ amod 2\nPresident PROPN nmod:desc 3\nKim PROPN nsubj 5\nSung PROPN flat 3\nspoke VERB root "
      "0 speak\n");
  EXPECT_EQ(who("Former President Kim Sung"), "KOR LEG Kim Sung (former president of South Korea)");
}

TEST_F(WhoIsWho, ATitleHeNeverHeldInATextAboutAnotherCountryIsANamesake) {
  const char* rows =
      "Vice PROPN compound 2\nPresident PROPN nmod:desc 3\nJuan PROPN nsubj 5\nCruz PROPN flat 3\nleft VERB "
      "root 0 leave\nJapan PROPN obj 5\n";
  link(rows);
  EXPECT_EQ(mention("Vice President Juan Cruz")->actors[0].entity, no_entity);
  link("Juan PROPN nsubj 3\nCruz PROPN flat 1\nleft VERB root 0 leave\nJapan PROPN obj 3\n");
  EXPECT_EQ(who("Juan Cruz"), "TUR COP Juan Cruz (police chief of Turkey)");
}

TEST_F(WhoIsWho, ATitleAndAWordOfTheNameFindTheHolder) {
  link("Libya PROPN nsubj 2\nasked VERB root 0 ask\nEmir PROPN nmod:desc 4\nTamim PROPN obj 2\n");
  EXPECT_EQ(who("Emir Tamim"), "LBY GOV Tamim bin Hamad (emir of Libya)");
}

TEST_F(WhoIsWho, AnEnvoyOfTheUnitedNationsDoesNotActForWhereHeComesFrom) {
  link("UN PROPN compound 2\nenvoy NOUN nmod:desc 3\nMo PROPN nsubj 5\nSahnoun PROPN flat 3\nleft VERB root 0 leave\n");
  EXPECT_EQ(who("UN envoy Mo Sahnoun"), "UNO  Mo Sahnoun (envoy of the United Nations)");
  link("Mo PROPN nsubj 3\nSahnoun PROPN flat 1\nleft VERB root 0 leave\n");
  EXPECT_EQ(mention("Mo Sahnoun")->actors[0].code, "LBY");
}

TEST_F(WhoIsWho, ThePartyLeaderOfTodayIsNotThePremierOfLastMonth) {
  link("Leader PROPN nmod:desc 2\nFatos PROPN nsubj 4\nNano PROPN flat 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Leader Fatos Nano"), "TUR PTY Fatos Nano (leader of the Socialist Party)");
}

TEST_F(WhoIsWho, AMinisterUnderANameLikeHisIsTheHolderOfTheOffice) {
  link(
      "Foreign PROPN compound 2\nMinister PROPN nmod:desc 3\nLjube PROPN nsubj 5\nBoskovski PROPN flat 3\nleft VERB root 0 "
      "leave\nTurkey PROPN obj 5\n");
  EXPECT_EQ(who("Foreign Minister Ljube Boskovski"), "TUR GOV Ljube Boskoski (foreign minister of Turkey)");
}

TEST_F(WhoIsWho, AnUnknownMinisterIsNotOfACountryWhoseMinisterIsKnown) {
  link(
      "Foreign PROPN compound 2\nMinister PROPN nmod:desc 3\nAda PROPN nsubj 5\nLovel PROPN flat 3\nleft VERB root 0 "
      "leave\nTurkey PROPN obj 5\n");
  EXPECT_EQ(mention("Foreign Minister Ada Lovel")->actors[0].code, "");
  link(
      "Foreign PROPN compound 2\nMinister PROPN nmod:desc 3\nAda PROPN nsubj 5\nLovel PROPN flat 3\nleft VERB root 0 "
      "leave\nJapan PROPN obj 5\n");
  EXPECT_EQ(mention("Foreign Minister Ada Lovel")->actors[0].code, "JPN");
}

TEST_F(WhoIsWho, ASurnameOfTwoMeansThePresidentOnceTheOtherIsBehind) {
  const std::string told =
      "Lee PROPN nsubj 4\nJae-myung PROPN flat 1\nalso ADV advmod 4\nspoke VERB root 0 speak\n.\n"
      "Lee PROPN nsubj 4\nMinho PROPN flat 1\nalso ADV advmod 4\nwrote VERB root 0 write\n.\n";
  link(told + "Lee PROPN nsubj 3\nalso ADV advmod 3\nleft VERB root 0 leave\n");
  EXPECT_EQ(mention("Lee")->actors[0].name, "Lee Minho");
  link(told + "China PROPN nsubj 2\nwaited VERB root 0 wait\n.\nLee PROPN nsubj 3\nalso ADV advmod 3\nleft VERB root 0 leave\n");
  EXPECT_EQ(mention("Lee")->actors[0].name, "Lee Jae-myung");
}

TEST_F(WhoIsWho, ATownMayHaveItsArticle) {
  link("Judges NOUNS nsubj 2\nmet VERB root 0 meet\nin ADP case 5\nThe DET det 5\nHague PROPN obl 2\n");
  EXPECT_EQ(mention("The Hague")->kind, MentionKind::place);
}

TEST_F(WhoIsWho, FightersAndRefugeesBelongToTheBodyOrStateInTheirName) {
  link("Hamas PROPN compound 2\nmilitants NOUNS nsubj 3\nspared VERB root 0 spare\nTurkish ADJ amod 5\nrefugees NOUNS obj 3\n");
  EXPECT_EQ(mention("Hamas militants")->actors[0].code, "PSE");
  EXPECT_EQ(mention("Turkish refugees")->actors[0].code, "TUR");
}

TEST_F(WhoIsWho, AFallenRulerStaysFallen) {
  link(
      "Blaise PROPN nsubj 8\nRey PROPN flat 1\n, PUNCT punct 4\nruler NOUN appos 1\nof ADP case 6\nLibya PROPN nmod 4\n, PUNCT punct 4\nfled VERB root 0 "
      "flee\n");
  EXPECT_EQ(mention("Blaise Rey")->actors[0].sector, "ELI");
}

TEST_F(WhoIsWho, TheMenOfAGeneralAreSoldiers) {
  link(
      "General PROPN nmod:desc 2\nOh PROPN nsubj 4\nMin PROPN flat 2\nspoke VERB root 0 speak\n.\nHis PRON nmod:poss 2\nmen NOUNS nsubj 3 man\nleft VERB "
      "root 0 leave\n");
  EXPECT_EQ(mention("men")->actors[0].sector, "MIL");
}

TEST_F(WhoIsWho, AnOustedPresidentHasNoOffice) {
  link("Ousted ADJ amod 2\nPresident PROPN nmod:desc 3\nBlaise PROPN nsubj 5\nRey PROPN flat 3\nfled VERB root 0 flee\n");
  EXPECT_EQ(who("Ousted President Blaise Rey"), "LBY ELI Blaise Rey (former president of Libya)");
}

TEST_F(WhoIsWho, AnUnderSecretaryIsAnOffice) {
  link("Japan PROPN nsubj 2\nasked VERB root 0 ask\nan DET det 5\nunder ADP case 5\nsecretary NOUN obl 2\n");
  EXPECT_EQ(mention("under secretary")->actors[0].sector, "GOV");
}

TEST_F(WhoIsWho, HisBrotherHasHisSurname) {
  link(
      "Kim PROPN nsubj 4\nSung PROPN flat 1\nalso ADV advmod 4\nleft VERB root 0 leave\n.\nHis PRON nmod:poss 2\nbrother NOUN nmod:desc 3\nJin PROPN nsubj "
      "4\nstayed "
      "VERB root 0 stay\n");
  EXPECT_EQ(mention("brother Jin")->actors[0].name, "Jin Sung");
}

TEST_F(WhoIsWho, TheSurnameOfAPresidentWhoHasJustDiedIsStillHis) {
  link("Libya PROPN nsubj 2\nmourned VERB root 0 mourn\nRey PROPN obj 2\n");
  EXPECT_EQ(mention("Rey")->actors[0].name, "Blaise Rey");
}

TEST_F(WhoIsWho, AGivenNameStaysWithASurnameWeKnow) {
  link("Envoy NOUN nmod:desc 2\nOtto PROPN nsubj 4\nBaron PROPN flat 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(mention("Envoy Otto Baron")->actors[0].name, "Otto Baron");
  link("Envoy NOUN nmod:desc 3\nOtto PROPN nmod:desc 3\nBaron PROPN nsubj 4\nspoke VERB root 0 speak\n");
  EXPECT_EQ(mention("Envoy Otto Baron")->actors[0].name, "Otto Baron");
}

TEST_F(WhoIsWho, AFormerPremierAtHomeIsNoEnvoyOfTheUnitedNations) {
  const char* rows = "Ada PROPN nsubj 3\nPrem PROPN flat 1\nasked VERB root 0 ask\nTurkey PROPN obj 3\n";
  link(rows);
  EXPECT_EQ(who("Ada Prem"), "TUR ELI Ada Prem (former prime minister of Turkey)");
  link("Ada PROPN nsubj 3\nPrem PROPN flat 1\nasked VERB root 0 ask\nUN PROPN obj 3\n");
  EXPECT_EQ(mention("Ada Prem")->actors[0].code, "UNO");
}

TEST_F(WhoIsWho, ANameInTheMiddleStandsForTheWhole) {
  link(
      "Ehud PROPN nsubj 5\nMorris PROPN flat 1\nBaron PROPN flat 1\nalso ADV advmod 5\nleft VERB root 0 leave\n.\nMorris PROPN nsubj 2\nspoke VERB root 0 "
      "speak\n");
  EXPECT_EQ(mention("Morris")->actors[0].name, "Ehud Morris Baron");
}

TEST_F(WhoIsWho, ThePlaceBehindTheNameTellsWhoseJudge) {
  link(
      "China PROPN nsubj 2\nasked VERB root 0 ask\nJudge PROPN nmod:desc 4\nAlvin PROPN obj 2\nHale PROPN "
      "flat 4\nin ADP case 8\nNew PROPN "
      "compound 8\nHarbour PROPN nmod 4\n");
  EXPECT_EQ(who("Judge Alvin Hale"), "USA JUD Alvin Hale (judge of the United States)");
}

TEST_F(WhoIsWho, ANameOfTwoStatesMeansTheOneSpokenOf) {
  const char* rows = "Congo PROPN nsubj 2\nprotested VERB root 0 protest\nin ADP case 4\nBrazzaville PROPN obl 2\n";
  link(rows);
  EXPECT_EQ(mention("Congo")->actors[0].code, "COG");
  link("Congo PROPN nsubj 2\nprotested VERB root 0 protest\nin ADP case 4\nKinshasa PROPN obl 2\n");
  EXPECT_EQ(mention("Congo")->actors[0].code, "COD");
  link("Congo PROPN nsubj 2\nprotested VERB root 0 protest\n");
  EXPECT_EQ(mention("Congo")->actors[0].code, "COD");
}

TEST_F(WhoIsWho, AProvinceIsMeantWhereTheTextNamesItsTowns) {
  link("Georgia PROPN nsubj 2\nvoted VERB root 0 vote\nin ADP case 4\nAtlanta PROPN obl 2\n");
  EXPECT_EQ(mention("Georgia")->actors[0].code, "USA");
  link("Georgia PROPN nsubj 2\nvoted VERB root 0 vote\nin ADP case 4\nTokyo PROPN obl 2\n");
  EXPECT_EQ(mention("Georgia")->actors[0].code, "GEO");
}

TEST_F(WhoIsWho, AnAmbassadorIsNotOfThePlaceHeServesIn) {
  link("The DET det 2\nambassador NOUN nsubj 5\nin ADP case 4\nTokyo PROPN nmod 2\nspoke VERB root 0 speak\n");
  EXPECT_NE(mention("ambassador")->actors[0].code, "JPN");
}

TEST_F(WhoIsWho, AnEnvoyBelongsToWhoeverSentHim) {
  link(
      "The DET det 2\nUN PROPN nmod:poss 4\n's PART case 2\nenvoy NOUN nsubj 7\nfor ADP case 6\nLibya PROPN "
      "nmod 4\nspoke VERB root 0 speak\n");
  ASSERT_EQ(mention("UN 's envoy")->actors.size(), 1u);
  EXPECT_EQ(mention("UN 's envoy")->actors[0].code, "UNO");
}

TEST_F(WhoIsWho, ALoneNameIsTheStrangerToldBefore) {
  const char* rows =
      "Colonel PROPN nmod:desc 2\nYaura PROPN nsubj 4\nSasa PROPN flat 2\nleft VERB root 0 leave\nJapan "
      "PROPN obj 4\n.\n"
      "Sasa PROPN nsubj 2\nspoke VERB root 0 speak\n";
  link(rows);
  EXPECT_EQ(mention("Sasa")->actors[0].name, "Yaura Sasa");
  link("Sasa PROPN nsubj 2\nspoke VERB root 0 speak\n");
  EXPECT_EQ(mention("Sasa")->actors[0].code, "DEU");
}

TEST_F(WhoIsWho, HisDeputyHoldsThatOffice) {
  link(
      "Ehud PROPN nsubj 3\nBaron PROPN flat 1\nleft VERB root 0 leave\n.\nHis PRON nmod:poss 2\ndeputy NOUN "
      "nsubj 3\nstayed VERB root 0 "
      "stay\n");
  EXPECT_EQ(mention("deputy")->actors[0].role, "deputy prime minister of Georgia");
  EXPECT_EQ(mention("deputy")->actors[0].sector, "GOV");
}

TEST_F(WhoIsWho, AFatherIsWhatTheTablesSayOfHim) {
  link(
      "Kim PROPN nsubj 8\nSung PROPN flat 1\n, PUNCT punct 5\nthe DET det 5\nfather NOUN appos 1\n, PUNCT "
      "punct 5\nalso ADV advmod 8\nspoke VERB "
      "root 0 speak\n");
  EXPECT_EQ(mention("father")->actors[0].sector, "LEG");
  EXPECT_EQ(mention("father")->actors[0].code, "KOR");
}

TEST_F(WhoIsWho, ASpokesmanForThePoliceIsOfThePlaceOfTheSentence) {
  link(
      "A DET det 2\nspokesman NOUN nsubj 6\nfor ADP case 5\nthe DET det 5\npolice NOUN nmod 2\nspoke VERB "
      "root 0 speak\nin ADP case 8\nTokyo "
      "PROPN obl 6\nabout ADP case 10\nChina PROPN obl 6\n");
  EXPECT_EQ(mention("spokesman for the police")->actors[0].code, "JPN");
}

TEST_F(WhoIsWho, ALowerCaseNounNamesAnUnknownBody) {
  link(
      "The DET det 4\noil NOUN compound 3\ncompany NOUN compound 4\nElfo PROPN nsubj 5\nsold VERB root 0 "
      "sell\nships NOUNS obj 5\n");
  EXPECT_EQ(who("oil company Elfo"), " BUS Elfo");
  EXPECT_EQ(mention("oil company Elfo")->kind, MentionKind::organisation);
}

TEST_F(WhoIsWho, ASeaTakesTheArticle) {
  link("Ships NOUNS nsubj 2\ncrossed VERB root 0 cross\nthe DET det 4\nAtlantic PROPN obj 2\n");
  EXPECT_EQ(mention("Atlantic")->kind, MentionKind::place);
}

TEST_F(WhoIsWho, ATitleBeforeAListIsThatOfEach) {
  link(
      "Former ADJ amod 2\npresidents NOUNS nmod:desc 3\nKim PROPN nsubj 8\nSung PROPN flat 3\nand CCONJ cc "
      "6\nMoon PROPN conj 3\nJae-in PROPN "
      "flat 6\nspoke VERB root 0 speak\n");
  EXPECT_EQ(who("Kim Sung"), "KOR LEG Kim Sung (former president of South Korea)");
  EXPECT_EQ(who("Moon Jae-in"), "KOR ELI Moon Jae-in (former president of South Korea)");
}

TEST_F(WhoIsWho, ADeputyIsNotTheOneAboveHim) {
  link(
      "Deputy PROPN compound 3\nDefence PROPN compound 3\nMinister PROPN nmod:desc 4\nEhud PROPN nsubj "
      "6\nBaron PROPN flat 4\nspoke VERB root 0 speak\n",
      "2021-01-01");
  EXPECT_EQ(mention("Deputy Defence Minister Ehud Baron")->actors[0].role, "deputy defence minister of Georgia");
  link(
      "The DET det 4\nSouth ADJ amod 2\nKorean ADJ amod 4\nPresident PROPN nsubj 5\nspoke VERB root 0 "
      "speak\n");
  EXPECT_EQ(mention("South Korean President")->actors[0].name, "Lee Jae-myung");
}

TEST_F(WhoIsWho, ANameWithAnArticleWithinIsOne) {
  link(
      "Francis PROPN nsubj 6\nal~ PROPN flat 1\n-~ PUNCT punct 1\nQamood PROPN flat 1\nalso ADV advmod "
      "6\nspoke VERB root 0 speak\n");
  EXPECT_EQ(mention("Francis al-Qamood")->actors[0].entity, no_entity);
}

TEST_F(WhoIsWho, ThePresidentOfADisputedEntityIsNotThatOfTheState) {
  Resources tables = tables_of_namesakes();
  add_rows(tables, "people", "head\tAna Head\t\tf\tGEO\t\thand\nrival\tBen Rival\t\tm\tx-abkhazia\t\thand\n");
  add_rows(tables, "offices", "head\tpresident\tGEO\tGOV\t2020\t\thand\nrival\tpresident\tx-abkhazia\tGOV\t2020\t\thand\n");
  const auto base = KnowledgeBase::load(tables);
  ASSERT_TRUE(base.ok());
  const std::uint32_t holder = base.value().holder("president", "GEO", *Date::parse("2025-01-01"));
  ASSERT_NE(holder, no_entity);
  EXPECT_EQ(base.value().entity(holder).name, "Ana Head");
}

TEST_F(WhoIsWho, AnOfficeIsFoundByItsState) {
  const auto base = KnowledgeBase::load(tables_);
  ASSERT_TRUE(base.ok());
  for (const char* name : {"president of South Korea", "South Korean president", "President (South Korea)"}) {
    const auto found = base.value().find(name, Date::parse("2010-05-01"));
    ASSERT_EQ(found.size(), 1u) << name;
    EXPECT_EQ(found[0].actor.name, "Lee Myung-bak") << name;
    EXPECT_EQ(found[0].actor.code, "KOR") << name;
  }
  EXPECT_TRUE(base.value().find("president of nowhere", std::nullopt).empty());
}

TEST(Roles, AnOfficeOfTheUnitedNationsSaysSoOnce) {
  const Resources tables = small_tables();
  const WordLists words = std::move(WordLists::load(tables)).value();
  EXPECT_EQ(office_title(words, "UN special envoy for Libya", "United Nations"), "UN special envoy for Libya");
  EXPECT_EQ(office_title(words, "secretary-general", "United Nations"), "secretary-general of the United Nations");
  EXPECT_TRUE(title_fits(words, "leader", "president"));
  EXPECT_FALSE(title_names("leader", "president"));
  EXPECT_TRUE(bears_name("Tamim bin Hamad Al Thani", "Tamim"));
  EXPECT_FALSE(bears_name("Tamim bin Hamad Al Thani", "Tam"));
}

}  // namespace
}  // namespace legation
