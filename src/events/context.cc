#include "events/context.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/table.h"

namespace legation {
namespace {

/// Lemmas keep the capital of names; terms are lower case.
std::string_view lower_lemma(const Token& token, std::string& scratch) {
  const bool has_capital = std::any_of(token.lemma.begin(), token.lemma.end(), ascii::is_upper);
  if (!has_capital) return token.lemma;
  scratch.assign(token.lemma);
  for (char& c : scratch) c = ascii::to_lower(c);
  return scratch;
}

}  // namespace

Result<ContextReader> ContextReader::load(const Resources& resources) {
  ContextReader reader;
  const auto bytes = resources.file("data/contexts/terms.tsv");
  if (!bytes.ok()) return bytes.error();
  const auto read = Table::read("data/contexts/terms.tsv", bytes.value(), {"context", "term", "weight"});
  if (!read.ok()) return read.error();
  const Table& table = read.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Term term;
    auto at = std::find(reader.contexts_.begin(), reader.contexts_.end(), table.cell(row, 0));
    if (at == reader.contexts_.end()) at = reader.contexts_.insert(at, table.cell(row, 0));
    term.context = static_cast<std::uint16_t>(at - reader.contexts_.begin());
    term.lemmas = split_list(table.cell(row, 1), ' ');
    const std::string_view weight = table.cell(row, 2);
    if (std::from_chars(weight.data(), weight.data() + weight.size(), term.weight).ec != std::errc()) return table.fault(row, "weight is no number");
    if (term.lemmas.empty()) return table.fault(row, "term is empty");
    reader.terms_[term.lemmas.front()].push_back(std::move(term));
  }
  return reader;
}

std::vector<std::vector<std::string_view>> ContextReader::read(const Parse& parse) const {
  const std::size_t paragraphs = parse.sentences.empty() ? 0 : parse.sentences.back().paragraph + 1;
  std::vector<std::vector<std::string_view>> found(paragraphs);
  std::vector<float> weights(contexts_.size());
  std::vector<const Term*> seen;
  std::string scratch;
  for (std::size_t at = 0; at < parse.sentences.size();) {
    const std::uint32_t paragraph = parse.sentences[at].paragraph;
    std::fill(weights.begin(), weights.end(), 0.f);
    seen.clear();
    for (; at < parse.sentences.size() && parse.sentences[at].paragraph == paragraph; ++at) {
      const TokenRange range = parse.sentences[at].tokens;
      for (std::uint32_t token = range.first; token < range.last; ++token) {
        const auto terms = terms_.find(lower_lemma(parse[token], scratch));
        if (terms == terms_.end()) continue;
        for (const Term& term : terms->second) {
          if (token + term.lemmas.size() > range.last || std::find(seen.begin(), seen.end(), &term) != seen.end()) continue;
          bool same = true;
          std::string other;
          for (std::size_t word = 1; same && word < term.lemmas.size(); ++word)
            same = lower_lemma(parse[token + static_cast<std::uint32_t>(word)], other) == term.lemmas[word];
          if (!same) continue;
          seen.push_back(&term);  // a term counts once a paragraph
          weights[term.context] += term.weight;
        }
      }
    }
    for (std::size_t context = 0; context < weights.size(); ++context)
      if (weights[context] >= 1) found[paragraph].push_back(contexts_[context]);
    std::sort(found[paragraph].begin(), found[paragraph].end());
  }
  return found;
}

}  // namespace legation
