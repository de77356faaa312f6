// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/plot_document.h"

namespace airnn {

/// Published numbers of the plot's metric that speak of points which the plot shows, iteration by
/// iteration. What speaks of one point alone is its pair.
nlohmann::ordered_json published_series(const PlotSpec& plot, const Experiment& experiment,
                                        const MeasuredPoints& shown, const PlotNames& names);

}  // namespace airnn
