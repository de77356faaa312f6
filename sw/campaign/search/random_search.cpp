// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/random_search.h"

#include <algorithm>
#include <set>

#include "sw/data/random_source.h"

namespace airnn {

RandomSearch::RandomSearch(const ExperimentSuite& suite) : SpaceSearch(suite) {
  refuse("population", search().population.has_value());
  refuse("generations", search().generations.has_value());
  if (!search().points) {
    fail("points: expected how many are to be drawn");
  }
  points_ =
      static_cast<std::size_t>(std::min(static_cast<double>(*search().points), search().size()));
}

WantedGenomes RandomSearch::wanted(const FitnessOf& /*fitness*/) {
  if (is_drawn_) {
    return {};
  }
  is_drawn_ = true;
  // Where nearly all are wanted, the last ones take many draws; but a draw is cheap.
  RandomSource random(search().seed, 0);
  std::set<Genome> known;
  WantedGenomes wanted{1, {}};
  while (wanted.genomes.size() < points_) {
    Genome genome;
    for (const std::size_t count : choices()) {
      genome.push_back(random.below(count));
    }
    if (known.insert(genome).second) {
      wanted.genomes.push_back(std::move(genome));
    }
  }
  return wanted;
}

}  // namespace airnn
