// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_labels.h"

namespace airnn {

/// All points of an experiment, a row each; numbers that no point has have no column.
nlohmann::ordered_json all_points_table(const MeasuredPoints& points);

/// Every point, iteration by iteration; null if none was simulated.
nlohmann::ordered_json all_iterations_table(const MeasuredPoints& points);

/// points.csv: all points of a plan, a row each, with every setting and number.
std::string points_csv(const Plan& plan, const std::vector<PointMeasures>& points);

}  // namespace airnn
