// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/results/counts.h"

namespace airnn {

/// What one input did, as far as its energy depends on it.
struct InputCounts {
  std::uint64_t index = 0;  ///< in the data set
  Counts counts;
};

/// counts.csv: a row per input, and a column for each of `counted` but the requests of a memory,
/// which cost nothing of their own.
std::string counts_csv(const std::vector<InputCounts>& inputs,
                       const std::vector<PricedAction>& counted);

/// Reads what counts_csv() wrote; `name` is of the file, for messages. Throws UserError.
std::vector<InputCounts> parse_counts_csv(const std::string& text, const std::string& name,
                                          const std::vector<PricedAction>& counted);

}  // namespace airnn
