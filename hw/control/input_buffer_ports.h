// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/stream.h"

namespace airnn {

/// The slot of the input buffer: what the machine binds. It has no probes; its bindings show all
/// that it does.
class InputBufferPorts : public sc_core::sc_module {
 protected:
  const ClockDomain& clock_;

 public:
  StreamIn<InputBeat> in_input{"in_input", clock_};
  StreamIn<ControlMessage> in_control{"in_control", clock_};
  /// One per unit that reads the map.
  sc_core::sc_vector<StreamOut<FeatureMap>> out_maps{"out_maps"};

  InputBufferPorts(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                   unsigned consumers)
      : sc_module(module_name), clock_(clock) {
    out_maps.init(consumers, [this](const char* port, std::size_t) {
      return new StreamOut<FeatureMap>(port, clock_, 1);
    });
  }
};

}  // namespace airnn
