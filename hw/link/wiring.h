// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/binding.h"

namespace airnn {

/// Something that may lie on bindings, between sender and receiver: a tap, a fault, a network. What
/// it does to a call is what it does to the hardware: it may add to the time of an item, of a train
/// or of a credit, refuse trains, or withhold what passes.
class WiringStage {
 public:
  virtual ~WiringStage() = default;
  /// The socket that what lies nearer to the sender is bound to. It is `to` itself where this stage
  /// does nothing on this binding, else that of a module whose initiator was bound to `to`.
  virtual tlm::tlm_target_socket<>& insert(const Binding& binding,
                                           tlm::tlm_target_socket<>& to) = 0;
};

/// How the machine's sockets are bound: directly, but for the stages between.
class Wiring {
 public:
  /// Every binding made from now on has this stage, next to the receiver so far. The stage must
  /// outlive the simulation.
  void add(WiringStage& stage) { stages_.push_back(&stage); }

  void connect(const Binding& binding);
  template <typename T>
  void connect(StreamOut<T>& from, StreamIn<T>& to, const WireFormat& wires) {
    connect({&from, &to, item_kind<T>(), wires, &from});
  }

  /// In the order in which they were made.
  const std::vector<Binding>& bindings() const { return bindings_; }

 private:
  std::vector<WiringStage*> stages_;  ///< from sender to receiver
  std::vector<Binding> bindings_;
};

}  // namespace airnn
