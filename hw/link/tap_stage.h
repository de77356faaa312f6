// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "hw/link/binding_tap.h"
#include "hw/link/wiring.h"

namespace airnn {

/// Puts a tap on every binding. What lies before it in the wiring is part of what the tap sees as
/// the sender, what lies behind it part of the receiver.
class TapStage final : public WiringStage {
 public:
  struct Tapped {
    Binding binding;
    std::unique_ptr<BindingTap> tap;
  };

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override;

  /// In the order of binding.
  const std::vector<Tapped>& bindings() const { return bindings_; }
  /// The tap on the binding of this initiator socket.
  BindingTap& tap(const tlm::tlm_initiator_socket<>& from) const;
  /// The same by the target socket.
  BindingTap& tap_to(const tlm::tlm_target_socket<>& to) const;

 private:
  std::vector<Tapped> bindings_;
};

}  // namespace airnn
