// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/wave/wave_source.h"
#include "hw/wave/wave_writer.h"

namespace airnn {

/// Times in ps; `to` is the first that is not written.
struct WaveWindow {
  std::uint64_t from = 0;
  std::uint64_t to = kNever;
};

/// Brings what sources show into the order of time and writes what lies in the window. The window
/// begins with all values as they are at its first moment.
class WaveRecorder {
 public:
  /// The writer must outlive the recorder.
  WaveRecorder(WaveWriter& writer, const WaveWindow& window) : writer_(writer), window_(window) {}

  /// A line that is high in the first half of every cycle.
  void add_clock(WaveId id, std::uint64_t period_ps);
  /// The source must outlive the recorder; its cycle c begins at c * period_ps.
  void add(WaveSource& source, std::uint64_t period_ps);
  /// Writes everything before `horizon` (ps), about which nothing more will be told.
  void run_until(std::uint64_t horizon);
  /// The window is over: nothing needs to be told any more.
  bool is_over() const { return shown_until_ >= window_.to; }

 private:
  struct Entry {
    WaveSource* source;
    std::uint64_t period;
  };
  struct Clock {
    WaveId id;
    std::uint64_t period;
    std::uint64_t next_edge;  ///< ps
    bool is_high;
  };

  void show_until(std::uint64_t end);
  void show_at(std::uint64_t time);
  std::uint64_t next_edge() const;
  void toggle(std::uint64_t time);
  static std::uint64_t next_time(const Entry& entry);

  WaveWriter& writer_;
  WaveWindow window_;
  bool is_open_ = false;
  std::uint64_t shown_until_ = 0;
  std::vector<Clock> clocks_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> next_;  ///< ps, by entry
};

}  // namespace airnn
