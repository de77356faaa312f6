// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/progress.h"

#include <cstddef>
#include <string>
#include <utility>

namespace airnn {

using Json = nlohmann::ordered_json;

bool is_done(const PointMeasures& point) {
  return point.failure.empty() &&
         (point.simulates ? point.run.has_value() : point.image.has_value());
}

const char* status_of(const PointMeasures& point) {
  if (!point.failure.empty()) {
    return "failed";
  }
  return is_done(point) ? "done" : "missing";
}

MeasuredPoints points_of(std::size_t experiment, const std::vector<PointMeasures>& points) {
  MeasuredPoints own;
  for (const PointMeasures& point : points) {
    if (point.point->experiment == experiment) {
      own.push_back(&point);
    }
  }
  return own;
}

std::vector<std::string> names_of(const Plan& plan, const std::vector<PointMeasures>& points,
                                  bool with_experiment) {
  std::vector<std::vector<std::string>> keys;
  for (std::size_t e = 0; e < plan.experiments.size(); ++e) {
    keys.push_back(varying_keys(points_of(e, points)));
  }
  const bool several = with_experiment && plan.experiments.size() > 1;
  std::vector<std::string> names;
  for (const PointMeasures& point : points) {
    const std::size_t experiment = point.point->experiment;
    names.push_back((several ? plan.experiments[experiment].id + ": " : "") +
                    point_name(point, keys[experiment]));
  }
  return names;
}

Json progress_json(const Plan& plan, const std::vector<PointMeasures>& points) {
  const std::vector<std::string> names = names_of(plan, points, true);
  std::size_t done = 0;
  Json failed = Json::array();
  Json missing = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (is_done(points[i])) {
      ++done;
    } else {
      (points[i].failure.empty() ? missing : failed).push_back(names[i]);
    }
  }
  return {{"points", points.size()},
          {"done", done},
          {"failed", std::move(failed)},
          {"missing", std::move(missing)}};
}

}  // namespace airnn
