// Progress: what a long run has done, as a bar on a terminal and as a summary at the end, both on stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace legation {

class Progress {
 public:
  /// `finds`: what is looked for in the documents, "events" or "mentions".
  explicit Progress(bool show_bar, std::string_view finds = "events")
      : show_bar_(show_bar), finds_(finds), start_(std::chrono::steady_clock::now()), drawn_(start_) {}

  std::uint64_t documents = 0, sentences = 0, found = 0;
  /// Counts an input that was left out; false when so many were that no more is said of each.
  bool skip(const std::string& reason);
  std::uint64_t skipped() const;

  /// Redraws at most ten times a second. `total` 0 = unknown.
  void draw(std::uint64_t done, std::uint64_t total);
  /// "7 more inputs were skipped": those of which nothing was said; empty when there are none.
  std::string unmentioned() const;
  /// Clears the bar's line.
  void clear();
  /// "112,325 documents, 150,201 sentences, 90,120 events in 61.0 s (2,460 sentences/s); 12 skipped: not English 12"
  std::string summary() const;

 private:
  bool show_bar_;
  std::string_view finds_;
  std::chrono::steady_clock::time_point start_, drawn_;
  std::map<std::string, std::uint64_t> skipped_;
};

}  // namespace legation
