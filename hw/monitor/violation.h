// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hw/common/cycle.h"

namespace airnn {

/// The rules of docs/control_protocol.md.
enum class Rule : std::uint8_t {
  p1 = 1,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p8,
  p9,
  p10,
  p11,
  p12,
  p13,
  p14,
  p15
};

/// "P1" .. "P15".
std::string to_string(Rule rule);

/// A rule was broken: by whom and when, what was seen, and what was due.
struct Violation {
  Rule rule = Rule::p1;
  std::string unit;
  Cycle cycle = 0;  ///< of the fabric
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;  ///< 0: before the first input
  std::string seen;
  std::string due;

  /// One line with all of it.
  std::string text() const;
};

using ViolationSink = std::function<void(const Violation&)>;

}  // namespace airnn
