// Measures coreference on CoNLL-U files with GUM's Entity= brackets: chains (MUC, B-cubed, CEAF-e) and the accuracy of
// pronouns. Sentences and tokens are the gold ones; tags and trees are ours unless --gold-trees. docs/evaluation.md
// says what is counted.
#include <fmt/core.h>
#include <lzma.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "coreference_gold.h"
#include "entities/linker.h"
#include "lang/analyzer.h"
#include "lang/conllu.h"

namespace legation {
namespace {

constexpr int exit_skipped = 77;  // ctest's SKIP_RETURN_CODE

struct Arguments {
  std::vector<std::string> files;
  std::string dump, data;
  bool gold_trees = false, misses = false;
  double pronoun_floor = 0, mean_floor = 0;
};

Result<std::string> read_xz(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Error::Code::not_found, path + ": cannot be opened"};
  std::string packed(std::istreambuf_iterator<char>(file), {});
  if (!path.ends_with(".xz")) return packed;
  std::string out;
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, std::uint64_t{1} << 30, 0) != LZMA_OK) return Error{Error::Code::io, path + ": no memory"};
  stream.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
  stream.avail_in = packed.size();
  lzma_ret state = LZMA_OK;
  std::string block(1 << 20, '\0');
  while (state == LZMA_OK) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(block.data());
    stream.avail_out = block.size();
    state = lzma_code(&stream, LZMA_FINISH);
    out.append(block, 0, block.size() - stream.avail_out);
  }
  lzma_end(&stream);
  if (state != LZMA_STREAM_END) return Error{Error::Code::bad_format, path + ": not a whole xz file"};
  return out;
}

/// The documents of a file, each with its comments.
std::vector<std::string_view> documents_of(std::string_view bytes) {
  std::vector<std::string_view> documents;
  constexpr std::string_view mark = "# newdoc id";
  std::size_t at = bytes.find(mark);
  while (at != std::string_view::npos) {
    const std::size_t next = bytes.find(mark, at + 1);
    documents.push_back(bytes.substr(at, next == std::string_view::npos ? next : next - at));
    at = next;
  }
  return documents;
}

bool is_actor(std::string_view type) { return type == "person" || type == "organization" || type == "place"; }

struct PronounCount {
  int right = 0, all = 0;
  double share() const { return all ? 100.0 * right / all : 0; }
};

struct LinkCount {
  int wanted = 0, given = 0, right = 0;
};

struct Totals {
  std::map<std::string, LinkCount> links;  ///< by form: name, noun, pronoun
  ChainScore chains;
  std::map<std::string, PronounCount> near;  ///< antecedent in the sentence or the two before; by pronoun
  PronounCount any;                          ///< whatever the distance
  PronounCount descriptions;                 ///< definite nouns that refer back
  PronounCount none;                         ///< pronouns without an antecedent that got none
};

class Measurement {
 public:
  Measurement(const Analyzer& analyzer, const Linker& linker, const Arguments& arguments) : analyzer_(analyzer), linker_(linker), arguments_(arguments) {
    if (!arguments.dump.empty()) dump_.open(arguments.dump);
  }

  Status run(const std::string& path) {
    const auto bytes = read_xz(path);
    if (!bytes.ok()) return bytes.error();
    for (std::string_view document : documents_of(bytes.value()))
      if (Status status = measure(path, document); !status.ok()) return status;
    return success();
  }
  const Totals& totals() const { return totals_; }

 private:
  Status measure(const std::string& path, std::string_view bytes) {
    auto gold = read_conllu(path, bytes);
    if (!gold.ok()) return gold.error();
    gold.value().parse.build_children();
    const std::vector<GoldMention> mentions = read_gold_mentions(bytes, gold.value().parse);
    Parse parse = gold.value().parse;
    if (!arguments_.gold_trees) analyzer_.analyze_tokens(parse, analysis_);
    parse.build_children();
    ReferenceTrace trace;
    linker_.link(parse, std::nullopt, linking_, &trace);
    take(mentions);
    totals_.chains.add(key_chains(mentions), response_chains(parse, trace));
    for (const ReferenceTrial& trial : trace.trials) judge(parse, trace, trial, mentions);
    judge_descriptions(parse, trace, mentions);
    count_links(parse, trace, mentions);
    return success();
  }

