// legation code: text in, events out.

#include <cerrno>
#include <cstring>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "engine/pipeline.h"
#include "store/record_writer.h"

namespace legation {
namespace {

struct CodeArguments {
  TableArguments tables;
  InputArguments input;
  std::string format = "plover";
  unsigned threads = 0;
  bool strict = false, all = false, plain = false, claims = false, quiet = false, no_merge = false, no_implied = false;
};

constexpr std::size_t flush_bytes = 1 << 16;
constexpr std::uint64_t faults_shown = 20;

std::string reason_of(const Error& error) {
  switch (error.code) {
    case Error::Code::skipped: {
      const std::size_t at = error.what.find("skipped: ");
      const std::string why = at == std::string::npos ? error.what : error.what.substr(at + 9);
      return why.starts_with("language") ? "not English" : why.substr(0, 40);
    }
    case Error::Code::bad_format: return "malformed";
    case Error::Code::bad_encoding: return "unreadable encoding";
    case Error::Code::not_found: return "not found";
    default: return "unreadable";
  }
}

/// One run: the reader feeds the pipeline, the writer's text goes to stdout, faults to stderr.
class CodeRun {
 public:
  CodeRun(const CodeArguments& arguments, const Engine& engine, ReaderOptions options)
      : arguments_(arguments), engine_(engine), reader_(arguments.input.paths, options),
        progress_(stderr_is_terminal() && !stdout_is_terminal() && !arguments.quiet) {
    RecordOptions record;
    record.flagged = arguments.format == "table" ? arguments.all : !arguments.plain;
    record.claims = arguments.claims || arguments.format == "table";
    record.colour = wants_colour();
    record.width = terminal_width();
    writer_ = make_record_writer(arguments.format, engine, record);
  }

  int run() {
    PipelineOptions options;
    options.threads = arguments_.threads;
    options.coding.merge = !arguments_.no_merge;
    options.coding.implied_actors = !arguments_.no_implied;
    if (writer_->independent())
      options.render = [this](const CodedDocument& coded, std::string& out) { writer_->document(coded, out); };
    writer_->begin(out_);
    run_pipeline(engine_, options, [&] { return next(); }, [&](std::unique_ptr<CodedDocument> coded) { return take(*coded); });
    writer_->end(out_);
    flush();
    progress_.clear();
    if (!arguments_.quiet) {
      if (faults_ > faults_shown) complain(std::to_string(faults_ - faults_shown) + " more inputs were skipped");
      complain(progress_.summary());
    }
    const bool reader_left = !written_ && write_fault_ == EPIPE;  // `| head` has seen enough: no fault
    if (reader_left) return exit_ok;
    if (!written_) complain(std::string("standard output: ") + std::strerror(write_fault_));
    const bool nothing_read = progress_.documents == 0 && faults_ > 0;
    return !written_ || nothing_read || (arguments_.strict && faults_ > 0) ? exit_fault : exit_ok;
  }

 private:
  std::unique_ptr<CodedDocument> next() {
    while (auto item = reader_.next()) {
      progress_.draw(reader_.bytes_done(), reader_.bytes_total());
      if (item->ok()) {
        auto coded = std::make_unique<CodedDocument>();
        coded->document = std::move(*item).value();
        return coded;
      }
      fault(item->error());
    }
    return nullptr;
  }

  void fault(const Error& error) {
    ++faults_;
    progress_.skip(reason_of(error));
    if (faults_ > faults_shown && !arguments_.strict) return;
    progress_.clear();
    complain(error.what);
  }

  bool take(const CodedDocument& coded) {
    ++progress_.documents;
    progress_.sentences += coded.parse.sentences.size();
    progress_.events += coded.coded.events.size();
    for (const std::string& warning : coded.parse.warnings) complain(coded.document.origin + ": " + warning);
    if (writer_->independent()) out_ += coded.rendered;
    else writer_->document(coded, out_);
    if (out_.size() >= flush_bytes || stdout_is_terminal()) flush();
    return written_;
  }

  void flush() {
    if (!out_.empty() && written_ && !(written_ = write_out(out_))) write_fault_ = errno;
    out_.clear();
  }

  const CodeArguments& arguments_;
  const Engine& engine_;
  DocumentReader reader_;
  Progress progress_;
  std::unique_ptr<RecordWriter> writer_;
  std::string out_;
  std::uint64_t faults_ = 0;
  bool written_ = true;
  int write_fault_ = 0;
};

int code(const CodeArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  return CodeRun(arguments, *loaded.value().engine, options.value()).run();
}

}  // namespace

void add_code(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<CodeArguments>();
  CLI::App* command = app.add_subcommand("code", "code news text into PLOVER events");
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_option("--format", arguments->format, "plover (JSON Lines), cameo (TSV) or table")->check(CLI::IsMember({"plover", "cameo", "table"}))->capture_default_str();
  command->add_option("--threads", arguments->threads, "worker threads; 0 = all cores. Never changes the output")->capture_default_str();
  command->add_flag("--all", arguments->all, "table: also events that are denied, hypothetical, ahead or background");
  command->add_flag("--plain", arguments->plain, "plover, cameo: leave those events out");
  command->add_flag("--claims", arguments->claims, "plover: also facts that are no events, as records with has_event false");
  command->add_flag("--no-merge", arguments->no_merge, "keep every telling of an event within a document apart");
  command->add_flag("--no-implied", arguments->no_implied, "drop violence and coercion that names no actor instead of coding UNK");
  command->add_flag("--strict", arguments->strict, "exit with 1 if any input was skipped");
  command->add_flag("-q,--quiet", arguments->quiet, "no progress bar and no summary");
  command->footer("Example:\n  legation code samples/ --format table\n  zstd -dc news.jsonl.zst | legation code - --source Reuters > events.jsonl");
  command->callback([arguments, &run] { run = [arguments] { return code(*arguments); }; });
}

}  // namespace legation
