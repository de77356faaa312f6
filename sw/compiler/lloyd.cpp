// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/lloyd.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace airnn {

namespace {

constexpr int kRounds = 1000;

/// Uniform in [0, 1); std::uniform_real_distribution differs between libraries.
double uniform(std::mt19937_64& generator) {
  return std::ldexp(static_cast<double>(generator() >> 11), -53);
}

std::vector<std::size_t> nearest(const SortedValues& values, const std::vector<double>& centres) {
  std::vector<std::size_t> ends;
  for (std::size_t k = 0; k + 1 < centres.size(); ++k) {
    ends.push_back(values.count_up_to(centres[k] + (centres[k + 1] - centres[k]) / 2));
  }
  ends.push_back(values.size());
  return ends;
}

double squared(double distance) {
  return distance * distance;
}

}  // namespace

std::vector<double> linear_centres(const SortedValues& values, int clusters) {
  const auto low = static_cast<double>(values[0]);
  const auto high = static_cast<double>(values[values.size() - 1]);
  if (clusters == 1) {
    return {low + (high - low) / 2};
  }
  std::vector<double> centres;
  for (int k = 0; k < clusters; ++k) {
    centres.push_back(low + (high - low) * k / (clusters - 1));
  }
  return centres;
}

std::vector<double> random_centres(const SortedValues& values, int clusters, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  const std::size_t size = values.size();
  const auto first = static_cast<std::size_t>(uniform(generator) * static_cast<double>(size));
  std::vector<double> centres{static_cast<double>(values[std::min(first, size - 1)])};
  const auto distance = [&](std::size_t i, std::size_t& nearest_centre) {
    const auto value = static_cast<double>(values[i]);
    while (nearest_centre + 1 < centres.size() && std::abs(centres[nearest_centre + 1] - value) <=
                                                      std::abs(centres[nearest_centre] - value)) {
      ++nearest_centre;  // values ascend, so the nearest centre does too
    }
    return squared(value - centres[nearest_centre]);
  };
  while (centres.size() < static_cast<std::size_t>(clusters)) {
    double total = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < size; ++i) {
      total += distance(i, at);
    }
    if (!(total > 0)) {
      break;  // every distinct value is a centre
    }
    const double target = uniform(generator) * total;
    double sum = 0;
    at = 0;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < size && sum <= target; ++i) {
      const double further = distance(i, at);
      sum += further;
      chosen = further > 0 ? i : chosen;
    }
    const auto centre = static_cast<double>(values[chosen]);
    centres.insert(std::upper_bound(centres.begin(), centres.end(), centre), centre);
  }
  return centres;
}

Partition lloyd(const SortedValues& values, std::vector<double> centres) {
  std::vector<std::size_t> ends = nearest(values, centres);
  for (int round = 0; round < kRounds; ++round) {
    std::size_t begin = 0;
    for (std::size_t k = 0; k < ends.size(); ++k) {
      if (ends[k] > begin) {
        centres[k] = values.mean(begin, ends[k]);
      }
      begin = std::max(begin, ends[k]);
    }
    std::vector<std::size_t> next = nearest(values, centres);
    if (next == ends) {
      break;
    }
    ends = std::move(next);
  }
  std::vector<std::size_t> filled;
  for (const std::size_t end : ends) {
    if (end > (filled.empty() ? 0 : filled.back())) {
      filled.push_back(end);
    }
  }
  return make_partition(values, std::move(filled));
}

}  // namespace airnn
