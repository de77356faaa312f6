// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/published_series.h"

#include <cstddef>
#include <set>
#include <string>

namespace airnn {

using Json = nlohmann::ordered_json;

Json published_series(const PlotSpec& plot, const Experiment& experiment,
                      const MeasuredPoints& shown, const PlotNames& names) {
  Json series = Json::array();
  std::set<std::string> taken;
  for (const PublishedNumbers& published : experiment.published) {
    const MeasuredPoints meant = matching(shown, published.where);
    if (published.metric != plot.y || published.first_iteration == 0 || meant.empty()) {
      continue;
    }
    Json points = Json::array();
    for (std::size_t i = 0; i < published.values.size(); ++i) {
      points.push_back({{"x", published.first_iteration + static_cast<int>(i)},
                        {"y", published.values[i]},
                        {"note", published.source}});
    }
    std::string label = meant.size() == 1 ? names.label(*meant.front()) : published.source;
    for (const Setting& setting : meant.size() == 1 ? Settings() : published.where) {
      label += ", " + setting_words(setting);
    }
    const std::string pair = label;
    if (!taken.insert(label).second) {
      label += " (paper, " + published.source + ")";
    }
    series.push_back(series_json(label, "paper", points));
    series.back()["pair"] = pair;
  }
  return series;
}

}  // namespace airnn
