#include "cli/series_arguments.h"

namespace legation {
namespace {

/// "2015", "2015-06" or "2015-06-30"; the first or last day of what is named.
std::optional<Date> day_of(const std::string& text, bool last) {
  if (text.size() == 4) return Date::parse(text + (last ? "-12-31" : "-01-01"));
  if (text.size() != 7) return Date::parse(text);
  const auto first = Date::parse(text + "-01");
  return first && last ? std::optional(add_months(*first, 1) - 1) : first;
}

}  // namespace

void SeriesArguments::add_to(CLI::App& command) {
  command.add_option("--by", by, "day, week, month, quarter or year")->check(CLI::IsMember({"day", "week", "month", "quarter", "year"}))->capture_default_str();
  command.add_option("--from", from, "first day: YYYY, YYYY-MM or YYYY-MM-DD");
  command.add_option("--to", to, "last day, likewise");
  command.add_option("--context", context, "only events of this PLOVER context (military, economic, ...)");
  command.add_option("--sector", sector, "only events in which either side is of this sector (GOV, MIL, ...)");
  command.add_flag("--official", official, "only on the word of organs of state: one is quoted, or the act is a verbal one of its own");
  command.add_flag("--all", all, "also what is denied, hypothetical, still ahead or background");
  CLI::Option* every = command.add_flag("--tellings", tellings, "count every telling; else an incident counts once");
  command.add_flag("--reports", reports, "count an incident as often as outlets report it independently")->excludes(every);
  command.add_flag("--raw", raw, "not relative to the ledger's coverage of the period");
}

Result<SeriesFilter> SeriesArguments::filter() const {
  SeriesFilter out;
  out.by = *parse_step(by);
  for (const auto& [option, text, day, last] : {std::tuple{"--from", &from, &out.from, false}, std::tuple{"--to", &to, &out.to, true}})
    if (!text->empty() && !(*day = day_of(*text, last)))
      return Error{Error::Code::bad_format, std::string(option) + " " + *text + ": no such day, expected YYYY, YYYY-MM or YYYY-MM-DD"};
  if (out.from && out.to && *out.to < *out.from) return Error{Error::Code::bad_format, "--from " + from + " is after --to " + to + ": exchange them"};
  out.context = context, out.sector = sector, out.official = official;
  out.plain = !all, out.normalise = !raw;
  out.weight = tellings ? Weight::tellings : reports ? Weight::reports : Weight::incident;
  return out;
}

}  // namespace legation
