// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// A pin of a module as Verilator declares it.
struct VerilatedPin {
  std::string name;
  std::uint32_t width = 0;
  bool is_output = false;
};

/// Finds the pins in the header of a model that Verilator made: VL_IN8(&clk,0,0), VL_OUTW(...).
std::vector<VerilatedPin> verilated_pins(const std::string& header);

}  // namespace airnn
