// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sw/campaign/executor/executor.h"
#include "sw/campaign/search/search.h"

namespace airnn {

struct NamedExecutor {
  const char* name;
  /// `workers`: processes and threads that may be at work on this machine at once.
  std::unique_ptr<Executor> (*make)(unsigned workers);
};

struct NamedSearch {
  const char* name;
  /// The suite lives as long as the search.
  std::unique_ptr<Search> (*make)(const ExperimentSuite& suite);
  /// It looks for points, in a suite that has a search.
  bool looks_for_points = false;
};

/// How evaluations can be carried out, by name; the built-in ones, to which more can be added.
struct CampaignTables {
  CampaignTables();

  std::vector<NamedExecutor> executors;
  std::vector<NamedSearch> searches;

  /// Throws UserError with the nearest name.
  std::unique_ptr<Executor> make_executor(const std::string& name, unsigned workers) const;
  std::unique_ptr<Search> make_search(const std::string& name, const ExperimentSuite& suite) const;
};

}  // namespace airnn
