// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sw/optimize/pareto.h"

namespace airnn {

/// Of each gene, which of its values.
using Genome = std::vector<std::size_t>;

/// The fitness of a genome, or null if it is not known yet.
using FitnessOf = std::function<const Fitness*(const Genome&)>;

struct EvolutionParams {
  std::vector<std::size_t> values;  ///< of each gene, of which there is at least one: two or more
  std::size_t objectives = 2;
  unsigned population = 24;   ///< a multiple of 4 from 8 on
  unsigned generations = 16;  ///< after the first
  std::uint32_t seed = 1;
};

/// Genomes of a generation that must be measured before evolution can go on.
struct WantedGenomes {
  std::size_t generation = 0;   ///< from 1; the first is drawn
  std::vector<Genome> genomes;  ///< each once; none: evolution is at its end
};

/// NSGA-II of pagmo2: goes through all generations from the first, as far as every genome's fitness
/// is known. It remembers nothing: equal fitness gives equal genomes, by the same release of pagmo2
/// and of the C++ library, whose random numbers it takes.
WantedGenomes wanted_genomes(const EvolutionParams& params, const FitnessOf& fitness);

}  // namespace airnn
