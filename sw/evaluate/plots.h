// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/point_labels.h"

namespace airnn {

/// The data of a plot as evaluation.json has it (docs/evaluation.md); published numbers of the same
/// metric are series of their own.
nlohmann::ordered_json plot_json(const PlotSpec& plot, const Experiment& experiment,
                                 const MeasuredPoints& points);

}  // namespace airnn
