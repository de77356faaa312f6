// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/metric.h"
#include "sw/evaluate/point_labels.h"

namespace airnn {

/// Of a plot's points: what tells them from each other in the plot, and what they are called
/// everywhere in the section.
struct PlotNames {
  std::vector<std::string> in_plot;     ///< keys
  std::vector<std::string> in_section;  ///< keys

  std::string label(const PointMeasures& point) const;
  /// The name in the section, unless it is what the plot shows already.
  std::string note(const PointMeasures& point, const std::string& shown) const;
};

// Parts of a plot of evaluation.json (docs/report.md).

nlohmann::ordered_json category_axis(const std::string& label);
/// An axis, and what its values can be.
nlohmann::ordered_json number_axis(const std::string& label, const MetricRange& range);
nlohmann::ordered_json metric_axis(Metric metric);
/// Iterations up to the last that one of the series has.
nlohmann::ordered_json iteration_axis(const nlohmann::ordered_json& series);
nlohmann::ordered_json series_json(const std::string& label, const char* role,
                                   nlohmann::ordered_json points);
nlohmann::ordered_json plot_document(const PlotSpec& plot, const char* kind,
                                     nlohmann::ordered_json x, nlohmann::ordered_json y,
                                     nlohmann::ordered_json series);

}  // namespace airnn
