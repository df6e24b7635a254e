// Puts the tables of data/lang into a model file in place of those it has: after a table was mended, without training.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstring>
#include <fstream>
#include <iterator>

#include "lang/model.h"
#include "model_writer.h"
#include "table_sections.h"

namespace legation {
namespace {

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Status pack(const std::string& model, const std::string& tables) {
  const std::string bytes = file_bytes(model);
  if (auto checked = LanguageModel::view(bytes); !checked) return checked.error();
  ModelHeader header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  ModelWriter writer;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    if (!is_table(static_cast<Section>(entry.section))) writer.add(static_cast<Section>(entry.section), bytes.substr(entry.offset, entry.size));
  }
  for (const TableSection& table : table_sections) writer.add(table.section, file_bytes(tables + "/" + table.file));
  return writer.write(model);
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  std::string model, tables;
  CLI::App app("Puts the tables of data/lang into a model file");
  app.add_option("--model", model, "model file, rewritten")->required();
  app.add_option("--tables", tables, "folder of the tables (data/lang)")->required();
  CLI11_PARSE(app, argc, argv);
  const auto status = legation::pack(model, tables);
  if (!status) fmt::print(stderr, "{}\n", status.error().what);
  return status ? 0 : 1;
}
