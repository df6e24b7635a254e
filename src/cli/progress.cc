#include "cli/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace legation {
namespace {

constexpr int bar_width = 28;
constexpr std::uint64_t faults_shown = 20;

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

double seconds_since(std::chrono::steady_clock::time_point start) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds);
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60) : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::uint64_t Progress::skipped() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : skipped_) sum += count;
  return sum;
}

bool Progress::skip(const std::string& reason) {
  ++skipped_[reason];
  return skipped() <= faults_shown;
}

std::string Progress::unmentioned() const {
  const std::uint64_t all = skipped();
  return all > faults_shown ? std::to_string(all - faults_shown) + " more inputs were skipped" : std::string();
}

void Progress::draw(std::uint64_t done, std::uint64_t total) {
  if (!show_bar_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  const double elapsed = seconds_since(start_);
  std::string line = "\r\x1b[K";
  if (total > 0) {
    const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    const int filled = static_cast<int>(part * bar_width);
    for (int at = 0; at < bar_width; ++at) line += at < filled ? "█" : "░";
    line += fmt::format(" {:3.0f}%  ", part * 100);
    if (part > 0.01) line += fmt::format("{} left  ", duration(elapsed / part - elapsed));
  }
  line += fmt::format("{} documents  {} {}  {} sentences/s", grouped(documents), grouped(found), finds_,
                      grouped(static_cast<std::uint64_t>(static_cast<double>(sentences) / std::max(elapsed, 0.001))));
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

void Progress::clear() {
  if (show_bar_) std::fputs("\r\x1b[K", stderr);
}

std::string Progress::summary() const {
  const double elapsed = seconds_since(start_);
  std::string text = fmt::format("{} documents, {} sentences, {} {} in {:.1f} s ({} sentences/s)", grouped(documents), grouped(sentences), grouped(found),
                                 finds_, elapsed, grouped(static_cast<std::uint64_t>(static_cast<double>(sentences) / std::max(elapsed, 0.001))));
  if (skipped_.empty()) return text;
  text += fmt::format("; {} skipped:", grouped(skipped()));
  for (const auto& [reason, count] : skipped_) text += fmt::format(" {} {};", grouped(count), reason);
  text.pop_back();
  return text;
}

}  // namespace legation
