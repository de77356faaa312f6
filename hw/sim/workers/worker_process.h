// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

#include "hw/observe/coverage/coverage_collector.h"
#include "hw/sim/run_failure.h"
#include "hw/sim/workers/shared_stop.h"
#include "hw/sim/workers/worker_message.h"
#include "sw/results/run_record.h"

namespace airnn {

/// A process that simulates a part of the inputs, as its parent sees it. It dies with its parent,
/// and with this object. SIGINT, SIGTERM and SIGHUP that reach it are a wish of the whole run to
/// stop: a terminal and a batch system send them to parent and workers alike.
class WorkerProcess {
 public:
  /// Forks. `work` sends its messages into the pipe it is given; it runs in the new process, which
  /// ends with it. `name` begins messages about the process. Throws ResourceError.
  WorkerProcess(std::string name, SharedStop& stop, const std::function<void(int pipe)>& work);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// To be polled; -1 when the process has ended.
  int pipe() const { return pipe_; }
  /// Reads what it has to say, or finds out how it ended.
  void receive();
  void kill();

  std::optional<RunRecord>& record() { return record_; }
  /// Of the inputs of the record; null unless it was asked for.
  const std::optional<RunCoverage>& coverage() const { return coverage_; }
  const std::optional<RunFailure>& failure() const { return failure_; }

 private:
  void take(WorkerMessage kind, ByteView content);
  void take_record(ByteView content);
  void take_coverage(ByteView content);
  void end();

  std::string name_;
  pid_t process_ = -1;
  int pipe_ = -1;
  MessageReader messages_;
  bool was_killed_ = false;  ///< by kill(), so nothing is to be told of it
  std::optional<RunRecord> record_;
  std::optional<RunCoverage> coverage_;
  std::optional<RunFailure> failure_;
};

}  // namespace airnn
