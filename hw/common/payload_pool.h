// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <tlm>
#include <vector>

namespace airnn {

/// Memory manager of generic payloads: transactions of nb_transport outlive the call that starts
/// them (IEEE 1666, 14.5). Released payloads are used again; the pool grows to the most ever in
/// flight.
class PayloadPool final : public tlm::tlm_mm_interface {
 public:
  PayloadPool() = default;
  ~PayloadPool() override;
  PayloadPool(const PayloadPool&) = delete;
  PayloadPool& operator=(const PayloadPool&) = delete;

  /// A payload with one reference, attributes at their defaults.
  tlm::tlm_generic_payload& acquire();
  void free(tlm::tlm_generic_payload* payload) override;

 private:
  std::vector<std::unique_ptr<tlm::tlm_generic_payload>> all_;
  std::vector<tlm::tlm_generic_payload*> free_;
};

}  // namespace airnn
