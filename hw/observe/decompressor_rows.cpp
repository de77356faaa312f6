// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/decompressor_rows.h"

#include <utility>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

/// The process of layers, and numbers behind theirs.
constexpr unsigned kLayers = 3;
constexpr unsigned kFirstDecompressor = 50001;
/// Items that are farther apart are different slices.
constexpr Cycle kFar = 64;

TraceTrack decompressor_track(std::uint32_t layer) {
  return {kLayers, kFirstDecompressor + layer};
}

}  // namespace

DecompressorRows::DecompressorRows(std::map<std::uint32_t, std::string> layers,
                                   std::uint64_t period_ps)
    : layers_(std::move(layers)), period_ps_(period_ps) {}

void DecompressorRows::expanded(const LinesExpanded& event) {
  std::vector<Run>& runs = runs_[event.layer];
  if (runs.empty() || event.begin > runs.back().end + kFar) {
    runs.push_back({event.begin, event.begin, 0, 0, 0});
  }
  Run& run = runs.back();
  run.end = event.end;
  run.working += event.end - event.begin;
  run.segments += event.segments;
  run.words += event.words;
}

void DecompressorRows::name_tracks(TraceEventFile& file) const {
  for (const auto& [layer, name] : layers_) {
    file.name_track(decompressor_track(layer), decompressor_name(name));
  }
}

void DecompressorRows::write(TraceEventFile& file, const Place& place, std::uint64_t& /*arrows*/) {
  for (const auto& [layer, runs] : runs_) {
    const std::string& name = layers_.at(layer);
    for (const Run& run : runs) {
      file.slice(decompressor_track(layer), name, run.begin * period_ps_, run.end * period_ps_,
                 place(run.begin, run.end) + ",\"layer\":" + json_string(name) + ",\"working\":" +
                     std::to_string(run.working) + ",\"segments\":" + std::to_string(run.segments) +
                     ",\"words\":" + std::to_string(run.words));
    }
  }
  runs_.clear();
}

}  // namespace airnn
