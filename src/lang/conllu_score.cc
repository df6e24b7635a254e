// Alignment of two analyses of one text and counting. Door: score_conllu().
#include "lang/conllu_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"

namespace legation {
namespace {

/// The text of an analysis without white space, and each unit's place in it.
struct Side {
  const Parse& parse;
  std::string text;
  std::vector<Span> sentences, tokens;
  struct Word {
    std::uint32_t index;
    Span span;  ///< of the surface token it belongs to
    bool contracted;
  };
  std::vector<Word> words;
};

void append_form(std::string_view form, std::string& text) {
  // White space inside a form ("100 000") is no part of the characters compared.
  for (char byte : form) {
    if (byte != ' ' && byte != '\t' && byte != '\n') text += byte;
  }
}

Span append_surface(Side& side, std::string_view form) {
  const auto begin = static_cast<std::uint32_t>(side.text.size());
  append_form(form, side.text);
  const Span span{begin, static_cast<std::uint32_t>(side.text.size())};
  side.tokens.push_back(span);
  return span;
}

Side lay_out(const Parse& parse) {
  Side side{parse, {}, {}, {}, {}};
  std::size_t surface = 0;
  for (const Sentence& sentence : parse.sentences) {
    const auto begin = static_cast<std::uint32_t>(side.text.size());
    for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last;) {
      const bool contracted = surface < parse.multiwords.size() && parse.multiwords[surface].words.first == i;
      const std::uint32_t last = contracted ? parse.multiwords[surface].words.last : i + 1;
      const std::string_view form = contracted ? parse.document->words(parse.multiwords[surface].span) : parse[i].form;
      const Span span = append_surface(side, form);
      for (; i < last; ++i) side.words.push_back({i, span, contracted});
      surface += contracted;
    }
    side.sentences.push_back({begin, static_cast<std::uint32_t>(side.text.size())});
  }
  return side;
}

std::uint32_t count_same(const std::vector<Span>& gold, const std::vector<Span>& system) {
  std::uint32_t same = 0;
  for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (gold[g].begin == system[s].begin) {
      same += gold[g++].end == system[s++].end;
    } else {
      gold[g].begin < system[s].begin ? ++g : ++s;
    }
  }
  return same;
}

bool same_form(const Side& a, const Side::Word& x, const Side& b, const Side::Word& y) {
  const std::string_view f = a.parse[x.index].form, g = b.parse[y.index].form;
  return std::equal(f.begin(), f.end(), g.begin(), g.end(), [](char p, char q) { return ascii::to_lower(p) == ascii::to_lower(q); });
}

using Alignment = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // gold word, system word

struct WordRange {
  std::size_t begin, end;
};

/// Longest common subsequence of forms over the words of overlapping contractions.
void align_block(const Side& gold, WordRange g, const Side& system, WordRange s, Alignment& out) {
  const std::size_t rows = g.end - g.begin, columns = s.end - s.begin;
  std::vector<std::uint32_t> best((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t r, std::size_t c) -> std::uint32_t& { return best[r * (columns + 1) + c]; };
  const auto same = [&](std::size_t r, std::size_t c) { return same_form(gold, gold.words[g.begin + r], system, system.words[s.begin + c]); };
  for (std::size_t r = rows; r-- > 0;) {
    for (std::size_t c = columns; c-- > 0;) at(r, c) = same(r, c) ? 1 + at(r + 1, c + 1) : std::max(at(r + 1, c), at(r, c + 1));
  }
  for (std::size_t r = 0, c = 0; r < rows && c < columns;) {
    if (same(r, c))
      out.emplace_back(g.begin + r++, s.begin + c++);
    else
      at(r + 1, c) >= at(r, c + 1) ? ++r : ++c;
  }
}

/// The words from `g` and `s` on whose surface tokens overlap a contraction, transitively.
std::pair<WordRange, WordRange> contraction_block(const Side& gold, std::size_t g, const Side& system, std::size_t s) {
  WordRange a{g, g}, b{s, s};
  std::uint32_t end = gold.words[g].contracted ? gold.words[g].span.end : system.words[s].span.end;
  for (bool grew = true; grew;) {
    grew = false;
    for (; a.end < gold.words.size() && gold.words[a.end].span.begin < end; ++a.end, grew = true) {
      if (gold.words[a.end].contracted) end = std::max(end, gold.words[a.end].span.end);
    }
    for (; b.end < system.words.size() && system.words[b.end].span.begin < end; ++b.end, grew = true) {
      if (system.words[b.end].contracted) end = std::max(end, system.words[b.end].span.end);
    }
  }
  return {a, b};
}

Alignment align_words(const Side& gold, const Side& system) {
  Alignment out;
  for (std::size_t g = 0, s = 0; g < gold.words.size() && s < system.words.size();) {
    const auto &a = gold.words[g], &b = system.words[s];
    const bool block = (a.contracted && a.span.begin <= b.span.begin) || (b.contracted && b.span.begin <= a.span.begin);
    if (block) {
      const auto [x, y] = contraction_block(gold, g, system, s);
      align_block(gold, x, system, y, out);
      g = std::max(x.end, g);
      s = std::max(y.end, s);
    } else if (a.span == b.span) {
      out.emplace_back(g++, s++);
    } else {
      a.span.begin < b.span.begin || (a.span.begin == b.span.begin && a.span.end <= b.span.end) ? ++g : ++s;
    }
  }
  return out;
}

std::string_view main_relation(Deprel deprel) {
  const std::string_view full = name(deprel);
  return full.substr(0, full.find(':'));
}

/// The features that the shared task compares.
constexpr std::array<std::string_view, 21> universal_features = {"PronType", "NumType", "Poss",  "Reflex",   "Foreign",  "Abbr",     "Gender",
                                                                 "Animacy",  "Number",  "Case",  "Definite", "Degree",   "VerbForm", "Mood",
                                                                 "Tense",    "Aspect",  "Voice", "Evident",  "Polarity", "Person",   "Polite"};

std::string universal_feats(std::string_view feats) {
  std::string out;
  while (!feats.empty()) {
    const std::size_t bar = std::min(feats.find('|'), feats.size());
    const std::string_view feature = feats.substr(0, bar), key = feature.substr(0, feature.find('='));
    if (std::find(universal_features.begin(), universal_features.end(), key) != universal_features.end()) out.append(feature) += '|';
    feats.remove_prefix(std::min(bar + 1, feats.size()));
  }
  return out;
}

class Counter {
 public:
  Counter(const Side& gold, const Side& system) : gold_(gold), system_(system), alignment_(align_words(gold, system)) {
    gold_of_.assign(system.parse.tokens.size(), -1);
    for (const auto& [g, s] : alignment_) gold_of_[system.words[s].index] = static_cast<std::int32_t>(gold.words[g].index);
  }

  template <class Same>
  ConlluMetric count(Same same) const {
    ConlluMetric metric = sizes();
    metric.aligned = static_cast<std::uint32_t>(alignment_.size());
    for (const auto& [g, s] : alignment_) metric.correct += same(gold_.parse[gold_.words[g].index], system_.parse[system_.words[s].index]);
    return metric;
  }

  bool same_head(const Token& gold, const Token& system) const {
    if (gold.head < 0 || system.head < 0) return gold.head < 0 && system.head < 0;
    return gold_of_[static_cast<std::size_t>(system.head)] == gold.head;
  }

 private:
  ConlluMetric sizes() const { return {static_cast<std::uint32_t>(gold_.words.size()), static_cast<std::uint32_t>(system_.words.size()), 0, 0}; }

  const Side &gold_, &system_;
  Alignment alignment_;
  std::vector<std::int32_t> gold_of_;
};

ConlluMetric span_metric(const std::vector<Span>& gold, const std::vector<Span>& system) {
  return {static_cast<std::uint32_t>(gold.size()), static_cast<std::uint32_t>(system.size()), count_same(gold, system), 0};
}

}  // namespace

Result<ConlluScore> score_conllu(const Parse& gold_parse, const Parse& system_parse) {
  const Side gold = lay_out(gold_parse), system = lay_out(system_parse);
  if (gold.text != system.text) {
    const auto at = std::mismatch(gold.text.begin(), gold.text.end(), system.text.begin(), system.text.end()).first - gold.text.begin();
    return Error{Error::Code::bad_format,
                 fmt::format("gold and system differ in their text after {} characters: \"{}\" and \"{}\"", at,
                             gold.text.substr(static_cast<std::size_t>(at), 20), system.text.substr(static_cast<std::size_t>(at), 20))};
  }
  const Counter counter(gold, system);
  ConlluScore score;
  score.tokens = span_metric(gold.tokens, system.tokens);
  score.sentences = span_metric(gold.sentences, system.sentences);
  score.words = counter.count([](const Token&, const Token&) { return true; });
  score.upos = counter.count([](const Token& g, const Token& s) { return g.upos == s.upos; });
  score.xpos = counter.count([](const Token& g, const Token& s) { return g.xpos == s.xpos; });
  score.feats = counter.count([](const Token& g, const Token& s) { return universal_feats(g.feats) == universal_feats(s.feats); });
  score.all_feats = counter.count([](const Token& g, const Token& s) { return g.feats == s.feats; });
  score.lemmas = counter.count([](const Token& g, const Token& s) { return g.lemma == "_" || g.lemma == s.lemma; });
  score.uas = counter.count([&](const Token& g, const Token& s) { return counter.same_head(g, s); });
  score.las = counter.count([&](const Token& g, const Token& s) { return counter.same_head(g, s) && main_relation(g.deprel) == main_relation(s.deprel); });
  score.las_subtypes = counter.count([&](const Token& g, const Token& s) { return counter.same_head(g, s) && g.deprel == s.deprel; });
  return score;
}

std::string ConlluScore::table() const {
  const std::pair<const char*, const ConlluMetric*> rows[] = {
      {"Tokens", &tokens},      {"Sentences", &sentences}, {"Words", &words}, {"UPOS", &upos}, {"XPOS", &xpos},           {"FEATS", &feats},
      {"AllFEATS", &all_feats}, {"Lemmas", &lemmas},       {"UAS", &uas},     {"LAS", &las},   {"LAS+sub", &las_subtypes}};
  std::string out = "metric     precision  recall     F1  aligned\n";
  for (const auto& [title, metric] : rows) {
    const std::string aligned = metric->aligned == 0 ? "" : fmt::format("{:.2f}", metric->aligned_accuracy());
    out += fmt::format("{:<10} {:>9.2f} {:>7.2f} {:>6.2f} {:>8}\n", title, metric->precision(), metric->recall(), metric->f1(), aligned);
  }
  return out;
}

}  // namespace legation
