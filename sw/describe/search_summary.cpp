// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/search_summary.h"

#include <fmt/format.h>

#include "sw/describe/points_summary.h"
#include "sw/evaluate/point_measures.h"
#include "sw/evaluate/search_outcome.h"
#include "sw/evaluate/search_tables.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

std::string section(const std::string& title, const MeasuredPoints& points) {
  MeasuredPoints there;
  for (const PointMeasures* point : points) {
    if (point != nullptr) {
      there.push_back(point);
    }
  }
  const std::string table = points_table(there);
  return table.empty() ? "" : fmt::format("{}\n\n{}\n", title, table);
}

}  // namespace

std::string search_summary(const Plan& plan, const std::string& folder) {
  const std::vector<PointMeasures> points = measure_points(plan, folder);
  const SearchOutcome outcome = outcome_of(plan, points);
  MeasuredPoints judged = outcome.front;
  judged.insert(judged.end(), outcome.bases.begin(), outcome.bases.end());
  MeasuredPoints confirmed = outcome.confirmed;
  confirmed.insert(confirmed.end(), outcome.confirmed_bases.begin(), outcome.confirmed_bases.end());
  const std::string volume =
      outcome.rounds.empty() ? "" : percent_words(outcome.rounds.back().hypervolume);
  return section(plan.experiments.front().title + ": the front, and base", judged) +
         section("The same on the inputs that confirm", confirmed) + search_inputs_text(plan) +
         "\n" +
         fmt::format("{} searched in {}, {} on the front{}\n",
                     count_words(outcome.points.size(), "point", "points"),
                     count_words(outcome.rounds.size(), "generation", "generations"),
                     outcome.front.size(),
                     volume.empty() ? "" : ", hypervolume " + volume + " of the box");
}

}  // namespace airnn
