// Dates as pages, feeds and datelines write them: "2017-10-31T09:00+08:00", "Tue, 31 Oct 2017 08:00 GMT",
// "October 31, 2017".
#pragma once

#include <optional>
#include <string_view>

#include "legation/date.h"

namespace legation {

/// The first full date (day, month and year) in `text`. The day is the one written: zones are not converted.
/// "10/31/2017" is read where one of the two numbers can be no month, "10/11/2017" is not.
std::optional<Date> find_written_date(std::string_view text);

/// The full date of a dateline at the start of an article: "SEOUL, June 1, 2015 (Reuters) - ...". Empty when
/// the dateline has no year or there is no dateline.
std::optional<Date> dateline_date(std::string_view text);

}  // namespace legation
