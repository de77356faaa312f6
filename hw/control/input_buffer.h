// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/control/input_buffer_ports.h"
#include "sw/format/network.h"

namespace airnn {

/// Holds input maps for all iterations of their inputs, and hands that of the input whose turn it
/// is to the first layer (and to any other that reads it) when the controller starts an iteration.
class InputBuffer final : public InputBufferPorts {
 public:
  /// `places`: input maps that it holds at a time.
  InputBuffer(const sc_core::sc_module_name& name, const MapShape& shape, const ClockDomain& clock,
              unsigned consumers, unsigned places = 1);

 private:
  void load();
  void obey();
  void store(const InputBeat& beat);

  const MapShape shape_;
  std::vector<std::int32_t> maps_;  ///< of all places
  std::vector<Cycle> row_ready_;
  std::vector<std::int64_t> loaded_;  ///< elements, by place
};

}  // namespace airnn
