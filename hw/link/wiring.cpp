// SPDX-License-Identifier: Apache-2.0
#include "hw/link/wiring.h"

namespace airnn {

namespace {

std::string path_in_machine(const sc_core::sc_object& socket) {
  const std::string path = socket.name();
  return path.substr(path.find('.') + 1);
}

}  // namespace

std::string Binding::sender() const {
  return path_in_machine(*from);
}

std::string Binding::receiver() const {
  return path_in_machine(*to);
}

void Wiring::connect(const Binding& binding) {
  tlm::tlm_target_socket<>* next = binding.to;
  for (auto stage = stages_.rbegin(); stage != stages_.rend(); ++stage) {
    next = &(*stage)->insert(binding, *next);
  }
  binding.from->bind(*next);
  bindings_.push_back(binding);
}

}  // namespace airnn
