// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/shared/campaign_status.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "sw/campaign/shared/work_queue.h"
#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_failures.h"
#include "sw/format/errors.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

/// The key of what a step makes, or of what it is a part of.
std::string key_of(const std::string& step) {
  constexpr std::size_t kKeyDigits = 32;
  return step.substr(0, kKeyDigits);
}

/// Inputs of a run whose records are stored, the longest of those that begin alike.
std::int64_t stored_inputs(const EvaluationLayout& layout, const std::string& records_key) {
  std::map<std::int64_t, std::int64_t> longest;
  std::error_code error;
  for (fs::directory_iterator it(layout.records(records_key, {}).folder, error), end;
       !error && it != end; it.increment(error)) {
    long long first = 0;
    long long count = 0;
    char seal = 0;
    if (std::sscanf(it->path().filename().c_str(), "%lld-%lld.records.sea%c", &first, &count,
                    &seal) == 3) {
      longest[first] = std::max<std::int64_t>(longest[first], count);
    }
  }
  std::int64_t inputs = 0;
  std::int64_t end = 0;
  for (const auto& [first, count] : longest) {
    inputs += std::max<std::int64_t>(0, first + count - std::max(first, end));
    end = std::max(end, first + count);
  }
  return inputs;
}

/// Keys of steps that failed, and keys of those that are being done.
struct Steps {
  std::set<std::string> failed;
  std::set<std::string> at_work;

  static bool has(const std::set<std::string>& keys, const PlannedPoint& point) {
    return keys.count(point.image_key) + keys.count(point.run_key) + keys.count(point.records_key) >
           0;
  }
};

bool is_planned(const PlannedPoint& point, const Plan& plan) {
  return plan.experiment_of(point).simulates ? !point.run_key.empty() : !point.image_key.empty();
}

std::string clock_time(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm local{};
  localtime_r(&time, &local);
  return fmt::format("{:%H:%M:%S}", local);
}

std::string duration_text(double seconds) {
  return seconds < 120    ? fmt::format("{:.0f} s", seconds)
         : seconds < 7200 ? fmt::format("{:.0f} min", seconds / 60)
                          : fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

CampaignStatus campaign_status(const std::string& folder) {
  const std::string file = plan_file(folder);
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw UserError("--status: " + folder +
                    ": has no plan.json; expected the folder of 'airnn "
                    "evaluate --out'");
  }
  const Plan plan = plan_from(read_text(file), file);
  const EvaluationLayout layout(folder, plan.program());
  const WorkQueue queue(folder);
  CampaignStatus status;
  status.points = plan.points.size();
  status.is_search = std::any_of(plan.experiments.begin(), plan.experiments.end(),
                                 [](const Experiment& one) { return one.search.has_value(); });
  status.is_described =
      fs::exists(folder + "/" + EvaluationLayout::kSeal, error) && !queue.is_there();
  status.workers = Claims::alive(queue.folder());
  Steps steps;
  for (const WorkerNote& worker : status.workers) {
    steps.at_work.insert(key_of(worker.step));
  }
  for (const WorkerNote& worker : Claims::workers(queue.folder())) {
    const bool is_alive =
        std::any_of(status.workers.begin(), status.workers.end(),
                    [&](const WorkerNote& other) { return other.name() == worker.name(); });
    if (!is_alive) {
      status.lost.push_back(worker.name());
    }
  }
  for (const std::string& step : queue.failed_steps()) {
    steps.failed.insert(key_of(step));
  }
  const PointFailures failures = queue.is_there() ? PointFailures() : read_failures(folder);
  std::map<std::string, std::int64_t> inputs_of;
  std::map<std::string, std::int64_t> left_of;  // inputs by network
  for (const PlannedNetwork& network : plan.networks) {
    inputs_of[network.name] = network.inputs * (network.labels.empty() ? 1 : 2);
  }
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    const PlannedPoint& point = plan.points[i];
    const bool simulates = plan.experiment_of(point).simulates;
    if (is_planned(point, plan) &&
        is_sealed(simulates ? layout.run(point.run_key) : layout.image(point.image_key))) {
      ++status.done;
    } else if (!is_planned(point, plan) || Steps::has(steps.failed, point) ||
               failures.count(i) > 0) {
      ++status.failed;
    } else {
      const std::string& network = name_of(point.settings, "network");
      status.at_work += Steps::has(steps.at_work, point) ? 1 : 0;
      left_of[network] +=
          simulates ? std::max<std::int64_t>(
                          inputs_of[network] - stored_inputs(layout, point.records_key), 0)
                    : 0;
    }
  }
  double rate = 0;
  for (const WorkerNote& worker : status.workers) {
    const auto seconds = static_cast<double>(worker.alive - worker.since);
    rate += seconds > 0 ? worker.cost / seconds : 0;
  }
  if (rate > 0) {
    const std::map<std::string, double> costs = queue.costs();
    double cost = 0;
    for (const auto& [network, inputs] : left_of) {
      const auto known = costs.find(network);
      cost += known == costs.end() ? 0 : known->second * static_cast<double>(inputs);
    }
    status.seconds_left = cost / rate;
  }
  return status;
}

std::string status_text(const CampaignStatus& status, const std::string& folder) {
  std::string text = fmt::format("{} of {} points are done, {} failed, {} are left", status.done,
                                 status.points, status.failed, status.left());
  if (status.left() > 0) {
    text += fmt::format(", of which {} are at work", status.at_work);
  }
  if (status.seconds_left && status.left() > 0) {
    text += fmt::format("; about {} left", duration_text(*status.seconds_left));
  }
  text += ": " + folder + "\n";
  for (const WorkerNote& worker : status.workers) {
    text +=
        fmt::format("{}: {} steps since {}", worker.name(), worker.steps, clock_time(worker.since));
    text += worker.step.empty()
                ? ", waits"
                : fmt::format(", at {} since {}", worker.step, clock_time(worker.step_since));
    text += "\n";
  }
  if (status.left() > 0) {
    for (const std::string& lost : status.lost) {
      text += lost + ": lost; another takes its step over\n";
    }
  }
  if (status.left() == 0 && !status.is_described && status.workers.empty()) {
    text += fmt::format(
        "all steps{} are at their end; 'airnn {} EXPERIMENT --out {} --finish' writes tables and "
        "plots{}\n",
        status.is_search ? " so far" : "", status.is_search ? "search" : "evaluate", folder,
        status.is_search ? ", and says whether the search is at its end" : "");
  }
  return text;
}

std::string status_json(const CampaignStatus& status) {
  nlohmann::ordered_json workers = nlohmann::ordered_json::array();
  for (const WorkerNote& worker : status.workers) {
    workers.push_back({{"host", worker.host},
                       {"pid", worker.pid},
                       {"job", worker.job},
                       {"since", worker.since},
                       {"steps", worker.steps},
                       {"step", worker.step},
                       {"step_since", worker.step_since}});
  }
  nlohmann::ordered_json json = {{"points", status.points},   {"done", status.done},
                                 {"failed", status.failed},   {"left", status.left()},
                                 {"at_work", status.at_work}, {"described", status.is_described},
                                 {"seconds_left", nullptr},   {"workers", std::move(workers)},
                                 {"lost", status.lost}};
  if (status.seconds_left) {
    json["seconds_left"] = *status.seconds_left;
  }
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace airnn
