// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_measures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/point_failures.h"
#include "sw/evaluate/whole_number.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Accuracy that Table III allows to lose.
constexpr double kNearBase = 0.03;

/// Runs that others are compared with, by what they have in common with these.
using KnownRuns = std::map<std::string, const RunMeasures*>;

/// The first of a scheme.
KnownRuns runs_of(const std::string& scheme, const std::vector<PointMeasures>& points,
                  std::string PlannedPoint::*key) {
  KnownRuns runs;
  for (const PointMeasures& point : points) {
    if (point.run && point.point->scheme == scheme) {
      runs.emplace(point.point->*key, &*point.run);
    }
  }
  return runs;
}

/// Those of the base accelerator with exact elements.
KnownRuns exact_runs(const std::vector<PointMeasures>& points) {
  KnownRuns runs;
  for (const PointMeasures& point : points) {
    if (point.run && is_base(point) && point.run->is_exact()) {
      runs.emplace(point.point->exact_key, &*point.run);
    }
  }
  return runs;
}

/// What was measured in steps; points share them, and each is read once.
template <typename Measures>
class KnownSteps {
 public:
  using Read = Measures (*)(const std::string& text, const std::string& file);
  explicit KnownSteps(Read read) : read_(read) {}

  /// Nothing if the step is not there; `file` is the one that has its numbers.
  const std::optional<Measures>& of(const SealedFiles& step, const std::string& file) {
    const auto [known, is_new] = known_.try_emplace(file);
    if (is_new && is_sealed(step)) {
      known->second = read_(read_text(file), file);
    }
    return known->second;
  }

 private:
  Read read_;
  std::map<std::string, std::optional<Measures>> known_;
};

ImageMeasures image_of(const std::string& text, const std::string& file) {
  return ImageMeasures::read(nlohmann::json::parse(text, nullptr, false), file);
}

RunMeasures run_of(const std::string& text, const std::string& file) {
  return RunMeasures::of(StoredRun::parse(text, file));
}

std::optional<double> ratio(double part, double whole) {
  return whole > 0 ? std::optional<double>(part / whole) : std::nullopt;
}

}  // namespace

ImageMeasures ImageMeasures::read(const nlohmann::json& report, const std::string& origin) {
  try {
    ImageMeasures image;
    report.at("checksum").get_to(image.checksum);
    if (!report.at("network_elbow").is_null()) {
      image.elbow = report.at("network_elbow").get<double>();
    }
    report.at("elbow_curve").get_to(image.elbow_curve);
    report.at("cumulative_fraction").get_to(image.cumulative_fraction);
    for (const nlohmann::json& batch : report.at("batches")) {
      check_whole(batch, "iteration", origin + ": not the report of a compilation");
      for (const nlohmann::json& layer : batch.at("layers")) {
        const double kernels = layer.at("nonzero_kernels");
        const nlohmann::json groups = layer.value("groups", nlohmann::json());
        image.layers.push_back({layer.at("name"), batch.at("iteration"), kernels,
                                groups.is_null() ? kernels : groups.get<double>()});
      }
    }
    return image;
  } catch (const nlohmann::json::exception& error) {
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
    case Metric::energy_of_sparse:
    case Metric::time_of_sparse:
      return against(sparse, 0);
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
      return is_of_associative(metric) ? value_of_associative(metric) : value_against_exact(metric);
  }
}

std::optional<double> PointMeasures::value_of_associative(Metric metric) const {
  if (!run->products()) {
    return std::nullopt;
  }
  const ProductEnds& ends = run->products()->ends;
  const auto per_input = [&](std::uint64_t count) {
    return ratio(static_cast<double>(count), run->inputs());
  };
  switch (metric) {
    case Metric::zero_share:
      return ratio(static_cast<double>(ends.zeros), static_cast<double>(ends.all()));
    case Metric::hit_rate:
      return ends.searches > 0 ? std::optional<double>(ends.hit_rate()) : std::nullopt;
    case Metric::zero_products_per_input:
      return per_input(ends.zeros);
    case Metric::searches_per_input:
      return per_input(ends.searches);
    case Metric::hits_per_input:
      return per_input(ends.hits);
    case Metric::product_energy:
      return run->products()->relative_energy;
    default:
      return run->products()->relative_energy_gated;
  }
}

std::optional<double> PointMeasures::value_against_exact(Metric metric) const {
  const std::optional<double> energy = run->multiplication_energy();
  if (exact == nullptr || !energy) {
    return std::nullopt;
  }
  if (metric == Metric::multiplication_energy) {
    return ratio(*energy, *exact->multiplication_energy());
  }
  return metric == Metric::accuracy_lost && run->accuracy() && exact->accuracy()
             ? std::optional<double>(*exact->accuracy() - *run->accuracy())
             : std::nullopt;
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
  return point.point->scheme == "base";
}

std::vector<PointMeasures> measure_points(const Plan& plan, const std::string& folder) {
  return measure_points(plan, folder, read_failures(folder));
}

std::vector<PointMeasures> measure_points(const Plan& plan, const std::string& folder,
                                          const PointFailures& failures) {
  const EvaluationLayout layout(folder, plan.program());
  KnownSteps<ImageMeasures> known_images(image_of);
  KnownSteps<RunMeasures> known_runs(run_of);
  std::vector<PointMeasures> points;
  for (const PlannedPoint& point : plan.points) {
    PointMeasures& measures = points.emplace_back();
    measures.point = &point;
    measures.simulates = plan.experiment_of(point).simulates;
    if (!point.image_key.empty()) {
      measures.image = known_images.of(layout.image(point.image_key),
                                       image_report_file(folder, point.image_key));
    }
    if (!point.run_key.empty()) {
      measures.run =
          known_runs.of(layout.run(point.run_key), run_results_file(folder, point.run_key));
    }
  }
  for (const auto& [index, failure] : failures) {
    if (index < points.size()) {
      points[index].failure = failure.message;
    }
  }
  // Only now do the runs stay where they are.
  const auto bases = runs_of("base", points, &PlannedPoint::base_key);
  const auto sparse = runs_of(kSparseBase, points, &PlannedPoint::base_key);
  const auto iteratives = runs_of("iterative", points, &PlannedPoint::iterative_key);
  const auto exact = exact_runs(points);
  const auto find = [](const auto& runs, const std::string& key) {
    const auto found = runs.find(key);
    return found == runs.end() ? nullptr : found->second;
  };
  for (PointMeasures& measures : points) {
    measures.iterative = find(iteratives, measures.point->iterative_key);
    measures.sparse = find(sparse, measures.point->base_key);
    measures.exact = find(exact, measures.point->exact_key);
    measures.base =
        measures.exact != nullptr ? measures.exact : find(bases, measures.point->base_key);
  }
  return points;
}

}  // namespace airnn
