// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_recorder.h"

#include <algorithm>

namespace airnn {

void WaveRecorder::add_clock(WaveId id, std::uint64_t period_ps) {
  clocks_.push_back({id, period_ps, 0, false});
}

void WaveRecorder::add(WaveSource& source, std::uint64_t period_ps) {
  entries_.push_back({&source, period_ps});
  next_.push_back(0);
}

std::uint64_t WaveRecorder::next_time(const Entry& entry) {
  const Cycle cycle = entry.source->next();
  return cycle == kNever ? kNever : cycle * entry.period;
}

void WaveRecorder::run_until(std::uint64_t horizon) {
  const std::uint64_t end = std::min(horizon, window_.to);
  if (end <= shown_until_) {
    return;
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    next_[i] = next_time(entries_[i]);
  }
  if (!is_open_ && end > window_.from) {
    // The first moment is shown as it is when it is over.
    show_until(window_.from + 1);
    writer_.at(window_.from);
    writer_.open();
    is_open_ = true;
  }
  show_until(end);
  shown_until_ = end;
}

void WaveRecorder::show_until(std::uint64_t end) {
  while (true) {
    std::uint64_t time = end;
    for (const std::uint64_t next : next_) {
      time = std::min(time, next);
    }
    // Most edges of a clock come alone.
    for (std::uint64_t edge = next_edge(); edge < time; edge = next_edge()) {
      writer_.at(edge);
      toggle(edge);
    }
    if (time >= end) {
      return;
    }
    show_at(time);
  }
}

void WaveRecorder::show_at(std::uint64_t time) {
  writer_.at(time);
  toggle(time);
  for (std::size_t i = 0; i < next_.size(); ++i) {
    if (next_[i] == time) {
      const Entry& entry = entries_[i];
      entry.source->show(time / entry.period, writer_);
      next_[i] = next_time(entry);
    }
  }
}

std::uint64_t WaveRecorder::next_edge() const {
  std::uint64_t edge = kNever;
  for (const Clock& clock : clocks_) {
    edge = std::min(edge, clock.next_edge);
  }
  return edge;
}

void WaveRecorder::toggle(std::uint64_t time) {
  for (Clock& clock : clocks_) {
    if (clock.next_edge == time) {
      clock.is_high = !clock.is_high;
      const std::uint64_t high = clock.period / 2;
      clock.next_edge += clock.is_high ? high : clock.period - high;
      writer_.set(clock.id, clock.is_high ? 1 : 0);
    }
  }
}

}  // namespace airnn
