// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/compute/layer_unit.h"
#include "hw/control/address/buffer_address_calculation.h"
#include "hw/control/host.h"
#include "hw/control/input_buffer.h"
#include "hw/control/read_weight_controller.h"
#include "hw/control/score/score_calculation.h"
#include "hw/link/wiring.h"
#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "hw/top/accelerator_params.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Senders of all streams of the machine for a network, as paths below it: "score.out_decision".
std::vector<std::string> stream_names(const Network& network);

/// What the scores of this image are compared with, and when an input ends at the latest.
ScoreCalculationParams score_params(const AcceleratorParams& params, const MemoryImage& image);

/// The machine: one unit for each box of Figure 4, and their bindings. No behaviour.
class Accelerator final : public sc_core::sc_module {
  const AcceleratorParams params_;
  const ClockDomain fabric_;

 public:
  /// `image` must outlive the accelerator. `build_order` permutes the construction of the units (by
  /// index into the list host, controller, address calculation, input buffer, score, memory,
  /// layers...); results do not depend on it. Empty: in that order. `wiring`: binds the sockets,
  /// null: without anything between.
  Accelerator(const sc_core::sc_module_name& name, const AcceleratorParams& params,
              const MemoryImage& image, Host::InputSource inputs,
              const std::vector<std::size_t>& build_order = {}, Wiring* wiring = nullptr);

  std::unique_ptr<Host> host;
  std::unique_ptr<ReadWeightController> controller;
  std::unique_ptr<BufferAddressCalculation> addresses;
  std::unique_ptr<InputBuffer> input_buffer;
  std::unique_ptr<ScoreCalculation> score;
  std::unique_ptr<FlatMemory> flat_memory;      ///< the one or
  std::unique_ptr<Ddr3Controller> ddr3_memory;  ///< the other
  std::vector<std::unique_ptr<LayerUnit>> layers;

  const ClockDomain& fabric() const { return fabric_; }

 private:
  void build(std::size_t unit, Host::InputSource& inputs);
  void build_memory(std::uint64_t bytes);
  void build_layer(std::size_t index);
  void bind_memory(tlm::tlm_target_socket<>& bus, tlm::tlm_target_socket<>& backdoor);
  WireFormat wires_of_words() const;
  /// Of words on their way to the layer's weight buffer.
  WireFormat wires_of(const Layer& layer) const;
  WireFormat wires_of_map(std::int32_t source) const;
  void bind_control();
  void bind_maps();

  const MemoryImage& image_;
  const Network& network_;
  Wiring direct_wiring_;
  Wiring& wiring_;
};

}  // namespace airnn
