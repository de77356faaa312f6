// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/buffer_address_twin.h"

namespace airnn::test {

BufferAddressTwin::BufferAddressTwin(Cycle latency, const std::vector<std::uint32_t>& layers)
    : latency_(latency) {
  for (const std::uint32_t layer : layers) {
    out_placed.emplace(layer, PieceStream(static_cast<unsigned>(latency) + 2));
  }
}

void BufferAddressTwin::step(Cycle t, StreamTwin<BeatTwin>& in_weights,
                             StreamTwin<std::uint64_t>& out_batch_placed) {
  const bool beat_is_there = in_weights.can_pop(t);
  if (beat_is_there && take_beat(t, in_weights)) {
    pipeline_empty_ = t + latency_;
  }
  if (t < pipeline_empty_) {
    ++activity_.working;
  } else if (beat_is_there) {
    ++activity_.waiting_for_credit;
  }
  bool all_free = true;
  for (const auto& [layer, stream] : out_placed) {
    all_free = all_free && stream.all_free(t);
  }
  if (batch_ended_ && all_free && out_batch_placed.can_push(t)) {
    out_batch_placed.push(t, 1, words_);
    words_ = 0;
    batch_ended_ = false;
  }
}

bool BufferAddressTwin::take_beat(Cycle t, StreamTwin<BeatTwin>& in_weights) {
  for (const BeatTwin::Piece& piece : in_weights.front().pieces) {
    if (!out_placed.at(piece.layer).can_push(t)) {
      return false;
    }
  }
  const BeatTwin beat = in_weights.pop(t);
  for (const BeatTwin::Piece& piece : beat.pieces) {
    out_placed.at(piece.layer).push(t, latency_, piece);
  }
  words_ += beat.count;
  batch_ended_ = beat.last;
  return true;
}

}  // namespace airnn::test
