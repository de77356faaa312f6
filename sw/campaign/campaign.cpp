// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/campaign.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/executor/shared_executor.h"
#include "sw/campaign/failure_code.h"
#include "sw/campaign/point_messages.h"
#include "sw/evaluate/evaluation_document.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace {

/// Else of the host or of the program: the point may well succeed another time.
bool is_of_the_point(FailureKind kind) {
  return kind == FailureKind::rule || kind == FailureKind::hang || kind == FailureKind::input;
}

/// Where nothing can be written, no other point could be stored either.
void check_room(const std::string& folder) {
  constexpr std::size_t kPlenty = 1'000'000;
  OutputFile probe(folder + "/room");
  probe.write(std::string(kPlenty, '\0'));
  probe.sync();
}

}  // namespace

Campaign::Campaign(const ExperimentSuite& suite, const CampaignTables& tables,
                   CampaignOptions options, CampaignListener& listener, std::function<bool()> stop)
    : options_(std::move(options)),
      tables_(tables),
      suite_(suite),
      listener_(listener),
      stop_(std::move(stop)),
      planner_(suite),
      queue_(options_.out) {}

CampaignResult Campaign::run() {
  const std::unique_ptr<Search> search = tables_.make_search(options_.search, suite_);
  executor_ = make_executor();
  planned_ = planner_.begin();
  std::vector<ProposedPoint> proposed = search->next([this] { return measured(); });
  do {
    measure(proposed);
    if (!board_->is_stopped()) {
      proposed = search->next([this] { return measured(); });
    }
  } while (!proposed.empty() && !board_->is_stopped());
  finish();
  return std::move(result_);
}

/// A worker's needs its claims, which are made with the folder.
std::unique_ptr<Executor> Campaign::make_executor() {
  switch (options_.role) {
    case CampaignRole::alone:
      return tables_.make_executor(options_.executor, options_.workers);
    case CampaignRole::planner:
    case CampaignRole::collector:
      return std::make_unique<CollectingExecutor>(queue_);
    case CampaignRole::worker:
      break;
  }
  return nullptr;
}

void Campaign::measure(const std::vector<ProposedPoint>& proposed) {
  const std::size_t first_point = planned_.plan.points.size();
  const std::size_t first_task = graph_.size();
  planner_.add(planned_, proposed);
  open_folder(first_point);
  for (std::size_t i = first_point; i < planned_.plan.points.size(); ++i) {
    if (!options_.shard.has(i)) {
      continue;
    }
    const PointTask& task = planned_.tasks[i];
    if (!task.error.empty()) {
      fail(i, {FailureKind::input, task.error});
      continue;
    }
    points_.push_back(i);
    last_.push_back(graph_.add_point(i, planned_.plan.points[i], task, piece_inputs(task)));
  }
  board_->grow();
  if (options_.role != CampaignRole::collector) {
    listener_.planned(planned_.plan.points.size(), cost_from(first_task));
  }
  account();
  executor_->run(*board_);
  if (!board_->is_stopped() && board_->has_open()) {
    throw std::logic_error("executor " + options_.executor + " left tasks undone");
  }
}

void Campaign::open_folder(std::size_t first_point) {
  const Plan& plan = planned_.plan;
  if (folder_) {
    if (is_joined_) {
      folder_->share(plan);
    } else {
      listener_.found_faults(folder_->extend(plan, first_point));
    }
    return;
  }
  const bool is_shared = queue_.is_there() && !Claims::alive(queue_.folder()).empty();
  is_joined_ =
      options_.role != CampaignRole::alone && (options_.role != CampaignRole::planner || is_shared);
  if (is_joined_) {
    join_folder();
  } else {
    take_folder();
  }
  tasks_.emplace(planned_, planner_, graph_, *folder_, listener_, [this] {
    if (claims_) {
      claims_->beat();
    }
    return stop_();
  });
  board_.emplace(graph_, *tasks_, [this](std::size_t) { account(); });
  if (options_.role == CampaignRole::worker) {
    tasks_->set_attempts(1);  // the next is another worker's, perhaps
    claims_.emplace(queue_.folder());
    executor_ = std::make_unique<SharedExecutor>(
        queue_, *claims_,
        SharedExecutor::Options{
            options_.workers,
            [this] { return stop_() || (options_.has_enough && options_.has_enough()); },
            [this](const Task& task) { return cost_of(task); },
            [this](const Task& task) { listener_.task_ended(task); }});
  }
}

