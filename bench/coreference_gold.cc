// MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF with entity similarity (Luo 2005).
#include "coreference_gold.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace legation {
namespace {

struct Bracket {
  int entity = 0;
  std::string_view type;
  std::uint32_t first = 0;
};

/// The number before the first '-' or '['.
int entity_number(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_first_or_second(const Token& token) { return token.upos == Upos::PRON && (token.has(morph_first_person) || token.has(morph_second_person)); }

class GoldReader {
 public:
  explicit GoldReader(const Parse& tree) : tree_(tree) {}

  void read(std::string_view cell, std::uint32_t token) {
    for (std::size_t at = 0; at < cell.size();) {
      const bool opens = cell[at] == '(';
      at += opens;
      const std::size_t end = std::min(cell.find_first_of("()", at), cell.size());
      const std::string_view piece = cell.substr(at, end - at);
      if (opens) open(piece, token);
      const bool closes = end < cell.size() && cell[end] == ')';
      if (closes) close(entity_number(piece), token);
      at = end + closes;
    }
  }

  std::vector<GoldMention> take() {
    std::stable_sort(mentions_.begin(), mentions_.end(), [](const GoldMention& a, const GoldMention& b) { return a.head < b.head; });
    return std::move(mentions_);
  }

 private:
  void open(std::string_view piece, std::uint32_t token) {
    const std::size_t dash = std::min(piece.find('-'), piece.size());
    const std::size_t end = std::min(piece.find('-', dash + 1), piece.size());
    open_.push_back({entity_number(piece), piece.substr(std::min(dash + 1, piece.size()), end - dash - 1), token});
  }

  void close(int entity, std::uint32_t token) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].entity != entity) continue;
      add(open_[i], {open_[i].first, token + 1});
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }

  void add(const Bracket& bracket, TokenRange range) {
    GoldMention mention;
    mention.entity = bracket.entity;
    mention.type = bracket.type;
    mention.head = range.first;
    for (std::uint32_t t = range.last; t-- > range.first;)
      if (tree_[t].head < 0 || !range.contains(static_cast<std::uint32_t>(tree_[t].head)))
        if (tree_[t].upos != Upos::PUNCT) mention.head = t;
    for (std::uint32_t t = range.first; t < range.last; ++t)
      mention.list = mention.list || (tree_[t].deprel == Deprel::conj && tree_[t].head == static_cast<std::int32_t>(mention.head));
    mention.first_or_second = is_first_or_second(tree_[mention.head]);
    mentions_.push_back(mention);
  }

  const Parse& tree_;
  std::vector<Bracket> open_;
  std::vector<GoldMention> mentions_;
};

std::map<MentionKey, std::size_t> index_of(const Chains& chains) {
  std::map<MentionKey, std::size_t> index;
  for (std::size_t i = 0; i < chains.size(); ++i)
    for (MentionKey mention : chains[i]) index[mention] = i;
  return index;
}

/// Links kept and links there are: a chain of n cut into p parts by the other side keeps n - p of n - 1.
void add_muc(const Chains& chains, const std::map<MentionKey, std::size_t>& others, double& part, double& whole) {
  for (const auto& chain : chains) {
    std::vector<std::size_t> parts;
    std::size_t alone = 0;
    for (MentionKey mention : chain) {
      const auto found = others.find(mention);
      if (found == others.end())
        ++alone;
      else if (std::find(parts.begin(), parts.end(), found->second) == parts.end())
        parts.push_back(found->second);
    }
    part += static_cast<double>(chain.size() - parts.size() - alone);
    whole += static_cast<double>(chain.size() - 1);
  }
}

std::size_t shared(const std::vector<MentionKey>& a, const std::vector<MentionKey>& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](MentionKey m) { return std::find(b.begin(), b.end(), m) != b.end(); }));
}

