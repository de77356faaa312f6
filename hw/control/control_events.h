// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "hw/common/cycle.h"
#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

/// States of the Read Weight Controller (docs/control_protocol.md).
enum class ControllerState : std::uint8_t {
  boot,
  idle,
  reset_buffers,
  load_input,
  fetch_batch,
  drain,
  configure,
  compute,
  await_decision,
  finish,
};

/// In the order of the states.
inline constexpr std::array<const char*, 10> kControllerStateNames = {
    "Boot",  "Idle",      "ResetBuffers", "LoadInput",     "FetchBatch",
    "Drain", "Configure", "Compute",      "AwaitDecision", "Finish"};

constexpr const char* to_string(ControllerState state) {
  return kControllerStateNames[static_cast<std::size_t>(state)];
}

/// The controller is in `state` from `cycle` on.
struct StateEntered {
  Cycle cycle = 0;
  ControllerState state = ControllerState::boot;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
};

/// A fetch ended: directory, biases, an input map or a batch. Of a fetch that was given up, what
/// was done of it.
struct FetchDone {
  Cycle begin = 0;
  Cycle end = 0;  ///< first cycle after the fetch
  ControllerState state = ControllerState::boot;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;  ///< that it counts for: of a needless fetch, the last one run
  std::array<std::uint64_t, kStreams> bursts{};
  std::uint64_t words = 0;
  std::uint64_t beats = 0;
};

/// One burst was requested.
struct ReadIssued {
  Cycle cycle = 0;
  std::uint64_t address = 0;
  FetchStream stream = FetchStream::value;
};

/// The burst of a read came.
struct BurstArrived {
  Cycle cycle = 0;  ///< from which it is in the stream buffer
  FetchStream stream = FetchStream::value;
};

/// A beat's words of one layer are in the pipeline of Buffer Address Calculation.
struct BeatPlaced {
  Cycle begin = 0;
  Cycle end = 0;  ///< from which they are in the weight buffer
  std::uint32_t layer = 0;
  std::uint32_t words = 0;
};

/// Buffer Address Calculation sent words to a layer's weight buffer.
struct WordsPlaced {
  Cycle cycle = 0;  ///< of the last beat
  std::uint32_t layer = 0;
  std::uint64_t words = 0;
};

/// The input is classified.
struct InputDone {
  Cycle begin = 0;  ///< of its group
  Cycle end = 0;    ///< from which the next input can go on
  std::uint32_t input = 0;
  std::uint32_t prediction = 0;
  std::uint32_t iterations = 0;
  std::uint32_t going_on = 0;  ///< inputs of its group that are not classified yet
};

/// Score Calculation took outputs.
struct ScoreBegun {
  Cycle cycle = 0;
};

/// Score Calculation decided.
struct ScoreDecided {
  Cycle cycle = 0;
  std::int64_t score = 0;
  std::uint32_t prediction = 0;
  bool terminate = false;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  Cycle begin = 0;  ///< in which the outputs were taken
};

}  // namespace airnn
