// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "testbenches/fuzz/isolated_cases.h"

namespace airnn::test {

struct ImageFuzzOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 100000;
  std::uint64_t simulate_every = 50;  ///< of the accepted images
};

/// Mutated images (ImageMutator) of random networks in all schemes, precisions and index widths are
/// read; what is accepted is shown as `airnn inspect` shows it and inferred by sw/golden in every
/// iteration; a share of it runs through the whole machine with monitors, whose maps are compared
/// with the reference's. Outcomes: refused, accepted, simulated.
CaseSummary fuzz_images(const ImageFuzzOptions& options);

}  // namespace airnn::test
