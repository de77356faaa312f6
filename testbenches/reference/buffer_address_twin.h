// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "testbenches/reference/activity_twin.h"
#include "testbenches/reference/fetch_twin.h"
#include "testbenches/reference/stream_twin.h"

namespace airnn::test {

/// docs/timing.md, "Buffer Address Calculation", cycle by cycle.
class BufferAddressTwin {
 public:
  using PieceStream = StreamTwin<BeatTwin::Piece>;

  /// `layers`: those that have weights.
  BufferAddressTwin(Cycle latency, const std::vector<std::uint32_t>& layers);

  void step(Cycle t, StreamTwin<BeatTwin>& in_weights, StreamTwin<std::uint64_t>& out_batch_placed);

  /// To the weight buffer of a layer.
  std::map<std::uint32_t, PieceStream> out_placed;
  const ActivityTwin& activity() const { return activity_; }

 private:
  bool take_beat(Cycle t, StreamTwin<BeatTwin>& in_weights);

  const Cycle latency_;
  std::uint64_t words_ = 0;
  bool batch_ended_ = false;
  Cycle pipeline_empty_ = 0;  ///< first cycle without a beat in the pipeline
  ActivityTwin activity_;
};

}  // namespace airnn::test
