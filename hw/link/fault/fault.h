// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/common/cycle.h"

namespace airnn {

enum class FaultKind : std::uint8_t {
  bit_flip,          ///< a bit of the memory's content is inverted
  stuck_stream,      ///< items arrive at a receiver no more
  delayed_response,  ///< a read is answered late
  dropped_burst,     ///< a read is never answered
};

/// Something that goes wrong in the machine. Which numbers count depends on the kind.
struct Fault {
  FaultKind kind = FaultKind::bit_flip;
  Cycle cycle = 0;            ///< bit_flip, stuck_stream: fabric cycle from which on
  std::uint64_t address = 0;  ///< bit_flip: of the byte
  unsigned bit = 0;           ///< bit_flip: 0..7
  std::string stream;         ///< stuck_stream: its sender, "score_calculation.out_decision"
  std::uint64_t read = 0;     ///< number of the read since the start, from 0
  Cycle delay = 0;            ///< delayed_response: cycles
};

}  // namespace airnn
