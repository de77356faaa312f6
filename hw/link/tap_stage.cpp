// SPDX-License-Identifier: Apache-2.0
#include "hw/link/tap_stage.h"

#include <utility>

#include "hw/common/check.h"

namespace airnn {

tlm::tlm_target_socket<>& TapStage::insert(const Binding& binding, tlm::tlm_target_socket<>& to) {
  auto tap = std::make_unique<BindingTap>(sc_core::sc_gen_unique_name("tap"));
  tap->to_target.bind(to);
  bindings_.push_back({binding, std::move(tap)});
  return bindings_.back().tap->from_initiator;
}

BindingTap& TapStage::tap(const tlm::tlm_initiator_socket<>& from) const {
  for (const Tapped& tapped : bindings_) {
    if (tapped.binding.from == &from) {
      return *tapped.tap;
    }
  }
  model_failure(from.name(), "no tap sits on this binding");
}

BindingTap& TapStage::tap_to(const tlm::tlm_target_socket<>& to) const {
  for (const Tapped& tapped : bindings_) {
    if (tapped.binding.to == &to) {
      return *tapped.tap;
    }
  }
  model_failure(to.name(), "no tap sits on this binding");
}

}  // namespace airnn
