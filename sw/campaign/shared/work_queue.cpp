// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/shared/work_queue.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sw/data/data_file.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFailed = "/failed/";
constexpr const char* kAttempts = "/attempts/";
constexpr const char* kCosts = "/costs.json";

}  // namespace

bool WorkQueue::is_there() const {
  std::error_code error;
  return fs::is_directory(folder_, error);
}

void WorkQueue::open(const std::map<std::string, double>& costs) const {
  create_folder(folder_ + kFailed);
  create_folder(folder_ + kAttempts);
  write_file(folder_ + kCosts, nlohmann::json(costs).dump() + "\n");
}

std::map<std::string, double> WorkQueue::costs() const {
  try {
    return nlohmann::json::parse(read_text(folder_ + kCosts));
  } catch (const std::exception&) {
    return {};
  }
}

std::vector<std::string> WorkQueue::failed_steps() const {
  std::vector<std::string> steps;
  std::error_code error;
  for (fs::directory_iterator it(folder_ + kFailed, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.find(".partial.") == std::string::npos) {
      steps.push_back(name);
    }
  }
  return steps;
}

std::string WorkQueue::failure_file(const std::string& step) const {
  return folder_ + kFailed + step;
}

std::optional<RunFailure> WorkQueue::failure(const std::string& step) const {
  const std::string file = failure_file(step);
  std::error_code error;
  if (!fs::exists(file, error)) {
    return {};
  }
  const nlohmann::json json = nlohmann::json::parse(read_text(file), nullptr, false);
  try {
    const int kind = json.at("kind");
    if (kind >= 0 && kind <= static_cast<int>(FailureKind::killed)) {
      return RunFailure{static_cast<FailureKind>(kind), json.at("message"), json.at("host")};
    }
  } catch (const nlohmann::json::exception&) {
    // As below.
  }
  throw UserError(file + ": not the failure of a step; expected what a worker wrote");
}

void WorkQueue::keep_failure(const std::string& step, const RunFailure& failure) const {
  const nlohmann::ordered_json json = {{"kind", static_cast<int>(failure.kind)},
                                       {"message", failure.message},
                                       {"host", failure.host}};
  write_file(failure_file(step),
             json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

int WorkQueue::keep_attempt(const std::string& step, const RunFailure& why) const {
  int number = 1;
  const auto file = [&] { return folder_ + kAttempts + step + "." + std::to_string(number); };
  for (std::error_code error; fs::exists(file(), error);) {
    ++number;
  }
  write_file(file(), why.text() + "\n");
  return number;
}

void WorkQueue::forget_failures() const {
  std::error_code error;
  fs::remove_all(folder_ + kFailed, error);
  fs::remove_all(folder_ + kAttempts, error);
  create_folder(folder_ + kFailed);
  create_folder(folder_ + kAttempts);
}

void WorkQueue::remove() const {
  std::error_code error;
  fs::remove_all(folder_, error);
}

}  // namespace airnn
