// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_measures.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

#include "sw/evaluate/evaluation_folder.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

using Json = nlohmann::json;

/// Accuracy that Table III allows to lose.
constexpr double kNearBase = 0.03;

std::string scheme_of(const Settings& settings) {
  const std::string scheme = name_of(settings, "compile.scheme");
  return scheme.empty() ? "iterative" : scheme;
}

template <std::size_t N>
bool is_one_of(const std::array<const char*, N>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// The base accelerator runs a network once, whatever its clusters and its threshold are.
bool concerns_base(const std::string& key) {
  static constexpr std::array<const char*, 3> kIterating = {"threshold", "min_iterations",
                                                            "max_iterations"};
  return key == "compile.precision" ||
         (key.rfind("compile.", 0) != 0 && !is_one_of(kIterating, key));
}

bool concerns_iterative(const std::string& key) {
  static constexpr std::array<const char*, 5> kInterleaving = {"compile.scheme", "compile.policy",
                                                               "compile.blocks", "compile.grouping",
                                                               "compile.interleaved-iterations"};
  return !is_one_of(kInterleaving, key);
}

/// What `concerns` picks of the settings, whatever their order: equal for points that agree in it.
std::map<std::string, std::string> conditions(const Settings& settings,
                                              bool (*concerns)(const std::string&)) {
  std::map<std::string, std::string> conditions;
  for (const Setting& setting : settings) {
    if (concerns(setting.key)) {
      conditions[setting.key] = setting.name;
    }
  }
  return conditions;
}

/// The first run of a scheme by its conditions.
std::map<std::map<std::string, std::string>, const RunMeasures*> runs_of(
    const std::string& scheme, const std::vector<PointMeasures>& points,
    bool (*concerns)(const std::string&)) {
  std::map<std::map<std::string, std::string>, const RunMeasures*> runs;
  for (const PointMeasures& point : points) {
    if (point.run && scheme_of(point.point->settings) == scheme) {
      runs.emplace(conditions(point.point->settings, concerns), &*point.run);
    }
  }
  return runs;
}

std::optional<double> ratio(double part, double whole) {
  return whole > 0 ? std::optional<double>(part / whole) : std::nullopt;
}

}  // namespace

ImageMeasures ImageMeasures::read(const Json& report, const std::string& origin) {
  try {
    ImageMeasures image;
    report.at("checksum").get_to(image.checksum);
    if (!report.at("network_elbow").is_null()) {
      image.elbow = report.at("network_elbow").get<double>();
    }
    report.at("elbow_curve").get_to(image.elbow_curve);
    report.at("cumulative_fraction").get_to(image.cumulative_fraction);
    for (const Json& batch : report.at("batches")) {
      for (const Json& layer : batch.at("layers")) {
        const double kernels = layer.at("nonzero_kernels");
        const Json groups = layer.value("groups", Json());
        image.layers.push_back({layer.at("name"), batch.at("iteration"), kernels,
                                groups.is_null() ? kernels : groups.get<double>()});
      }
    }
    return image;
  } catch (const Json::exception& error) {
    throw UserError(origin + ": not the report of a compilation: " + error.what());
  }
}

int PointMeasures::iterations() const {
  if (!run) {
    return image ? static_cast<int>(image->cumulative_fraction.size()) : 0;
  }
  const std::vector<MeasuredIteration>& all = run->iterations();
  return static_cast<int>(std::count_if(
      all.begin(), all.end(), [](const MeasuredIteration& one) { return one.inputs_run > 0; }));
}

