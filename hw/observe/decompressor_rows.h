// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/observe/timeline_rows.h"

namespace airnn {

/// Rows of a timeline that show what decompressors expand: a row for each layer whose weights are
/// lines, and a slice for items that follow each other closely.
class DecompressorRows final : public TimelineRows {
 public:
  /// `layers`: names of those that have one, by their numbers.
  DecompressorRows(std::map<std::uint32_t, std::string> layers, std::uint64_t period_ps);

  void expanded(const LinesExpanded& event);

  void name_tracks(TraceEventFile& file) const override;
  void write(TraceEventFile& file, const Place& place, std::uint64_t& arrows) override;

 private:
  struct Run {
    Cycle begin = 0;
    Cycle end = 0;
    Cycle working = 0;
    std::uint64_t segments = 0;
    std::uint64_t words = 0;
  };

  const std::map<std::uint32_t, std::string> layers_;
  const std::uint64_t period_ps_;
  std::map<std::uint32_t, std::vector<Run>> runs_;  ///< by layer
};

}  // namespace airnn
