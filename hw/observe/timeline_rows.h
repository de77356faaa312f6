// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hw/common/cycle.h"
#include "hw/observe/trace_event_file.h"

namespace airnn {

/// Rows of a timeline beside those of the units that every machine has (docs/timeline.md).
class TimelineRows {
 public:
  /// Arguments of every slice between two cycles: members of a JSON object.
  using Place = std::function<std::string(Cycle begin, Cycle end)>;

  virtual ~TimelineRows() = default;
  virtual void name_tracks(TraceEventFile& file) const = 0;
  /// Writes what was heard since the call before. `arrows`: number of the last arrow of the file.
  virtual void write(TraceEventFile& file, const Place& place, std::uint64_t& arrows) = 0;
};

}  // namespace airnn
