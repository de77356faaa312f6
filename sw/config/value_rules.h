// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sw/config/config_node.h"
#include "sw/config/scalar_parser.h"

namespace airnn {

/// What a key expects, as messages say it: "an integer from 1 to 16"; the limits of the type itself
/// are not worth naming.
std::string integer_range(std::int64_t min, std::int64_t max);
std::string real_range(double min, double max);

/// Parsers of scalar nodes. A quoted scalar is a text and never a number or a flag.
inline auto integer_parser(std::int64_t min, std::int64_t max) {
  return [=](const ConfigNode& node) {
    const auto value = node.quoted ? std::nullopt : parse_integer(node.scalar);
    return value && *value >= min && *value <= max ? value : std::nullopt;
  };
}

inline auto real_parser(double min, double max) {
  return [=](const ConfigNode& node) {
    const auto value = node.quoted ? std::nullopt : parse_real(node.scalar);
    return value && *value >= min && *value <= max ? value : std::nullopt;
  };
}

inline std::optional<bool> parse_flag(const ConfigNode& node) {
  return node.quoted ? std::nullopt : parse_boolean(node.scalar);
}

inline std::optional<std::string> parse_text(const ConfigNode& node) {
  return node.scalar;
}

}  // namespace airnn
