// SPDX-License-Identifier: Apache-2.0
#include "sw/results/csv_lines.h"

#include <algorithm>

namespace airnn {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

std::vector<std::string> csv_lines(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  if (lines.back().empty()) {
    lines.pop_back();
  }
  return lines;
}

std::vector<std::string> csv_values(const std::string& line) {
  return split(line, ',');
}

}  // namespace airnn
