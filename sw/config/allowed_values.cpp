// SPDX-License-Identifier: Apache-2.0
#include "sw/config/allowed_values.h"

#include <array>

#include "sw/config/scalar_parser.h"

namespace airnn {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

struct RangeText {
  std::string operator()(const FlagValues& /*flag*/) const { return "true, false"; }
  std::string operator()(const IntegerValues& integer) const {
    return std::to_string(integer.min) + " .. " + std::to_string(integer.max);
  }
  std::string operator()(const RealValues& real) const {
    return real_text(real.min) + " .. " + real_text(real.max);
  }
  std::string operator()(const ChoiceValues& choice) const { return joined(choice.names); }
  std::string operator()(const TextValues& text) const { return text.what; }
};

}  // namespace

std::string range_text(const AllowedValues& values) {
  return std::visit(RangeText(), values);
}

std::string kind_text(const AllowedValues& values) {
  static constexpr std::array<const char*, std::variant_size_v<AllowedValues>> kNames{
      "flag", "integer", "number", "choice", "text"};
  return kNames.at(values.index());
}

}  // namespace airnn
