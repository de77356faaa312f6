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

/// A key of an experiment in words: "batch order" of "compile.batch-order".
std::string key_words(const std::string& key);

/// "12 clusters", "threshold 0.9"; a key is only named where its value alone would say little.
std::string setting_words(const Setting& setting);

/// Names of these keys in a point: "lenet5, ddr3, policy position".
std::string label_of(const PointMeasures& point, const std::vector<std::string>& keys);

/// The same as a name of the point: what nothing tells from others is called after its network.
std::string point_name(const PointMeasures& point, const std::vector<std::string>& keys);

}  // namespace airnn
