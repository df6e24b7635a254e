// legation explain: every sentence with its tree, mentions, times, events and why; and what was dropped and why.
#include <fmt/format.h>

#include <iterator>

#include "cli/commands.h"
#include "cli/session.h"
#include "store/record_writer.h"

namespace legation {
namespace {

/// Writes one document's explanation into a string.
class Explanation {
 public:
  Explanation(const Engine& engine, bool colour, bool tree) : engine_(engine), colour_(colour), tree_(tree) {}

  std::string of(const CodedDocument& coded) {
    coded_ = &coded;
    const Document& document = coded.document;
    add("{}  {}\n", bold(document.title().empty() ? document.id : document.title()), dim(coded.dated ? coded.dated->iso() : "no date"));
    for (std::uint32_t at = 0; at < coded.parse.sentences.size(); ++at) sentence(at);
    add("\n{}\n", dim(engine_.version()));
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }
  std::string paint(std::string_view text, const char* code) const { return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text); }
  std::string bold(std::string_view text) const { return paint(text, "1"); }
  std::string dim(std::string_view text) const { return paint(text, "2"); }

  void sentence(std::uint32_t index) {
    const Parse& parse = coded_->parse;
    const Sentence& sentence = parse.sentences[index];
    add("\n{} {}\n", bold(fmt::format("[{}]", index)), parse.words(sentence.tokens));
    if (tree_) tree(sentence.root, "  ", 0);
    mentions(sentence.tokens);
    times(sentence.tokens);
    for (const Event& event : coded_->coded.events)
      for (const Evidence& evidence : event.evidence)
        if (evidence.sentence == index) show(event, evidence, &evidence == &event.evidence.front());
    for (const Claim& claim : coded_->coded.claims)
      if (claim.evidence.sentence == index) show(claim);
    for (const Dropped& dropped : coded_->coded.dropped)
      if (dropped.sentence == index) add("  {} “{}”: {} ({})\n", paint("dropped", "33"), coded_->document.words(dropped.trigger), dropped.why, dropped.what);
  }

  void tree(std::uint32_t token, const std::string& indent, int depth) {
    constexpr int deepest = 60;  // a chain longer than this is no prose; the terminal could not show it
    const Parse& parse = coded_->parse;
    add("{}{} {}\n", indent, parse[token].form, dim(fmt::format("{} {} {}", name(parse[token].deprel), name(parse[token].upos), parse[token].lemma)));
    if (depth >= deepest) return;
    for (std::uint32_t child : parse.children(token)) tree(child, indent + "  ", depth + 1);
  }

  static std::string who(const Actor& actor) {
    std::string text = actor.code.empty() ? "?" : actor.code;
    if (!actor.sector.empty()) text += " " + actor.sector;
    for (const std::string& sector : actor.other_sectors) text += "+" + sector;
    if (!actor.name.empty()) text += " " + actor.name;
    if (!actor.role.empty()) text += ", " + actor.role;
    return text;
  }

  void mentions(TokenRange range) {
    for (const Mention& mention : coded_->mentions.list) {
      if (!range.contains(mention.head)) continue;
      add("  {} “{}” {}", paint("mention", "36"), coded_->parse.words(mention.range), name(mention.kind));
      for (const Actor& actor : mention.actors) add("  {} {}", who(actor), dim(actor.why));
      if (mention.antecedent >= 0) add("  ← “{}”", coded_->parse.words(coded_->mentions.list[static_cast<std::size_t>(mention.antecedent)].range));
      if (!mention.can_act) add("  {}", dim("cannot act"));
      add("\n");
    }
  }

  void times(TokenRange range) {
    for (const TimeExpression& time : coded_->times)
      if (range.contains(time.range.first))
        add("  {}    “{}” {} to {} ({})\n", paint("time", "36"), coded_->parse.words(time.range), time.span.begin.iso(), time.span.end.iso(),
            name(time.span.granularity));
  }

