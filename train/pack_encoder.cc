// Puts the encoder that train/encoder/encoder.py wrote into a model file. From the base (train_lemmas, or an older model) come the
// lemmas and the tables.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "lang/encoder.h"
#include "lang/feature_hash.h"
#include "lang/model.h"
#include "model_writer.h"
#include "table_sections.h"

namespace legation {
namespace {

struct Tensor {
  std::string bytes;
  std::vector<std::uint32_t> sizes;
};
using Tensors = std::map<std::string, Tensor>;

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> file_lines(const std::string& path) {
  std::vector<std::string> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

/// encoder.tsv: name, i8 or f32, sizes separated by 'x'; encoder.bin: the numbers in the same order.
Result<Tensors> read_tensors(const std::string& folder) {
  Tensors tensors;
  const std::string bytes = file_bytes(folder + "/encoder.bin");
  std::size_t at = 0;
  for (const std::string& line : file_lines(folder + "/encoder.tsv")) {
    std::istringstream cells(line);
    std::string name, type, size;
    cells >> name >> type;
    Tensor tensor;
    std::size_t count = type == "i8" ? 1 : 4;
    while (std::getline(cells >> std::ws, size, 'x')) {
      tensor.sizes.push_back(static_cast<std::uint32_t>(std::stoul(size)));
      count *= tensor.sizes.back();
    }
    if (bytes.size() - at < count) return Error{Error::Code::bad_format, folder + "/encoder.bin is cut off at " + name};
    tensor.bytes = bytes.substr(at, count);
    at += count;
    tensors[name] = std::move(tensor);
  }
  return tensors;
}

/// The section's bytes: Sizes, then each tensor at a multiple of 64.
std::string encoder_section(const Tensors& t, std::uint32_t layers) {
  const auto size = [&](const char* name, std::size_t axis) { return t.at(name).sizes[axis]; };
  const Encoder::Sizes sizes{size("words", 0),
                             size("words", 1),
                             size("affixes", 0),
                             size("affixes", 1),
                             layers,
                             size("lstm.0.fw.weight", 0) / 4,
                             size("arc_head.weight", 0),
                             size("label.weight", 1),
                             size("tag_hidden.weight", 0),
                             size("tag.weight", 0),
                             size("feat.weight", 0),
                             size("label.weight", 0)};
  std::string out(reinterpret_cast<const char*>(&sizes), sizeof(sizes));
  const auto add = [&](const std::string& name) {
    out.resize((out.size() + 63) / 64 * 64);
    out += t.at(name).bytes;
  };
  const auto add_dense = [&](const std::string& name) {
    for (const char* part : {".weight", ".scale", ".bias"}) add(name + part);
  };
  add("words");
  add("affixes");
  for (std::uint32_t i = 0; i < layers; ++i) {
    for (const char* direction : {"fw", "bw"}) add_dense(fmt::format("lstm.{}.{}", i, direction));
  }
  for (const char* name : {"arc_dep", "arc_head", "lab_dep", "lab_head", "label", "tag_hidden", "tag", "feat"}) add_dense(name);
  for (const char* name : {"root_arc", "arc_scale", "root_lab"}) add(name);
  return out;
}

std::string word_rows(const std::vector<std::string>& words) {
  std::vector<WordRow> rows;
  for (std::uint32_t i = 1; i < words.size(); ++i) rows.push_back({hash_bytes(words[i]), i});
  return item_bytes(hashed_slots(rows));
}

std::string feats_by_tag(const std::vector<std::string>& lines) {
  std::vector<std::uint32_t> begins{0};
  std::vector<std::uint16_t> rows;
  for (const std::string& line : lines) {
    std::istringstream cells(line);
    for (std::uint16_t row = 0; cells >> row;) rows.push_back(row);
    begins.push_back(static_cast<std::uint32_t>(rows.size()));
  }
  return item_bytes(begins) + item_bytes(rows);
}

bool from_base(Section section) {
  return section == Section::lemma_tags || section == Section::lemma_rules || section == Section::lemma_known || section == Section::lemmatizer ||
         is_table(section);
}

Status pack(const std::string& folder, const std::string& base, const std::string& out, const std::string& name) {
  auto tensors = read_tensors(folder);
  if (!tensors) return tensors.error();
  std::uint32_t layers = 0;
  while (tensors.value().contains(fmt::format("lstm.{}.fw.weight", layers))) ++layers;
  const std::string bytes = file_bytes(base);
  ModelHeader header;
  if (bytes.size() < sizeof(header)) return Error{Error::Code::bad_format, base + ": no model file"};
  std::memcpy(&header, bytes.data(), sizeof(header));
  ModelWriter writer;
  writer.add(Section::name, name);
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    if (from_base(static_cast<Section>(entry.section))) {
      writer.add(static_cast<Section>(entry.section), bytes.substr(entry.offset, entry.size));
    }
  }
  writer.add(Section::encoder, encoder_section(tensors.value(), layers));
  writer.add(Section::encoder_words, word_rows(file_lines(folder + "/words.txt")));
  writer.add(Section::encoder_deprels, file_bytes(folder + "/deprels.txt"));
  writer.add(Section::tags, file_bytes(folder + "/tags.txt"));
  writer.add(Section::feats, file_bytes(folder + "/feats.txt"));
  writer.add(Section::feats_by_tag, feats_by_tag(file_lines(folder + "/feats_by_tag.txt")));
  if (auto written = writer.write(out); !written) return written;
  const std::string packed = file_bytes(out);
  auto checked = LanguageModel::view(packed);
  return checked ? success() : Status(checked.error());
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  std::string folder, base, out, name;
  CLI::App app("Puts a trained encoder into a model file");
  app.add_option("--encoder", folder, "folder written by train/encoder/encoder.py")->required();
  app.add_option("--base", base, "model file with the other parts")->required();
  app.add_option("--out", out, "model file to write; may be the base")->required();
  app.add_option("--name", name, "name of the model, as in the engine's version")->required();
  CLI11_PARSE(app, argc, argv);
  const auto status = legation::pack(folder, base, out, name);
  if (!status) fmt::print(stderr, "{}\n", status.error().what);
  return status ? 0 : 1;
}
