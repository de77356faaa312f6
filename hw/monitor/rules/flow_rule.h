// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "hw/common/beats.h"
#include "hw/link/bus_view.h"
#include "hw/link/stream_view.h"
#include "hw/monitor/decode/burst_map.h"
#include "hw/monitor/decode/weight_decoder.h"
#include "hw/monitor/rule_reporter.h"
#include "hw/monitor/rules/running_group.h"
#include "hw/monitor/train_memory.h"
#include "sw/format/memory_image.h"

namespace airnn {

struct FlowLimits {
  unsigned outstanding_reads = 32;
  unsigned stream_buffer_bursts = 8;
};

/// Rule P13: never more reads in flight than allowed, never more bursts of a stream read than fit
/// into its buffer beside those that are not used up yet. The second is looked at for weights, when
/// their fetch is over; beats of directory, tables and input maps do not show what they use up.
class FlowRule {
 public:
  FlowRule(const RuleReporter& reporter, const RunningGroup& group, const MemoryImage& image,
           const WeightDecoder& decoder, const BurstMap& map, const TrainMemory& trains,
           const FlowLimits& limits);

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void request(const BusRequest& request);
  void response(const BusResponse& response);
  void train(FetchId id, const BusTrain& train, const TrainMemory::Seen& seen);
  void beat(const Timed<WeightBeat>& beat);
  void beats(const ItemTrain<WeightBeat>& train);

 private:
  struct Read {
    Cycle cycle = 0;
    FetchStream stream = FetchStream::value;
  };
  struct Sent {
    Cycle cycle = 0;  ///< first in which what it used up is free
    std::uint64_t words = 0;
  };

  /// How a batch left that came as one train, and was right; cycles from the train's begin on.
  struct Known {
    bool is_right = false;
    std::vector<Sent> sent;
    KeptTrain<WeightBeat> beats;  ///< that were what was sent,
    Cycle beats_begin = 0;        ///< when they began in this cycle
    std::vector<Cycle> late;      ///< completions behind its last read
  };

  using Ways = std::array<Known, TrainMemory::kWays>;

  void begin(std::uint32_t batch);
  Known& known() { return known_[batch_][way_]; }
  bool leaves_as_known(const ItemTrain<WeightBeat>& train);
  bool is_as_sent(const ItemTrain<WeightBeat>& train);
  void expand_known();
  void check_buffers();
  void begin_read(std::uint64_t address, Cycle cycle);
  void end_read(Cycle cycle);

  const RuleReporter& reporter_;
  const RunningGroup& group_;
  const MemoryImage& image_;
  const WeightDecoder& decoder_;
  const BurstMap& map_;
  const TrainMemory& trains_;
  const FlowLimits limits_;
  std::deque<Cycle> completions_;  ///< known ones of reads in flight, ascending
  unsigned unanswered_ = 0;
  std::uint32_t batch_ = 0;  ///< whose reads are collected; 0: none
  std::vector<Read> reads_;
  std::vector<Sent> sent_;
  Cycle train_begin_ = kNever;  ///< of the batch's only train so far
  std::size_t way_ = 0;         ///< of the batch's only train
  bool reads_known_ = false;    ///< they are those of that way, and not in reads_
  bool sent_known_ = false;     ///< the same of what was sent
  std::vector<Ways> known_;     ///< by iteration
  std::vector<std::unique_ptr<StreamRelease>> releases_;  ///< by iteration
};

}  // namespace airnn
