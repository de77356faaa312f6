// SPDX-License-Identifier: Apache-2.0
#include "sw/model/message_text.h"

#include <algorithm>

namespace airnn::graph {
namespace {

constexpr std::size_t kLongestList = 32;

}  // namespace

std::string to_string(const std::vector<std::int64_t>& dims) {
  const std::size_t count = std::min(dims.size(), kLongestList);
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(dims[i]);
  }
  return count == dims.size() ? text + "]"
                              : text + ", ...] (" + std::to_string(dims.size()) + " numbers)";
}

}  // namespace airnn::graph
