// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace airnn {

/// true or false.
struct FlagValues {};
/// Both ends are included.
struct IntegerValues {
  std::int64_t min = 0;
  std::int64_t max = 0;
};
struct RealValues {
  double min = 0;
  double max = 0;
};
/// One of a few names.
struct ChoiceValues {
  std::vector<std::string> names;
};
/// Anything; `what` says what it is: "text".
struct TextValues {
  std::string what;
};

/// Which values a key takes.
using AllowedValues = std::variant<FlagValues, IntegerValues, RealValues, ChoiceValues, TextValues>;

/// "1 .. 64", "map, row", "true, false", or what a text is.
std::string range_text(const AllowedValues& values);

/// "integer", "number", "choice", "flag" or "text".
std::string kind_text(const AllowedValues& values);

}  // namespace airnn
