// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sw/results/run_results.h"

namespace airnn {

/// The share of saturated elements above which a run is not passed over in silence. A single
/// outlier among many inputs is no reason to warn; formats that do not fit are. The share parts the
/// two: the networks of `models` with inputs like those they were trained for saturate nowhere with
/// 16 and 32 bits, and inputs of another range than the network was compiled for saturate in
/// several of a hundred elements.
inline constexpr double kSaturationWarning = 0.001;

/// Elements of maps, and those of them that their format could not hold (docs/numbers.md,
/// "Saturation").
struct Saturation {
  std::uint64_t elements = 0;
  std::uint64_t saturated = 0;

  Saturation& operator+=(const Saturation& other);
  double share() const;  ///< 0 without elements
};

/// Of all input maps of a run.
Saturation input_saturation(const RunResults& results);

/// Of all results of a layer in one iteration (from 0). A layer that only pools has no elements: it
/// takes its source's format and cannot saturate.
Saturation layer_saturation(const RunResults& results, std::size_t layer, std::size_t iteration);

/// A sentence that names what saturated most, if the share of the inputs, or of a layer over all
/// iterations, is above kSaturationWarning; else nothing.
std::string saturation_warning(const RunResults& results);

}  // namespace airnn
