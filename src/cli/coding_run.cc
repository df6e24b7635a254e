// Door: CodingRun::run().
#include "cli/coding_run.h"

#include <cerrno>
#include <cstring>

#include "cli/commands.h"

namespace legation {
namespace {

constexpr std::size_t flush_bytes = 1 << 16;

std::string reason_of(const Error& error) {
  switch (error.code) {
    case Error::Code::skipped: {
      const std::size_t at = error.what.find("skipped: ");
      const std::string why = at == std::string::npos ? error.what : error.what.substr(at + 9);
      return why.starts_with("language") ? "not English" : why.substr(0, 40);
    }
    case Error::Code::bad_format:
      return "malformed";
    case Error::Code::bad_encoding:
      return "unreadable encoding";
    case Error::Code::not_found:
      return "not found";
    default:
      return "unreadable";
  }
}

}  // namespace

int CodingRun::run() {
  PipelineOptions options;
  options.threads = options_.threads;
  options.coding = options_.coding;
  if (writer_->independent()) options.render = [this](const CodedDocument& coded, std::string& out) { writer_->document(coded, out); };
  writer_->begin(out_);
  run_pipeline(
      engine_, options, [&] { return next(); }, [&](std::unique_ptr<CodedDocument> coded) { return take(*coded); });
  writer_->end(out_);
  flush();
  progress_.clear();
  if (!options_.quiet) {
    if (const std::string more = progress_.unmentioned(); !more.empty()) complain(more);
    complain(progress_.summary());
  }
  const bool reader_left = !written_ && write_fault_ == EPIPE;  // `| head` has seen enough: no fault
  if (reader_left) return exit_ok;
  if (!written_) complain(std::string("standard output: ") + std::strerror(write_fault_));
  const bool nothing_read = progress_.documents == 0 && progress_.skipped() > 0;
  return !written_ || nothing_read || (options_.strict && progress_.skipped() > 0) ? exit_fault : exit_ok;
}

std::unique_ptr<CodedDocument> CodingRun::next() {
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

void CodingRun::fault(const Error& error) {
  if (!progress_.skip(reason_of(error)) && !options_.strict) return;
  progress_.clear();
  complain(error.what);
}

bool CodingRun::take(const CodedDocument& coded) {
  ++progress_.documents;
  progress_.sentences += coded.parse.sentences.size();
  progress_.found += options_.coding.events ? coded.coded.events.size() : coded.mentions.list.size();
  for (const std::string& warning : coded.parse.warnings) complain(coded.document.origin + ": " + warning);
  if (writer_->independent())
    out_ += coded.rendered;
  else
    writer_->document(coded, out_);
  if (out_.size() >= flush_bytes || stdout_is_terminal()) flush();
  return written_;
}

void CodingRun::flush() {
  if (!out_.empty() && written_ && !(written_ = write_out(out_))) write_fault_ = errno;
  out_.clear();
}

}  // namespace legation
