// SPDX-License-Identifier: Apache-2.0
#include "sw/rtl/verilated_pins.h"

#include <regex>

namespace airnn {

std::vector<VerilatedPin> verilated_pins(const std::string& header) {
  // Direction, size (8, 16, 64, W, or nothing), name, highest and lowest bit.
  static const std::regex kPin(R"(VL_(IN|OUT)(?:8|16|64|W)?\(&?(\w+),(\d+),(\d+))");
  std::vector<VerilatedPin> pins;
  for (std::sregex_iterator at(header.begin(), header.end(), kPin), end; at != end; ++at) {
    const std::smatch& found = *at;
    const unsigned long width = std::stoul(found[3]) - std::stoul(found[4]) + 1;
    pins.push_back({found[2], static_cast<std::uint32_t>(width), found[1] == "OUT"});
  }
  return pins;
}

}  // namespace airnn
