// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "hw/common/cycle.h"

namespace airnn {

/// A clock as a value: nothing toggles while nothing happens. The only place where cycles become
/// sc_time.
class ClockDomain {
 public:
  explicit ClockDomain(const sc_core::sc_time& period) : period_(period) {}

  const sc_core::sc_time& period() const { return period_; }
  sc_core::sc_time duration(Cycle cycles) const { return period_ * static_cast<double>(cycles); }

  /// The cycle that runs now: edges lie at multiples of the period, a cycle begins with its edge.
  Cycle now() const { return cycle_of(sc_core::sc_time_stamp()); }
  Cycle cycle_of(const sc_core::sc_time& time) const { return time.value() / period_.value(); }
  /// First cycle whose edge is not before `time`.
  Cycle next_edge(const sc_core::sc_time& time) const {
    return (time.value() + period_.value() - 1) / period_.value();
  }
  /// From now to the edge of `cycle`; zero if that edge has passed.
  sc_core::sc_time until(Cycle cycle) const {
    const sc_core::sc_time::value_type edge = cycle * period_.value();
    const sc_core::sc_time::value_type present = sc_core::sc_time_stamp().value();
    return edge > present ? sc_core::sc_time::from_value(edge - present) : sc_core::SC_ZERO_TIME;
  }

 private:
  sc_core::sc_time period_;
};

}  // namespace airnn
