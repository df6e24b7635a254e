#include "eval/corpus.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace legation {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

/// The same in every tool that reads the corpus.
std::string part_of(const std::string& id) {
  if (fnv1a(id) % 5 == 0) return "test";
  return fnv1a("dev " + id) % 10 == 0 ? "dev" : "train";
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 || c == '_'; }

/// The first place of the words at the limits of words.
std::size_t find_words(std::string_view text, std::string_view words, std::size_t from) {
  for (std::size_t at = text.find(words, from); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool begins = at == 0 || !word_byte(text[at - 1]) || !word_byte(words.front());
    const bool ends = end == text.size() || !word_byte(text[end]) || !word_byte(words.back());
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

/// "words:CODE:SECTOR,SECTOR", joined by `separator`.
std::vector<GoldActor> parties(std::string_view cell, std::string_view separator) {
  std::vector<GoldActor> actors;
  if (trimmed(cell).empty()) return actors;
  for (const std::string& party : split(cell, separator)) {
    const std::size_t sectors = party.rfind(':');
    const std::size_t code = sectors == 0 || sectors == std::string::npos ? std::string::npos : party.rfind(':', sectors - 1);
    if (code == std::string::npos) continue;
    GoldActor actor;
    actor.text = std::string(trimmed(std::string_view(party).substr(0, code)));
    actor.code = party.substr(code + 1, sectors - code - 1);
    actor.sector = split(trimmed(std::string_view(party).substr(sectors + 1)), ",").front();
    actors.push_back(std::move(actor));
  }
  return actors;
}

/// The fields of an event line in their fixed order; each reaches to the name of the next.
Result<std::array<std::string, 8>> fields(std::string_view line) {
  constexpr std::array<std::string_view, 8> names = {"E ", " aux=", " actor=", " recipient=", " trigger=", " date=", " ctx=", " speaker="};
  std::array<std::string, 8> out;
  std::size_t begin = names[0].size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t end = i + 1 < names.size() ? line.find(names[i + 1], begin) : line.size();
    if (end == std::string_view::npos) return Error{Error::Code::bad_format, "an event is: E TYPE[:mode] aux= actor= recipient= trigger= date=> ctx= speaker="};
    out[i] = std::string(trimmed(line.substr(begin, end - begin)));
    if (i + 1 < names.size()) begin = end + names[i + 1].size();
  }
  return out;
}

Status read_flags(const std::string& cell, GoldEvent& event) {
  for (const std::string& flag : split(cell, ",")) {
    if (flag.empty()) continue;
    const auto mode = parse_auxiliary(flag);
    if (!mode) return Error{Error::Code::bad_format, "\"" + flag + "\" is no auxiliary mode"};
    event.auxiliary |= *mode;
  }
  return success();
}

std::vector<std::string> list_of(const std::string& cell) {
  std::vector<std::string> list = split(cell, ",");
  std::erase(list, "");
  return list;
}

/// What stands above an annotation since the last one, where its trigger is: a piece of the block's title or text.
struct Passage {
  bool in_title = false;
  std::string_view text;  ///< title or text up to the passage's end
  std::size_t begin = 0, end = 0;
};

Result<GoldPlace> place_of(const std::string& words, const Passage& passage) {
  GoldPlace place;
  place.in_title = passage.in_title;
  const std::string first = split(words, " ... ").front();
  const std::size_t at = first.empty() ? std::string::npos : find_words(passage.text, first, passage.begin);
  if (at == std::string::npos) return Error{Error::Code::bad_format, "trigger '" + words + "' is not in the text above it"};
  place.begin = code_points(passage.text.substr(0, at));
  place.end = place.begin + code_points(first);
  place.text = words;
  return place;
}

Result<GoldEvent> event_of(std::string_view line, const CorpusBlock& block, const Passage& passage) {
  const auto read = fields(line);
  if (!read.ok()) return read.error();
  const auto& cell = read.value();
  GoldEvent event;
  const std::vector<std::string> type = split(cell[0], ":");
  const auto parsed = parse_event_type(type.front());
  if (!parsed) return Error{Error::Code::bad_format, "\"" + type.front() + "\" is no PLOVER type"};
  event.type = *parsed;
  if (type.size() > 1) event.modes = list_of(type[1]);
  if (const Status status = read_flags(cell[1], event); !status.ok()) return status.error();
  event.actors = parties(cell[2], " + ");
  event.recipients = parties(cell[3], " + ");
  event.speakers = parties(cell[7], " < ");
  event.contexts = list_of(cell[6]);
  auto place = place_of(cell[4], passage);
  if (!place.ok()) return place.error();
  event.triggers.push_back(std::move(place).value());
  const std::size_t arrow = cell[5].rfind('>');
  const std::vector<std::string> days = split(arrow == std::string::npos ? "" : std::string_view(cell[5]).substr(arrow + 1), "/");
  event.begin = days.front().empty() ? block.document.published : Date::parse(days.front());
  event.end = days.front().empty() ? block.document.published : Date::parse(days.back());
  event.sentence = std::string(passage.text.substr(passage.begin));
  return event;
}

/// "R 3 trigger=the call": the third event of the block is told again there.
Status tell_again(std::string_view line, const Passage& passage, GoldDocument& gold) {
  constexpr std::string_view trigger = " trigger=";
  const std::size_t at = line.find(trigger);
  std::size_t number = 0;
  if (at != std::string_view::npos) std::from_chars(line.data() + 2, line.data() + at, number);
  if (number == 0) return Error{Error::Code::bad_format, "an event told again is: R <number of its E line> trigger="};
  if (number > gold.events.size()) return Error{Error::Code::bad_format, "there is no event " + std::to_string(number)};
  auto place = place_of(std::string(trimmed(line.substr(at + trigger.size()))), passage);
  if (!place.ok()) return place.error();
  gold.events[number - 1].triggers.push_back(std::move(place).value());
  return success();
}

Result<CorpusBlock> open_block(const std::string& line) {
  const std::vector<std::string> cells = split(line, " ");
  if (cells.size() != 5) return Error{Error::Code::bad_format, "a header is: # <id> <style> <date> <scope>"};
  CorpusBlock block;
  block.document.id = block.gold.id = cells[1];
  block.style = cells[2];
  block.document.published = Date::parse(cells[3]);
  if (!block.document.published) return Error{Error::Code::bad_format, cells[3] + ": no such day"};
  block.scope = cells[4];
  block.part = part_of(cells[1]);
  return block;
}

bool annotates(std::string_view line) { return line.starts_with("E ") || line.starts_with("R "); }

Status read_block(const std::vector<std::string>& lines, CorpusBlock& block, std::size_t& fault) {
  std::string title, text;
  std::vector<Passage> passages(lines.size());
  Passage passage;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (annotates(lines[i])) {
      passages[i] = passage;
      passages[i].end = passage.in_title ? title.size() : text.size();
    } else if (lines[i].starts_with("T ")) {
      title = trimmed(std::string_view(lines[i]).substr(2));
      passage.in_title = true;
    } else {
      if (!text.empty()) text += ' ';
      if (passage.in_title || annotates(lines[i - 1])) passage = {.in_title = false, .text = {}, .begin = text.size(), .end = 0};
      text += lines[i];
    }
  }
  if (block.style == "headline" && title.empty()) {
    title.swap(text);
    for (Passage& one : passages) one.in_title = true;
  }
  block.document.set_parts(title, text);
  for (Passage& one : passages) one.text = std::string_view(one.in_title ? title : text).substr(0, one.end);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!lines[i].starts_with("E ")) continue;
    auto event = event_of(lines[i], block, passages[i]);
    if (!event.ok()) return fault = i, event.error();
    block.gold.events.push_back(std::move(event).value());
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {  // a title may tell again what the text tells below
    if (!lines[i].starts_with("R ")) continue;
    if (const Status status = tell_again(lines[i], passages[i], block.gold); !status.ok()) return fault = i, status;
  }
  return success();
}

