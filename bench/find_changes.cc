// The changes of one series of numbers, and how long finding them took: the peer of bench/ruptures_peer.py.
//   find_changes COST PENALTY TIMES < numbers     COST: l2, normal or poisson
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "relations/change_points.h"

int main(int count, char** words) {
  using legation::SegmentCost;
  if (count != 4) return std::fprintf(stderr, "find_changes COST PENALTY TIMES < numbers\n"), 2;
  const std::string cost = words[1];
  legation::ChangeOptions options;
  options.cost = cost == "l2" ? SegmentCost::gaussian_mean : cost == "normal" ? SegmentCost::gaussian : SegmentCost::poisson;
  options.penalty = std::strtod(words[2], nullptr);
  std::vector<double> values;
  for (double value = 0; std::cin >> value;) values.push_back(value);
  std::printf("{\"seconds\": [");
  legation::Segmentation found;
  for (int time = 0, times = std::atoi(words[3]); time < times; ++time) {
    const auto start = std::chrono::steady_clock::now();
    found = legation::find_changes(values, {}, options);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf("%s%.9f", time == 0 ? "" : ", ", taken.count());
  }
  std::printf("], \"cost\": %.9f, \"changes\": [", found.cost);
  for (std::size_t at = 0; at < found.changes.size(); ++at) std::printf("%s%zu", at == 0 ? "" : ", ", found.changes[at]);
  std::printf("]}\n");
}