/// For this process alone, or for workers that do not run yet.
void Campaign::take_folder() {
  const Plan& plan = planned_.plan;
  if (queue_.is_there()) {
    const std::vector<WorkerNote> workers = Claims::alive(queue_.folder());
    if (!workers.empty()) {
      throw UserError(fmt::format("--out: {}: {} {} at work there; expected nobody, or --worker",
                                  options_.out, workers.front().name(),
                                  workers.size() > 1 ? "and others are" : "is"));
    }
  }
  folder_.emplace(options_.out, options_.resume, plan.program());
  queue_.remove();
  listener_.found_faults(folder_->begin(plan));
  if (options_.role == CampaignRole::planner) {
    queue_.open(network_costs());
  }
}

void Campaign::join_folder() {
  folder_.emplace(options_.out, planned_.plan);
  if (options_.role == CampaignRole::planner) {
    queue_.forget_failures();
  } else if (!queue_.is_there()) {
    folder_->unseal();
    queue_.open(network_costs());
  }
}

std::map<std::string, double> Campaign::network_costs() const {
  std::map<std::string, double> costs;
  for (const PlannedNetwork& network : planned_.plan.networks) {
    costs[network.name] = input_cost(planner_.network(network.name));
  }
  return costs;
}

std::int64_t Campaign::piece_inputs(const PointTask& task) const {
  return options_.piece_inputs > 0
             ? options_.piece_inputs
             : inputs_in(options_.piece_seconds, planner_.network(task.network));
}

/// What simulating or predicting costs.
double Campaign::cost_of(const Task& task) const {
  return task.inputs.count == 0
             ? 0
             : static_cast<double>(task.inputs.count) *
                   input_cost(planner_.network(planned_.tasks[task.point].network));
}

/// Of what is not there yet.
double Campaign::cost_from(std::size_t first_task) const {
  double cost = 0;
  for (std::size_t i = first_task; i < graph_.size(); ++i) {
    const Task& task = graph_.task(i);
    if (task.inputs.count > 0 && !tasks_->has(task) &&
        !tasks_->has(graph_.task(graph_.users(i).front()))) {
      cost += cost_of(task);
    }
  }
  return cost;
}

void Campaign::account() {
  while (accounted_ < points_.size() && !board_->is_open(last_[accounted_])) {
    const std::size_t last = last_[accounted_];
    const std::size_t point = points_[accounted_++];
    if (board_->state(last) != TaskState::failed) {
      ++result_.done;
      continue;
    }
    RunFailure failure = board_->failure(last);
    if (failure.kind == FailureKind::input) {
      failure.message = located(failure.message, planned_.plan.points[point].settings);
    }
    fail(point, failure);
    may_go_on_ = may_go_on_ || !is_of_the_point(failure.kind);
    if (failure.kind == FailureKind::resources) {
      check_room(options_.out);
    }
  }
}

void Campaign::fail(std::size_t point, const RunFailure& failure) {
  result_.failures[point] = {static_cast<int>(exit_code(failure.kind)),
                             portable(failure.message, planned_.tasks[point],
                                      planned_.plan.points[point].settings, options_.out),
                             failure.host};
  listener_.point_failed(planned_.plan, point, failure.text());
}

std::vector<PointMeasures> Campaign::measured() const {
  if (!folder_) {
    return {};
  }
  return measure_points(planned_.plan, options_.out, result_.failures);
}

/// A planner and a worker leave the description of the whole to the collector.
void Campaign::finish() {
  result_.stopped = board_->is_stopped();
  result_.work = tasks_->work();
  for (std::size_t i = 0; i < graph_.size(); ++i) {
    if (board_->is_open(i)) {
      result_.left.push_back(graph_.task(i).key);
    } else {
      ++result_.ended;
    }
  }
  if (options_.role == CampaignRole::alone || options_.role == CampaignRole::collector) {
    write_failures(options_.out, result_.failures);
    write_evaluation(planned_.plan, options_.out);
    if (!result_.stopped && !may_go_on_) {
      folder_->remove_scraps();
    }
    if (options_.role == CampaignRole::collector && !result_.stopped) {
      folder_->remove_partial_files();
      queue_.remove();
    }
    folder_->finish(planned_.plan);
  }
  result_.plan = std::move(planned_.plan);
}

}  // namespace airnn