Status read_file(const fs::path& path, std::vector<CorpusBlock>& out) {
  std::ifstream in(path);
  if (!in) return Error{Error::Code::io, path.string() + ": cannot be read"};
  std::vector<std::string> lines;
  std::size_t number = 0;
  const auto close = [&]() -> Status {
    if (lines.empty()) return success();
    const auto complain = [&](std::size_t at, const Error& error) {
      return Error{error.code, path.string() + ":" + std::to_string(number - lines.size() + at) + ": " + error.what};
    };
    auto block = open_block(lines.front());
    if (!block.ok()) return complain(0, block.error());
    block.value().gold.file = block.value().document.origin = path.string() + ":" + std::to_string(number - lines.size());
    std::size_t fault = 0;
    if (const Status status = read_block(lines, block.value(), fault); !status.ok()) return complain(fault, status.error());
    out.push_back(std::move(block).value());
    lines.clear();
    return success();
  };
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = std::string(trimmed(line));
    if (!line.empty())
      lines.push_back(line);
    else if (const Status status = close(); !status.ok())
      return status;
  }
  ++number;
  return close();
}

}  // namespace

Result<std::vector<CorpusBlock>> read_corpus(const std::string& path) {
  std::vector<fs::path> files;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    for (const auto& entry : fs::directory_iterator(path, ignored))
      if (entry.path().extension() == ".corpus") files.push_back(entry.path());
    std::ranges::sort(files);
  } else {
    files.emplace_back(path);
  }
  if (files.empty()) return Error{Error::Code::not_found, path + ": no corpus files (*.corpus)"};
  std::vector<CorpusBlock> blocks;
  for (const fs::path& file : files)
    if (const Status status = read_file(file, blocks); !status.ok()) return status.error();
  return blocks;
}

}  // namespace legation
