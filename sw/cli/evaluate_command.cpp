// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluate_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sw/campaign/campaign.h"
#include "sw/campaign/failed_points.h"
#include "sw/cli/campaign_run.h"
#include "sw/cli/option_values.h"
#include "sw/console/console.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/points_summary.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::int64_t kMostShards = 1'000'000;

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    throw UserError(fmt::format("--shard: '{}'; expected i/n, as in 1/2 and 2/2", text));
  }
  const std::int64_t of = integer_option("--shard", text.substr(slash + 1), 1, kMostShards);
  const std::int64_t mine = integer_option("--shard", text.substr(0, slash), 0, of);
  return {static_cast<std::size_t>(mine), static_cast<std::size_t>(of)};
}

}  // namespace

Options* EvaluateCommand::add_to(Options& program) {
  Options* app = program.add_subcommand(
      "evaluate", "Compile and simulate every point of a matrix, for a table or a figure");
  arguments_.add_to(*app, "What is to be run, and what to show of it: a file or a name, 'demo'");
  app->add_option("--shard", shard_,
                  "Every n-th point only, i from 1 to n; 'airnn merge' joins the shards")
      ->type_name("i/n");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  app->footer(
      "Example:\n"
      "  airnn evaluate configs/experiments/table2.yaml --out out/table2\n"
      "  airnn report out/table2 -o table2.html");
  return app;
}

ExitCode EvaluateCommand::run() {
  StopSignal stop;
  const Shard shard = shard_.empty() ? Shard{} : parse_shard(shard_);
  CampaignOptions options = arguments_.options();
  options.shard = shard;
  const ExperimentSuite suite = read_suite(arguments_.experiment());
  if (suite.is_search()) {
    throw UserError(arguments_.experiment() +
                    ": is a search; expected a matrix, or 'airnn search'");
  }
  const CampaignResult result = run_campaign(suite, options, quiet_, stop);
  if (!quiet_) {
    print(points_summary(result.plan, arguments_.out()) +
          campaign_summary(result, arguments_.out()));
  }
  return result.stopped ? ExitCode::stopped : worst(result.failures);
}

}  // namespace airnn
