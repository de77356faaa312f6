// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

namespace airnn {

/// Who is at work on an evaluation, and on what. Times are seconds since 1970, by the clock of the
/// server that has the folder.
struct WorkerNote {
  std::string host;
  std::int64_t pid = 0;
  std::string machine;  ///< the kernel that ran it and its view of processes: pids mean something
  std::string job;      ///< of a batch system; empty: by hand
  std::int64_t restart = 0;  ///< how often the batch system had begun the job again
  std::int64_t since = 0;
  std::string step;  ///< at work on it; empty: on none
  std::int64_t step_since = 0;
  std::int64_t steps = 0;  ///< done so far
  double cost = 0;         ///< of these (input_cost())
  std::int64_t alive = 0;  ///< when it last said so; not in the file, but its time

  /// "pid 12 on n1, job 7".
  std::string name() const;
};

/// Claims on the steps of an evaluation that several processes work on, perhaps of several
/// machines. A claim is advice: it keeps others from doing the same, but whoever does it anyway
/// does no harm, since steps are the same by whomever. A claim is a link to its worker's file, so
/// that whoever touches the file keeps all its claims alive, and making one is atomic on file
/// systems of clusters, too.
class Claims {
 public:
  enum class Taken { no, yes, from_dead };

  /// Claims that nobody touched for so long have no owner any more.
  static constexpr std::int64_t kStaleSeconds = 600;

  /// A worker's. Makes `folder` and the worker's file. Throws UserError.
  explicit Claims(std::string folder);
  ~Claims();
  Claims(const Claims&) = delete;
  Claims& operator=(const Claims&) = delete;

  /// Of the worker's file; no other has it.
  const std::string& name() const { return file_; }
  /// Takes a step that nobody has, or whose owner is dead. Throws UserError if the folder cannot
  /// be written to.
  Taken take(const std::string& step);
  /// Whose claim was taken over last.
  const WorkerNote& victim() const { return victim_; }
  /// The step is done, at so much cost, or given up.
  void release(const std::string& step, double cost);
  /// Says that the worker is alive, if it is time to. Any thread may call it.
  void beat();

  /// All who are at work, as far as their files can be read.
  static std::vector<WorkerNote> workers(const std::string& folder);
  /// The same, only those who are alive by the time of a file that was just written.
  static std::vector<WorkerNote> alive(const std::string& folder);

 private:
  bool is_mine(const std::string& path) const;
  bool take_over(const std::string& path);
  bool is_dead(const WorkerNote& other) const;
  void write_note();

  std::string folder_;
  std::string file_;
  int descriptor_ = -1;
  WorkerNote own_;
  WorkerNote victim_;
  std::atomic<std::int64_t> next_beat_{0};  ///< by the steady clock, in seconds
};

}  // namespace airnn
