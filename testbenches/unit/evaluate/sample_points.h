// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/run_measures.h"

namespace airnn::test {

/// One iteration of a made-up run.
struct SampleIteration {
  double fraction = 1;
  std::uint64_t inputs_run = 10;
  std::uint64_t stopped = 10;
  double accuracy_of_stopped = 1;
  double value_pj = 100;  ///< of all inputs, as the others
  double index_pj = 50;
  double other_pj = 10;
  std::uint64_t fetch_cycles = 1000;
  std::uint64_t compute_cycles = 400;
};

/// results.json of a run over ten inputs, with what an evaluation reads of it.
nlohmann::ordered_json sample_results(const std::vector<SampleIteration>& iterations);

/// The numbers of results.json.
RunMeasures measures_of(const nlohmann::ordered_json& results);

Settings settings(const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace airnn::test
