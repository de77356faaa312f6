// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/shared/slurm_jobs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <wordexp.h>

#include <filesystem>
#include <sstream>

#include "sw/data/data_file.h"
#include "sw/evaluate/shell_word.h"
#include "sw/format/child_program.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

constexpr const char* kIds = "/slurm/ids";
constexpr const char* kEnded = "/slurm/ended";

using Words = std::vector<std::string>;

/// Runs one of Slurm's commands and waits for it. Throws UserError if it cannot be started.
ChildRun answer_of(const Words& words) {
  try {
    return run_child(words, "slurm-client");
  } catch (const UserError& error) {
    throw UserError(std::string("--slurm: ") + error.what());
  }
}

/// What the command said, in one line.
std::string words_of(const ChildRun& answer) {
  std::istringstream stream(answer.text);
  Words words;
  for (std::string word; stream >> word;) {
    words.push_back(word);
  }
  return shown(fmt::format("{}", fmt::join(words, " ")));
}

/// Words as a shell reads them, without running anything.
Words split(const std::string& text) {
  wordexp_t expanded{};
  const int error = wordexp(text.c_str(), &expanded, WRDE_NOCMD | WRDE_UNDEF);
  Words words;
  if (error == 0) {
    words.assign(expanded.we_wordv, expanded.we_wordv + expanded.we_wordc);
  }
  if (error == 0 || error == WRDE_NOSPACE) {
    wordfree(&expanded);
  }
  if (error != 0) {
    throw UserError(fmt::format(
        "--slurm-args: '{}'; expected words as in a shell, without commands and ; & | < > ( )",
        shown(text)));
  }
  return words;
}

/// Slurm replaces what follows a percent sign in names of files.
std::string for_slurm(const std::string& path) {
  std::string name;
  for (const char c : path) {
    name += c == '%' ? std::string("%%") : std::string(1, c);
  }
  return name;
}

std::string command_of(const SlurmRequest& request, const std::string& more) {
  return fmt::format("exec {} {} {} --out {} --piece-seconds {} {}\n", shell_word(request.program),
                     request.command, shell_word(request.experiment), shell_word(request.out),
                     request.piece_seconds, more);
}

/// The id that sbatch gives the job.
std::string submitted(Words words, const Words& arguments, const Words& last) {
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.insert(words.end(), last.begin(), last.end());
  const ChildRun answer = answer_of(words);
  // Warnings may come before it, and a federation puts the cluster's name behind it.
  std::istringstream lines(answer.text);
  std::string id;
  for (std::string line; std::getline(lines, line);) {
    id = line.substr(0, line.find_first_not_of("0123456789"));
  }
  if (!answer.succeeded || id.empty()) {
    throw UserError("--slurm: sbatch: " + words_of(answer));
  }
  return id;
}

}  // namespace

void check_slurm(const SlurmRequest& request) {
  const Words arguments = split(request.arguments);
  bool is_there = false;
  try {
    is_there = answer_of({"sbatch", "--version"}).succeeded;
  } catch (const UserError&) {
    // As below.
  }
  if (!is_there) {
    throw UserError(
        "--slurm: there is no sbatch; expected the commands of Slurm, or workers started by hand "
        "with --worker");
  }
  const ChildRun config = answer_of({"scontrol", "show", "config"});
  if (!config.succeeded) {
    throw UserError("--slurm: scontrol: " + words_of(config));
  }
  const std::size_t key = config.text.find("MaxArraySize");
  const std::size_t number =
      key == std::string::npos ? key : config.text.find_first_of("0123456789", key);
  if (number != std::string::npos) {
    const std::size_t most = std::stoull(config.text.substr(number, 18));
    if (request.workers >= most) {
      throw UserError(
          fmt::format("--slurm: {} workers; this cluster takes 1 to {} (MaxArraySize {})",
                      request.workers, most - 1, most));
    }
  }
  Words trial = {"sbatch", "--test-only", "--wrap=true"};
  trial.insert(trial.end(), arguments.begin(), arguments.end());
  const ChildRun tried = answer_of(trial);
  if (!tried.succeeded) {
    throw UserError("--slurm: sbatch: " + words_of(tried));
  }
}

SlurmJobs submit_jobs(const SlurmRequest& request, std::size_t ended) {
  const std::string folder = request.out + "/slurm";
  create_folder(folder);
  std::error_code error;
  const std::string workers = folder + "/worker.sh";
  const std::string collector = folder + "/finish.sh";
  write_file(workers,
             "#!/bin/bash\n#SBATCH --job-name=airnn\n#SBATCH --signal=B:USR1@120\n"
             "#SBATCH --requeue\n#SBATCH --open-mode=append\n" +
                 command_of(request, "--worker"));
  write_file(collector,
             "#!/bin/bash\n#SBATCH --job-name=airnn-finish\n#SBATCH --requeue\n"
             "#SBATCH --open-mode=append\n" +
                 command_of(request, fmt::format("--finish --slurm {} --slurm-args {}",
                                                 request.workers, shell_word(request.arguments))));
  write_file(request.out + kEnded, std::to_string(ended) + "\n");
  const Words arguments = split(request.arguments);
  const std::string log = for_slurm(folder);
  SlurmJobs jobs;
  jobs.workers = submitted({"sbatch", "--parsable"}, arguments,
                           {fmt::format("--array=1-{}", request.workers),
                            "--output=" + log + "/worker-%a.log", workers});
  jobs.collector = submitted({"sbatch", "--parsable"}, arguments,
                             {"--dependency=afterany:" + jobs.workers, "--cpus-per-task=1",
                              "--output=" + log + "/finish.log", collector});
  std::string ids = fs::exists(request.out + kIds, error) ? read_text(request.out + kIds) : "";
  write_file(request.out + kIds, ids + jobs.workers + "\n" + jobs.collector + "\n");
  return jobs;
}

std::size_t ended_before(const std::string& out) {
  std::error_code error;
  if (!fs::exists(out + kEnded, error)) {
    return 0;
  }
  std::istringstream text(read_text(out + kEnded));
  std::size_t ended = 0;
  return text >> ended ? ended : 0;
}

std::vector<std::string> cancel_jobs(const std::string& out) {
  std::error_code error;
  Words ids;
  if (fs::exists(out + kIds, error)) {
    std::istringstream text(read_text(out + kIds));
    for (std::string id; text >> id;) {
      if (id.find_first_not_of("0123456789") == std::string::npos) {
        ids.push_back(id);
      }
    }
  }
  if (ids.empty()) {
    throw UserError("--cancel: " + out +
                    ": has no jobs; expected the folder of 'airnn evaluate --out DIR --slurm N'");
  }
  // The last first: a collector must not begin another round.
  Words words = {"scancel", "--quiet"};
  words.insert(words.end(), ids.rbegin(), ids.rend());
  const ChildRun answer = answer_of(words);
  if (!answer.succeeded) {
    throw UserError("--cancel: scancel: " + words_of(answer));
  }
  fs::remove(out + kIds, error);
  return ids;
}

}  // namespace airnn
