// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/placing_slices.h"

#include <algorithm>

namespace airnn {

namespace {

void append(std::vector<PlacingSlice>& slices, const PlacingSlice& next) {
  if (!slices.empty() && slices.back().end_ps == next.begin_ps &&
      slices.back().layer == next.layer && slices.back().batch == next.batch) {
    slices.back().end_ps = next.end_ps;
    slices.back().end = next.end;
    slices.back().words += next.words;
  } else {
    slices.push_back(next);
  }
}

}  // namespace

std::vector<PlacingSlice> placing_slices(const std::vector<BatchBeat>& beats,
                                         std::uint64_t period_ps) {
  std::vector<PlacingSlice> slices;
  for (std::size_t first = 0; first < beats.size();) {
    const Cycle begin = beats[first].beat.begin;
    std::size_t behind = first;
    while (behind < beats.size() && beats[behind].beat.begin == begin) {
      ++behind;
    }
    const Cycle placed = beats[first].beat.end;
    const Cycle end = behind < beats.size() ? std::min(placed, beats[behind].beat.begin) : placed;
    const std::uint64_t begin_ps = begin * period_ps;
    const std::uint64_t length_ps = (end - begin) * period_ps;
    const std::size_t layers = behind - first;
    for (std::size_t i = 0; i < layers; ++i) {
      const BatchBeat& part = beats[first + i];
      append(slices, {begin_ps + length_ps * i / layers, begin_ps + length_ps * (i + 1) / layers,
                      begin, placed, part.beat.layer, part.batch, part.beat.words});
    }
    first = behind;
  }
  return slices;
}

}  // namespace airnn
