// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sw/campaign/campaign_listener.h"
#include "sw/campaign/campaign_tables.h"
#include "sw/campaign/evaluation_planner.h"
#include "sw/campaign/evaluation_tasks.h"
#include "sw/campaign/shared/claims.h"
#include "sw/campaign/shared/work_queue.h"
#include "sw/campaign/task_board.h"
#include "sw/campaign/task_graph.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/experiment.h"
#include "sw/evaluate/point_failures.h"

namespace airnn {

/// Shard `mine` of `of`: every of-th point.
struct Shard {
  std::size_t mine = 0;
  std::size_t of = 1;

  bool has(std::size_t point) const { return point % of == mine % of; }
};

/// Which part of an evaluation's work a campaign does.
enum class CampaignRole {
  alone,     ///< all of it; nobody else is at work in the folder
  planner,   ///< prepares the folder for workers
  worker,    ///< does tasks together with others, perhaps of other machines
  collector  ///< describes what is there as a whole, and does no task
};

struct CampaignOptions {
  std::string out;      ///< the evaluation's folder
  bool resume = false;  ///< go on with what it has
  Shard shard;
  unsigned workers = 1;  ///< of this machine; the result does not depend on them
  CampaignRole role = CampaignRole::alone;
  std::function<bool()> has_enough;  ///< a worker: true if it is to begin no task any more
  std::string executor = "local";    ///< names of the campaign's tables; alone only
  std::string search = "matrix";     ///< the same
  double piece_seconds = 60;         ///< work of a piece, about: what a kill can cost at most
  std::int64_t piece_inputs = 0;     ///< its inputs, whatever work they are; 0: by the work
};

/// What became of an evaluation.
struct CampaignResult {
  Plan plan;
  PointFailures failures;
  std::size_t done = 0;           ///< points
  bool stopped = false;           ///< by the user, or others are not done; `--resume` goes on
  std::vector<std::string> left;  ///< tasks that are at no end, of those that are known
  std::size_t ended = 0;          ///< those that are
  EvaluationWork work;
};

/// Carries an evaluation out, from the experiments to a finished folder (docs/evaluation.md): asks
/// the search for points, plans them, has the executor do their tasks, and goes on until the search
/// is at its end. All files are the same for any executor and any number of workers.
class Campaign {
 public:
  /// All must live as long. `stop` is asked again and again.
  Campaign(const ExperimentSuite& suite, const CampaignTables& tables, CampaignOptions options,
           CampaignListener& listener, std::function<bool()> stop);

  /// Once. Throws UserError if the experiment as a whole cannot be run, and whatever keeps results
  /// from being stored. What fails a point is in the result.
  CampaignResult run();

 private:
  void measure(const std::vector<ProposedPoint>& proposed);
  void take_folder();
  void join_folder();
  std::unique_ptr<Executor> make_executor();
  std::map<std::string, double> network_costs() const;
  void open_folder(std::size_t first_point);
  std::int64_t piece_inputs(const PointTask& task) const;
  double cost_of(const Task& task) const;
  double cost_from(std::size_t first_task) const;
  void account();
  void fail(std::size_t point, const RunFailure& failure);
  std::vector<PointMeasures> measured() const;
  void finish();

  CampaignOptions options_;
  const CampaignTables& tables_;
  const ExperimentSuite& suite_;
  CampaignListener& listener_;
  std::function<bool()> stop_;
  EvaluationPlanner planner_;
  PlannedEvaluation planned_;
  WorkQueue queue_;
  std::optional<Claims> claims_;  ///< of a worker
  std::optional<EvaluationFolder> folder_;
  std::optional<EvaluationTasks> tasks_;
  TaskGraph graph_;
  std::optional<TaskBoard> board_;
  std::unique_ptr<Executor> executor_;
  CampaignResult result_;
  std::vector<std::size_t> points_;  ///< those with tasks, in their order
  std::vector<std::size_t> last_;    ///< the task after which each of these is done
  std::size_t accounted_ = 0;        ///< so many of them are
  bool is_joined_ = false;           ///< the folder belongs to no process alone
  bool may_go_on_ = false;  ///< --resume would find use for what is finished of a failed point
};

}  // namespace airnn
