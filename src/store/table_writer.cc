// The table that people read on a terminal: events under their document, and a summary of dyads at the end.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "store/record_writer.h"

namespace legation {
namespace {

constexpr std::size_t shown_dyads = 12;

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Pads or cuts to `width` code points; a cut is marked.
std::string fit(std::string_view text, std::size_t width) {
  std::string out;
  const std::size_t have = width_of(text);
  if (have <= width) return std::string(text) + std::string(width - have, ' ');
  std::size_t taken = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts && ++taken == width) break;
    out += text[at] == '\n' ? ' ' : text[at];
  }
  return out + "…";
}

/// "KOR GOV Lee Jae-myung": the code, the sector and the best name there is.
std::string label(const Actor& actor) {
  std::string out = actor.code.empty() ? "" : actor.code;
  if (!actor.sector.empty()) out += (out.empty() ? "" : " ") + actor.sector;
  const bool bare_state = actor.sector.empty() && !actor.code.empty();
  const std::string& words = actor.name.empty() ? actor.text : actor.name;
  if (!bare_state && !words.empty()) out += " " + words;
  return out.empty() ? "?" : out;
}

std::string labels(const std::vector<Actor>& actors) {
  std::string out;
  for (const Actor& actor : actors) out += (out.empty() ? "" : ", ") + label(actor);
  return out;
}

std::string date_of(const Event& event) {
  if (!event.date) return "          ";
  const TimeSpan& span = event.date->span;
  const std::string begin = span.begin.iso();
  switch (span.granularity) {
    case Granularity::day:
      return begin;
    case Granularity::month:
      return begin.substr(0, 7) + "   ";
    case Granularity::year:
      return begin.substr(0, 4) + "      ";
    default:
      return begin.substr(0, 7) + "… ";
  }
}

class TableWriter : public RecordWriter {
 public:
  TableWriter(const Engine& engine, RecordOptions options) : engine_(engine), options_(options) {}

  void document(const CodedDocument& coded, std::string& out) override {
    const bool any = std::any_of(coded.coded.events.begin(), coded.coded.events.end(), [&](const Event& event) { return options_.flagged || is_plain(event); });
    const bool claims = options_.claims && !coded.coded.claims.empty();
    ++documents_;
    if (!options_.flagged)
      flagged_ +=
          static_cast<std::size_t>(std::count_if(coded.coded.events.begin(), coded.coded.events.end(), [](const Event& event) { return !is_plain(event); }));
    if (!any && !claims) return;
    heading(coded.document, out);
    for (const Event& event : coded.coded.events) {
      if (!options_.flagged && !is_plain(event)) continue;
      row(coded.document, event, out);
      count(event);
    }
    if (claims)
      for (const Claim& claim : coded.coded.claims) row(claim, out);
  }

  bool independent() const override { return false; }  // it counts

  void end(std::string& out) override {
    fmt::format_to(std::back_inserter(out), "\n{} in {} document{}\n", bold(fmt::format("{} event{}", events_, events_ == 1 ? "" : "s")), documents_,
                   documents_ == 1 ? "" : "s");
    if (flagged_ > 0) fmt::format_to(std::back_inserter(out), "{} more are denied, hypothetical, still ahead or background: --all shows them\n", flagged_);
    summary(out);
  }

 private:
  struct Dyad {
    std::array<std::size_t, 4> quads{};
    double score = 0;
    std::size_t events() const { return quads[0] + quads[1] + quads[2] + quads[3]; }
  };

