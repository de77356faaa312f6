// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn::test {

/// What a host is given: one input after the other, which must outlive it.
inline auto in_turn(const std::vector<std::vector<std::int32_t>>& inputs) {
  return [&inputs, next = std::size_t{0}](std::vector<std::int32_t>& map) mutable {
    if (next == inputs.size()) {
      return false;
    }
    map = inputs[next++];
    return true;
  };
}

}  // namespace airnn::test
