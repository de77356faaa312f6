// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/optimize/evolution.h"
#include "sw/optimize/pareto.h"

/// What optimizer.h's module is made of, by pagmo2. Nothing else may call it: it is loaded.
namespace airnn::by_pagmo {

WantedGenomes wanted_genomes(const EvolutionParams& params, const FitnessOf& fitness);
std::vector<std::size_t> pareto_front(const std::vector<Fitness>& points);
double hypervolume(const std::vector<Fitness>& points, const Fitness& reference);

}  // namespace airnn::by_pagmo
