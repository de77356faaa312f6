// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/point_measures.h"

namespace airnn {

using MeasuredPoints = std::vector<const PointMeasures*>;

/// Those whose settings match.
MeasuredPoints matching(const MeasuredPoints& points, const Settings& where);

/// Keys that not all of these points have with the same name, in their order in the points.
std::vector<std::string> varying_keys(const MeasuredPoints& points);

/// Names of these keys in a point: "lenet5, ddr3, policy position". A key is only named where its
/// value alone would say little.
std::string label_of(const PointMeasures& point, const std::vector<std::string>& keys);

}  // namespace airnn
