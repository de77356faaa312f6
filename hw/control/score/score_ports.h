// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/control_events.h"

namespace airnn {

/// The slot of Score Calculation: what the machine binds, and what observers may listen to.
class ScorePorts : public sc_core::sc_module {
 protected:
  const ClockDomain& clock_;

 public:
  StreamIn<FeatureMap> in_outputs{"in_outputs", clock_};
  StreamOut<Decision> out_decision{"out_decision", clock_, 1};

  Probe<ScoreBegun> on_begun;
  Probe<ScoreDecided> on_decided;
  Probe<CyclesSpent> on_cycles;

  ScorePorts(const sc_core::sc_module_name& module_name, const ClockDomain& clock)
      : sc_module(module_name), clock_(clock) {}

  /// False: the unit tells nothing; observers know what its bindings show.
  virtual bool has_probes() const { return true; }
};

}  // namespace airnn
