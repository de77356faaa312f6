// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compiler/random_kernels.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace airnn::test {

namespace {

bool are_disjoint(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  std::vector<std::uint32_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.empty();
}

std::size_t fewest(const KernelSet& set, const std::vector<std::uint32_t>& kernels,
                   std::size_t placed, std::vector<std::vector<std::uint32_t>>& groups) {
  if (placed == kernels.size()) {
    return groups.size();
  }
  std::size_t best = kernels.size();
  for (std::size_t g = 0; g <= groups.size(); ++g) {
    if (g == groups.size()) {
      groups.push_back({kernels[placed]});
      best = std::min(best, fewest(set, kernels, placed + 1, groups));
      groups.pop_back();
      break;
    }
    groups[g].push_back(kernels[placed]);
    if (set.fit_together(groups[g])) {
      best = std::min(best, fewest(set, kernels, placed + 1, groups));
    }
    groups[g].pop_back();
  }
  return best;
}

}  // namespace

std::vector<std::uint32_t> KernelSet::nonzero() const {
  std::vector<std::uint32_t> kernels;
  for (std::uint32_t k = 0; k < columns.size(); ++k) {
    if (!columns[k].empty()) {
      kernels.push_back(k);
    }
  }
  return kernels;
}

std::vector<KernelShape> KernelSet::shapes() const {
  std::vector<KernelShape> shapes;
  for (const std::uint32_t k : nonzero()) {
    shapes.push_back(shape_of(k, window[k], {columns[k].begin(), columns[k].end()}, unit));
  }
  return shapes;
}

std::uint32_t KernelSet::count(std::uint32_t kernel, std::uint32_t channel) const {
  return static_cast<std::uint32_t>(std::count_if(
      columns[kernel].begin(), columns[kernel].end(),
      [&](std::uint32_t column) { return column / unit.split.multipliers == channel; }));
}

std::uint32_t KernelSet::blocks(std::uint32_t kernel) const {
  for (std::uint32_t b = 1; b < unit.split.blocks; b *= 2) {
    bool enough = true;
    for (std::uint32_t channel = 0; channel < unit.channels; ++channel) {
      enough = enough && count(kernel, channel) <= b * (unit.split.multipliers / unit.split.blocks);
    }
    if (enough) {
      return b;
    }
  }
  return unit.split.blocks;
}

std::set<std::uint32_t> KernelSet::fixed_blocks(std::uint32_t kernel) const {
  const std::uint32_t size = unit.split.multipliers / unit.split.blocks;
  std::set<std::uint32_t> touched;
  for (const std::uint32_t column : columns[kernel]) {
    touched.insert(std::min(column % unit.split.multipliers / size, unit.split.blocks - 1));
  }
  for (std::uint32_t length = 1;; length *= 2) {
    for (std::uint32_t first = 0; first < unit.split.blocks; first += length) {
      if (first <= *touched.begin() && *touched.rbegin() < first + length) {
        std::set<std::uint32_t> range;
        for (std::uint32_t b = first; b < first + length; ++b) {
          range.insert(b);
        }
        return range;
      }
    }
  }
}

bool KernelSet::fit_together(const std::vector<std::uint32_t>& kernels) const {
  if (kernels.size() > 4) {
    return false;
  }
  std::uint32_t needed = 0;
  for (std::size_t a = 0; a < kernels.size(); ++a) {
    needed += blocks(kernels[a]);
    for (std::size_t b = 0; b < a; ++b) {
      if (window[kernels[a]] != window[kernels[b]] ||
          (unit.policy == InterleavePolicy::position &&
           !are_disjoint(columns[kernels[a]], columns[kernels[b]])) ||
          (unit.policy == InterleavePolicy::block_fixed &&
           !are_disjoint(fixed_blocks(kernels[a]), fixed_blocks(kernels[b])))) {
        return false;
      }
    }
  }
  return unit.policy != InterleavePolicy::block || needed <= unit.split.blocks;
}

bool KernelSet::is_served(const KernelGroup& group) const {
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;  // channel, multiplier
  for (const GroupedKernel& kernel : group) {
    for (std::uint32_t channel = 0; channel < unit.channels; ++channel) {
      const std::uint32_t begin = unit.split.begin(kernel.first_block);
      const std::uint32_t end = unit.split.begin(kernel.first_block + kernel.blocks);
      std::uint32_t next = begin;  // policy block: the operand selector fills the blocks
      for (const std::uint32_t column : columns[kernel.kernel]) {
        if (column / unit.split.multipliers != channel) {
          continue;
        }
        const std::uint32_t own = column % unit.split.multipliers;
        const std::uint32_t multiplier = unit.policy == InterleavePolicy::block ? next++ : own;
        const bool inside =
            unit.policy == InterleavePolicy::position || (multiplier >= begin && multiplier < end);
        if (!inside || !taken.insert({channel, multiplier}).second) {
          return false;
        }
      }
    }
  }
  return true;
}

std::vector<std::vector<std::uint32_t>> KernelSet::paper_groups() const {
  const std::vector<std::uint32_t> rows = nonzero();
  std::vector<bool> interleaved(rows.size(), false);
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::size_t reference = 0; reference < rows.size(); ++reference) {
    if (interleaved[reference]) {
      continue;
    }
    std::vector<std::uint32_t> group{rows[reference]};
    for (std::size_t other = reference + 1; other < rows.size(); ++other) {
      std::vector<std::uint32_t> merged = group;
      merged.push_back(rows[other]);
      if (!interleaved[other] && fit_together(merged)) {
        interleaved[other] = true;
        group = merged;
      }
    }
    groups.push_back(group);
  }
  return groups;
}

std::size_t KernelSet::optimum() const {
  std::vector<std::vector<std::uint32_t>> groups;
  return fewest(*this, nonzero(), 0, groups);
}

KernelSet random_kernels(InterleavePolicy policy, std::uint32_t most_kernels,
                         std::mt19937& random) {
  static constexpr std::array<std::uint32_t, 12> kAreas{1, 2, 3, 4, 7, 9, 12, 21, 25, 35, 49, 121};
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random()) % limit;
  };
  KernelSet set;
  set.unit.policy = policy;
  set.unit.split.multipliers = kAreas[below(kAreas.size())];
  set.unit.split.blocks = 1;
  while (2 * set.unit.split.blocks <= set.unit.split.multipliers && below(4) != 0) {
    set.unit.split.blocks *= 2;
  }
  set.unit.channels = 1 + below(below(2) == 0 ? 3 : 20);
  const std::uint32_t kernels = 1 + below(most_kernels);
  const std::uint32_t windows = below(3) == 0 ? 2 : 1;
  const std::uint32_t density = below(3) == 0 ? below(101) : below(12);  // %
  for (std::uint32_t k = 0; k < kernels; ++k) {
    set.columns.emplace_back();
    set.window.push_back(k * windows / kernels);
    const std::uint32_t dense = below(10) == 0 ? 100 - density : density;
    for (std::uint32_t column = 0; column < set.unit.columns(); ++column) {
      if (below(100) < dense) {
        set.columns.back().insert(column);
      }
    }
  }
  return set;
}

}  // namespace airnn::test
