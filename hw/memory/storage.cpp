// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/storage.h"

#include <algorithm>
#include <cstring>

namespace airnn {

void Storage::execute(tlm::tlm_generic_payload& payload) {
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    return;
  }
  const std::uint64_t length = payload.get_data_length();
  if (payload.get_address() > size() || length > size() - payload.get_address()) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  debug(payload);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

bool Storage::holds(std::uint64_t address, const std::uint8_t* bytes, std::uint64_t count) const {
  return address <= size() && count <= size() - address &&
         std::memcmp(&bytes_[address], bytes, count) == 0;
}

unsigned Storage::debug(tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address();
  if (address >= size()) {
    return 0;
  }
  const auto count = std::min<std::uint64_t>(payload.get_data_length(), size() - address);
  if (payload.is_read()) {
    std::memcpy(payload.get_data_ptr(), &bytes_[address], count);
  } else if (payload.is_write()) {
    std::memcpy(&bytes_[address], payload.get_data_ptr(), count);
  }
  return static_cast<unsigned>(count);
}

}  // namespace airnn
