// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/shell_word.h"

#include <algorithm>
#include <cctype>

namespace airnn {

std::string shell_word(const std::string& text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string("_-.,:=/+@%").find(c) != std::string::npos;
  });
  if (is_plain) {
    return text;
  }
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

}  // namespace airnn
