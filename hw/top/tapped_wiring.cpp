// SPDX-License-Identifier: Apache-2.0
#include "hw/top/tapped_wiring.h"

#include <utility>

#include "hw/common/check.h"

namespace airnn {

std::string name_in_accelerator(const sc_core::sc_object& socket) {
  const std::string path = socket.name();
  return path.substr(path.find('.') + 1);
}

TappedWiring::TappedWiring(BehindInitiator behind_initiator, BeforeTarget before_target)
    : behind_initiator_(std::move(behind_initiator)), before_target_(std::move(before_target)) {}

void TappedWiring::connect(tlm::tlm_initiator_socket<>& from, tlm::tlm_target_socket<>& to) {
  auto tap = std::make_unique<BindingTap>(sc_core::sc_gen_unique_name("tap"));
  tlm::tlm_initiator_socket<>& sender = behind_initiator_ ? behind_initiator_(from) : from;
  tlm::tlm_target_socket<>& receiver = before_target_ ? before_target_(from, to) : to;
  sender.bind(tap->from_initiator);
  tap->to_target.bind(receiver);
  bindings_.push_back({&from, &to, std::move(tap)});
}

BindingTap& TappedWiring::tap(const tlm::tlm_initiator_socket<>& from) const {
  for (const Binding& binding : bindings_) {
    if (binding.from == &from) {
      return *binding.tap;
    }
  }
  model_failure(from.name(), "no tap sits on this binding");
}

}  // namespace airnn
