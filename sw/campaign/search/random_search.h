// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/search/space_search.h"

namespace airnn {

/// So many points of the space, drawn at random, each once: what a cleverer search is compared
/// with.
class RandomSearch : public SpaceSearch {
 public:
  explicit RandomSearch(const ExperimentSuite& suite);

 private:
  WantedGenomes wanted(const FitnessOf& fitness) override;

  std::size_t points_ = 0;
  bool is_drawn_ = false;
};

}  // namespace airnn
