// A knowledge base small enough to read, so that a change of the carried tables turns no test of the linker
// red.
#pragma once

#include "base/embedded.h"
#include "base/resources.h"
#include "legation/date.h"

namespace legation {

inline Date day(const char* iso) { return *Date::parse(iso); }

inline Resources small_tables() {
  Resources tables;
  tables.put("data/entities/states.tsv",
             "code\tname\tkind\tfolds_into\tsector\tsource\n"
             "KOR\tSouth Korea\tstate\t\t\thand\nPRK\tNorth Korea\tstate\t\t\thand\nCHN\tChina\tstate\t\t\thand\n"
             "USA\tUnited States\tstate\t\t\thand\nJPN\tJapan\tstate\t\t\thand\nDEU\tGermany\tstate\t\t\thand\n"
             "GEO\tGeorgia\tstate\t\t\thand\nTUR\tTurkey\tstate\t\t\thand\nLBY\tLibya\tstate\t\t\thand\nLBN\tLebanon"
             "\tstate\t\t\thand\n"
             "PSE\tPalestine\tstate\t\t\thand\nPAK\tPakistan\tstate\t\t\thand\nFRA\tFrance\tstate\t\t\thand\n"
             "UNO\tUnited Nations\tinternational\t\t\thand\nIGO\tinternational "
             "organisation\tinternational\t\t\thand\n"
             "x-abkhazia\tAbkhazia\tdisputed\tGEO\tPRE\thand\n");
  tables.put("data/entities/state_names.tsv",
             "code\talias\tkind\tsector\tfrom\tto\tsource\n"
             "KOR\tSouth Korea\tname\t\t\t\thand\nKOR\tSouth Korean\tadjective\t\t\t\thand\nKOR\tSouth "
             "Koreans\tpeople\t\t\t\thand\n"
             "KOR\tSeoul\tcapital\t\t\t\thand\nKOR\tBlue House\tmetonym\tGOV\t\t\thand\nPRK\tNorth "
             "Korea\tname\t\t\t\thand\n"
             "PRK\tNorth "
             "Korean\tadjective\t\t\t\thand\nPRK\tPyongyang\tcapital\t\t\t\thand\nCHN\tChina\tname\t\t\t\thand\n"
             "CHN\tChinese\tadjective\t\t\t\thand\nCHN\tBeijing\tcapital\t\t\t\thand\nUSA\tUnited "
             "States\tname\t\t\t\thand\n"
             "USA\tUS\tabbreviation\t\t\t\thand\nUSA\tU.S."
             "\tabbreviation\t\t\t\thand\nUSA\tWashington\tcapital\t\t\t\thand\nUSA\tAmerican\tadjective\t\t\t\thand"
             "\n"
             "JPN\tJapan\tname\t\t\t\thand\nJPN\tJapanese\tadjective\t\t\t\thand\nJPN\tTokyo\tcapital\t\t\t\thand\n"
             "DEU\tGermany\tname\t\t\t\thand\nDEU\tGerman\tadjective\t\t\t\thand\nGEO\tGeorgia\tname\t\t\t\thand\nTU"
             "R\tTurkey\tname\t\t\t\thand\n"
             "FRA\tFrance\tname\t\t\t\thand\nFRA\tFrench\tadjective\t\t\t\thand\nFRA\tParis\tcapital\t\t\t\thand\n"
             "PAK\tPakistan\tname\t\t\t\thand\nPSE\tPalestinian\tadjective\t\t\t\thand\nx-"
             "abkhazia\tAbkhazia\tname\t\t\t\thand\nx-abkhazia\tAbkhaz\tadjective\t\t\t\thand\n");
  tables.put("data/entities/people.tsv",
             "id\tname\taliases\tgender\tnationality\twikidata\tsource\n"
             "lee-jae-myung\tLee Jae-myung\t\tm\tKOR\t\thand\nlee-myung-bak\tLee Myung-bak\t\tm\tKOR\t\thand\n"
             "moon-jae-in\tMoon Jae-in\t\tm\tKOR\t\thand\npark-geun-hye\tPark Geun-hye\t\tf\tKOR\t\thand\n"
             "xi-jinping\tXi Jinping\t\tm\tCHN\tQ15031\thand\nli-qiang\tLi Qiang\t\tm\tCHN\t\thand\nwang-yi\tWang "
             "Yi\t\tm\tCHN\t\thand\n"
             "cho-hyun\tCho Hyun\t\tm\tKOR\t\thand\nangela-merkel\tAngela Merkel\t\tf\tDEU\t\thand\n"
             "zhao-ming\tZhao Ming\t\tm\tCHN\t\thand\nzhao-ming-kor\tZhao Ming\t\tm\tKOR\t\thand\n");
  tables.put("data/entities/offices.tsv",
             "person\trole\tcode\tsectors\tfrom\tto\tsource\n"
             "lee-jae-myung\tpresident\tKOR\tGOV\t2025-06-04\t\thand\nlee-myung-bak\tpresident\tKOR\tGOV\t2008-02-"
             "25\t2013-02-24\thand\n"
             "moon-jae-in\tpresident\tKOR\tGOV\t2017-05-10\t2022-05-09\thand\npark-geun-"
             "hye\tpresident\tKOR\tGOV\t2013-02-25\t2017-03-10\thand\n"
             "xi-jinping\tpresident\tCHN\tGOV\t2013-03-14\t\thand\nli-qiang\tpremier\tCHN\tGOV\t2023-03-11\t\thand\n"
             "wang-yi\tforeign minister\tCHN\tGOV\t2023-07-25\t\thand\ncho-hyun\tforeign "
             "minister\tKOR\tGOV\t2025-07-21\t\thand\n"
             "angela-merkel\tchancellor\tDEU\tGOV\t2005-11-22\t2021-12-08\thand\n"
             "zhao-ming\tdefence minister\tCHN\tGOV\t2001\t2005\thand\nzhao-ming-kor\tdefence "
             "minister\tKOR\tGOV\t2011\t2015\thand\n");
  tables.put("data/entities/organisations.tsv",
             "id\tname\taliases\tcode\tsectors\tkind\twikidata\tfrom\tto\tsource\n"
             "asean\tAssociation of Southeast Asian Nations\tASEAN\tIGO\t\tigo\t\t\t\thand\n"
             "hamas\tHamas\t\tPSE\tREB\tarmed-group\t\t\t\thand\n"
             "un\tUnited Nations\tUN; U.N.\tUNO\t\tigo\t\t\t\thand\n");
  tables.put("data/entities/agents.tsv",
             "term\tplural\tsectors\tkind\tcan_be_title\tsource\n"
             "president\t\tGOV\tperson\tyes\thand\nforeign minister\t\tGOV\tperson\tyes\thand\ndefence "
             "minister\t\tGOV\tperson\tyes\thand\n"
             "minister\t\tGOV\tperson\tyes\thand\nofficial\t\tGOV\tperson\tyes\thand\nleader\t\tGOV\tperson\tyes\tha"
             "nd\n"
             "spokesman\tspokesmen\tGOV\tperson\tyes\thand\nspokeswoman\tspokeswomen\tGOV\tperson\tyes\thand\nforeig"
             "n ministry\t\tGOV\tbody\tno\thand\n"
             "ministry of commerce\t\tGOV\tbody\tno\thand\nministry\t\tGOV\tbody\tno\thand\npresidential "
             "office\t\tGOV\tbody\tno\thand\n"
             "protester\t\tCVL\tperson\tno\thand\ngunman\tgunmen\tUAF\tperson\tno\thand\npolice\tpolice\tCOP\tbody\t"
             "no\thand\n"
             "court\t\tJUD\tbody\tno\thand\ncountry\t\t\tbody\tno\thand\ncounterpart\t\tGOV\tperson\tyes\thand\n"
             "government\t\tGOV\tbody\tno\thand\ncompany\t\tBUS\tbody\tno\thand\nfighter\t\tREB\tperson\tno\thand\nr"
             "efugee\t\tREF\tperson\tno\thand\n"
             "ousted president\t\tELI\tperson\tyes\thand\nhost\t\t\tperson\tno\thand\nsuccessor\t\t\tperson\tno\thand\n"
             "predecessor\t\t\tperson\tno\thand\n"
             "chancellor\t\tGOV\tperson\tyes\thand\nlawmaker\t\tLEG\tperson\tno\thand\nenvoy\t\tGOV\tperson\tyes\tha"
             "nd\n");
  tables.put("data/entities/places.tsv",
             "name\taliases\tcountry\tprovince\tkind\tlatitude\tlongitude\tpopulation\tgazetteer\tsource\n"
             "Tripoli\t\tLBY\t\tcity\t32.88\t13.19\t1150989\tg1\thand\nTripoli\tTarabulus\tLBN\t\tcity\t34."
             "43\t35.84\t229398\tg2\thand\n"
             "Lahore\t\tPAK\tPunjab\tcity\t31.55\t74.34\t6310888\tg3\thand\nMunich\t\tDEU\tBavaria\tcity\t48."
             "14\t11.58\t1260391\tg4\thand\n");
  tables.put("data/entities/vague.tsv", "term\tnote\tsource\nthe West\tno country\thand\nLatin America\tno country\thand\n");
  // Ordinary English words: the program's own.
  const Resources carried = Resources::embedded(embedded_files());
  tables.put("data/entities/words.tsv", std::string(carried.file("data/entities/words.tsv").value()));
  return tables;
}

}  // namespace legation
