// Choice and application of lemma rules. Doors: choose_lemma_rule(), apply_lemma_rule(), lemma_features().
#include "lang/lemmas.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace legation {

std::uint32_t lemma_key(std::uint32_t lower_hash, Upos upos) {
  const std::uint32_t key = (lower_hash ^ (static_cast<std::uint32_t>(upos) + 1) * 0x9e3779b1u) * 0x85ebca6bu;
  return key == 0 ? 1 : key;
}

void lemma_features(const WordFeatures& word, std::size_t tag, FeatureKeys& keys) {
  keys.clear();
  keys.add(1, tag);
  for (std::uint32_t i = 0; i < 5; ++i) keys.add(2 + i, tag, word.suffix[i]);
  keys.add(7, tag, word.shape);
  keys.add(8, tag, word.lower);
  keys.add(9, tag, word.suffix[1], word.prefix[2]);
  keys.add(10, tag, word.shape, word.suffix[1]);
  keys.add(11, tag, word.suffix[3], word.prefix[0]);
}

namespace {

/// "fined" is of "fine": one of "fin" would be "finned". One short vowel before one consonant.
bool would_double(std::string_view stem) {
  const auto vowel = [](char letter) { return std::string_view("aeiou").find(static_cast<char>(letter | 32)) != std::string_view::npos; };
  if (stem.size() < 3 || std::ranges::count_if(stem, vowel) != 1) return false;
  const char last = static_cast<char>(stem.back() | 32);
  return !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(stem[stem.size() - 2]);
}

/// What spelling does to a verb that is not irregular: "bans", "lied", "vied", "hoping", "vying", "barred".
bool regular(const LemmaRule& rule, std::string_view form) {
  if (rule.strip == 0) return rule.append.empty();
  if (rule.strip >= form.size()) return false;
  const std::string_view kept = form.substr(0, form.size() - rule.strip);
  std::string_view cut = form.substr(kept.size());
  if (rule.append == "y") return cut == "ies" || cut == "ied";
  if (rule.append == "ie") return cut == "ying";
  if (rule.append == "e") return cut == "ing";
  if (!rule.append.empty()) return false;
  if (cut.size() > 2 && cut.front() == kept.back())
    cut.remove_prefix(1);  // doubled
  else if ((cut == "ed" || cut == "ing") && would_double(kept))
    return false;
  return cut == "s" || cut == "es" || cut == "d" || cut == "ed" || cut == "ing";
}

/// "They lay wreaths" is no past of lie, but "they froze" is one of freeze whatever the tag; "to found" is itself.
std::optional<std::size_t> irregular_rule(const LanguageModel& model, std::string_view xpos, std::string_view form) {
  std::string lower;
  lower_case(form, lower);
  const auto found = model.irregular_verbs.find(lower);
  if (found == model.irregular_verbs.end()) return std::nullopt;
  if (xpos == "VB" && model.verb_lemmas.contains(lower)) return model.unchanged;
  const bool past = xpos == "VBD" || xpos == "VBN" || xpos == "VBG";
  return past || !model.verb_lemmas.contains(lower) ? std::optional<std::size_t>(found->second) : std::nullopt;
}

/// "blamed" gives "blame" and "blam" by two rules; only one is a verb.
std::size_t best_known_verb(const LanguageModel& model, std::string_view form, const std::vector<std::int32_t>& scores) {
  const std::size_t best = best_class(scores);
  std::size_t chosen = scores.size();
  bool chosen_is_regular = false;
  std::string lemma;
  for (std::size_t rule = 0; rule < scores.size(); ++rule) {
    const bool by_spelling = regular(model.lemma_rules[rule], form);
    if (chosen != scores.size() && std::pair(by_spelling, scores[rule]) <= std::pair(chosen_is_regular, scores[chosen])) continue;
    if (model.lemma_rules[rule].strip > 4) continue;  // "ceasing" is four; longer cuts are irregular forms, all in the table
    apply_lemma_rule(model.lemma_rules[rule], form, lemma);
    // a rule for irregular forms may turn one verb into another: beginnings stay
    const bool same_beginning = lemma.size() >= 2 && form.size() >= 2 && (lemma[0] | 32) == (form[0] | 32) && (lemma[1] | 32) == (form[1] | 32);
    if (!same_beginning || !model.verb_lemmas.contains(lemma)) continue;
    chosen = rule;
    chosen_is_regular = by_spelling;
  }
  return chosen == scores.size() ? best : chosen;
}

}  // namespace

std::size_t choose_lemma_rule(const LanguageModel& model, const WordFeatures& word, std::string_view form, std::size_t tag, std::vector<std::int32_t>& scores) {
  const Tag& lemma_tag = model.lemma_tags[tag];
  if (lemma_tag.upos == Upos::VERB) {
    if (const auto rule = irregular_rule(model, lemma_tag.xpos, form)) return *rule;
  }
  if (const KnownLemma* known = model.known_lemmas.find(lemma_key(word.lower, lemma_tag.upos))) {
    return std::min<std::size_t>(known->rule, model.lemmatizer.classes() - 1);
  }
  FeatureKeys keys;
  lemma_features(word, tag, keys);
  scores.assign(model.lemmatizer.classes(), 0);
  model.lemmatizer.score(keys.keys(), scores.data());
  const bool verb = lemma_tag.upos == Upos::VERB && !model.verb_lemmas.empty();
  return verb ? best_known_verb(model, form, scores) : best_class(scores);
}

void apply_lemma_rule(const LemmaRule& rule, std::string_view form, std::string& out) {
  if (rule.letter_case == LemmaRule::Case::keep)
    out.assign(form);
  else
    lower_case(form, out);
  if (rule.letter_case == LemmaRule::Case::capital && !out.empty()) out[0] = ascii::to_upper(out[0]);
  if (rule.strip > out.size() || (rule.strip == out.size() && rule.append.empty())) return;
  out.resize(out.size() - rule.strip);
  out.append(rule.append);
}

}  // namespace legation
