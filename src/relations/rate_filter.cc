#include "relations/rate_filter.h"

#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace legation {
namespace {

/// lgamma(a + n) - lgamma(a), by the product for the small counts that nearly all periods have.
double log_rising(double a, double n) {
  if (n > 24) return std::lgamma(a + n) - std::lgamma(a);
  double product = 1;
  for (double i = 0; i < n; ++i) product *= a + i;
  return std::log(product);
}

}  // namespace

GammaBelief RateFilter::ahead() const {
  const double d = discount_;
  return {d * belief_.shape + (1 - d) * prior_.shape, d * belief_.rate + (1 - d) * prior_.rate};
}

void RateFilter::update(double count, double exposure) {
  const GammaBelief before = ahead();
  belief_ = exposure > 0 ? GammaBelief{before.shape + count, before.rate + exposure} : before;
}

double log_predictive(const GammaBelief& belief, double count, double exposure) {
  if (exposure <= 0) return 0;
  const double ratio = exposure / belief.rate;
  return log_rising(belief.shape, count) - log_rising(1, count) - belief.shape * std::log1p(ratio) + count * (std::log(ratio) - std::log1p(ratio));
}

double lower_tail(const GammaBelief& belief, std::int64_t count, double exposure) {
  if (count < 0) return 0;
  return boost::math::ibeta(belief.shape, static_cast<double>(count) + 1, belief.rate / (belief.rate + exposure));
}

double upper_tail(const GammaBelief& belief, std::int64_t count, double exposure) {
  return count <= 0 ? 1 : boost::math::ibetac(belief.shape, static_cast<double>(count), belief.rate / (belief.rate + exposure));
}

}  // namespace legation
