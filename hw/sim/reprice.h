// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace airnn {

/// The files of a run (docs/results_format.md).
struct RunFiles {
  std::string results_json;
  std::string inputs_csv;
  std::string counts_csv;
};

/// results.json and inputs.csv with other prices; counts.csv has none.
struct RepricedRun {
  nlohmann::ordered_json results;
  std::string inputs_csv;
};

/// Prices the counts of a run by another energy table: what a simulation with that table would have
/// written, but for `host`. `folder` stands in messages before the names of the files. Throws
/// UserError for files that are no results of one run, and ConfigError for a table that is wrong or
/// does not fit the memory.
RepricedRun reprice(const RunFiles& files, const std::string& folder,
                    const std::string& table_path);

}  // namespace airnn
