// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/space_check.h"

#include <cstddef>
#include <vector>

#include "sw/campaign/evaluation_planner.h"
#include "sw/campaign/search/space_settings.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// The settings with this choice on one axis, and the first or the last one on all others.
Settings settings_with(const SearchSpec& search, std::size_t axis, std::size_t choice,
                       bool are_last) {
  Settings settings;
  for (std::size_t i = 0; i < search.space.size(); ++i) {
    const std::vector<SearchChoice>& choices = search.space[i].choices;
    const SearchChoice& taken = i == axis  ? choices[choice]
                                : are_last ? choices.back()
                                           : choices.front();
    settings.insert(settings.end(), taken.settings.begin(), taken.settings.end());
  }
  return meaningful_settings(std::move(settings));
}

}  // namespace

void check_space(const ExperimentSuite& suite, const CampaignTables& tables) {
  const SearchSpec& search = *suite.experiments.front().search;
  tables.make_search(search.algorithm, suite);
  EvaluationPlanner planner(suite);
  PlannedEvaluation planned = planner.begin();
  std::vector<ProposedPoint> points;
  for (std::size_t axis = 0; axis < search.space.size(); ++axis) {
    for (std::size_t choice = 0; choice < search.space[axis].choices.size(); ++choice) {
      for (const bool are_last : {false, true}) {
        points.push_back({0, settings_with(search, axis, choice, are_last)});
      }
    }
  }
  planner.add(planned, points);
  for (std::size_t i = 0; i < planned.tasks.size(); i += 2) {
    if (!planned.tasks[i].error.empty() && !planned.tasks[i + 1].error.empty()) {
      throw UserError(planned.tasks[i].error);
    }
  }
}

}  // namespace airnn
