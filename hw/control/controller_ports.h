// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/control_events.h"

namespace airnn {

/// The slot of the Read Weight Controller: what the machine binds, and what observers listen to.
/// What state the controller is in, what a fetch was and when an input is done, only it knows: a
/// unit in this place must tell on_state, on_fetch and on_input.
class ControllerPorts : public sc_core::sc_module {
 protected:
  const ClockDomain& clock_;

 public:
  StreamIn<InputJob> in_jobs{"in_jobs", clock_};
  StreamOut<InputResult> out_results{"out_results", clock_, 2};
  StreamOut<WeightBeat> out_weights{"out_weights", clock_, 4};
  StreamOut<InputBeat> out_input{"out_input", clock_, 4};
  StreamIn<BatchPlaced> in_placed{"in_placed", clock_};
  StreamIn<FeatureMap> in_outputs{"in_outputs", clock_};  ///< tells that the last layer is done
  StreamIn<Decision> in_decision{"in_decision", clock_};
  sc_core::sc_vector<StreamOut<ControlMessage>> out_control{"out_control"};

  Probe<StateEntered> on_state;
  Probe<ReadIssued> on_read;
  Probe<BurstArrived> on_burst;
  Probe<FetchDone> on_fetch;
  Probe<InputDone> on_input;
  Probe<CyclesSpent> on_cycles;

  /// `controlled`: number of units that take reset, configure and start (input buffer and layers).
  ControllerPorts(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                  unsigned controlled)
      : sc_module(module_name), clock_(clock) {
    out_control.init(controlled, [this](const char* port, std::size_t) {
      return new StreamOut<ControlMessage>(port, clock_, 2);
    });
  }

  /// Through which it reads from the memory; its name is "memory".
  virtual tlm::tlm_initiator_socket<>& bus() = 0;
  /// What the controller waits for, in words, for a run that does not end.
  virtual std::string waiting_for() const = 0;
};

}  // namespace airnn
