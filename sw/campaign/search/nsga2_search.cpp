// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/nsga2_search.h"

#include <fmt/format.h>

namespace airnn {

namespace {

constexpr std::int64_t kMostIndividuals = 10'000;

}  // namespace

Nsga2Search::Nsga2Search(const ExperimentSuite& suite) : SpaceSearch(suite) {
  refuse("points", search().points.has_value());
  const std::int64_t population = search().population.value_or(params_.population);
  const std::int64_t generations = search().generations.value_or(params_.generations);
  if (population < 8 || population % 4 != 0 || population > kMostIndividuals) {
    fail(fmt::format("population: expected a multiple of 4 from 8 to {}, found {}",
                     kMostIndividuals, population));
  }
  params_.values = choices();
  params_.objectives = search().objectives.size();
  params_.population = static_cast<unsigned>(population);
  params_.generations = static_cast<unsigned>(generations);
  params_.seed = search().seed;
}

WantedGenomes Nsga2Search::wanted(const FitnessOf& fitness) {
  return wanted_genomes(params_, fitness);
}

}  // namespace airnn
