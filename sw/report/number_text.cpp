// SPDX-License-Identifier: Apache-2.0
#include "sw/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace airnn {

namespace {

constexpr double kSmallestPlain = 1e-4;
constexpr double kLargestPlain = 1e15;  // every integer below is exact

/// Zero has no sign, whatever was rounded to it.
std::string without_negative_zero(std::string text) {
  if (text[0] == '-' && text.find_first_not_of("-0.") == std::string::npos) {
    text.erase(0, 1);
  }
  return text;
}

std::string grouped(std::string text) {
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  for (std::size_t at = std::min(text.find('.'), text.size()); at > begin + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text;
}

std::string number_text(const ReportColumn& column, double number) {
  const bool is_integer = std::trunc(number) == number && std::abs(number) < kLargestPlain;
  if (column.digits) {
    return decimal_text(number, *column.digits);
  }
  if (column.exact) {
    return is_integer ? decimal_text(number, 0) : significant_text(number, 6);
  }
  return significant_text(number, 4);
}

}  // namespace

std::string decimal_text(double number, int decimals) {
  return grouped(without_negative_zero(fmt::format("{:.{}f}", number, decimals)));
}

std::string significant_text(double number, int digits) {
  if (number == 0) {
    return "0";
  }
  const std::string scientific = fmt::format("{:.{}e}", number, digits - 1);
  // Not std::stod: it throws where rounding makes the number infinite, and at the smallest ones.
  const double rounded = std::strtod(scientific.c_str(), nullptr);
  if (std::abs(rounded) < kSmallestPlain || std::abs(rounded) >= kLargestPlain) {
    return fmt::format("{:.{}g}", number, digits);
  }
  const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  const int decimals = std::max(0, digits - 1 - exponent);
  return grouped(without_trailing_zeros(fmt::format("{:.{}f}", rounded, decimals)));
}

std::string percent_text(double share) {
  return significant_text(100 * share, 3) + " %";
}

std::string cell_text(const ReportColumn& column, const ReportCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (const auto* number = std::get_if<double>(&cell)) {
    return number_text(column, *number);
  }
  if (const auto* mark = std::get_if<bool>(&cell)) {
    return *mark ? "\u2713" : "";
  }
  return "\u2013";
}

}  // namespace airnn
