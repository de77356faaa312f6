// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/campaign_arguments.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>

#include "sw/cli/option_values.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::int64_t kMostPieceSeconds = 1'000'000;
constexpr std::int64_t kMostWorkers = 1'000'000;
constexpr const char* kShared = "Several processes, here or on other machines";

std::string own_program() {
  return std::filesystem::read_symlink("/proc/self/exe").string();
}

std::string absolute_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

}  // namespace

void CampaignArguments::add_to(Options& app, const std::string& described) {
  jobs_ = default_jobs();
  app.add_option("experiment", experiment_, described)->type_name("EXPERIMENT");
  app.add_option("--out", out_, "Folder for images, runs and evaluation.json")->type_name("DIR");
  app.add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_machine_default()
      ->type_name("N");
  app.add_flag("--resume", resume_, "Go on with what the folder has");
  app.add_option("--piece-seconds", piece_seconds_,
                 "Work that is stored at once, about, in seconds of a processor")
      ->capture_default_str()
      ->type_name("S");
  app.add_flag("-q,--quiet", quiet_, "Print nothing but errors");
}

void CampaignArguments::add_shared_to(Options& app) {
  app.add_flag("--worker", worker_, "Do steps that no other worker of the folder has")
      ->group(kShared);
  app.add_flag("--finish", finish_, "Do no step: write tables and plots of what workers did")
      ->group(kShared);
  app.add_option("--slurm", slurm_, "Have Slurm start N workers, and finish when they have ended")
      ->type_name("N")
      ->group(kShared);
  app.add_option("--slurm-args", slurm_arguments_, "More words for sbatch: '-p short -t 4:00:00'")
      ->type_name("WORDS")
      ->group(kShared);
  app.add_option("--status", status_, "Show how far the workers of a folder are")
      ->type_name("DIR")
      ->group(kShared);
  app.add_flag("--json", json_, "With --status, for programs")->group(kShared);
  app.add_option("--cancel", cancel_, "Cancel the jobs of --slurm; what is done stays")
      ->type_name("DIR")
      ->group(kShared);
}

/// A campaign has an experiment and a folder; who looks at one has its folder only.
void CampaignArguments::check(const std::string& command) const {
  const auto refuse = [&](const std::string& why) {
    throw UserError(fmt::format("{} (see 'airnn {} --help')", why, command));
  };
  const bool looks = !status_.empty() || !cancel_.empty();
  if (looks && (!experiment_.empty() || !out_.empty() || worker_ || finish_ || !slurm_.empty() ||
                (!status_.empty() && !cancel_.empty()))) {
    refuse(std::string(status_.empty() ? "--cancel" : "--status") +
           ": takes the folder alone, without an experiment and other options");
  }
  if (json_ && status_.empty()) {
    refuse("--json: expected with --status");
  }
  if (looks) {
    return;
  }
  if (experiment_.empty()) {
    refuse("experiment is required");
  }
  if (out_.empty()) {
    refuse("--out is required");
  }
  if (worker_ && (finish_ || !slurm_.empty())) {
    refuse("--worker: does steps itself; expected without --finish and --slurm");
  }
  if (!slurm_arguments_.empty() && slurm_.empty()) {
    refuse("--slurm-args: expected with --slurm");
  }
}

CampaignRole CampaignArguments::role() const {
  return worker_          ? CampaignRole::worker
         : finish_        ? CampaignRole::collector
         : is_for_slurm() ? CampaignRole::planner
                          : CampaignRole::alone;
}

CampaignOptions CampaignArguments::options() const {
  CampaignOptions options;
  options.out = out_;
  options.resume = resume_;
  options.role = role();
  options.workers = static_cast<unsigned>(jobs_option(jobs_));
  options.piece_seconds =
      static_cast<double>(integer_option("--piece-seconds", piece_seconds_, 1, kMostPieceSeconds));
  return options;
}

SlurmRequest CampaignArguments::slurm_request(const std::string& command,
                                              const std::string& file) const {
  SlurmRequest request;
  request.program = own_program();
  request.command = command;
  request.experiment = absolute_path(file);
  request.out = absolute_path(out_);
  request.piece_seconds = piece_seconds_;
  request.workers = static_cast<std::size_t>(integer_option("--slurm", slurm_, 1, kMostWorkers));
  request.arguments = slurm_arguments_;
  return request;
}

}  // namespace airnn
