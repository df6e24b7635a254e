// CAMEO events as tab-separated lines, one per actor and recipient, with a header: the shape that tools of the
// PETRARCH line read. Columns: docs/record.md.
#include <fmt/format.h>

#include <iterator>

#include "store/record_writer.h"

namespace legation {
namespace {

/// "CHNGOV"; "---" when nothing is known, as PETRARCH writes it.
std::string actor_code(const Actor& actor) {
  const std::string code = actor.code + actor.sector;
  return code.empty() ? "---" : code;
}

/// A cell holds no tab and no newline.
std::string cell(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  return out;
}

class CameoWriter : public RecordWriter {
 public:
  CameoWriter(const Engine& engine, RecordOptions options) : engine_(engine), options_(options) {}

  void begin(std::string& out) override {
    out += "date\tsource\ttarget\tcode\tgoldstein\tquad\tplover\tauxiliary\tsource_text\ttarget_text\tevent_text\tdocument\tsentence\tpublisher\n";
  }

  void document(const CodedDocument& coded, std::string& out) override {
    for (const Event& event : coded.coded.events)
      if (options_.flagged || is_plain(event)) write(coded, event, out);
  }

 private:
  // Reciprocal acts have no recipient in PLOVER; CAMEO has a source and a target: the first named, then the others.
  void write(const CodedDocument& coded, const Event& event, std::string& out) const {
    if (!event.recipients.empty()) {
      for (const Actor& actor : event.actors)
        for (const Actor& recipient : event.recipients) row(coded, event, actor, recipient, out);
    } else if (event.actors.size() > 1) {
      for (std::size_t at = 0; at < event.actors.size(); ++at)
        for (std::size_t other = 0; other < event.actors.size(); ++other)
          if (at != other) row(coded, event, event.actors[at], event.actors[other], out);
    } else {
      row(coded, event, event.actors.front(), Actor{}, out);
    }
  }

  void row(const CodedDocument& coded, const Event& event, const Actor& source, const Actor& target, std::string& out) const {
    const Ontology& ontology = engine_.ontology();
    const std::string_view code = ontology.cameo(event.type, event.modes);
    const auto goldstein = ontology.goldstein(code);
    const Document& document = coded.document;
    fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", event.date ? event.date->span.begin.iso() : "",
                   actor_code(source), actor_code(target), code, goldstein ? fmt::format("{}", *goldstein) : "", ontology.quad(event.type), name(event.type),
                   fmt::join(auxiliary_names(event.auxiliary), ";"), cell(source.text), cell(target.text), cell(document.words(event.evidence.front().trigger)),
                   cell(document.id), event.evidence.front().sentence, cell(document.source));
  }

  const Engine& engine_;
  RecordOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_cameo_writer(const Engine& engine, RecordOptions options) { return std::make_unique<CameoWriter>(engine, options); }

}  // namespace legation