  void take(const std::vector<GoldMention>& mentions) {
    entity_of_.clear();
    for (const GoldMention& mention : mentions) entity_of_.emplace(mention_key(mention.head, mention.list), &mention);
  }

  const GoldMention* at(std::uint32_t head, bool list) const {
    const auto found = entity_of_.find(mention_key(head, list));
    if (found != entity_of_.end()) return found->second;
    if (!list) return nullptr;
    const auto alone = entity_of_.find(mention_key(head, false));
    return alone == entity_of_.end() ? nullptr : nullptr;
  }

  /// Persons, organisations and places told at least twice, without "I" and "you".
  static Chains key_chains(const std::vector<GoldMention>& mentions) {
    std::map<int, std::vector<MentionKey>> by_entity;
    for (const GoldMention& mention : mentions) {
      if (!is_actor(mention.type) || mention.first_or_second) continue;
      auto& chain = by_entity[mention.entity];
      const MentionKey key = mention_key(mention.head, mention.list);
      if (std::find(chain.begin(), chain.end(), key) == chain.end()) chain.push_back(key);
    }
    Chains chains;
    for (auto& [entity, chain] : by_entity)
      if (chain.size() > 1) chains.push_back(std::move(chain));
    return chains;
  }

  static bool is_actor(Being being) { return being == Being::person || being == Being::group || being == Being::state || being == Being::place; }
  static bool is_actor(std::string_view type) { return legation::is_actor(type); }

  Chains response_chains(const Parse& parse, const ReferenceTrace& trace) const {
    std::map<std::uint32_t, std::vector<std::size_t>> by_chain;
    for (std::size_t i = 0; i < trace.referents.size(); ++i) by_chain[trace.referents[i].chain].push_back(i);
    Chains chains;
    for (const auto& [chain, members] : by_chain) {
      int actors = 0, others = 0;
      for (std::size_t i : members) {
        const Referent& r = trace.referents[i];
        if (is_actor(r.being))
          ++actors;
        else if (r.being != Being::unknown || r.form == Referent::Form::noun)
          ++others;
        else if (r.form == Referent::Form::name && parse[r.head].upos == Upos::PROPN)
          ++actors;
      }
      if (members.size() < 2 || actors <= others) continue;
      std::vector<MentionKey> keys;
      for (std::size_t i : members) keys.push_back(mention_key(trace.referents[i].head, trace.referents[i].form == Referent::Form::list));
      chains.push_back(std::move(keys));
    }
    return chains;
  }

  const GoldMention* of(const ReferenceTrace& trace, std::int32_t referent) const {
    if (referent < 0) return nullptr;
    const Referent& r = trace.referents[static_cast<std::size_t>(referent)];
    return at(r.head, r.form == Referent::Form::list);
  }

  /// The gold antecedent's distance in sentences; -1 when nothing of its entity stands before.
  static int distance(const Parse& parse, const GoldMention& mention, const std::vector<GoldMention>& mentions) {
    int least = -1;
    for (const GoldMention& other : mentions)
      if (other.entity == mention.entity && other.head < mention.head) least = static_cast<int>(parse[mention.head].sentence - parse[other.head].sentence);
    return least;
  }

