// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hw/sim/run_config.h"
#include "sw/format/memory_image.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What a run was and what it gave, ready to be written down (docs/results_format.md).
struct RunResults {
  const MemoryImage& image;
  std::string image_file;  ///< name without folder
  const RunConfig& config;
  const RunRecord& record;
  std::uint32_t first_input = 0;     ///< index of the first input in the data set
  std::vector<std::int32_t> labels;  ///< of the inputs of the record; empty: unknown
  /// Per iteration and input the prediction if it stopped there; empty where it is not known.
  std::vector<std::vector<std::int32_t>> predictions_if_stopped;
  std::uint64_t saturated_input_elements = 0;  ///< of the inputs of the record
  double host_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;
};

/// results.json. Everything but `host` depends on image, configuration and inputs alone.
nlohmann::ordered_json results_json(const RunResults& results);

/// inputs.csv: a row per input.
std::string inputs_csv(const RunResults& results);

/// The last column of inputs.csv.
std::string energy_text(const EnergyModel& energy, const Counts& counts,
                        const std::vector<PricedAction>& counted);

/// counts.csv: a row per input.
std::string counts_csv(const RunResults& results);

/// Share of the stored weights that is loaded after each iteration.
std::vector<double> cumulative_fractions(const MemoryImage& image);

/// Share of the inputs that were classified right; labels must be known.
double accuracy(const RunResults& results);

}  // namespace airnn
