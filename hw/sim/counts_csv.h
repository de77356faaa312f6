// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/observe/counts.h"

namespace airnn {

/// What one input did, as far as its energy depends on it.
struct InputCounts {
  std::uint64_t index = 0;  ///< in the data set
  Counts counts;
};

/// counts.csv: a row per input. `has_dram`: commands and states of the memory too.
std::string counts_csv(const std::vector<InputCounts>& inputs, bool has_dram);

/// Reads what counts_csv() wrote; `name` is of the file, for messages. Throws UserError.
std::vector<InputCounts> parse_counts_csv(const std::string& text, const std::string& name,
                                          bool has_dram);

}  // namespace airnn
