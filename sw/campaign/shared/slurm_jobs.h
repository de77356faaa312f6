// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace airnn {

/// What jobs of Slurm are to run: workers of an evaluation, and when they have ended a collector.
/// Truth is in the evaluation's folder; Slurm only starts its programs.
struct SlurmRequest {
  std::string program;     ///< path of airnn
  std::string command;     ///< evaluate or search
  std::string experiment;  ///< absolute path
  std::string out;         ///< the same
  std::string piece_seconds;
  std::size_t workers = 1;
  std::string arguments;  ///< more words for sbatch, as in a shell
};

struct SlurmJobs {
  std::string workers;    ///< id of the array
  std::string collector;  ///< id of the job after it
};

/// Throws UserError unless sbatch is there and takes so many workers.
void check_slurm(const SlurmRequest& request);

/// Writes the scripts to the folder `slurm` of the evaluation, submits them, and keeps their ids
/// there. `ended` are steps that are at their end: the next round is only submitted if they are
/// more. Throws UserError with what sbatch said.
SlurmJobs submit_jobs(const SlurmRequest& request, std::size_t ended);

/// How many steps were at their end when the last round was submitted; 0: it is not known.
std::size_t ended_before(const std::string& out);

/// Cancels all jobs of an evaluation that still run or wait; their ids. Throws UserError if there
/// are none, or with what scancel said.
std::vector<std::string> cancel_jobs(const std::string& out);

}  // namespace airnn
