// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "sw/multiplier/product_table.h"

namespace airnn {

/// By magnitude of a weight, the magnitude of the one that takes its place.
using TuningMap = std::array<std::uint8_t, ProductTable::kOperands>;

/// For each weight m the one, of 0..max_weight, whose products are nearest to those of m: with the
/// least sum over the activations i of 0..max_activation of |i * m - table(i, weight)|. If several
/// are as near, m itself if it is one of them, else the smallest. Activations count alike, so no
/// data set is needed. Both limits 0..255.
TuningMap tuning_map(const ProductTable& table, int max_activation, int max_weight);

/// The largest magnitude of activations of eight bits, and of weights that may take another's
/// place.
inline constexpr int kMaxSigned = 127;
inline constexpr int kMaxUnsigned = 255;

/// Weights that another takes the place of.
int remapped_weights(const TuningMap& map);

/// Mean of |i * m - table(i, map(m))| over all operands, in percent of 65,536.
double tuned_mae_percent(const ProductTable& table, const TuningMap& map);

}  // namespace airnn
