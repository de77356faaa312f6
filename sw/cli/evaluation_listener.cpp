// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluation_listener.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <utility>

#include "sw/console/console.h"
#include "sw/describe/file_faults.h"

namespace airnn {

namespace {

std::string name_of(const Plan& plan, std::size_t point) {
  return fmt::format("point {} ({})", point, plan.experiment_of(plan.points[point]).id);
}

}  // namespace

EvaluationListener::EvaluationListener(std::string out, bool quiet, bool tells_tasks)
    : out_(std::move(out)), tells_tasks_(tells_tasks), progress_(quiet || tells_tasks) {}

void EvaluationListener::found_faults(const std::vector<FileFault>& faults) {
  print_error(faults_line(faults, out_));
}

void EvaluationListener::planned(std::size_t points, double cost) {
  progress_.expect(points, cost);
}

void EvaluationListener::begin_point(std::size_t point) {
  progress_.begin_point(point);
}

void EvaluationListener::advanced(double cost) {
  progress_.add(cost);
}

void EvaluationListener::point_failed(const Plan& plan, std::size_t point,
                                      const std::string& message) {
  print_error(fmt::format("airnn: {} failed: {}\n", name_of(plan, point), one_line(message)));
}

void EvaluationListener::attempt_failed(const Plan& plan, std::size_t point, int attempt,
                                        const std::string& message) {
  print_error(fmt::format("airnn: {}: attempt {}: {}; is tried again\n", name_of(plan, point),
                          attempt, one_line(message)));
}

void EvaluationListener::point_warned(const Plan& plan, std::size_t point,
                                      const std::string& message) {
  progress_.tell(fmt::format("airnn: warning: {}: {}", name_of(plan, point), one_line(message)));
}

void EvaluationListener::task_ended(const Task& task) {
  if (tells_tasks_) {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    print(fmt::format("{:%F %T} {}\n", local, task.key));
  }
}

}  // namespace airnn
