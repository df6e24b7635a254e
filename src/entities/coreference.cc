// Words that name several or somebody by a noun: recency and grammar. Pronouns are in pronoun_choice.cc.
#include "entities/coreference.h"

#include <algorithm>
#include <array>

#include "entities/knowledge_base.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::uint32_t window_sentences = 2;
constexpr std::size_t window_mentions = 40;

std::uint64_t key_of(std::string_view noun) {
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, noun);
  return digest.value;
}

bool has_code(const Mention& mention) { return !mention.actors.empty() && !mention.actors.front().code.empty(); }

}  // namespace

void Coreference::name_by(std::string_view noun, std::int32_t mention) { by_noun_[key_of(noun)] = mention; }

std::int32_t Coreference::called(std::string_view noun) const {
  const auto found = by_noun_.find(key_of(noun));
  return found == by_noun_.end() ? -1 : found->second;
}

/// "Xi telephoned Moon. They agreed ...": the two persons whom the sentence before brought together, one of
/// them its subject, when it names just these two countries' people. Empty when unsure.
std::vector<std::int32_t> Coreference::pair_before(std::uint32_t token) const {
  const std::uint32_t sentence = parse_[token].sentence;
  std::vector<std::int32_t> pair;
  bool subject = false;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + 1 < sentence) break;
    const Mention& mention = mentions_.list[i];
    if (traits_[i].being != Traits::Being::person || traits_[i].plural || !has_code(mention) ||
        (mention.kind == MentionKind::pronoun && mention.antecedent < 0) || parse_[mention.head].deprel == Deprel::nmod_poss)
      continue;
    const bool known = std::any_of(pair.begin(), pair.end(), [&](std::int32_t other) {
      return mentions_.list[static_cast<std::size_t>(other)].actors.front().code == mention.actors.front().code;
    });
    subject = subject || traits_[i].subject;
    if (!known) pair.push_back(static_cast<std::int32_t>(i));
  }
  if (pair.size() != 2 || !subject) return {};
  std::sort(pair.begin(), pair.end());
  return pair;
}

std::int32_t Coreference::last(Traits::Being being, std::uint32_t sentence, bool subject_first) const {
  std::int32_t any = -1;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < sentence) break;
    if (traits_[i].being != being || !has_code(mentions_.list[i])) continue;
    if (!subject_first || traits_[i].subject) return static_cast<std::int32_t>(i);
    if (any < 0) any = static_cast<std::int32_t>(i);
  }
  return any;
}

std::int32_t Coreference::country(std::uint32_t sentence) const {
  std::int32_t best = -1;
  int best_score = 0;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < sentence) break;
    if (!has_code(mentions_.list[i]) || mentions_.list[i].actors.size() != 1) continue;
    if (is_international(mentions_.list[i].actors.front().code)) continue;
    const bool state = traits_[i].being == Traits::Being::state || traits_[i].being == Traits::Being::place;
    const int score = 20 - 4 * static_cast<int>(sentence - traits_[i].sentence) + (traits_[i].subject ? 3 : 0) + (state ? 2 : 0);
    if (score > best_score) best = static_cast<std::int32_t>(i), best_score = score;
  }
  return best;
}

std::vector<std::int32_t> Coreference::pair(std::uint32_t sentence, std::size_t number, bool persons, const std::function<bool(std::int32_t)>& fits) const {
  struct Party {
    std::string_view code;
    std::int32_t mention;
    int weight;
    std::size_t order;
  };
  std::vector<Party> parties;
  std::vector<std::int32_t> together;  // the latest pair told side by side: nearer than those that an earlier plural means
  std::int32_t later = -1;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < 3 * window_mentions; ++seen) {
    const Mention& mention = mentions_.list[i];
    const bool near = traits_[i].sentence + window_sentences >= sentence;
    if (!near && parties.size() >= number) break;
    if (!has_code(mention) || traits_[i].being == Traits::Being::place) continue;
    if (fits && !fits(static_cast<std::int32_t>(i))) continue;
    if (persons && (traits_[i].being != Traits::Being::person || traits_[i].plural)) continue;
    if (mention.actors.size() == number) return together.empty() ? std::vector<std::int32_t>{static_cast<std::int32_t>(i)} : together;
    const int weight = (near ? 4 : 1) + (mention.can_act ? 2 : 0) + (traits_[i].subject ? 2 : 0);
    const auto same = std::find_if(parties.begin(), parties.end(), [&](const Party& p) { return p.code == mention.actors.front().code; });
    const bool fresh = same == parties.end();
    if (fresh)
      parties.push_back({mention.actors.front().code, static_cast<std::int32_t>(i), weight, parties.size()});
    else
      same->weight += weight;
    if (number == 2 && together.empty() && fresh && later >= 0 && coordinated(static_cast<std::int32_t>(i), later))
      together = {static_cast<std::int32_t>(i), later};
    later = static_cast<std::int32_t>(i);
  }
  if (parties.size() < number) return {};
  std::stable_sort(parties.begin(), parties.end(), [](const Party& a, const Party& b) { return a.weight > b.weight; });
  std::vector<std::int32_t> chosen;
  for (std::size_t i = 0; i < number; ++i) chosen.push_back(parties[i].mention);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// "India and Pakistan"
bool Coreference::coordinated(std::int32_t first, std::int32_t second) const {
  const Token& head = parse_[mentions_.list[static_cast<std::size_t>(second)].head];
  return head.deprel == Deprel::conj && head.head >= 0 && mentions_.of_token[static_cast<std::size_t>(head.head)] == first;
}

std::vector<std::int32_t> Coreference::latest_coordination(std::uint32_t token) const {
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < parse_[token].sentence) break;
    const Token& head = parse_[mentions_.list[i].head];
    if (head.deprel != Deprel::conj || head.head < 0) continue;
    const std::int32_t first = mentions_.of_token[static_cast<std::size_t>(head.head)];
    if (first >= 0 && first != static_cast<std::int32_t>(i)) return {first, static_cast<std::int32_t>(i)};
  }
  return {};
}

}  // namespace legation
