// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/config/config_reader.h"
#include "sw/evaluate/experiment.h"
#include "sw/evaluate/point_selection.h"

namespace airnn {

/// Reads one entry of `plots`. Throws ConfigError.
PlotSpec read_plot(const ConfigReader& reader, const PointSelection& points);

}  // namespace airnn
