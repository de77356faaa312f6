// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/observe/timeline_rows.h"

namespace airnn {

struct MeshTimelineParams {
  std::uint64_t period_ps = 0;  ///< of the mesh's clock
  Cycle link_cycles = 1;        ///< that a flit keeps a link
  unsigned virtual_channels = 1;
  std::vector<std::string> links;  ///< names, by node and port; empty: there is none
};

/// Rows of a timeline that show what links of a mesh carry (docs/timeline.md): a row per link and
/// virtual channel, a slice for packets from one node to another that follow each other closely,
/// and an arrow along the way of the first of them.
class MeshTimeline final : public MeshListener, public TimelineRows {
 public:
  explicit MeshTimeline(const MeshTimelineParams& params);

  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed& event) override;

  void name_tracks(TraceEventFile& file) const override;
  void write(TraceEventFile& file, const Place& place, std::uint64_t& arrows) override;

 private:
  struct Run {
    Cycle begin = 0;
    Cycle end = 0;
    unsigned source = 0;
    unsigned destination = 0;
    std::uint64_t packets = 0;
    std::uint64_t flits = 0;
  };
  struct Point {
    std::size_t row = 0;
    Cycle cycle = 0;
  };
  using Way = std::vector<Point>;

  bool continues(const Run& run, const FlitPushed& event) const;
  void follow(const FlitPushed& event, std::size_t row, bool begins_run);
  TraceTrack track(std::size_t row) const;

  const MeshTimelineParams params_;
  std::vector<std::vector<Run>> rows_;    ///< by node, port and virtual channel
  std::map<std::uint64_t, Way> started_;  ///< of packets that have not arrived, by id
  std::vector<Way> ways_;
};

}  // namespace airnn
