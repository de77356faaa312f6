// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/noc/mesh_timeline.h"

namespace airnn {

namespace {

constexpr unsigned kMesh = 5;
/// Behind those of layers.
constexpr unsigned kFirstTrack = 100001;
/// Packets that are farther apart are different slices.
constexpr Cycle kFarCycles = 64;
constexpr const char* kArrow = "packets";

std::string more_member(const char* name, std::uint64_t value) {
  return std::string(",\"") + name + "\":" + std::to_string(value);
}

}  // namespace

MeshTimeline::MeshTimeline(const MeshTimelineParams& params)
    : params_(params), rows_(params.links.size() * params.virtual_channels) {}

TraceTrack MeshTimeline::track(std::size_t row) const {
  return {kMesh, kFirstTrack + static_cast<unsigned>(row)};
}

void MeshTimeline::name_tracks(TraceEventFile& file) const {
  file.name_process(kMesh, "mesh");
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const std::string& link = params_.links[row / params_.virtual_channels];
    if (!link.empty()) {
      file.name_track(track(row), params_.virtual_channels == 1
                                      ? link
                                      : link + ", virtual channel " +
                                            std::to_string(row % params_.virtual_channels));
    }
  }
}

bool MeshTimeline::continues(const Run& run, const FlitPushed& event) const {
  return run.source == event.packet->source && run.destination == event.packet->destination &&
         event.cycle <= run.end + kFarCycles;
}

void MeshTimeline::pushed(const FlitPushed& event) {
  const std::size_t link = event.node * kSendingPorts + static_cast<std::size_t>(event.output);
  const std::size_t row = link * params_.virtual_channels + event.packet->virtual_channel;
  std::vector<Run>& runs = rows_[row];
  if (event.is_head()) {
    const bool begins_run = runs.empty() || !continues(runs.back(), event);
    if (begins_run) {
      runs.push_back({event.cycle, 0, event.packet->source, event.packet->destination, 0, 0});
    }
    ++runs.back().packets;
    follow(event, row, begins_run);
  }
  if (!runs.empty()) {  // else its head was before the last writing
    ++runs.back().flits;
    runs.back().end = event.cycle + params_.link_cycles;
  }
}

void MeshTimeline::follow(const FlitPushed& event, std::size_t row, bool begins_run) {
  if (event.output == MeshPort::interface) {
    if (begins_run) {
      started_[event.packet->id] = {{row, event.cycle}};
    }
    return;
  }
  const auto way = started_.find(event.packet->id);
  if (way == started_.end()) {
    return;
  }
  way->second.push_back({row, event.cycle});
  if (event.output == MeshPort::local) {
    ways_.push_back(std::move(way->second));
    started_.erase(way);
  }
}

void MeshTimeline::write(TraceEventFile& file, const Place& place, std::uint64_t& arrows) {
  const auto time = [this](Cycle cycle) { return cycle * params_.period_ps; };
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const Run& run : rows_[row]) {
      file.slice(track(row), std::to_string(run.source) + " to " + std::to_string(run.destination),
                 time(run.begin), time(run.end),
                 place(run.begin, run.end) +
                     more_member("working", run.flits * params_.link_cycles) +
                     more_member("packets", run.packets) + more_member("flits", run.flits));
    }
    rows_[row].clear();
  }
  for (const Way& way : ways_) {
    const std::uint64_t arrow = ++arrows;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const FlowPoint point = i == 0               ? FlowPoint::begin
                              : i + 1 < way.size() ? FlowPoint::step
                                                   : FlowPoint::end;
      file.flow(point, track(way[i].row), arrow, time(way[i].cycle), kArrow);
    }
  }
  ways_.clear();
  started_.clear();
}

}  // namespace airnn
