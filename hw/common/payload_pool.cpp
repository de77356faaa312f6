// SPDX-License-Identifier: Apache-2.0
#include "hw/common/payload_pool.h"

namespace airnn {

PayloadPool::~PayloadPool() = default;

tlm::tlm_generic_payload& PayloadPool::acquire() {
  if (free_.empty()) {
    all_.push_back(std::make_unique<tlm::tlm_generic_payload>(this));
    free_.push_back(all_.back().get());
  }
  tlm::tlm_generic_payload* payload = free_.back();
  free_.pop_back();
  payload->acquire();
  payload->set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  payload->set_dmi_allowed(false);
  payload->set_byte_enable_ptr(nullptr);
  return *payload;
}

void PayloadPool::free(tlm::tlm_generic_payload* payload) {
  free_.push_back(payload);
}

}  // namespace airnn
