// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/campaign.h"

#include <stdexcept>
#include <utility>

#include "sw/campaign/evaluation_cost.h"
#include "sw/campaign/failure_code.h"
#include "sw/campaign/point_messages.h"
#include "sw/evaluate/evaluation_document.h"
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
      planner_(suite) {}

CampaignResult Campaign::run() {
  const std::unique_ptr<Search> search = tables_.make_search(options_.search, suite_);
  const std::unique_ptr<Executor> executor =
      tables_.make_executor(options_.executor, options_.workers);
  planned_ = planner_.begin();
  std::vector<ProposedPoint> proposed = search->next([this] { return measured(); });
  do {
    measure(proposed, *executor);
    if (!board_->is_stopped()) {
      proposed = search->next([this] { return measured(); });
    }
  } while (!proposed.empty() && !board_->is_stopped());
  finish();
  return std::move(result_);
}

void Campaign::measure(const std::vector<ProposedPoint>& proposed, Executor& executor) {
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
      fail(i, FailureKind::input, task.error);
      continue;
    }
    points_.push_back(i);
    last_.push_back(
        graph_.add_point(i, planned_.plan.points[i], task,
                         piece_inputs(planner_.network(task.network), options_.piece_inputs)));
  }
  board_->grow();
  listener_.planned(planned_.plan.points.size(), cost_of(first_task));
  account();
  executor.run(*board_);
  if (!board_->is_stopped() && board_->has_open()) {
    throw std::logic_error("executor " + options_.executor + " left tasks undone");
  }
}

void Campaign::open_folder(std::size_t first_point) {
  const Plan& plan = planned_.plan;
  if (folder_) {
    listener_.found_faults(folder_->extend(plan, first_point));
    return;
  }
  folder_.emplace(options_.out, options_.resume, plan.program());
  listener_.found_faults(folder_->begin(plan));
  tasks_.emplace(planned_, planner_, *folder_, listener_, stop_);
  board_.emplace(graph_, *tasks_, [this](std::size_t) { account(); });
}

/// What simulating and predicting costs that is not there yet.
double Campaign::cost_of(std::size_t first_task) const {
  double cost = 0;
  for (std::size_t i = first_task; i < graph_.size(); ++i) {
    const Task& task = graph_.task(i);
    const PointTask& wanted = planned_.tasks[task.point];
    const std::int64_t inputs = task.kind == TaskKind::piece       ? task.count
                                : task.kind == TaskKind::reference ? wanted.inputs
                                                                   : 0;
    if (inputs > 0 && !tasks_->has(task) && !tasks_->has(graph_.task(graph_.users(i).front()))) {
      cost += static_cast<double>(inputs) * input_cost(planner_.network(wanted.network));
    }
  }
  return cost;
}

/// Points end in their order, so that what is told of them does not depend on the executor.
void Campaign::account() {
  while (accounted_ < points_.size() && !board_->is_open(last_[accounted_])) {
    const std::size_t last = last_[accounted_];
    const std::size_t point = points_[accounted_++];
    if (board_->state(last) != TaskState::failed) {
      ++result_.done;
      continue;
    }
    const RunFailure& failure = board_->failure(last);
    fail(point, failure.kind,
         failure.kind == FailureKind::input
             ? located(failure.message, planned_.plan.points[point].settings)
             : failure.message);
    may_go_on_ = may_go_on_ || !is_of_the_point(failure.kind);
    if (failure.kind == FailureKind::resources) {
      check_room(options_.out);
    }
  }
}

void Campaign::fail(std::size_t point, FailureKind kind, const std::string& message) {
  result_.failures[point] = {
      static_cast<int>(exit_code(kind)),
      portable(message, planned_.tasks[point], planned_.plan.points[point].settings, options_.out)};
  listener_.point_failed(planned_.plan, point, message);
}

std::vector<PointMeasures> Campaign::measured() const {
  if (!folder_) {
    return {};
  }
  write_failures(options_.out, result_.failures);
  return measure_points(planned_.plan, options_.out);
}

void Campaign::finish() {
  result_.stopped = board_->is_stopped();
  result_.work = tasks_->work();
  write_failures(options_.out, result_.failures);
  write_evaluation(planned_.plan, options_.out);
  if (!result_.stopped && !may_go_on_) {
    folder_->remove_scraps();
  }
  folder_->finish(planned_.plan);
  result_.plan = std::move(planned_.plan);
}

}  // namespace airnn
