// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/search/space_search.h"

namespace airnn {

/// All points of a space that is small enough: the witness of others.
class ExhaustiveSearch : public SpaceSearch {
 public:
  explicit ExhaustiveSearch(const ExperimentSuite& suite);

 private:
  WantedGenomes wanted(const FitnessOf& fitness) override;

  bool is_listed_ = false;
};

}  // namespace airnn
