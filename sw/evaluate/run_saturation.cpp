// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_saturation.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sw/evaluate/document_table.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

using Rows = std::vector<std::pair<std::string, Saturation>>;

/// The inputs, then the layers in their order. What has no elements cannot saturate.
Rows rows_of(const StoredRun& run) {
  Rows rows{{"inputs", run.input_saturation}};
  rows.insert(rows.end(), run.layer_saturation.begin(), run.layer_saturation.end());
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [](const auto& row) { return row.second.elements == 0; }),
             rows.end());
  return rows;
}

std::string headline(const Rows& rows) {
  const auto most = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.share() < b.second.share();
  });
  if (most == rows.end()) {
    return "No input was simulated.";
  }
  if (most->second.saturated == 0) {
    return "No element of inputs and results was beyond its number format.";
  }
  return fmt::format("{} of the elements of {} are beyond their number format, the largest share.",
                     percent_words(most->second.share()), most->first);
}

}  // namespace

nlohmann::ordered_json saturation_table(const StoredRun& run) {
  DocumentTable table("Saturation",
                      "Elements that their number format cannot hold become its largest or its "
                      "least value. All iterations together.");
  const Rows rows = rows_of(run);
  table.headline(headline(rows));
  table.text("of").number("elements", 0).number("saturated", 0).number("share", -1);
  for (const auto& [name, found] : rows) {
    table.add_row({name, found.elements, found.saturated, found.share()});
  }
  return table.json();
}

}  // namespace airnn
