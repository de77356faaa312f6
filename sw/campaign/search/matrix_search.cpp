// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/matrix_search.h"

namespace airnn {

std::vector<ProposedPoint> MatrixSearch::next(const MeasuredSoFar&) {
  std::vector<ProposedPoint> points;
  for (std::size_t i = 0; i < suite_.experiments.size() && !is_done_; ++i) {
    for (const Settings& settings : suite_.experiments[i].points) {
      points.push_back({i, settings});
    }
  }
  is_done_ = true;
  return points;
}

}  // namespace airnn
