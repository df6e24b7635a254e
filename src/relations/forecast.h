// Forecast: counts of the next period by quad, by the method that did best on the past. Door: forecast().
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "relations/rate_filter.h"
#include "relations/series.h"

namespace legation {

enum class ForecastMethod : std::uint8_t { model, last_value, mean, seasonal_mean, autoregression };
inline constexpr std::size_t forecast_methods = 5;
std::string_view name(ForecastMethod method);

/// Mean scores over dyads, quads and rolling origins: smaller is better.
struct ForecastScore {
  double crps = 0;       ///< continuous ranked probability score, in events (Gneiting & Raftery, JASA 102, 2007)
  double log_score = 0;  ///< minus log probability, nats
};

struct DyadForecast {
  std::string a, b;
  struct Count {
    double mean = 0;
    std::int64_t lower = 0, upper = 0;  ///< 90% interval
  };
  std::array<Count, 4> quads;
};

struct ForecastReport {
  Date next;                                                            ///< the period forecast
  std::size_t origins = 0;                                              ///< rolling ones, each one period ahead
  std::array<std::array<ForecastScore, forecast_methods>, 4> scores{};  ///< by quad and method
  std::array<ForecastMethod, 4> chosen{};                               ///< least CRPS in each quad
  std::vector<DyadForecast> dyads;
};

/// Every origin of the last `origins` periods is forecast from what lies before it. All methods give a
/// negative binomial: the model that of its filter, the others their mean with the dyad's own dispersion so
/// far.
ForecastReport forecast(const DyadPanel& panel, std::size_t origins);

/// What a method expects after `past` (counts of one quad). `season` in periods.
GammaBelief expected_next(ForecastMethod method, std::span<const double> past, double discount, std::size_t season);
/// CRPS of a negative binomial (exposure 1) for a count.
double crps(const GammaBelief& belief, double count);

}  // namespace legation
