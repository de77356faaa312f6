// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/common/activity.h"
#include "hw/compute/compute_events.h"
#include "hw/control/control_events.h"
#include "hw/observe/dram/read_history.h"
#include "hw/observe/placing_slices.h"
#include "hw/observe/timeline_rows.h"
#include "hw/observe/trace_event_file.h"

namespace airnn {

struct TimelineParams {
  std::uint64_t period_ps = 0;  ///< of the fabric's clock
  int score_fraction_bits = 0;
  std::uint32_t first_input = 0;    ///< number of input 0 in its set
  std::string memory;               ///< name of its unit
  std::vector<std::string> layers;  ///< names
};

/// Writes what every unit did when, as a file of trace events (docs/timeline.md). Events of an
/// input, or of the boot, are kept until it ends, as units tell them ahead of the kernel's time.
class Timeline {
 public:
  /// Throws UserError if `path` cannot be created.
  Timeline(const std::string& path, const TimelineParams& params);

  /// More rows. Before the first event; they must outlive this.
  void show(TimelineRows& rows);

  void entered(const StateEntered& event);
  void controller_spent(const CyclesSpent& event) { states_.back().spent = event; }
  void requested(const ReadIssued& event) { reads_.requested(event); }
  void arrived(const BurstArrived& event) { reads_.arrived(event); }
  void memory_spent(const CyclesSpent& event);
  void placed(const BeatPlaced& event) { beats_.push_back(event); }
  void computed(const LayerDone& event) { runs_.push_back(event); }
  void decided(const ScoreDecided& event) { decisions_.push_back(event); }

  /// The run has ended, or was ended by an error: writes what is left. Without this call there will
  /// be no file. Throws UserError if anything could not be written.
  void commit();

 private:
  struct State {
    StateEntered entered;
    CyclesSpent spent;
  };
  struct Busy {
    Cycle begin = 0;
    Cycle end = 0;
  };
  using Runs = std::vector<ReadHistory::Run>;

  void name_tracks();
  void write(Cycle end);
  void write_controller(Cycle end);
  void write_states(std::size_t begin, std::size_t behind, Cycle end);
  void write_memory();
  void write_reads(FetchStream stream, const Runs& runs);
  void write_placing(const std::vector<PlacingSlice>& slices);
  void write_layers();
  void write_score();
  void write_flows(const Runs& value_runs, const std::vector<PlacingSlice>& slices);
  void write_read_counters(Cycle end);
  void write_weight_counters();

  const State& state_at(Cycle cycle) const;
  std::uint32_t batch_at(Cycle cycle) const;
  std::string fetch_at(Cycle cycle) const;
  std::vector<BatchBeat> batch_beats() const;
  Cycle latest() const;
  std::uint64_t input_number(const StateEntered& state) const {
    return std::uint64_t{params_.first_input} + state.input;
  }
  Picoseconds time(Cycle cycle) const { return cycle * params_.period_ps; }
  std::string place(Cycle begin, Cycle end) const;
  void slice(TraceTrack track, const std::string& name, Cycle begin, Cycle end,
             const std::string& more = "");

  TraceEventFile file_;
  const TimelineParams params_;
  std::uint64_t arrows_ = 0;
  std::vector<TimelineRows*> more_rows_;

  // Of the running input:
  std::vector<State> states_;
  std::vector<Busy> memory_;
  ReadHistory reads_;
  std::vector<BeatPlaced> beats_;
  std::vector<LayerDone> runs_;
  std::vector<ScoreDecided> decisions_;
};

}  // namespace airnn