  void judge(const Parse& parse, const ReferenceTrace& trace, const ReferenceTrial& trial, const std::vector<GoldMention>& mentions) {
    const GoldMention* self = at(trial.token, false);
    const int away = self ? distance(parse, *self, mentions) : -1;
    const Referent* referent = nullptr;
    for (const Referent& r : trace.referents)
      if (r.head == trial.token && r.form == Referent::Form::pronoun) referent = &r;
    const GoldMention* chosen = referent ? of(trace, referent->antecedent) : nullptr;
    const bool right = self && chosen && chosen->entity == self->entity;
    write_trial(trace, trial, self, away);
    if (!self || away < 0) {
      totals_.none.all += 1;
      totals_.none.right += !referent || referent->antecedent < 0;
      return;
    }
    if (!is_actor(self->type)) return;
    totals_.any.all += 1, totals_.any.right += right;
    if (away > 2) return;
    static constexpr std::array<const char*, 3> names = {"he, she", "it", "they"};
    PronounCount& count = totals_.near[names[static_cast<std::size_t>(trial.kind)]];
    count.all += 1, count.right += right;
    if (!right && arguments_.misses) show(parse, trace, trial, *self, mentions, referent);
  }

  void show(const Parse& parse, const ReferenceTrace& trace, const ReferenceTrial& trial, const GoldMention& self, const std::vector<GoldMention>& mentions,
            const Referent* referent) const {
    std::string wanted = "?";
    for (const GoldMention& other : mentions)
      if (other.entity == self.entity && other.head < self.head) wanted = std::string(parse[other.head].form) + (other.list ? " and ..." : "");
    std::string got = "nobody";
    if (referent && referent->antecedent >= 0) {
      const Referent& r = trace.referents[static_cast<std::size_t>(referent->antecedent)];
      got = std::string(parse[r.head].form) + (r.form == Referent::Form::list ? " and ..." : "");
    }
    bool offered = false;
    for (std::int32_t candidate : trial.candidates) {
      const GoldMention* gold = of(trace, candidate);
      offered = offered || (gold && gold->entity == self.entity);
    }
    std::string words;
    const std::uint32_t sentence = parse[trial.token].sentence;
    for (std::uint32_t s = sentence > 1 ? sentence - 2 : 0; s <= sentence; ++s)
      for (std::uint32_t t = parse.sentences[s].tokens.first; t < parse.sentences[s].tokens.last; ++t)
        words += (t == trial.token ? "[" + std::string(parse[t].form) + "]" : std::string(parse[t].form)) + " ";
    fmt::print("{} -> {} not {} ({}{})\n    {}\n", parse[trial.token].form, wanted, got, self.type, offered ? "" : ", not offered", words);
  }

  /// Links to an earlier mention by the form of what is linked: wanted, given, right.
  void count_links(const Parse& parse, const ReferenceTrace& trace, const std::vector<GoldMention>& mentions) {
    const auto form_of = [&](std::uint32_t head) {
      return parse[head].upos == Upos::PROPN ? "name" : parse[head].upos == Upos::PRON || parse[head].upos == Upos::DET ? "pronoun" : "noun";
    };
    for (const GoldMention& mention : mentions)
      if (is_actor(mention.type) && !mention.first_or_second && distance(parse, mention, mentions) >= 0) ++totals_.links[form_of(mention.head)].wanted;
    for (const Referent& r : trace.referents) {
      const GoldMention* self = at(r.head, r.form == Referent::Form::list);
      const GoldMention* chosen = of(trace, r.antecedent);
      if (r.antecedent < 0 || (self && !is_actor(self->type))) continue;
      if (!self && !is_actor(r.being)) continue;
      auto& count = totals_.links[form_of(r.head)];
      ++count.given;
      count.right += self && chosen && chosen->entity == self->entity;
      if (arguments_.misses && !(self && chosen && chosen->entity == self->entity) && parse[r.head].upos != Upos::PRON)
        fmt::print("link {} ~> {} wrong ({})\n", parse[r.head].form, parse[trace.referents[static_cast<std::size_t>(r.antecedent)].head].form,
                   self ? "other" : "no mention");
    }
    if (!arguments_.misses) return;
    for (const GoldMention& mention : mentions) {
      if (!is_actor(mention.type) || mention.first_or_second || distance(parse, mention, mentions) < 0 || parse[mention.head].upos != Upos::PROPN) continue;
      bool right = false;
      for (const Referent& r : trace.referents)
        if (r.head == mention.head && (r.form == Referent::Form::list) == mention.list) right = r.antecedent >= 0;
      if (!right) fmt::print("name {} unlinked{}\n", parse[mention.head].form, mention.list ? " list" : "");
    }
  }

