// SPDX-License-Identifier: Apache-2.0
#include "sw/report/code_span.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace airnn {

namespace {

bool is_of_code(char c) {
  constexpr std::string_view kSigns = " _./=-,:";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         kSigns.find(c) != std::string_view::npos;
}

}  // namespace

std::size_t code_length(const std::string& text, std::size_t at) {
  if (text[at] != '`') {
    return 0;
  }
  const std::size_t close = text.find('`', at + 1);
  if (close == std::string::npos || close == at + 1) {
    return 0;
  }
  // What stands between two pieces of code is none.
  if (std::isalnum(static_cast<unsigned char>(text[close - 1])) == 0) {
    return 0;
  }
  const auto inside = text.begin() + static_cast<std::ptrdiff_t>(at + 1);
  const bool plain =
      std::all_of(inside, text.begin() + static_cast<std::ptrdiff_t>(close), is_of_code);
  return plain ? close - at + 1 : 0;
}

}  // namespace airnn
