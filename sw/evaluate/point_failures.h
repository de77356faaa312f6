// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace airnn {

/// Why a point of an evaluation failed.
struct PointFailure {
  int code = 0;  ///< exit code
  std::string message;
  std::string host{};  ///< it is about this machine (RunFailure::host); empty: about the point

  /// Both can be true: on another machine a point may well end otherwise.
  bool agrees_with(const PointFailure& other) const {
    return !host.empty() || !other.host.empty() || (code == other.code && message == other.message);
  }
};

/// Points that failed, by index in the plan.
using PointFailures = std::map<std::size_t, PointFailure>;

/// Writes those of an evaluation to its folder. Throws UserError.
void write_failures(const std::string& folder, const PointFailures& failures);
/// Without the file there are none. Throws UserError.
PointFailures read_failures(const std::string& folder);

}  // namespace airnn
