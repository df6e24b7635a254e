// RateFilter: how often events of a kind come, followed through time: a Poisson rate with a gamma posterior
// whose past is discounted.
#pragma once

#include <cstdint>

namespace legation {

/// A gamma distribution; `shape` counts events seen, `rate` the exposure in which they were seen.
struct GammaBelief {
  double shape = 1, rate = 1;
  double mean() const { return shape / rate; }
  double variance() const { return shape / (rate * rate); }
};

/// y_t ~ Poisson(v_t r_t), r_t followed by discounting towards a prior.
///
/// Between periods the belief Gamma(a, b) becomes Gamma(d a + (1-d) a0, d b + (1-d) b0). This is the
/// discounted conjugate model of West & Harrison (Bayesian Forecasting and Dynamic Models, 2nd ed. 1997, ch.
/// 14) in the multiplicative form of Smith & Miller (JRSS B 48, 1986), with the prior mixed in as in
/// stabilised forgetting (Kulhavy & Zarrop, Int. J. Control 58, 1993): without news a rate goes back to what
/// is usual. It is exact for r_t = (b e r_{t-1} + g) / (d b + (1-d) b0), e ~ Beta(d a, (1-d) a), g ~
/// Gamma((1-d) a0, 1).
class RateFilter {
 public:
  /// @param discount  0 < d <= 1: the part of what is known that holds for the next period.
  RateFilter(GammaBelief prior, double discount) : prior_(prior), belief_(prior), discount_(discount) {}
  /// The belief about the coming period, before its count is seen.
  GammaBelief ahead() const;
  /// Steps on one period and takes in its count. Exposure 0: nothing was seen.
  void update(double count, double exposure);
  const GammaBelief& belief() const { return belief_; }
  double discount() const { return discount_; }

 private:
  GammaBelief prior_, belief_;
  double discount_;
};

/// Log probability of a count in a period with this exposure: negative binomial.
double log_predictive(const GammaBelief& belief, double count, double exposure);
/// P(count' <= count), P(count' = count) + P(count' > count): the tails with the count itself in both.
double lower_tail(const GammaBelief& belief, std::int64_t count, double exposure);
double upper_tail(const GammaBelief& belief, std::int64_t count, double exposure);

}  // namespace legation
