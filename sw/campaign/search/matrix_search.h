// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/campaign/search/search.h"

namespace airnn {

/// All points that the experiments name, in their order.
class MatrixSearch : public Search {
 public:
  /// `suite` must live as long.
  explicit MatrixSearch(const ExperimentSuite& suite) : suite_(suite) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 private:
  const ExperimentSuite& suite_;
  bool is_done_ = false;
};

}  // namespace airnn