std::optional<double> PointMeasures::value(Metric metric, Accounting accounting, int iteration,
                                           const std::string& layer) const {
  if (is_per_layer(metric)) {
    return value_of_layer(metric, iteration, layer);
  }
  if (metric == Metric::elbow) {
    return image ? image->elbow : std::nullopt;
  }
  if (!run) {
    return std::nullopt;
  }
  if (is_per_iteration(metric)) {
    return iteration >= 1 && iteration <= static_cast<int>(run->iterations().size())
               ? value_of_iteration(metric, accounting, iteration)
               : std::nullopt;
  }
  const auto against = [&](const RunMeasures* other, int until) -> std::optional<double> {
    const bool energy = is_energy(metric);
    return other == nullptr ? std::nullopt
                            : ratio(run->amount_per_input(energy, accounting, until),
                                    other->amount_per_input(energy, accounting));
  };
  const std::optional<int> near = near_base_iterations();
  switch (metric) {
    case Metric::accuracy:
      return run->accuracy();
    case Metric::mean_iterations:
      return run->mean_iterations();
    case Metric::energy:
    case Metric::time:
      return against(base, 0);
    case Metric::time_of_iterative:
      return against(iterative, 0);
    case Metric::energy_per_input:
      return run->amount_per_input(true, accounting) / 1000;  // nJ
    case Metric::cycles_per_input:
      return run->amount_per_input(false, accounting);
    case Metric::near_base_iterations:
      return near ? std::optional<double>(*near) : std::nullopt;
    case Metric::near_base_energy:
      return near ? against(base, *near) : std::nullopt;
    case Metric::near_base_fraction:
      return near ? value_of_iteration(Metric::fraction_of_weights, accounting, *near)
                  : std::nullopt;
    case Metric::near_base_accuracy:
      return near ? run->accuracy_so_far(*near) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<double> PointMeasures::value_of_iteration(Metric metric, Accounting accounting,
                                                        int iteration) const {
  const MeasuredIteration& of = run->iterations()[static_cast<std::size_t>(iteration - 1)];
  const auto against = [&](const RunMeasures* other) -> std::optional<double> {
    const bool energy = is_energy(metric);
    if (other == nullptr || of.inputs_run == 0) {
      return std::nullopt;
    }
    const int last = metric == Metric::time_so_far_of_iterative ? iteration : 1;
    return ratio(run->amount_so_far(energy, iteration, accounting),
                 other->amount_so_far(energy, last, accounting));
  };
  switch (metric) {
    case Metric::fraction_of_weights:
      return of.fraction_of_weights;
    case Metric::accuracy_if_all_stop_here:
      return of.accuracy_if_all_stop_here;
    case Metric::accuracy_so_far:
      return run->accuracy_so_far(iteration);
    case Metric::energy_so_far:
    case Metric::time_so_far:
      return against(base);
    case Metric::time_so_far_of_iterative:
      return against(iterative);
    case Metric::stopped_share:
      return ratio(of.inputs_stopped, run->inputs());
    default:
      return std::nullopt;
  }
}

std::optional<double> PointMeasures::value_of_layer(Metric metric, int iteration,
                                                    const std::string& layer) const {
  if (!image) {
    return std::nullopt;
  }
  const auto found =
      std::find_if(image->layers.begin(), image->layers.end(), [&](const LayerKernels& kernels) {
        return kernels.layer == layer && kernels.iteration == iteration;
      });
  if (found == image->layers.end()) {
    return std::nullopt;
  }
  switch (metric) {
    case Metric::kernels:
      return found->kernels;
    case Metric::groups:
      return found->groups;
    default:
      return ratio(found->kernels, found->groups);
  }
}

std::optional<int> PointMeasures::near_base_iterations() const {
  if (base == nullptr || !base->accuracy()) {
    return std::nullopt;
  }
  for (int i = 1; i <= static_cast<int>(run->iterations().size()); ++i) {
    if (run->accuracy_so_far(i).value_or(0) >= *base->accuracy() - kNearBase) {
      return i;
    }
  }
  return std::nullopt;
}

bool is_base(const PointMeasures& point) {
  return scheme_of(point.point->settings) == "base";
}

std::vector<PointMeasures> measure_points(const Plan& plan, const std::string& folder) {
  std::vector<PointMeasures> points;
  for (const PlannedPoint& point : plan.points) {
    PointMeasures& measures = points.emplace_back();
    measures.point = &point;
    if (!point.image_key.empty()) {
      const std::string path = image_report_file(folder, point.image_key);
      const std::string text = read_text_file(path);
      if (!text.empty()) {
        measures.image = ImageMeasures::read(Json::parse(text, nullptr, false), path);
      }
    }
    if (!point.run_key.empty()) {
      const std::string path = run_results_file(folder, point.run_key);
      const std::string text = read_text_file(path);
      if (!text.empty()) {
        measures.run = RunMeasures::read(Json::parse(text, nullptr, false), path);
      }
    }
  }
  for (const auto& [index, failure] : read_failures(folder)) {
    if (index < points.size()) {
      points[index].failure = failure.message;
    }
  }
  // Only now do the runs stay where they are.
  const auto bases = runs_of("base", points, concerns_base);
  const auto iteratives = runs_of("iterative", points, concerns_iterative);
  const auto find = [](const auto& runs, const auto& wanted) {
    const auto found = runs.find(wanted);
    return found == runs.end() ? nullptr : found->second;
  };
  for (PointMeasures& measures : points) {
    const Settings& settings = measures.point->settings;
    measures.base = find(bases, conditions(settings, concerns_base));
    measures.iterative = find(iteratives, conditions(settings, concerns_iterative));
  }
  return points;
}

}  // namespace airnn
