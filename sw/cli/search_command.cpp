// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/search_command.h"

#include "sw/campaign/failed_points.h"
#include "sw/campaign/search/space_check.h"
#include "sw/cli/campaign_run.h"
#include "sw/console/console.h"
#include "sw/describe/search_summary.h"
#include "sw/format/errors.h"

namespace airnn {

Options* SearchCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("search", "Look for the settings that suit a network best");
  arguments_.add_to(*app, "An experiment with a search: a file or a name, 'search_cifar10'");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n"
      "  airnn search configs/experiments/search_cifar10.yaml --out out/search\n"
      "  airnn report out/search -o search.html");
  return app;
}

ExitCode SearchCommand::run() {
  StopSignal stop;
  CampaignOptions options = arguments_.options();
  const ExperimentSuite suite = read_suite(arguments_.experiment());
  if (!suite.is_search()) {
    throw UserError(arguments_.experiment() +
                    ": has no 'search'; expected one, or 'airnn evaluate'");
  }
  options.search = suite.experiments.front().search->algorithm;
  check_space(suite, CampaignTables());
  const CampaignResult result = run_campaign(suite, options, quiet_, stop);
  if (!quiet_) {
    print(search_summary(result.plan, arguments_.out()) +
          campaign_summary(result, arguments_.out()));
  }
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

}  // namespace airnn
