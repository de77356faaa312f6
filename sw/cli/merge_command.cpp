// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/merge_command.h"

#include <fmt/format.h>

#include "sw/campaign/failed_points.h"
#include "sw/console/console.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/file_faults.h"
#include "sw/describe/points_summary.h"
#include "sw/evaluate/evaluation_document.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/merge.h"
#include "sw/format/errors.h"

namespace airnn {

Options* MergeCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("merge", "Join the shards of an evaluation");
  app->add_option("folders", folders_, "What 'airnn evaluate --shard' wrote")
      ->required()
      ->type_name("DIR");
  app->add_option("--out", out_, "Folder for the whole")->required()->type_name("DIR");
  app->add_flag("--resume", resume_, "Go on with what the folder has");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n"
      "  airnn evaluate configs/experiments/paper.yaml --shard 1/2 --out a\n"
      "  airnn evaluate configs/experiments/paper.yaml --shard 2/2 --out b\n"
      "  airnn merge a b --out whole");
  return app;
}

ExitCode MergeCommand::run() {
  StopSignal hold;
  const Plan plan = common_plan(folders_);
  check_agreement(plan, folders_);
  EvaluationFolder folder(out_, resume_, plan.program());
  check_agreement(plan, folders_, folder);
  print_error(faults_line(folder.begin(plan), out_));
  const MergedPoints merged = merge_folders(plan, folders_, folder);
  write_evaluation(plan, out_);
  folder.remove_scraps();
  folder.finish(plan);
  if (!quiet_) {
    print(points_summary(plan, out_) + fmt::format("{} points, {} failed, {} missing: {}\n",
                                                   plan.points.size(), merged.failures.size(),
                                                   merged.missing, out_));
  }
  return worst(merged.failures);
}

}  // namespace airnn
