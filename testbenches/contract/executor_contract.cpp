// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/executor_contract.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "testbenches/support/scratch_folder.h"

namespace airnn::test {

namespace {

using Random = std::mt19937;

int number(Random& random, int from, int to) {
  return std::uniform_int_distribution<int>(from, to)(random);
}

/// Points with images, pieces and references, of which some are the same.
TaskGraph random_graph(Random& random) {
  TaskGraph graph;
  const int points = number(random, 1, 5);
  for (int i = 0; i < points; ++i) {
    const auto point = static_cast<std::size_t>(i);
    const std::string image_key = "image" + std::to_string(number(random, 0, 2));
    const std::size_t image = graph.add({TaskKind::image, image_key, point, {}, {}});
    if (number(random, 0, 4) == 0) {
      continue;
    }
    std::vector<std::size_t> needs{image};
    const std::string run_key = image_key + "-run" + std::to_string(number(random, 0, 2));
    const int pieces = 1 + static_cast<int>(run_key.back() - '0');
    for (int p = 0; p < pieces; ++p) {
      needs.push_back(
          graph.add({TaskKind::piece, run_key + "-" + std::to_string(p), point, {p, 1}, {image}}));
    }
    if (number(random, 0, 1) == 0) {
      needs.push_back(graph.add({TaskKind::reference, image_key + "-ref", point, {}, {image}}));
    }
    // As points do that differ in their energy table only.
    const std::string energy = std::to_string(number(random, 0, 1));
    graph.add({TaskKind::measures, run_key + "-energy" + energy, point, {}, std::move(needs)});
  }
  return graph;
}

/// Makes an empty file of the task's key, and notes what it was asked for, all in a folder:
/// executors may ask in other processes.
class NotingMaker : public TaskMaker {
 public:
  NotingMaker(const TaskGraph& graph, std::string folder, std::map<std::string, RunFailure> fates)
      : graph_(graph), folder_(std::move(folder)), fates_(std::move(fates)) {
    std::filesystem::create_directories(folder_ + "/made");
  }

  /// The user wants to stop when so many tasks were begun.
  void stop_after(std::size_t begun) { stop_after_ = begun; }
  void store(const Task& task) const { std::ofstream(folder_ + "/made/" + task.key) << ""; }

  bool has(const Task& task) const override {
    return std::filesystem::exists(folder_ + "/made/" + task.key);
  }
  void make(const Task& task, unsigned) override {
    const std::vector<std::string> before = notes();
    if (before.size() >= stop_after_) {
      throw RunError({FailureKind::stopped, "stopped"});
    }
    std::string note = task.key;
    for (const std::size_t need : task.needs) {
      note += has(graph_.task(need)) ? "" : " before " + graph_.task(need).key;
    }
    std::ofstream(folder_ + "/notes", std::ios::app) << note << "\n";
    const auto fate = fates_.find(task.key);
    if (fate != fates_.end()) {
      throw RunError(fate->second);
    }
    store(task);
  }

  /// The tasks that were begun, in their order.
  std::vector<std::string> notes() const {
    std::vector<std::string> lines;
    std::ifstream file(folder_ + "/notes");
    for (std::string line; std::getline(file, line);) {
      lines.push_back(line);
    }
    return lines;
  }

 private:
  const TaskGraph& graph_;
  std::string folder_;
  std::map<std::string, RunFailure> fates_;
  std::size_t stop_after_ = SIZE_MAX;
};

/// Why a task fails that is not stored, by definition: for the first reason of what it builds on,
/// else for its own.
std::optional<RunFailure> due_failure(const TaskGraph& graph, std::size_t task,
                                      const std::map<std::string, RunFailure>& fates,
                                      const TaskMaker& stored) {
  if (stored.has(graph.task(task))) {
    return {};
  }
  for (const std::size_t need : graph.task(task).needs) {
    if (const auto failure = due_failure(graph, need, fates, stored)) {
      return failure;
    }
  }
  const auto fate = fates.find(graph.task(task).key);
  return fate == fates.end() ? std::optional<RunFailure>() : fate->second;
}

std::string text_of(const std::optional<RunFailure>& failure) {
  return failure ? std::to_string(static_cast<int>(failure->kind)) + " " + failure->message
                 : "done";
}

/// One graph, on which the executor works until it is at its end, being stopped `stops` times.
class Trial {
 public:
  Trial(Random& random, const std::string& folder)
      : graph_(random_graph(random)), fates_(random_fates(random)), maker_(graph_, folder, fates_) {
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const Task& task = graph_.task(i);
      // Who has results has the image.
      if (task.kind == TaskKind::measures && number(random, 0, 4) == 0 &&
          fates_.count(graph_.task(task.needs.front()).key) == 0) {
        maker_.store(task);
        maker_.store(graph_.task(task.needs.front()));
      }
    }
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      due_.push_back(text_of(due_failure(graph_, i, fates_, maker_)));
    }
    useless_ = useless();
    stop_after_ = static_cast<std::size_t>(number(random, 0, 8));
  }

