// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/search_command.h"

#include "sw/campaign/failed_points.h"
#include "sw/campaign/search/space_check.h"
#include "sw/cli/campaign_run.h"
#include "sw/cli/option_values.h"
#include "sw/console/console.h"
#include "sw/describe/search_summary.h"
#include "sw/format/errors.h"

namespace airnn {

Options* SearchCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("search", "Look for the settings that suit a network best");
  jobs_ = default_jobs();
  app->add_option("experiment", experiment_,
                  "An experiment with a search: a file or a name, 'search_cifar10'")
      ->required()
      ->type_name("EXPERIMENT");
  app->add_option("--out", out_, "Folder for images, runs and evaluation.json")
      ->required()
      ->type_name("DIR");
  app->add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_machine_default()
      ->type_name("N");
  app->add_flag("--resume", resume_, "Go on with what the folder has");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n"
      "  airnn search configs/experiments/search_cifar10.yaml --out out/search\n"
      "  airnn report out/search -o search.html");
  return app;
}

ExitCode SearchCommand::run() {
  StopSignal stop;
  CampaignOptions options;
  options.out = out_;
  options.resume = resume_;
  options.workers = static_cast<unsigned>(jobs_option(jobs_));
  const ExperimentSuite suite = read_suite(experiment_);
  if (!suite.is_search()) {
    throw UserError(experiment_ + ": has no 'search'; expected one, or 'airnn evaluate'");
  }
  options.search = suite.experiments.front().search->algorithm;
  check_space(suite, CampaignTables());
  const CampaignResult result = run_campaign(suite, options, quiet_, stop);
  if (!quiet_) {
    print(search_summary(result.plan, out_) + campaign_summary(result, out_));
  }
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

}  // namespace airnn
