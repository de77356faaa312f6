// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/wave/wave_source.h"

namespace airnn {

/// A clock as a line: high in the first half of its cycle, low in the second. Its cycles are ps.
class ClockPins final : public WaveSource {
 public:
  ClockPins(WaveTree& tree, const std::string& scope, const std::string& name,
            std::uint64_t period_ps)
      : period_(period_ps), clock_(tree.add(scope, name, WaveType::bit())) {
    own(clock_, tree);
  }

  Cycle next() const override { return next_; }
  void show(Cycle time, VcdWriter& writer) override {
    is_high_ = !is_high_;
    writer.set(clock_, is_high_ ? 1 : 0);
    next_ = time + (is_high_ ? period_ / 2 : period_ - period_ / 2);
  }

 private:
  std::uint64_t period_;
  WaveId clock_;
  bool is_high_ = false;
  Cycle next_ = 0;
};

}  // namespace airnn
