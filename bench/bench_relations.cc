// Change points: online in points a second, exact in milliseconds a series. Run:
// build/release/bench/bench_relations
#include <benchmark/benchmark.h>

#include <random>

#include "relations/change_points.h"
#include "relations/online_changes.h"

namespace legation {
namespace {

std::vector<unsigned> monthly_counts(std::size_t n) {
  std::mt19937_64 random(1);
  std::vector<unsigned> out;
  double level = 3;
  for (std::size_t at = 0; at < n; ++at) {
    if (random() % 250 == 0) level = 1 + static_cast<double>(random() % 8);
    out.push_back(static_cast<unsigned>(std::poisson_distribution<int>(level)(random)));
  }
  return out;
}

void online(benchmark::State& state) {
  const auto counts = monthly_counts(100000);
  for (auto _ : state) {
    OnlineChanges changes;
    for (const unsigned count : counts) benchmark::DoNotOptimize(changes.push(count));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(counts.size()) * state.iterations());
}
BENCHMARK(online)->Unit(benchmark::kMillisecond);

void pelt_poisson(benchmark::State& state) {
  const auto counts = monthly_counts(static_cast<std::size_t>(state.range(0)));
  const std::vector<double> values(counts.begin(), counts.end());
  for (auto _ : state) benchmark::DoNotOptimize(find_changes(values, {}, {}));
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(pelt_poisson)->Arg(300)->Arg(3000)->Arg(30000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace legation

BENCHMARK_MAIN();
