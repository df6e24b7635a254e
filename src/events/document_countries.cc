#include "events/document_countries.h"

#include <algorithm>
#include <array>

#include "entities/metonymy.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::size_t most_countries = 24;  ///< of a document; the rest are not candidates

/// "in Copenhagen", "near the Syrian border"; a dateline.
bool says_where(const Parse& parse, const Mention& mention) {
  if (mention.kind != MentionKind::place && mention.kind != MentionKind::state) return false;
  constexpr std::array<std::string_view, 7> where = {"in", "at", "near", "outside", "inside", "across", "around"};
  const std::string_view how = preposition(parse, mention.head);
  if (std::ranges::any_of(where, [how](std::string_view word) { return is_lower_case_of(how, word); })) return true;
  const Sentence& sentence = parse.sentences[parse[mention.head].sentence];
  if (mention.range.first != sentence.tokens.first || mention.range.last >= sentence.tokens.last) return false;
  const Token& next = parse[mention.range.last];
  return next.upos == Upos::PUNCT && next.lemma != "," && next.lemma != "\"";
}

}  // namespace

void DocumentCountries::add(const Mention& mention, std::string_view code) {
  if (code.empty()) return;
  auto country = std::ranges::find(list_, code, &Country::code);
  if (country == list_.end()) {
    if (list_.size() == most_countries) return;
    list_.push_back({code, {}});
    country = list_.end() - 1;
  }
  const std::uint32_t sentence = parse_[mention.head].sentence;
  country->places.push_back({mention.head, sentence, &mention});
  const bool in_title = parse_.sentences[sentence].in_title;
  country->in_title = country->in_title || in_title;
  country->in_lead = country->in_lead || (!in_title && (sentence == 0 || parse_.sentences[sentence - 1].in_title));
  ++named_;
}

DocumentCountries::DocumentCountries(const Parse& parse, const Mentions& mentions)
    : parse_(parse), subjects_(parse.sentences.size()), scenes_(parse.sentences.size()) {
  for (const Mention& mention : mentions.list) {
    const std::uint32_t sentence = parse[mention.head].sentence;
    const std::string_view code = mention.actors.front().code;
    const Deprel deprel = parse[mention.head].deprel;
    std::string_view& subject = subjects_[sentence];
    if (subject.empty() && (deprel == Deprel::nsubj || deprel == Deprel::nsubj_pass)) subject = code;
    if (!code.empty() && says_where(parse, mention)) scenes_[sentence].code = code;
    if (own_words(mention))
      for (const Actor& actor : mention.actors) add(mention, actor.code);
  }
  for (std::size_t sentence = 1; sentence < scenes_.size(); ++sentence)
    if (scenes_[sentence].code.empty()) scenes_[sentence] = {scenes_[sentence - 1].code, true};
}

const DocumentCountries::Country* DocumentCountries::find(std::string_view code) const {
  const auto country = std::ranges::find(list_, code, &Country::code);
  return code.empty() || country == list_.end() ? nullptr : &*country;
}

double DocumentCountries::share(const Country* country) const {
  return country == nullptr || named_ == 0 ? 0 : static_cast<double>(country->places.size()) / static_cast<double>(named_);
}

std::size_t DocumentCountries::rank(const Country* country) const {
  constexpr std::size_t last = 5;
  if (country == nullptr) return last;
  const auto more = [country](const Country& other) { return other.places.size() > country->places.size(); };
  return std::min(last, static_cast<std::size_t>(std::ranges::count_if(list_, more)));
}

std::size_t DocumentCountries::scene_row(std::string_view code, std::uint32_t sentence) const {
  const Scene& scene = scenes_[sentence];
  if (scene.code.empty()) return 0;
  return (scene.code == code ? 1u : 3u) + (scene.carried ? 1u : 0u);
}

std::string_view DocumentCountries::subject_before(std::uint32_t sentence) const {
  return sentence == 0 || parse_.sentences[sentence - 1].in_title != parse_.sentences[sentence].in_title ? std::string_view() : subjects_[sentence - 1];
}

}  // namespace legation
