#include "ledger/arrow_stream.h"

#include <flatbuffers/flatbuffers.h>

#include <cstring>

namespace legation {
namespace {

using Builder = flatbuffers::FlatBufferBuilder;
template <class T>
using Offset = flatbuffers::Offset<T>;
using Any = flatbuffers::Offset<void>;

// Numbers of Schema.fbs and Message.fbs.
constexpr std::int16_t version_5 = 4, day_unit = 0, double_precision = 2;
constexpr std::uint8_t schema_header = 1, batch_header = 3, int_type = 2, float_type = 3, text_type = 5, date_type = 8;
constexpr std::size_t alignment = 8;

constexpr flatbuffers::voffset_t slot(unsigned number) { return static_cast<flatbuffers::voffset_t>(4 + 2 * number); }

struct FieldNode {
  std::int64_t length, missing;
};
struct BufferPlace {
  std::int64_t offset, length;
};

std::size_t padded(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }

std::uint8_t type_number(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
      return int_type;
    case ColumnType::real:
      return float_type;
    case ColumnType::day:
      return date_type;
    default:
      return text_type;
  }
}

flatbuffers::uoffset_t type_table(Builder& builder, ColumnType type) {
  const flatbuffers::uoffset_t start = builder.StartTable();
  if (type == ColumnType::integer) {
    builder.AddElement<std::int32_t>(slot(0), 64, 0);
    builder.AddElement<std::uint8_t>(slot(1), 1, 0);
  } else if (type == ColumnType::real) {
    builder.AddElement<std::int16_t>(slot(0), double_precision, 0);
  } else if (type == ColumnType::day) {
    builder.AddElement<std::int16_t>(slot(0), day_unit, 1);  // the default is milliseconds
  }
  return builder.EndTable(start);
}

flatbuffers::uoffset_t field_table(Builder& builder, const ColumnHead& head) {
  const auto name = builder.CreateString(head.name);
  const Any type(type_table(builder, head.type));
  const auto children = builder.CreateVector(std::vector<Any>{});
  const flatbuffers::uoffset_t start = builder.StartTable();
  builder.AddOffset(slot(0), name);
  builder.AddElement<std::uint8_t>(slot(1), 1, 0);
  builder.AddElement<std::uint8_t>(slot(2), type_number(head.type), 0);
  builder.AddOffset(slot(3), type);
  builder.AddOffset(slot(5), children);
  return builder.EndTable(start);
}

void put_int(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFF);
}

/// Marker, length of the metadata, metadata, body.
std::string message(Builder& builder, std::uint8_t kind, flatbuffers::uoffset_t header, const std::string& body) {
  const flatbuffers::uoffset_t start = builder.StartTable();
  builder.AddElement<std::int64_t>(slot(3), static_cast<std::int64_t>(body.size()), 0);
  builder.AddOffset(slot(2), Any(header));
  builder.AddElement<std::int16_t>(slot(0), version_5, 0);
  builder.AddElement<std::uint8_t>(slot(1), kind, 0);
  builder.Finish(Any(builder.EndTable(start)));
  std::string out;
  put_int(out, 0xFFFFFFFF);
  const std::size_t size = padded(builder.GetSize());
  put_int(out, static_cast<std::uint32_t>(size));
  out.append(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
  out.append(size - builder.GetSize(), '\0');
  return out + body;
}

template <class T>
void append(std::string& body, std::vector<BufferPlace>& places, const std::vector<T>& values) {
  const std::size_t size = values.size() * sizeof(T);
  places.push_back({static_cast<std::int64_t>(body.size()), static_cast<std::int64_t>(size)});
  body.append(reinterpret_cast<const char*>(values.data()), size);
  body.append(padded(size) - size, '\0');
}

}  // namespace

std::string arrow_schema(const std::vector<ColumnHead>& heads) {
  Builder builder;
  std::vector<Any> fields;
  for (const ColumnHead& head : heads) fields.emplace_back(field_table(builder, head));
  const auto list = builder.CreateVector(fields);
  const flatbuffers::uoffset_t start = builder.StartTable();
  builder.AddOffset(slot(1), list);
  return message(builder, schema_header, builder.EndTable(start), "");
}

std::string arrow_batch(const Chunk& chunk) {
  Builder builder;
  std::string body;
  std::vector<FieldNode> nodes;
  std::vector<BufferPlace> places;
  for (const Column& column : chunk.columns) {
    nodes.push_back({static_cast<std::int64_t>(chunk.rows), static_cast<std::int64_t>(column.missing)});
    append(body, places, column.present);
    if (column.type == ColumnType::text) append(body, places, column.ends);
    append(body, places, column.values);
  }
  const auto node_list = builder.CreateVectorOfStructs(nodes);
  const auto place_list = builder.CreateVectorOfStructs(places);
  const flatbuffers::uoffset_t start = builder.StartTable();
  builder.AddElement<std::int64_t>(slot(0), static_cast<std::int64_t>(chunk.rows), 0);
  builder.AddOffset(slot(1), node_list);
  builder.AddOffset(slot(2), place_list);
  return message(builder, batch_header, builder.EndTable(start), body);
}

std::string arrow_end() {
  std::string out;
  put_int(out, 0xFFFFFFFF);
  put_int(out, 0);
  return out;
}

}  // namespace legation