  std::string paint(std::string_view text, const char* code) const {
    return options_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  std::string bold(std::string_view text) const { return paint(text, "1"); }
  std::string dim(std::string_view text) const { return paint(text, "2"); }
  const char* quad_colour(EventType type) const {
    static constexpr const char* colours[] = {"36", "32", "33", "31"};
    return colours[engine_.ontology().quad(type) - 1];
  }

  void heading(const Document& document, std::string& out) const {
    std::string what = document.title().empty() ? document.id : std::string(document.title());
    std::string where = document.published ? document.published->iso() : "no date";
    if (!document.source.empty()) where += ", " + document.source;
    const std::size_t room = options_.width > width_of(where) + 6 ? options_.width - width_of(where) - 4 : 20;
    if (width_of(what) > room) what = fit(what, room);
    fmt::format_to(std::back_inserter(out), "\n{}  {}\n", bold(what), dim(where));
  }

  void row(const Document& document, const Event& event, std::string& out) const {
    std::string type(name(event.type));
    for (const std::string& mode : event.modes) type += " " + mode;
    std::string parties = labels(event.actors);
    if (!event.recipients.empty()) parties += " → " + labels(event.recipients);
    const std::size_t room = options_.width > 44 ? options_.width - 38 : 30;
    fmt::format_to(std::back_inserter(out), "  {} {} {}\n", date_of(event), paint(fit(type, 23), quad_colour(event.type)),
                   width_of(parties) > room ? fit(parties, room) : parties);
    std::string words = "“" + std::string(document.words(event.evidence.front().trigger)) + "”";
    for (std::string_view flag : auxiliary_names(event.auxiliary)) words += " [" + std::string(flag) + "]";
    for (const Attribution& link : event.attribution)
      words += fmt::format("  {}{} {}{}", &link == &event.attribution.front() ? "— " : "", label(link.speaker) == "?" ? "" : label(link.speaker), link.verb,
                           link.hedged ? " (hedged)" : "");
    for (const Quantity& quantity : event.quantities)
      if (quantity.kind != Quantity::Kind::other)
        words += fmt::format("  {} {}{:.15g}", name(quantity.kind), quantity.bound.empty() ? "" : quantity.bound + " ", quantity.value);
    fmt::format_to(std::back_inserter(out), "             {}\n", dim(width_of(words) > options_.width - 13 ? fit(words, options_.width - 13) : words));
  }

  void row(const Claim& claim, std::string& out) const {
    std::string parties = labels(claim.subjects);
    if (!claim.objects.empty()) parties += " – " + labels(claim.objects);
    const std::string amount = claim.quantity ? fmt::format(" {} {:.15g} {}", claim.quantity->bound, claim.quantity->value, claim.quantity->unit) : "";
    fmt::format_to(std::back_inserter(out), "  {} {} {}{}\n", "fact      ", fit(claim.property, 23), parties, amount);
  }

  void count(const Event& event) {
    ++events_;
    if (!is_plain(event)) return;
    const auto add = [&](const Actor& a, const Actor& b) {
      if (a.code.empty() || b.code.empty() || a.code == b.code) return;
      Dyad& dyad = dyads_[std::minmax(a.code, b.code)];
      ++dyad.quads[static_cast<std::size_t>(engine_.ontology().quad(event.type) - 1)];
      dyad.score += engine_.ontology().score(event.type, event.modes);
    };
    for (const Actor& actor : event.actors)
      for (const Actor& recipient : event.recipients) add(actor, recipient);
    if (!event.recipients.empty()) return;
    for (std::size_t at = 0; at < event.actors.size(); ++at)
      for (std::size_t other = at + 1; other < event.actors.size(); ++other) add(event.actors[at], event.actors[other]);
  }

  void summary(std::string& out) const {
    if (dyads_.empty()) return;
    std::vector<std::pair<std::pair<std::string, std::string>, Dyad>> rows(dyads_.begin(), dyads_.end());
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.events() > b.second.events(); });
    if (rows.size() > shown_dyads) rows.resize(shown_dyads);
    fmt::format_to(std::back_inserter(out), "\n{}\n", bold("Dyad       events  verbal+ material+ verbal- material-  mean score (-10..10)"));
    for (const auto& [pair, dyad] : rows)
      fmt::format_to(std::back_inserter(out), "{:<11}{:>6}  {:>7} {:>9} {:>7} {:>9}  {:>+10.1f}\n", pair.first + "–" + pair.second + std::string(2, ' '),
                     dyad.events(), dyad.quads[0], dyad.quads[1], dyad.quads[2], dyad.quads[3], dyad.score / static_cast<double>(dyad.events()));
  }

  const Engine& engine_;
  RecordOptions options_;
  std::size_t documents_ = 0, events_ = 0, flagged_ = 0;
  std::map<std::pair<std::string, std::string>, Dyad> dyads_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_table_writer(const Engine& engine, RecordOptions options) { return std::make_unique<TableWriter>(engine, options); }

}  // namespace legation