  static void show_description(const Parse& parse, const ReferenceTrace& trace, const GoldMention& mention, const std::vector<GoldMention>& mentions,
                               const Referent* referent) {
    std::string wanted;
    for (const GoldMention& other : mentions)
      if (other.entity == mention.entity && other.head < mention.head)
        wanted = std::string(parse[other.head].form) + " " + std::to_string(parse[mention.head].sentence - parse[other.head].sentence) + " before";
    const bool linked = referent && referent->antecedent >= 0;
    fmt::print("the {} => {} not {}\n", parse[mention.head].form, wanted,
               linked ? parse[trace.referents[static_cast<std::size_t>(referent->antecedent)].head].form : "new");
  }

  /// One line a candidate: trial, kind, right or not, features; only trials from which something can be learnt.
  void write_trial(const ReferenceTrace& trace, const ReferenceTrial& trial, const GoldMention* self, int away) {
    if (!dump_) return;
    std::vector<bool> right(trial.candidates.size());
    bool any = false;
    for (std::size_t i = 0; i + 1 < trial.candidates.size(); ++i) {
      const GoldMention* gold = of(trace, trial.candidates[i]);
      right[i] = self && gold && gold->entity == self->entity;
      any = any || right[i];
    }
    if (!any && away >= 0 && away < 3) return;  // it is there, but not among the candidates
    if (!any) right.back() = true;
    ++trials_;
    for (std::size_t i = 0; i < trial.candidates.size(); ++i) {
      dump_ << trials_ << '\t' << static_cast<int>(trial.kind) << '\t' << right[i];
      for (std::uint16_t feature : trial.features[i]) dump_ << '\t' << FeatureSpace::name(feature);
      dump_ << '\n';
    }
  }

  /// "the company": definite nouns of an actor told before; right when linked to any of its mentions.
  void judge_descriptions(const Parse& parse, const ReferenceTrace& trace, const std::vector<GoldMention>& mentions) {
    for (const GoldMention& mention : mentions) {
      const Token& head = parse[mention.head];
      if (!is_actor(mention.type) || mention.list || head.upos != Upos::NOUN) continue;
      bool definite = false;
      for (std::uint32_t child : parse.children(mention.head))
        definite = definite || (parse[child].deprel == Deprel::det && parse[child].has(morph_definite) && parse[child].lemma == "the") ||
                   parse[child].has(morph_demonstrative);
      if (!definite || distance(parse, mention, mentions) < 0) continue;
      totals_.descriptions.all += 1;
      const Referent* referent = nullptr;
      for (const Referent& r : trace.referents)
        if (r.head == mention.head && r.form != Referent::Form::list) referent = &r;
      const GoldMention* chosen = referent ? of(trace, referent->antecedent) : nullptr;
      const bool right = chosen && chosen->entity == mention.entity;
      totals_.descriptions.right += right;
      if (!right && arguments_.misses) show_description(parse, trace, mention, mentions, referent);
    }
  }

  const Analyzer& analyzer_;
  const Linker& linker_;
  const Arguments& arguments_;
  Analyzer::Workspace analysis_;
  Linker::Workspace linking_;
  Totals totals_;
  std::map<MentionKey, const GoldMention*> entity_of_;
  std::ofstream dump_;
  int trials_ = 0;
};

