// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

namespace airnn {

/// How the accelerator's sockets are bound. Another wiring may put modules between two sockets that
/// hand calls on: observers, or faults.
class Wiring {
 public:
  virtual ~Wiring() = default;
  virtual void connect(tlm::tlm_initiator_socket<>& from, tlm::tlm_target_socket<>& to) {
    from.bind(to);
  }
};

}  // namespace airnn
