// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/binding_tap.h"
#include "hw/top/wiring.h"

namespace airnn {

/// Path of a socket below the accelerator: "controller.out_weights".
std::string name_in_accelerator(const sc_core::sc_object& socket);

/// Puts a tap on every binding. On either side of a tap there may be something else: with the
/// initiator it is part of what the tap sees as the sender, with the target as the receiver.
class TappedWiring final : public Wiring {
 public:
  struct Binding {
    tlm::tlm_initiator_socket<>* from = nullptr;
    tlm::tlm_target_socket<>* to = nullptr;
    std::unique_ptr<BindingTap> tap;
  };
  /// Binds the socket to a module of its own and returns that module's other side, or returns the
  /// socket as it is.
  using BehindInitiator =
      std::function<tlm::tlm_initiator_socket<>&(tlm::tlm_initiator_socket<>& from)>;
  using BeforeTarget = std::function<tlm::tlm_target_socket<>&(
      const tlm::tlm_initiator_socket<>& from, tlm::tlm_target_socket<>& to)>;

  explicit TappedWiring(BehindInitiator behind_initiator = {}, BeforeTarget before_target = {});

  void connect(tlm::tlm_initiator_socket<>& from, tlm::tlm_target_socket<>& to) override;

  /// In the order of binding.
  const std::vector<Binding>& bindings() const { return bindings_; }
  /// The tap on the binding of this initiator socket.
  BindingTap& tap(const tlm::tlm_initiator_socket<>& from) const;

 private:
  BehindInitiator behind_initiator_;
  BeforeTarget before_target_;
  std::vector<Binding> bindings_;
};

}  // namespace airnn
