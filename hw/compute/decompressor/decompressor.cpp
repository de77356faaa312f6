// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/decompressor/decompressor.h"

#include <algorithm>

namespace airnn {

Decompressor::Expansion Decompressor::expand(const PlacedWeights& item, Cycle arrival) {
  Expansion done;
  done.begin = std::max(arrival + 1, free_);
  done.end = done.begin + expansion_cycles(item.segments, item.segment_count, params_.rate);
  done.waited = in_batch_ ? done.begin - free_ : 0;
  free_ = done.end;
  in_batch_ = true;
  weights_.clear();
  append_expanded(item.segments, item.segment_count, params_.widths, weights_);
  words_.clear();
  for (std::uint32_t i = 0; i < item.count; ++i) {
    words_.push_back({item.words[i].slot, weights_[i]});
  }
  done.words = &words_;
  return done;
}

}  // namespace airnn
