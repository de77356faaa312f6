// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/search_command.h"

#include "sw/campaign/campaign_tables.h"
#include "sw/campaign/search/space_check.h"
#include "sw/describe/search_summary.h"
#include "sw/format/errors.h"

namespace airnn {

Options* SearchCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("search", "Look for the settings that suit a network best");
  arguments().add_to(*app, "An experiment with a search: a file or a name, 'search_cifar10'");
  arguments().add_shared_to(*app);
  app->footer(
      "Example:\n"
      "  airnn search configs/experiments/search_cifar10.yaml --out out/search\n"
      "  airnn report out/search -o search.html");
  return app;
}

void SearchCommand::prepare(const ExperimentSuite& suite, CampaignOptions& options) const {
  if (!suite.is_search()) {
    throw UserError(arguments().experiment() +
                    ": has no 'search'; expected one, or 'airnn evaluate'");
  }
  options.search = suite.experiments.front().search->algorithm;
  check_space(suite, CampaignTables());
}

std::string SearchCommand::summary(const Plan& plan, const std::string& out) const {
  return search_summary(plan, out);
}

}  // namespace airnn
