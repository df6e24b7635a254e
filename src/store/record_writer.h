// RecordWriter: coded documents -> lines of an output format. One implementation per format, in its own file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace legation {

struct RecordOptions {
  bool flagged = true;   ///< also events that are negated, hypothetical, future or historical
  bool claims = false;   ///< also claims (plover: records with has_event false)
  bool colour = false;   ///< table only
  unsigned width = 100;  ///< table only: columns of the terminal
};

/// Writers append to a string that the caller writes out, so that they know nothing of files.
class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  /// What stands before the first record; empty for most.
  virtual void begin(std::string& out) { static_cast<void>(out); }
  virtual void document(const CodedDocument& document, std::string& out) = 0;
  /// Whether document() may be called from many threads and in any order.
  virtual bool independent() const { return true; }
  /// What stands after the last record: totals of the table.
  virtual void end(std::string& out) { static_cast<void>(out); }
};

/// Shown by the default view: nothing denied, imagined, ahead or long past.
inline bool is_plain(const Event& event) { return event.auxiliary == 0; }

std::unique_ptr<RecordWriter> make_plover_writer(const Engine& engine, RecordOptions options);
std::unique_ptr<RecordWriter> make_cameo_writer(const Engine& engine, RecordOptions options);
std::unique_ptr<RecordWriter> make_table_writer(const Engine& engine, RecordOptions options);
/// Who is who: a line per mention, no events.
std::unique_ptr<RecordWriter> make_mention_writer(const Engine& engine);
/// Null when the format has no writer.
std::unique_ptr<RecordWriter> make_record_writer(std::string_view format, const Engine& engine, RecordOptions options);

/// "historical", "future", ... of the flags set, in the order of data/ontology/auxiliary_modes.tsv.
std::vector<std::string_view> auxiliary_names(std::uint8_t flags);

}  // namespace legation
