// SPDX-License-Identifier: Apache-2.0
#include "sw/format/csv_cell.h"

#include <charconv>

namespace airnn {

namespace {

bool is_number(const std::string& text) {
  const char* const end = text.data() + text.size();
  const char* begin = text.data();
  if (begin != end && (*begin == '+' || *begin == '-')) {
    ++begin;
  }
  // from_chars() knows names (inf, nan) and, behind this sign, another one.
  if (begin == end || !((*begin >= '0' && *begin <= '9') || *begin == '.')) {
    return false;
  }
  double value = 0;
  return std::from_chars(begin, end, value).ptr == end;
}

bool looks_like_formula(const std::string& text) {
  constexpr const char* kBegins = "=+-@\t\r";
  // A line break or blanks in front do not keep a spreadsheet from it.
  const std::size_t first = text.find_first_not_of(" \n");
  return first != std::string::npos &&
         std::string(kBegins).find(text[first]) != std::string::npos && !is_number(text);
}

}  // namespace

std::string csv_cell(const std::string& text) {
  const bool is_formula = looks_like_formula(text);
  if (!is_formula && text.find_first_of(",\"\n\r") == std::string::npos) {
    return text;
  }
  std::string cell = is_formula ? "\"'" : "\"";
  for (const char c : text) {
    cell += c;
    if (c == '"') {
      cell += c;
    }
  }
  return cell + "\"";
}

}  // namespace airnn