  std::string broken_rule(const std::function<std::unique_ptr<Executor>()>& make) {
    maker_.stop_after(stop_after_);
    TaskBoard first(graph_, maker_);
    make()->run(first);
    if (!first.is_stopped() && first.has_open()) {
      return "a task is left open";
    }
    if (first.is_stopped()) {
      if (maker_.notes().size() > stop_after_) {
        return "a task is begun after the stop";
      }
      // Those that failed are tried again.
      const std::vector<std::string> notes = maker_.notes();
      before_stop_.insert(notes.begin(), notes.end());
      maker_.stop_after(SIZE_MAX);
      TaskBoard second(graph_, maker_);
      make()->run(second);
      return second.has_open() ? "a task is left open" : wrong_end(second);
    }
    return wrong_end(first);
  }

 private:
  std::map<std::string, RunFailure> random_fates(Random& random) const {
    std::map<std::string, RunFailure> fates;
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      if (number(random, 0, 5) == 0) {
        const auto kind = static_cast<FailureKind>(number(random, 0, 4));
        fates[graph_.task(i).key] = {kind, graph_.task(i).key + " fails"};
      }
    }
    return fates;
  }

  /// What nobody needs, as all that builds on it is stored.
  std::set<std::string> useless() const {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      bool is_of_use = graph_.task(i).kind == TaskKind::image || graph_.users(i).empty();
      for (const std::size_t user : graph_.users(i)) {
        is_of_use = is_of_use || !maker_.has(graph_.task(user));
      }
      if (!is_of_use) {
        keys.insert(graph_.task(i).key);
      }
    }
    return keys;
  }

  std::string wrong_end(const TaskBoard& board) const {
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const bool is_last = graph_.users(i).empty() || graph_.task(i).kind == TaskKind::image;
      const bool has_failed = board.state(i) == TaskState::failed;
      const std::string end = has_failed ? text_of(board.failure(i)) : "done";
      if (is_last && end != due_[i]) {
        return graph_.task(i).key + " ends as '" + end + "', not as '" + due_[i] + "'";
      }
      if (is_last && !has_failed && !maker_.has(graph_.task(i))) {
        return graph_.task(i).key + " is not there";
      }
    }
    return wrong_note();
  }

  std::string wrong_note() const {
    std::set<std::string> begun;
    for (const std::string& note : maker_.notes()) {
      if (note.find(" before ") != std::string::npos) {
        return note;
      }
      const bool failed_before = fates_.count(note) != 0 && before_stop_.count(note) != 0;
      if (!begun.insert(note).second && !failed_before) {
        return note + " is done twice";
      }
      if (useless_.count(note) != 0) {
        return note + " is of no use";
      }
    }
    return "";
  }

  TaskGraph graph_;
  std::map<std::string, RunFailure> fates_;
  NotingMaker maker_;
  std::vector<std::string> due_;
  std::set<std::string> useless_;
  std::set<std::string> before_stop_;
  std::size_t stop_after_ = 0;
};

}  // namespace

std::string broken_rule(const std::function<std::unique_ptr<Executor>()>& make, int graphs,
                        std::uint32_t seed) {
  Random random(seed);
  const ScratchFolder folder;
  for (int i = 0; i < graphs; ++i) {
    Trial trial(random, folder.path() + "/" + std::to_string(i));
    try {
      if (const std::string rule = trial.broken_rule(make); !rule.empty()) {
        return "graph " + std::to_string(i) + ": " + rule;
      }
    } catch (const std::logic_error& error) {
      return "graph " + std::to_string(i) + ": " + error.what();
    }
  }
  return "";
}

}  // namespace airnn::test
