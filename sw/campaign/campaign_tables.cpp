// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/campaign_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "sw/campaign/executor/local_executor.h"
#include "sw/campaign/search/exhaustive_search.h"
#include "sw/campaign/search/matrix_search.h"
#include "sw/campaign/search/nsga2_search.h"
#include "sw/campaign/search/random_search.h"
#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::array<NamedExecutor, 1> kExecutors = {
    {{"local", [](unsigned workers) -> std::unique_ptr<Executor> {
        return std::make_unique<LocalExecutor>(workers);
      }}}};

template <typename Of>
std::unique_ptr<Search> search(const ExperimentSuite& suite) {
  return std::make_unique<Of>(suite);
}

constexpr std::array<NamedSearch, 4> kSearches = {{{"matrix", search<MatrixSearch>},
                                                   {"nsga2", search<Nsga2Search>, true},
                                                   {"random", search<RandomSearch>, true},
                                                   {"exhaustive", search<ExhaustiveSearch>, true}}};

template <typename Named>
const Named& named(const char* what, const std::vector<Named>& table, const std::string& name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Named& entry) { return entry.name == name; });
  if (found == table.end()) {
    std::vector<std::string> names;
    for (const Named& entry : table) {
      names.emplace_back(entry.name);
    }
    throw UserError(fmt::format("{}: '{}'; expected {}{}", what, name, fmt::join(names, ", "),
                                did_you_mean(name, names)));
  }
  return *found;
}

}  // namespace

CampaignTables::CampaignTables()
    : executors(kExecutors.begin(), kExecutors.end()),
      searches(kSearches.begin(), kSearches.end()) {}

std::unique_ptr<Executor> CampaignTables::make_executor(const std::string& name,
                                                        unsigned workers) const {
  return named("executor", executors, name).make(workers);
}

std::unique_ptr<Search> CampaignTables::make_search(const std::string& name,
                                                    const ExperimentSuite& suite) const {
  return named("search", searches, name).make(suite);
}

}  // namespace airnn
