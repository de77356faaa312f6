// SPDX-License-Identifier: Apache-2.0
#include "hw/control/host.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"

namespace airnn {

Host::Host(const sc_core::sc_module_name& module_name, const HostParams& params,
           const ClockDomain& clock, ByteView image, InputSource source)
    : sc_module(module_name),
      params_(params),
      clock_(clock),
      image_(image),
      source_(std::move(source)) {
  SC_HAS_PROCESS(Host);
  SC_METHOD(serve);
  sensitive << in_results.arrival_event() << out_jobs.credit_event();
}

void Host::start_of_simulation() {
  write(0, image_.data, image_.size);
}

void Host::serve() {
  while (in_results.can_pop()) {
    on_result.emit(in_results.pop());
    ++finished_;
  }
  while (!exhausted_ && out_jobs.can_push()) {
    offer();
  }
  if (exhausted_ && finished_ == offered_) {
    sc_core::sc_stop();
  }
}

void Host::offer() {
  // The group before this one may still be read from the other places.
  const std::uint32_t number = (params_.first_input + offered_) / params_.group;
  const std::uint64_t bytes_of_group = params_.group * params_.input_pitch;
  const std::uint64_t address = params_.input_address + number % 2 * bytes_of_group;
  std::uint32_t count = 0;
  while (count < params_.group && write_map(address + count * params_.input_pitch)) {
    ++count;
  }
  exhausted_ = count < params_.group;
  if (count > 0) {
    out_jobs.push({address, offered_, count}, 1);
    offered_ += count;
  }
}

/// The next input map of the source, if it has one.
bool Host::write_map(std::uint64_t address) {
  std::vector<std::int32_t> map;
  if (!source_(map)) {
    return false;
  }
  std::vector<std::uint8_t> bytes(map.size() * 4);
  for (std::size_t i = 0; i < map.size(); ++i) {
    store_little_endian(&bytes[4 * i], static_cast<std::uint32_t>(map[i]), 4);
  }
  write(address, bytes.data(), bytes.size());
  return true;
}

void Host::write(std::uint64_t address, const std::uint8_t* bytes, std::uint64_t count) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 30;  // a payload's length has 32 bits
  for (std::uint64_t at = 0; at < count; at += piece) {
    const auto length = static_cast<unsigned>(std::min(piece, count - at));
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_address(address + at);
    payload.set_data_ptr(const_cast<unsigned char*>(bytes + at));  // a write only reads it
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    MODEL_CHECK(memory->transport_dbg(payload) == length, name(),
                "the memory is smaller than what has to be loaded");
  }
}

}  // namespace airnn