void print_quotient(const char* name, const Quotient& quotient) {
  fmt::print("{:<8} precision {:5.1f}  recall {:5.1f}  F1 {:5.1f}\n", name, 100 * quotient.precision(), 100 * quotient.recall(), 100 * quotient.f1());
}

int report(const Totals& totals, const Arguments& arguments) {
  print_quotient("MUC", totals.chains.muc);
  print_quotient("B-cubed", totals.chains.b_cubed);
  print_quotient("CEAF-e", totals.chains.ceaf);
  fmt::print("mean F1 {:.1f}\n", 100 * totals.chains.mean());
  for (const auto& [form, count] : totals.links)
    fmt::print("links of {:<8} wanted {:5}  given {:5}  right {:5}\n", form, count.wanted, count.given, count.right);
  PronounCount near;
  for (const auto& [name, count] : totals.near) {
    fmt::print("{:<8} {:4} of {:4}  {:5.1f}%\n", name, count.right, count.all, count.share());
    near.right += count.right, near.all += count.all;
  }
  fmt::print("pronouns with the antecedent in the two sentences before: {} of {}, {:.1f}%\n", near.right, near.all, near.share());
  fmt::print("pronouns at any distance: {} of {}, {:.1f}%\n", totals.any.right, totals.any.all, totals.any.share());
  fmt::print("pronouns of nobody left alone: {} of {}, {:.1f}%\n", totals.none.right, totals.none.all, totals.none.share());
  fmt::print("definite nouns that refer back: {} of {}, {:.1f}%\n", totals.descriptions.right, totals.descriptions.all, totals.descriptions.share());
  if (near.share() >= arguments.pronoun_floor && 100 * totals.chains.mean() >= arguments.mean_floor) return 0;
  fmt::print("below the floor of {:.1f}% or of mean {:.1f}\n", arguments.pronoun_floor, arguments.mean_floor);
  return 1;
}

int run(const Arguments& arguments) {
  for (const std::string& file : arguments.files)
    if (!std::ifstream(file)) {
      fmt::print("skipped: {} is not there\n", file);
      return exit_skipped;
    }
  Resources resources = Resources::embedded(embedded_files());
  if (!arguments.data.empty())
    if (Status status = resources.overlay(arguments.data); !status.ok()) return fmt::print(stderr, "{}\n", status.error().what), 2;
  const auto model = resources.file("models/english/lang.bin");
  if (!model.ok()) return fmt::print(stderr, "{}\n", model.error().what), 2;
  const auto analyzer = Analyzer::load(model.value());
  if (!analyzer.ok()) return fmt::print(stderr, "{}\n", analyzer.error().what), 2;
  const auto linker = Linker::load(resources);
  if (!linker.ok()) return fmt::print(stderr, "{}\n", linker.error().what), 2;
  Measurement measurement(analyzer.value(), linker.value(), arguments);
  for (const std::string& file : arguments.files)
    if (Status status = measurement.run(file); !status.ok()) return fmt::print(stderr, "{}\n", status.error().what), 2;
  return report(measurement.totals(), arguments);
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  legation::Arguments arguments;
  CLI::App app("Measures coreference on CoNLL-U with Entity= brackets (.xz or plain)");
  app.add_option("files", arguments.files)->required();
  app.add_flag("--gold-trees", arguments.gold_trees, "take the trees of the file instead of ours");
  app.add_flag("--misses", arguments.misses, "print pronouns that chose wrongly");
  app.add_option("--dump", arguments.dump, "write what pronouns could choose from here, for train/coreference.py");
  app.add_option("--data", arguments.data, "a folder of tables laid over ours");
  app.add_option("--pronoun-floor", arguments.pronoun_floor, "exit 1 when pronouns are right less often, per cent");
  app.add_option("--mean-floor", arguments.mean_floor, "exit 1 when the mean F1 is lower");
  CLI11_PARSE(app, argc, argv);
  return legation::run(arguments);
}
