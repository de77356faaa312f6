// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <cstdint>
#include <functional>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "sw/format/byte_view.h"

namespace airnn {

struct HostParams {
  std::uint64_t input_address = 0;  ///< the input maps of two groups lie here in turn
  std::uint64_t input_pitch = 0;    ///< bytes from one map to the next
  std::uint32_t group = 1;          ///< inputs that are offered together; the last may be fewer
  /// Number of the first input in its set. The place of a map depends on its number, not on where a
  /// run begins: a memory with rows may answer differently.
  std::uint32_t first_input = 0;
};

/// Loads the memory through the backdoor, offers one group of inputs after the other, and ends the
/// simulation when every offered input has its result.
class Host final : public sc_core::sc_module {
  const HostParams params_;
  const ClockDomain& clock_;

 public:
  /// Gives the next input map, or says that there is none.
  using InputSource = std::function<bool(std::vector<std::int32_t>& map)>;

  tlm_utils::simple_initiator_socket<Host> memory{"memory"};
  StreamOut<InputJob> out_jobs{"out_jobs", clock_, 1};
  StreamIn<InputResult> in_results{"in_results", clock_};
  Probe<InputResult> on_result;

  Host(const sc_core::sc_module_name& name, const HostParams& params, const ClockDomain& clock,
       ByteView image, InputSource source);

 private:
  void start_of_simulation() override;
  void serve();
  void offer();
  bool write_map(std::uint64_t address);
  void write(std::uint64_t address, const std::uint8_t* bytes, std::uint64_t count);

  ByteView image_;
  InputSource source_;
  std::uint32_t offered_ = 0;
  std::uint32_t finished_ = 0;
  bool exhausted_ = false;
};

}  // namespace airnn
