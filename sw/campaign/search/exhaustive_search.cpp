// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/exhaustive_search.h"

#include <fmt/format.h>

namespace airnn {

namespace {

constexpr double kMostPoints = 10'000;

}  // namespace

ExhaustiveSearch::ExhaustiveSearch(const ExperimentSuite& suite) : SpaceSearch(suite) {
  refuse("population", search().population.has_value());
  refuse("generations", search().generations.has_value());
  refuse("points", search().points.has_value());
  if (search().size() > kMostPoints) {
    fail(fmt::format("the space has {:.6g} points; algorithm exhaustive takes at most {}",
                     search().size(), kMostPoints));
  }
}

WantedGenomes ExhaustiveSearch::wanted(const FitnessOf& /*fitness*/) {
  WantedGenomes wanted{1, {}};
  Genome genome(choices().size(), 0);
  while (!is_listed_) {
    wanted.genomes.push_back(genome);
    // The last gene counts fastest, as the last key of a matrix.
    std::size_t gene = genome.size();
    while (gene > 0 && ++genome[gene - 1] == choices()[gene - 1]) {
      genome[--gene] = 0;
    }
    is_listed_ = gene == 0;
  }
  return wanted;
}

}  // namespace airnn
