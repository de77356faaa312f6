// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/common/cycle_timer.h"
#include "hw/rtl/rtl_score_pins.h"

namespace airnn {

/// Score Calculation in RTL: streams become pins, and pins streams (docs/rtl.md). Clocked in each
/// cycle from taking outputs to the decision; else its clock stands still.
class RtlScore final : public ScorePorts {
 public:
  /// That the library fits was checked (RtlScorePins).
  RtlScore(const sc_core::sc_module_name& name, const ScoreCalculationParams& params,
           const ClockDomain& clock, std::shared_ptr<const RtlLibrary> library, std::uint64_t seed);

 private:
  void start_of_simulation() override;
  void step();
  void eval();
  void drive_credit();
  void take_outputs(Cycle t);
  void send_decision(Cycle t);
  bool is_busy();

  const ScoreCalculationParams params_;
  RtlModel model_;
  RtlScorePins pins_;
  unsigned taken_ = 0;  ///< slots of the controller that the RTL holds for taken
  Cycle next_ = 0;      ///< that was not done yet
  Cycle taken_at_ = 0;  ///< the outputs that are worked on
  Cycle blocked_since_ = kNever;
  Cycle busy_until_ = 0;
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn
