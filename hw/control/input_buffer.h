// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"

namespace airnn {

/// Holds the input map for all iterations of an input, and hands it to the first layer (and to any
/// other that reads it) when the controller starts an iteration.
class InputBuffer final : public sc_core::sc_module {
  const MapShape shape_;
  const ClockDomain& clock_;

 public:
  StreamIn<InputBeat> in_input{"in_input", clock_};
  StreamIn<ControlMessage> in_control{"in_control", clock_};
  sc_core::sc_vector<StreamOut<FeatureMap>> out_maps{"out_maps"};

  InputBuffer(const sc_core::sc_module_name& name, const MapShape& shape, const ClockDomain& clock,
              unsigned consumers);

 private:
  void load();
  void obey();
  void store(const InputBeat& beat);

  std::vector<std::int32_t> map_;
  std::vector<Cycle> row_ready_;
  std::int64_t loaded_ = 0;
};

}  // namespace airnn
