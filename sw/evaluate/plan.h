// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"

namespace airnn {

/// What a point's scheme is called if it is base without zeros: another base to compare with.
inline constexpr const char* kSparseBase = "sparse base";

/// One compilation and simulation. Points with equal keys share the step.
struct PlannedPoint {
  std::size_t experiment = 0;  ///< index in the plan
  Settings settings;
  std::vector<std::string> commands;  ///< what a user would type; files without folders
  std::string image_key;
  std::string run_key;      ///< empty: the image is all that is wanted
  std::string records_key;  ///< like run_key, but without the energy table
  std::string scheme;       ///< base, iterative or interleaved, or kSparseBase
  /// Of what a point has in common with the base accelerator that it is compared with, and with the
  /// iterative one: equal whatever the conditions are called and however they are written.
  std::string base_key;
  std::string iterative_key;
  /// Like base_key, but whatever the multipliers are; empty: the machine has no elements.
  std::string exact_key;
  std::size_t generation = 0;  ///< of a search, from 1; 0: it was not searched for
};

/// What was tested on, by content.
struct PlannedNetwork {
  std::string name;
  std::string model;  ///< name of the file, as the others
  std::string model_key;
  std::string images;
  std::string images_key;
  std::string labels;
  std::string labels_key;
  std::int64_t first = 0;  ///< index of the first input
  std::int64_t inputs = 0;
};

/// The inputs as options of `airnn simulate`: " --first 9000 --count 1000".
std::string typed_inputs(const PlannedNetwork& network);

/// Everything that an evaluation is going to do. Holds no path and nothing of the machine it was
/// made on, so that the shards of one experiment have equal plans.
struct Plan {
  std::string version;  ///< of the program
  std::string sources;  ///< name of its sources: versions last longer than they do
  std::string title;
  std::string text;
  std::vector<PlannedNetwork> networks;
  std::vector<Experiment> experiments;  ///< their points are in `points`
  std::vector<PlannedPoint> points;

  const Experiment& experiment_of(const PlannedPoint& point) const {
    return experiments[point.experiment];
  }
  /// Who made what it has, as seals say it.
  std::string program() const { return "airnn " + version + " of sources " + sources; }
};

inline constexpr const char* kPlanSchema = "airnn-plan-2";
/// That of evaluations without checksums.
inline constexpr const char* kPlanSchemaWithoutSeals = "airnn-plan-1";

/// Whether a text, be it damaged elsewhere, says that it is a plan of this form.
bool plan_has_schema(const std::string& text, const std::string& schema);

std::string plan_text(const Plan& plan);
/// Throws UserError unless `text` is what plan_text() gave; `origin` stands in the message.
Plan plan_from(const std::string& text, const std::string& origin);

}  // namespace airnn
