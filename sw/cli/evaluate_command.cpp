// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/evaluate_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>

#include "sw/cli/option_values.h"
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
  arguments().add_to(*app, "What is to be run, and what to show of it: a file or a name, 'demo'");
  app->add_option("--shard", shard_,
                  "Every n-th point only, i from 1 to n; 'airnn merge' joins the shards")
      ->type_name("i/n");
  arguments().add_shared_to(*app);
  app->footer(
      "Example:\n"
      "  airnn evaluate configs/experiments/table2.yaml --out out/table2\n"
      "  airnn report out/table2 -o table2.html");
  return app;
}

void EvaluateCommand::prepare(const ExperimentSuite& suite, CampaignOptions& options) const {
  if (!shard_.empty() && options.role != CampaignRole::alone) {
    throw UserError(
        "--shard: is for folders that are shared with nobody; expected without --worker, "
        "--finish and --slurm (see 'airnn evaluate --help')");
  }
  options.shard = shard_.empty() ? Shard{} : parse_shard(shard_);
  if (suite.is_search()) {
    throw UserError(arguments().experiment() +
                    ": is a search; expected a matrix, or 'airnn search'");
  }
}

std::string EvaluateCommand::summary(const Plan& plan, const std::string& out) const {
  return points_summary(plan, out);
}

}  // namespace airnn