void add_b_cubed(const Chains& chains, const Chains& other_chains, const std::map<MentionKey, std::size_t>& others, double& part, double& whole) {
  for (const auto& chain : chains)
    for (MentionKey mention : chain) {
      whole += 1;
      const auto found = others.find(mention);
      if (found != others.end()) part += static_cast<double>(shared(chain, other_chains[found->second])) / static_cast<double>(chain.size());
    }
}

/// The greatest sum of similarities when every chain is paired at most once (the Hungarian method).
double best_pairing(const std::vector<std::vector<double>>& similarity) {
  const std::size_t n = similarity.size(), m = n ? similarity[0].size() : 0;
  if (n == 0 || m == 0) return 0;
  const std::size_t size = std::max(n, m);
  const double infinity = std::numeric_limits<double>::infinity();
  const auto cost = [&](std::size_t i, std::size_t j) { return i < n && j < m ? -similarity[i][j] : 0.0; };
  std::vector<double> u(size + 1), v(size + 1);
  std::vector<std::size_t> row_of(size + 1), way(size + 1);
  for (std::size_t i = 1; i <= size; ++i) {
    row_of[0] = i;
    std::size_t column = 0;
    std::vector<double> least(size + 1, infinity);
    std::vector<bool> used(size + 1);
    do {
      used[column] = true;
      const std::size_t row = row_of[column];
      double delta = infinity;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= size; ++j) {
        if (used[j]) continue;
        const double reduced = cost(row - 1, j - 1) - u[row] - v[j];
        if (reduced < least[j]) least[j] = reduced, way[j] = column;
        if (least[j] < delta) delta = least[j], next = j;
      }
      for (std::size_t j = 0; j <= size; ++j) {
        if (used[j])
          u[row_of[j]] += delta, v[j] -= delta;
        else
          least[j] -= delta;
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = way[column]) row_of[column] = row_of[way[column]];
  }
  double sum = 0;
  for (std::size_t j = 1; j <= size; ++j) sum -= cost(row_of[j] - 1, j - 1);
  return sum;
}

}  // namespace

std::vector<GoldMention> read_gold_mentions(std::string_view bytes, const Parse& tree) {
  GoldReader reader(tree);
  std::uint32_t token = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const std::string_view id = line.substr(0, line.find('\t'));
    if (line.empty() || line[0] == '#' || id.find_first_of("-.") != std::string_view::npos) continue;
    const std::string_view misc = line.substr(line.rfind('\t') + 1);
    std::size_t at = misc.find("Entity=");
    while (at != std::string_view::npos && at > 0 && misc[at - 1] != '|') at = misc.find("Entity=", at + 1);
    if (at != std::string_view::npos) {
      const std::string_view rest = misc.substr(at + 7);
      reader.read(rest.substr(0, rest.find('|')), token);
    }
    ++token;
  }
  return reader.take();
}

void ChainScore::add(const Chains& key, const Chains& response) {
  const auto of_key = index_of(key), of_response = index_of(response);
  add_muc(response, of_key, muc.precision_part, muc.precision_whole);
  add_muc(key, of_response, muc.recall_part, muc.recall_whole);
  add_b_cubed(response, key, of_key, b_cubed.precision_part, b_cubed.precision_whole);
  add_b_cubed(key, response, of_response, b_cubed.recall_part, b_cubed.recall_whole);
  std::vector<std::vector<double>> similarity(key.size(), std::vector<double>(response.size()));
  for (std::size_t i = 0; i < key.size(); ++i)
    for (std::size_t j = 0; j < response.size(); ++j)
      similarity[i][j] = 2.0 * static_cast<double>(shared(key[i], response[j])) / static_cast<double>(key[i].size() + response[j].size());
  const double best = best_pairing(similarity);
  ceaf.precision_part += best, ceaf.precision_whole += static_cast<double>(response.size());
  ceaf.recall_part += best, ceaf.recall_whole += static_cast<double>(key.size());
}

}  // namespace legation
