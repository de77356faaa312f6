// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hw/sim/run_config.h"
#include "sw/campaign/search/search.h"
#include "sw/campaign/test_sets.h"
#include "sw/compiler/compile_request.h"
#include "sw/evaluate/experiment.h"
#include "sw/evaluate/plan.h"
#include "sw/format/network.h"

namespace airnn {

/// What a point needs of this machine, beside its plan.
struct PointTask {
  std::string network;  ///< name in the experiment
  std::string model;    ///< path, as `run`
  CompileRequest request;
  std::string run;
  std::vector<ConfigAssignment> sets;
  std::string data_key;     ///< of the inputs
  std::int64_t first = 0;   ///< index of the first of them
  std::int64_t inputs = 0;  ///< how many they are
  bool has_labels = false;
  std::optional<RunConfig> config;  ///< absent if nothing is simulated
  std::string error;                ///< why it cannot even begin; empty: it can
};

struct PlannedEvaluation {
  Plan plan;
  std::vector<PointTask> tasks;  ///< one per point of the plan
};

/// Turns an experiment into points, each with the names of the steps that it needs, and finds out
/// which of them cannot be run.
class EvaluationPlanner {
 public:
  explicit EvaluationPlanner(const ExperimentSuite& suite) : suite_(suite) {}

  /// The plan without points. Throws UserError if the experiment as a whole cannot be run: a
  /// network or its inputs that cannot be read.
  PlannedEvaluation begin();
  /// Adds points. Throws UserError if they are the first and none of them can be run.
  void add(PlannedEvaluation& planned, const std::vector<ProposedPoint>& points);
  /// The inputs that were read meanwhile.
  const TestSets& sets() const { return sets_; }
  /// A network of the experiment, as its model has it.
  const Network& network(const std::string& name) const { return networks_.at(name); }

 private:
  enum class Use { none, compiled, simulated };

  Use use_of(const std::string& network) const;
  void plan_network(const TestedNetwork& network, bool simulated);
  PointTask task_of(const Settings& settings) const;
  void plan_point(PlannedPoint& point, PointTask& task, bool simulates);
  const std::string& key_of(const std::string& file);

  const ExperimentSuite& suite_;
  TestSets sets_;
  std::map<std::string, Network> networks_;        ///< by name in the experiment
  std::map<std::string, PlannedNetwork> planned_;  ///< the same
  std::map<std::string, std::string> file_keys_;
};

}  // namespace airnn
