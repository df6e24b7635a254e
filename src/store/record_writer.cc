#include "store/record_writer.h"

namespace legation {

std::unique_ptr<RecordWriter> make_record_writer(std::string_view format, const Engine& engine, RecordOptions options) {
  if (format == "plover") return make_plover_writer(engine, options);
  if (format == "cameo") return make_cameo_writer(engine, options);
  if (format == "table") return make_table_writer(engine, options);
  return nullptr;
}

std::vector<std::string_view> auxiliary_names(std::uint8_t flags) {
  std::vector<std::string_view> names;
  if (flags & auxiliary_historical) names.push_back("historical");
  if (flags & auxiliary_future) names.push_back("future");
  if (flags & auxiliary_hypothetical) names.push_back("hypothetical");
  if (flags & auxiliary_negation) names.push_back("negation");
  return names;
}

}  // namespace legation
