// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/search_contract.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

namespace airnn::test {

namespace {

constexpr std::size_t kMostPoints = 10'000;

std::string text_of(const std::vector<ProposedPoint>& points) {
  std::string text;
  for (const ProposedPoint& point : points) {
    text += std::to_string(point.experiment) + ":";
    for (const Setting& setting : point.settings) {
      text += " " + setting.key + "=" + setting.value;
    }
    text += "\n";
  }
  return text;
}

std::string wrong_point(const ProposedPoint& point, const ExperimentSuite& suite) {
  if (point.experiment >= suite.experiments.size()) {
    return "a point of no experiment";
  }
  const std::string name = name_of(point.settings, "network");
  return std::any_of(suite.networks.begin(), suite.networks.end(),
                     [&](const TestedNetwork& network) { return network.name == name; })
             ? ""
             : "a point of no network";
}

}  // namespace

std::string broken_rule(const std::function<std::unique_ptr<Search>(const ExperimentSuite&)>& make,
                        const ExperimentSuite& suite) {
  const std::unique_ptr<Search> search = make(suite);
  const std::unique_ptr<Search> witness = make(suite);
  std::vector<PointMeasures> measured;
  const MeasuredSoFar so_far = [&measured] { return measured; };
  std::set<std::string> known;
  while (true) {
    const std::vector<ProposedPoint> points = search->next(so_far);
    if (text_of(points) != text_of(witness->next(so_far))) {
      return "other points for the same measures";
    }
    if (points.empty()) {
      return "";
    }
    for (const ProposedPoint& point : points) {
      if (const std::string wrong = wrong_point(point, suite); !wrong.empty()) {
        return wrong;
      }
      if (!known.insert(text_of({point})).second) {
        return "a point that was measured already";
      }
      measured.emplace_back();
    }
    if (known.size() > kMostPoints) {
      return "no end";
    }
  }
}

}  // namespace airnn::test
