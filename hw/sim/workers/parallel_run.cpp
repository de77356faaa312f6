// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/parallel_run.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "hw/sim/workers/shared_number.h"
#include "hw/sim/workers/shared_stop.h"
#include "hw/sim/workers/worker_message.h"
#include "hw/sim/workers/worker_process.h"
#include "sw/results/coverage/coverage_file.h"
#include "sw/results/record_codec.h"

namespace airnn {

namespace {

/// How long a wish to stop may stay unnoticed while no worker says anything.
constexpr int kPollMilliseconds = 10;

struct Part {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Wishes to stop, as one process hears them.
struct Stops {
  std::function<bool()> after_inputs;
  std::function<bool()> now;
};

/// Takes a record, and what was covered; null unless it was asked for.
using Keep = std::function<void(const RunRecord&, const RunCoverage*)>;

void send_coverage(int pipe, const Coverage& coverage) {
  const std::string text = coverage_json(coverage);
  send_message(pipe, WorkerMessage::coverage,
               {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

/// One part of the inputs, in this process. `keep` takes the record of the inputs that were
/// finished, also when the simulation fails.
void simulate(const AcceleratorParams& params, const MemoryImage& image, const ParallelRun& run,
              const Part& part, const Stops& stops, const std::function<void()>& finished,
              const Keep& keep) {
  std::uint32_t next = part.first;
  const std::uint32_t group = params.controller.group.inputs_per_batch;
  const auto source = [&](std::vector<std::int32_t>& map) {
    const bool begins_group = (next - part.first) % group == 0;
    if (next == part.first + part.count || (begins_group && stops.after_inputs())) {
      return false;
    }
    map = run.input(next++);
    return true;
  };
  SimulationOptions options;
  options.monitors = run.monitors;
  options.faults = run.faults;
  options.watchdog_cycles = run.watchdog_cycles;
  options.on_command = run.on_command;
  options.timeline = run.timeline;
  options.wave = run.wave;
  options.coverage = run.coverage;
  options.on_input = [&finished](const InputRecord&) { finished(); };
  options.give_up = stops.now;
  AcceleratorParams machine = params;
  machine.first_input = run.first + part.first;
  Simulation simulation(machine, image, source, options);
  try {
    keep(simulation.run(), simulation.coverage());
  } catch (...) {
    keep(simulation.finished(), simulation.coverage());
    throw;
  }
}

std::uint64_t peak_memory(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

ParallelResult run_alone(const AcceleratorParams& params, const MemoryImage& image,
                         const ParallelRun& run) {
  ParallelResult result;
  std::uint32_t finished = 0;
  const Stops stops = {[&] {
                         result.stopped = result.stopped || (run.stop && run.stop());
                         return result.stopped;
                       },
                       nullptr};
  try {
    simulate(
        params, image, run, {0, run.count}, stops,
        [&] {
          ++finished;
          if (run.progress) {
            run.progress(finished);
          }
        },
        [&](const RunRecord& record, const RunCoverage* coverage) {
          result.record = record;
          if (coverage != nullptr) {
            result.coverage = coverage->boot;
            result.coverage.merge(coverage->inputs);
          }
        });
  } catch (...) {
    result.failure = failure_of(std::current_exception());
  }
  result.peak_memory_bytes = peak_memory(RUSAGE_SELF);
  return result;
}

/// The workers of a run and the parent's talk with them.
class Crew {
 public:
  /// Inputs of a group of `group` belong to one worker.
  Crew(const ParallelRun& run, std::uint32_t group) : run_(run), group_(group) {}

  void start(const AcceleratorParams& params, const MemoryImage& image, std::uint32_t jobs) {
    for (std::uint32_t j = 0; j < jobs; ++j) {
      const std::uint32_t first = begin_of(j, jobs);
      const Part part = {first, begin_of(j + 1, jobs) - first};
      ends_.push_back(part.first + part.count);
      workers_.push_back(std::make_unique<WorkerProcess>(
          fmt::format("worker process {} of {}", j + 1, jobs), stop_,
          [&](int pipe) { work(params, image, part, pipe); }));
    }
  }

  /// Returns when all have ended.
  void listen() {
    while (true) {
      std::vector<pollfd> pipes;
      std::vector<WorkerProcess*> open;
      for (const std::unique_ptr<WorkerProcess>& worker : workers_) {
        if (worker->pipe() >= 0) {
          pipes.push_back({worker->pipe(), POLLIN, 0});
          open.push_back(worker.get());
        }
      }
      if (run_.progress) {
        run_.progress(finished_->load());
      }
      if (run_.stop && run_.stop()) {
        stop_.want(SharedStop::after_inputs);
      }
      if (pipes.empty()) {
        return;
      }
      if (poll(pipes.data(), pipes.size(), kPollMilliseconds) <= 0) {
        continue;  // a signal, or nothing to hear
      }
      for (std::size_t i = 0; i < pipes.size(); ++i) {
        if (pipes[i].revents != 0) {
          open[i]->receive();
          heed(*open[i]);
        }
      }
    }
  }

  ParallelResult result() {
    ParallelResult result;
    result.failure = failure_;
    result.stopped = !failure_ && stop_.wish() != SharedStop::none;
    // What follows a gap does not belong to the record.
    bool has_gap = false;
    for (std::size_t j = 0; j < workers_.size(); ++j) {
      std::optional<RunRecord>& own = workers_[j]->record();
      const bool is_some = own && !own->inputs.empty();
      if (is_some && has_gap) {
        result.later.push_back({ends_[j - 1], std::move(*own)});
      } else if (own && j == 0) {
        result.record = std::move(*own);
        add_coverage(*workers_[j], true, result.coverage);
      } else if (is_some) {
        result.record.merge(*own);
        add_coverage(*workers_[j], false, result.coverage);
      }
      has_gap = has_gap || result.record.inputs.size() < ends_[j];
    }
    result.peak_memory_bytes = std::max(peak_memory(RUSAGE_SELF), peak_memory(RUSAGE_CHILDREN));
    return result;
  }

 private:
  /// Each worker boots; a run does so once.
  static void add_coverage(const WorkerProcess& worker, bool with_boot, Coverage& sum) {
    if (worker.coverage()) {
      sum.merge(worker.coverage()->inputs);
      if (with_boot) {
        sum.merge(worker.coverage()->boot);
      }
    }
  }

  std::uint32_t begin_of(std::uint32_t job, std::uint32_t jobs) const {
    const std::uint64_t groups = (std::uint64_t{run_.count} + group_ - 1) / group_;
    return static_cast<std::uint32_t>(
        std::min(std::uint64_t{run_.count}, groups * job / jobs * group_));
  }

  /// In the worker.
  void work(const AcceleratorParams& params, const MemoryImage& image, const Part& part, int pipe) {
    const Stops stops = {[this] { return stop_.wish() != SharedStop::none; },
                         [this] { return stop_.wish() == SharedStop::now; }};
    simulate(
        params, image, run_, part, stops, [this] { ++*finished_; },
        [pipe](const RunRecord& record, const RunCoverage* coverage) {
          if (coverage != nullptr) {
            send_coverage(pipe, coverage->boot);
            send_coverage(pipe, coverage->inputs);
          }
          const std::vector<std::uint8_t> bytes = encode_record(record);
          send_message(pipe, WorkerMessage::record, {bytes.data(), bytes.size()});
        });
  }

  /// The first failure ends the others, who fail as `stopped` then. Who is killed while a stop is
  /// wanted was too slow for it, which is no failure.
  void heed(WorkerProcess& worker) {
    const bool was_slow = stop_.wish() != SharedStop::none && !worker.record() &&
                          worker.failure() && worker.failure()->kind == FailureKind::killed;
    if (!failure_ && worker.failure() && !was_slow) {
      failure_ = worker.failure();
      stop_.want(SharedStop::now);
    }
  }

  const ParallelRun& run_;
  const std::uint32_t group_;
  SharedStop stop_;
  SharedNumber finished_;  ///< inputs, of all workers: a message for each would take its time
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
  std::vector<std::uint32_t> ends_;  ///< behind each worker's inputs
  std::optional<RunFailure> failure_;
};

}  // namespace

ParallelResult run_parallel(const AcceleratorParams& params, const MemoryImage& image,
                            const ParallelRun& run) {
  const std::uint32_t group = params.controller.group.inputs_per_batch;
  const std::uint32_t groups = run.count / group + (run.count % group > 0 ? 1 : 0);
  const std::uint32_t jobs = std::max(1U, std::min(run.jobs, groups));
  if (jobs == 1 && !run.apart) {
    return run_alone(params, image, run);
  }
  Crew crew(run, group);
  crew.start(params, image, jobs);
  crew.listen();
  return crew.result();
}

}  // namespace airnn
