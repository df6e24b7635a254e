// Reading and noise. Doors: Treebank::read(), Treebank::add_noise().
#include "treebank.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "lang/word_features.h"

namespace legation {
namespace {

std::string upper_case(std::string_view form) {
  std::string out(form);
  for (char& byte : out) {
    if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - 32);
  }
  return out;
}

std::string title_case(std::string_view form) {
  std::string out(form);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

bool stays_small(const Token& token) { return token.upos == Upos::ADP || token.upos == Upos::DET || token.upos == Upos::CCONJ || token.upos == Upos::PART; }

}  // namespace

Status Treebank::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Error::Code::not_found, path + ": cannot be read"};
  bytes.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  auto text = read_conllu(path, bytes.back());
  if (!text) return text.error();
  const Parse& parse = text.value().parse;
  for (const Sentence& sentence : parse.sentences) {
    const TokenRange range = sentence.tokens;
    TrainingSentence training{{parse.tokens.begin() + range.first, parse.tokens.begin() + range.last}, sentences.size()};
    for (Token& token : training.tokens) token.head = token.head < 0 ? -1 : token.head - static_cast<std::int32_t>(range.first);
    sentences.push_back(std::move(training));
  }
  texts.push_back(std::move(text).value());
  return success();
}

void Treebank::add_noise(double share, std::mt19937& random) {
  const std::size_t originals = sentences.size();
  std::uniform_real_distribution<double> chance(0, 1);
  for (std::size_t i = 0; i < originals; ++i) {
    if (sentences[i].tokens.size() < 4 || chance(random) >= share) continue;
    TrainingSentence copy = sentences[i];
    const double kind = chance(random);
    const bool keep_small = chance(random) < 0.5;
    for (std::size_t t = 0; t < copy.tokens.size(); ++t) {
      Token& token = copy.tokens[t];
      if (kind < 0.3)
        forms.push_back(upper_case(token.form));
      else if (kind < 0.7)
        forms.push_back(keep_small && t > 0 && stays_small(token) ? std::string(token.form) : title_case(token.form));
      else if (kind < 0.85)
        forms.push_back(lower_case(token.form));
      else
        forms.emplace_back(token.form);
      token.form = forms.back();
    }
    Token& last = copy.tokens.back();
    const bool leaf =
        std::none_of(copy.tokens.begin(), copy.tokens.end(), [&](const Token& token) { return token.head == static_cast<int>(copy.tokens.size()) - 1; });
    if (last.form == "." && last.head >= 0 && leaf) copy.tokens.pop_back();
    sentences.push_back(std::move(copy));
  }
}

}  // namespace legation
