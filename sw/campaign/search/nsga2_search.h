// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/search/space_search.h"

namespace airnn {

/// NSGA-II: `population` points at a time, in `generations` after the first.
class Nsga2Search : public SpaceSearch {
 public:
  explicit Nsga2Search(const ExperimentSuite& suite);

 private:
  WantedGenomes wanted(const FitnessOf& fitness) override;

  EvolutionParams params_;
};

}  // namespace airnn
