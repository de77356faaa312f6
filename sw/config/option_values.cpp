// SPDX-License-Identifier: Apache-2.0
#include "sw/config/option_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/config/value_rules.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& text,
                         const std::string& expected) {
  throw UserError(fmt::format("{}: {}; expected {}", option, quoted(text), expected));
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

std::int64_t integer_option(const std::string& option, const std::string& text, std::int64_t min,
                            std::int64_t max) {
  const auto value = parse_integer(text);
  if (!value || *value < min || *value > max) {
    refuse(option, text, integer_range(min, max));
  }
  return *value;
}

std::vector<double> real_list_option(const std::string& option, const std::string& text, double min,
                                     double max) {
  std::vector<double> numbers;
  for (const std::string& part : split(text)) {
    const auto value = parse_real(part);
    if (!value || *value < min || *value > max) {
      refuse(option, part, real_range(min, max));
    }
    numbers.push_back(*value);
  }
  return numbers;
}

std::vector<std::string> name_list_option(const std::string& option, const std::string& text) {
  std::vector<std::string> names = split(text);
  if (std::find(names.begin(), names.end(), std::string()) != names.end()) {
    refuse(option, text, "names separated by commas");
  }
  return names;
}

std::size_t choice_index(const std::string& option, const std::string& text,
                         const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    refuse(option, text, fmt::format("{}{}", fmt::join(names, ", "), did_you_mean(text, names)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace airnn
