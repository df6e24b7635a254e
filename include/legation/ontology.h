// The PLOVER ontology: types, modes, contexts, sectors, scores. Tables: data/ontology.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace legation {

enum class EventType : std::uint8_t {
  AGREE,
  CONSULT,
  SUPPORT,
  CONCEDE,
  COOPERATE,
  AID,
  RETREAT,
  REQUEST,
  ACCUSE,
  REJECT,
  THREATEN,
  PROTEST,
  SANCTION,
  MOBILIZE,
  COERCE,
  ASSAULT
};
inline constexpr std::size_t event_type_count = 16;
std::string_view name(EventType type);
std::optional<EventType> parse_event_type(std::string_view name);

/// Auxiliary modes are flags beside the type (PLOVER reference, section 4).
enum Auxiliary : std::uint8_t { auxiliary_historical = 1, auxiliary_future = 2, auxiliary_hypothetical = 4, auxiliary_negation = 8 };
std::optional<Auxiliary> parse_auxiliary(std::string_view name);

}  // namespace legation
