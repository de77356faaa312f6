// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/results/counts.h"
#include "sw/results/energy_table.h"

namespace airnn {

/// How products by weights ended that have an associative memory beside their multipliers.
struct ProductEnds {
  std::uint64_t zeros = 0;     ///< the activation was zero
  std::uint64_t searches = 0;  ///< it was not
  std::uint64_t hits = 0;      ///< of the searches, those that found a row

  std::uint64_t all() const { return zeros + searches; }
  std::uint64_t multiplied() const { return searches - hits; }
  /// Hits per search; 0 without searches.
  double hit_rate() const;

  ProductEnds& operator+=(const ProductEnds& other);
};

/// What these products cost in pJ, and what they would without the memory.
struct ProductEnergy {
  double spent = 0;  ///< searches, reads of products, multiplications of what was not found
  double every = 0;  ///< multipliers that work for every product
  double gated = 0;  ///< multipliers that do not work for activations that are zero

  double of_every() const;  ///< spent / every; 0 without products
  double of_gated() const;
};

/// `counts` are those of the same run. Throws UserError for what has no price.
ProductEnergy product_energy(const EnergyTable& table, const Counts& counts,
                             const ProductEnds& ends);

}  // namespace airnn
