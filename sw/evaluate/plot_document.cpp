// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plot_document.h"

#include <algorithm>
#include <utility>

namespace airnn {

using Json = nlohmann::ordered_json;

std::string PlotNames::label(const PointMeasures& point) const {
  return point_name(point, in_plot);
}

std::string PlotNames::note(const PointMeasures& point, const std::string& shown) const {
  const std::string name = point_name(point, in_section);
  return name == shown ? "" : name;
}

Json category_axis(const std::string& label) {
  return {{"label", label}, {"type", "category"}};
}

Json number_axis(const std::string& label, const MetricRange& range) {
  Json axis = {{"label", label}, {"type", "number"}, {"least", range.least}};
  if (range.most) {
    axis["most"] = *range.most;
  }
  axis["whole"] = range.whole;
  return axis;
}

Json metric_axis(Metric metric) {
  return number_axis(label_of(metric), range_of(metric));
}

Json iteration_axis(const Json& series) {
  double last = 1;
  for (const Json& one : series) {
    for (const Json& point : one.at("points")) {
      last = std::max(last, point.at("x").get<double>());
    }
  }
  return number_axis("iteration", {1, last, true});
}

Json series_json(const std::string& label, const char* role, Json points) {
  return {{"label", label}, {"role", role}, {"points", std::move(points)}};
}

Json plot_document(const PlotSpec& plot, const char* kind, Json x, Json y, Json series) {
  return {{"title", plot.title},
          {"kind", kind},
          {"x", std::move(x)},
          {"y", std::move(y)},
          {"series", std::move(series)}};
}

}  // namespace airnn
