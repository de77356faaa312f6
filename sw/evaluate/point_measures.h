// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sw/evaluate/metric.h"
#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_failures.h"
#include "sw/evaluate/run_measures.h"

namespace airnn {

/// A layer in one iteration of an image (Tables V and VI).
struct LayerKernels {
  std::string layer;
  int iteration = 0;
  double kernels = 0;
  double groups = 0;
};

/// What the compiler reported on an image, as far as evaluations need it.
struct ImageMeasures {
  std::string checksum;             ///< CRC-32C of the whole file
  std::optional<double> elbow;      ///< of the network; only where one was asked for
  std::vector<double> elbow_curve;  ///< WCSS(K) / WCSS(1), K from 1
  std::vector<double> cumulative_fraction;
  std::vector<LayerKernels> layers;

  /// Throws UserError unless `report` is that of `airnn compile --json`.
  static ImageMeasures read(const nlohmann::json& report, const std::string& origin);
};

/// A point of an evaluation with all that its numbers are made of.
struct PointMeasures {
  const PlannedPoint* point = nullptr;
  bool simulates = true;               ///< else the image is all that is wanted
  std::string failure;                 ///< empty: it did not fail
  std::optional<ImageMeasures> image;  ///< absent if it was not compiled
  std::optional<RunMeasures> run;      ///< absent if it was not simulated
  /// The base accelerator under the same conditions; with exact multipliers if there is one.
  const RunMeasures* base = nullptr;
  const RunMeasures* sparse = nullptr;     ///< the base accelerator without zeros
  const RunMeasures* iterative = nullptr;  ///< the same without interleaving
  const RunMeasures* exact = nullptr;      ///< the base accelerator with exact multipliers

  /// Iterations that at least one input ran; without a run, those of the image.
  int iterations() const;
  /// Nothing where the run has no such number. `iteration` counts from 1.
  std::optional<double> value(Metric metric, Accounting accounting, int iteration = 0,
                              const std::string& layer = "") const;

 private:
  std::optional<double> value_of_iteration(Metric metric, Accounting accounting,
                                           int iteration) const;
  std::optional<double> value_of_layer(Metric metric, int iteration,
                                       const std::string& layer) const;
  std::optional<double> value_against_exact(Metric metric) const;
  std::optional<double> value_of_associative(Metric metric) const;
  std::optional<int> near_base_iterations() const;
};

/// The point runs on the base accelerator itself.
bool is_base(const PointMeasures& point);

/// Everything that `folder` has of a plan's points, and which of them each is compared with: points
/// refer to each other, and live as long as the list.
std::vector<PointMeasures> measure_points(const Plan& plan, const std::string& folder);
/// The same with these failures, whatever the folder says of them.
std::vector<PointMeasures> measure_points(const Plan& plan, const std::string& folder,
                                          const PointFailures& failures);

}  // namespace airnn
