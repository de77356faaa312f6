// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/control/input_buffer_ports.h"
#include "sw/format/network.h"

namespace airnn {

/// Holds the input map for all iterations of an input, and hands it to the first layer (and to any
/// other that reads it) when the controller starts an iteration.
class InputBuffer final : public InputBufferPorts {
 public:
  InputBuffer(const sc_core::sc_module_name& name, const MapShape& shape, const ClockDomain& clock,
              unsigned consumers);

 private:
  void load();
  void obey();
  void store(const InputBeat& beat);

  const MapShape shape_;
  std::vector<std::int32_t> map_;
  std::vector<Cycle> row_ready_;
  std::int64_t loaded_ = 0;
};

}  // namespace airnn
