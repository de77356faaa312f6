// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace airnn {

/// The lines of a text. What is behind the last line break is a line too, unless it is empty.
std::vector<std::string> csv_lines(const std::string& text);

/// The values of a line, which commas separate; nothing is quoted.
std::vector<std::string> csv_values(const std::string& line);

}  // namespace airnn