  void show(const Event& event, const Evidence& evidence, bool first) {
    std::string type(name(event.type));
    for (const std::string& mode : event.modes) type += " " + mode;
    for (std::string_view flag : auxiliary_names(event.auxiliary)) type += " [" + std::string(flag) + "]";
    add("  {} {} “{}”{}\n", paint("event", "32"), bold(type), coded_->document.words(evidence.trigger), first ? "" : " (told again)");
    if (!first) return;
    for (const Actor& actor : event.actors) add("    actor      {}  “{}”\n", who(actor), actor.text);
    for (const Actor& actor : event.recipients) add("    recipient  {}  “{}”\n", who(actor), actor.text);
    if (event.date)
      add("    date       {} to {} ({}, from {}{})\n", event.date->span.begin.iso(), event.date->span.end.iso(), name(event.date->span.granularity),
          name(event.date->basis), event.date->words.empty() ? "" : fmt::format(" “{}”", coded_->document.words(event.date->words)));
    if (event.place) add("    place      {} {}\n", event.place->name, event.place->country);
    for (const Attribution& link : event.attribution)
      add("    says       {} “{}” ({}{}{})\n", who(link.speaker), link.speaker.text, link.verb, link.direct ? ", direct" : "", link.hedged ? ", hedged" : "");
    for (const Quantity& quantity : event.quantities)
      add("    quantity   {} {} {:.15g} {} {}\n", name(quantity.kind), quantity.bound, quantity.value, quantity.unit, quantity.of);
    if (!event.contexts.empty()) add("    contexts   {}\n", fmt::join(event.contexts, ", "));
    const std::string_view cameo = engine_.ontology().cameo(event.type, event.modes);
    add("    score      {:+.1f}, CAMEO {}, confidence {:.2f}\n", engine_.ontology().score(event.type, event.modes), cameo, event.confidence);
    for (const std::string& step : event.trace) {
      const bool scores = step.starts_with("scorer: ");
      add("    {}     {}\n", scores ? "scorer" : "scope ", scores ? step.substr(8) : step);
    }
    add("    rule       {}\n", dim(event.rule));
  }

  void show(const Claim& claim) {
    add("  {} {} “{}”\n", paint("claim", "35"), bold(claim.property), coded_->document.words(claim.evidence.trigger));
    for (const Actor& actor : claim.subjects) add("    subject    {}  “{}”\n", who(actor), actor.text);
    for (const Actor& actor : claim.objects) add("    object     {}  “{}”\n", who(actor), actor.text);
    if (claim.quantity) add("    quantity   {} {:.15g} {} {}\n", claim.quantity->bound, claim.quantity->value, claim.quantity->unit, claim.quantity->of);
    for (const Attribution& link : claim.attribution) add("    says       {} ({})\n", who(link.speaker), link.verb);
    add("    rule       {}\n", dim(claim.rule));
  }

  const Engine& engine_;
  bool colour_, tree_;
  const CodedDocument* coded_ = nullptr;
  std::string out_;
};

struct ExplainArguments {
  TableArguments tables;
  InputArguments input;
  bool no_tree = false, tables_only = false;
};

int explain(const ExplainArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  Engine::Workspace workspace;
  DocumentReader reader(arguments.input.paths, options.value());
  CodingOptions coding;
  coding.trace = true;
  coding.scorer = !arguments.tables_only;
  bool read = false, fault = false;
  while (auto item = reader.next()) {
    if (!item->ok()) {
      complain(item->error().what);
      fault = true;
      continue;
    }
    CodedDocument coded;
    coded.document = std::move(*item).value();
    engine.code(coded, workspace, coding);
    if (read && !write_out("\n")) return exit_fault;
    read = true;
    if (!write_out(Explanation(engine, wants_colour(), !arguments.no_tree).of(coded))) return exit_fault;
  }
  return fault && !read ? exit_fault : exit_ok;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand("explain", "show for every sentence what was read, what was coded and why");
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_flag("--no-tree", arguments->no_tree, "leave the dependency trees out");
  command->add_flag("--tables-only", arguments->tables_only, "leave out the learned scorer: the tables of predicates alone decide");
  command->footer("Example:\n  legation explain samples/founding-scene.txt\n  echo 'Seoul expelled two envoys.' | legation explain -");
  command->callback([arguments, &run] { run = [arguments] { return explain(*arguments); }; });
}

}  // namespace legation
