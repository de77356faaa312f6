// SPDX-License-Identifier: Apache-2.0
// Time and memory of clustering one layer, from a small to a very large one; prints a table.
// Usage: compiler_benchmark [largest number of weights, default 10000000]
// [normal|laplace|uniform|grid]
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "sw/compiler/boundary_search.h"
#include "sw/compiler/elbow.h"
#include "sw/compiler/sorted_values.h"

namespace {

double seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

/// High-water mark of the process; sizes ascend, so it belongs to the line it is printed in.
double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Weights like those of a trained layer (normal, laplace), without any cluster (uniform), or of 8
/// bits (grid).
std::vector<float> make_weights(std::size_t count, const std::string& distribution) {
  std::mt19937_64 generator(1);
  const auto uniform = [&] {
    return std::ldexp(static_cast<double>(generator() >> 11) + 0.5, -53);
  };
  const auto normal = [&] {
    return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
  };
  std::vector<float> weights(count);
  for (float& weight : weights) {
    double value = 0;
    if (distribution == "laplace") {
      value = std::log(uniform()) * (uniform() < 0.5 ? -1 : 1);
    } else if (distribution == "uniform") {
      value = 2 * uniform() - 1;
    } else if (distribution == "grid") {
      value = std::round(normal() * 32);
    } else {
      value = normal();
    }
    weight = static_cast<float>(value * 0.02);
  }
  return weights;
}

void measure(std::size_t count, const std::string& distribution) {
  std::vector<float> weights = make_weights(count, distribution);
  const double begin = seconds();
  const airnn::SortedValues values(std::move(weights));
  const double sorted = seconds();
  const airnn::BoundarySearch one(values, 10);
  const double squares = static_cast<double>(one.best(10).squares);
  const double clustered = seconds();
  const airnn::BoundarySearch search(values, airnn::kElbowLimit);
  for (int k = 1; k <= airnn::kElbowLimit; ++k) {
    search.best(k);
  }
  fmt::print("{:>11} {:>11} {:>9.3f} {:>9.3f} {:>11.3f} {:>9.0f}  {:.9g}\n", count,
             values.distinct(), sorted - begin, clustered - sorted, seconds() - clustered,
             peak_megabytes(), squares);
}

}  // namespace

int main(int argc, char** argv) {
  const auto largest = static_cast<std::size_t>(argc > 1 ? std::stod(argv[1]) : 1e7);
  const std::string distribution = argc > 2 ? argv[2] : "normal";
  fmt::print("{:>11} {:>11} {:>9} {:>9} {:>11} {:>9}  {}\n", "weights", "distinct", "sort s",
             "K=10 s", "K=1..20 s", "peak MB", "WCSS of K=10");
  for (std::size_t count = 100000; count <= largest; count *= 10) {
    measure(count, distribution);
  }
}
