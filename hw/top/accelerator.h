// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/layer_unit.h"
#include "hw/control/address/address_ports.h"
#include "hw/control/controller_ports.h"
#include "hw/control/host.h"
#include "hw/control/input_buffer_ports.h"
#include "hw/control/score/score_calculation.h"
#include "hw/control/score/score_ports.h"
#include "hw/link/wiring.h"
#include "hw/memory/memory_unit.h"
#include "hw/top/accelerator_params.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What the scores of this image are compared with, and when an input ends at the latest.
ScoreCalculationParams score_params(const AcceleratorParams& params, const MemoryImage& image);
/// That the key says, or of the usual softmax.
Cycle softmax_cycles(const AcceleratorParams& params, const Network& network);

/// Where the words of each layer belong.
BufferAddressCalculationParams address_params(const AcceleratorParams& params,
                                              const Network& network);

/// The link between the units of a machine; null: they are bound to each other.
std::unique_ptr<Link> make_link(const AcceleratorParams& params, const Network& network);

/// The machine: a slot for each box of Figure 4, the units that fill them, and their bindings. No
/// behaviour.
class Accelerator final : public sc_core::sc_module {
  const AcceleratorParams params_;
  const ClockDomain fabric_;

 public:
  /// `image` must outlive the accelerator. `build_order` permutes the construction of the units (by
  /// index into the list host, controller, address calculation, input buffer, score, memory,
  /// layers...); results do not depend on it. Empty: in that order. `wiring`: binds the sockets,
  /// its link included; null: with nothing between but the link.
  Accelerator(const sc_core::sc_module_name& name, const AcceleratorParams& params,
              const MemoryImage& image, Host::InputSource inputs,
              const std::vector<std::size_t>& build_order = {}, Wiring* wiring = nullptr);

  std::unique_ptr<Host> host;
  std::unique_ptr<ControllerPorts> controller;
  std::unique_ptr<AddressPorts> addresses;
  std::unique_ptr<InputBufferPorts> input_buffer;
  std::unique_ptr<ScorePorts> score;
  std::unique_ptr<MemoryUnit> memory;
  std::vector<std::unique_ptr<LayerUnit>> layers;

  const ClockDomain& fabric() const { return fabric_; }

 private:
  void build(std::size_t unit, Host::InputSource& inputs);
  void size_arrays();
  void build_layer(std::size_t index);
  void bind_memory();
  WireFormat wires_of_words() const;
  /// What lies at a path below the machine.
  sc_core::sc_object& part(const std::string& path) const;

  std::map<std::int32_t, std::unique_ptr<SharedArray>> arrays_;  ///< by EngineChoice::array
  std::map<std::int32_t, std::uint64_t> array_multipliers_;
  const MemoryImage& image_;
  const Network& network_;
  const std::vector<std::string> scopes_;  ///< names of the layers' units
  std::unique_ptr<Link> link_;             ///< of the machine's own wiring
  Wiring own_wiring_;
  Wiring& wiring_;
};

}  // namespace airnn
