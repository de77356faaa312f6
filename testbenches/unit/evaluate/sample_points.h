// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"

namespace airnn::test {

/// One iteration of a made-up run.
struct SampleIteration {
  double fraction = 1;
  double inputs_run = 10;
  double stopped = 10;
  double accuracy_of_stopped = 1;
  double value_pj = 100;  ///< of all inputs, as the others
  double index_pj = 50;
  double other_pj = 10;
  double fetch_cycles = 1000;
  double compute_cycles = 400;
};

/// results.json of a run over ten inputs, with what an evaluation reads of it.
nlohmann::json sample_results(const std::vector<SampleIteration>& iterations);

Settings settings(const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace airnn::test
