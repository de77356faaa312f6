// SPDX-License-Identifier: Apache-2.0
#include "sw/model/message_text.h"

#include <algorithm>

namespace airnn::graph {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestList = 32;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string shown(const std::string& name) {
  std::size_t end = std::min(name.size(), kLongestName);
  // A character of several bytes is shown whole or not at all.
  while (end < name.size() && end > 0 && continues_character(name[end])) {
    --end;
  }
  std::string text = name.substr(0, end);
  std::replace_if(text.begin(), text.end(), is_control, '?');
  return end < name.size() ? text + "..." : text;
}

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
