// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/saturation_grouping.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "sw/compiler/shared_unit.h"

namespace airnn {

namespace {

/// A kernel that is in no group yet.
struct Candidate {
  std::size_t kernel = 0;
  std::size_t overlaps = 0;  ///< with other kernels
  std::size_t refused = 0;   ///< by groups
  std::vector<bool> fits;    ///< into each group
};

std::vector<Candidate> all_candidates(const std::vector<KernelShape>& kernels) {
  std::vector<Candidate> candidates(kernels.size());
  for (std::size_t a = 0; a < kernels.size(); ++a) {
    candidates[a].kernel = a;
    for (std::size_t b = 0; b < a; ++b) {
      if (kernels[a].window != kernels[b].window || kernels[a].places.overlaps(kernels[b].places)) {
        ++candidates[a].overlaps;
        ++candidates[b].overlaps;
      }
    }
  }
  return candidates;
}

/// Puts the kernel into the first group with room, or a new one; returns its place.
std::size_t put(const Candidate& candidate, const KernelShape& shape, const UnitShape& unit,
                std::vector<SharedUnit>& groups) {
  const auto place = static_cast<std::size_t>(
      std::find(candidate.fits.begin(), candidate.fits.end(), true) - candidate.fits.begin());
  if (place == groups.size()) {
    groups.emplace_back(unit);
  }
  groups[place].add(candidate.kernel, shape);
  return place;
}

}  // namespace

Grouping saturation_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit) {
  std::vector<Candidate> waiting = all_candidates(kernels);
  std::vector<SharedUnit> groups;
  while (!waiting.empty()) {
    // The first of equal ones: kernels wait in their order.
    const auto next = std::max_element(
        waiting.begin(), waiting.end(), [](const Candidate& a, const Candidate& b) {
          return std::tie(a.refused, a.overlaps) < std::tie(b.refused, b.overlaps);
        });
    const std::size_t place = put(*next, kernels[next->kernel], unit, groups);
    waiting.erase(next);
    for (Candidate& candidate : waiting) {
      candidate.fits.resize(groups.size(), true);
      if (candidate.fits[place] && !groups[place].fits(kernels[candidate.kernel])) {
        candidate.fits[place] = false;
        ++candidate.refused;
      }
    }
  }
  Grouping grouping;
  for (const SharedUnit& group : groups) {
    grouping.push_back(group.members());
  }
  return grouping;
}

}  // namespace airnn
