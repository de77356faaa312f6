// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/optimize/evolution.h"
#include "sw/optimize/pareto.h"

namespace airnn {

/// What the module `airnn_optimize.so` offers; each is what the function of its name says.
struct Optimizer {
  WantedGenomes (*wanted_genomes)(const EvolutionParams& params, const FitnessOf& fitness);
  std::vector<std::size_t> (*pareto_front)(const std::vector<Fitness>& points);
  double (*hypervolume)(const std::vector<Fitness>& points, const Fitness& reference);
};

/// The name of the module's only symbol, a function of this type.
constexpr const char* kOptimizerSymbol = "airnn_optimizer";
using OptimizerFunction = const Optimizer* (*)();

/// The module, loaded at the first call: pagmo's library takes milliseconds to start, which most
/// commands need not wait for. It is lib/airnn/airnn_optimize.so in a folder that the program lies
/// in, or below one. Throws UserError if it is not there.
const Optimizer& optimizer();

}  // namespace airnn
