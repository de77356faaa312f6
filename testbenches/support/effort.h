// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdlib>

namespace airnn::test {

/// AIRNN_TEST_EFFORT: how many times as much random tests try in long runs. 1 without it.
inline unsigned effort() {
  const char* text = std::getenv("AIRNN_TEST_EFFORT");
  return text == nullptr ? 1U : static_cast<unsigned>(std::max(std::atoi(text), 1));
}

}  // namespace airnn::test
