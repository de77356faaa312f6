// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/point_measures.h"

namespace airnn {

/// A point that is to be measured.
struct ProposedPoint {
  std::size_t experiment = 0;  ///< index in the suite
  Settings settings;
  std::size_t generation = 0;  ///< of a search, from 1; 0: it was not searched for
};

/// The points measured so far, in the order in which they were proposed; one that failed has no
/// run. Reads the evaluation's folder, so that it is called only by who wants to know.
using MeasuredSoFar = std::function<std::vector<PointMeasures>()>;

/// Says which points of an experiment come next, given those measured. Equal measures must give
/// equal points: an evaluation that was stopped asks again from the beginning.
class Search {
 public:
  virtual ~Search() = default;

  /// The next points, which are measured together; none: it is at its end.
  virtual std::vector<ProposedPoint> next(const MeasuredSoFar& measured) = 0;
};

}  // namespace airnn
