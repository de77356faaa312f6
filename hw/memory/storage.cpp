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

bool Storage::holds_burst(std::uint64_t address, const std::uint8_t* bytes) const {
  constexpr std::uint64_t burst = 64;
  if (address > size() || burst > size() - address) {
    return false;
  }
  // A call of memcmp costs more than the comparison.
  std::uint64_t difference = 0;
  for (std::uint64_t at = 0; at < burst; at += sizeof(std::uint64_t)) {
    std::uint64_t held = 0;
    std::uint64_t expected = 0;
    std::memcpy(&held, &bytes_[address + at], sizeof held);
    std::memcpy(&expected, bytes + at, sizeof expected);
    difference |= held ^ expected;
  }
  return difference == 0;
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
    writes_.write(address, address + count);
  }
  return static_cast<unsigned>(count);
}

}  // namespace airnn
