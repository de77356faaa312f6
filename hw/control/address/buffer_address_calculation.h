// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "hw/common/buffer_map.h"
#include "hw/common/cycle_timer.h"
#include "hw/common/replay.h"
#include "hw/control/address/address_ports.h"
#include "hw/control/address/beat_account.h"

namespace airnn {

struct BufferAddressCalculationParams {
  Cycle latency_cycles = 2;       ///< Table VII
  std::vector<BufferMap> layers;  ///< of all layers, also of those without weights

  std::size_t weighted_layers() const;
};

/// Finds the on-chip slot of every fetched word from its layer, row and column: one beat per cycle
/// (paper, V-C). When the last beat of a batch is in the buffers it acknowledges the batch to the
/// Read Weight Controller.
class BufferAddressCalculation final : public AddressPorts {
 public:
  BufferAddressCalculation(const sc_core::sc_module_name& name,
                           const BufferAddressCalculationParams& params, const ClockDomain& clock);

 private:
  /// One layer's part of a batch: its words, and the items that carry them.
  struct PlacedLayer {
    std::vector<PlacedWord> words;
    std::vector<std::uint32_t> beats;  ///< which beat of the batch each item comes from
    std::vector<PlacedWeights> items;
  };
  /// The same with the cycles in which the batch came, by port.
  using PlacedTrains = std::vector<KeptTrain<PlacedWeights>>;
  /// Trains of one batch that are remembered: a batch may come in a few ways that alternate.
  static constexpr std::size_t kMostWays = 8;
  /// Slots of a whole batch: what equal content gave once, it gives again. Content without a name
  /// is equal to nothing.
  struct PlacedBatch {
    std::vector<PlacedLayer> ports;
    std::uint64_t total = 0;
    Replay<KeptTrain<WeightBeat>, PlacedTrains> ways{"trains of placed batches", kMostWays};
  };

  /// What is the same whenever a train comes that nobody can change.
  struct TrainFacts {
    ContentId content = 0;  ///< that all beats have; 0: none
    Cycle working = 0;      ///< of the unit, if it was idle before
    Cycle until = 0;        ///< likewise, from the train's begin on

    bool operator==(const TrainFacts& other) const {
      return content == other.content && working == other.working && until == other.until;
    }
  };

  /// A layer's part of a single beat.
  struct Piece {
    std::vector<PlacedWord> words;
    std::vector<LineSegment> segments;
  };

  void place();
  bool place_beat(Cycle t);
  std::vector<LineSegment> lines_of(std::uint64_t words, const LineSegment*& next,
                                    const WeightBeat& beat) const;
  void acknowledge();
  bool takes_trains();
  Cycle place_train(const ItemTrain<WeightBeat>& train);
  TrainFacts facts_of(const ItemTrain<WeightBeat>& train);
  TrainFacts found_facts(const ItemTrain<WeightBeat>& train) const;
  PlacedBatch& placed_batch(const ItemTrain<WeightBeat>& train, ContentId content);
  PlacedBatch calculated(const ItemTrain<WeightBeat>& train, bool is_named) const;
  const PlacedTrains& placed_trains(PlacedBatch& batch, const ItemTrain<WeightBeat>& train);
  PlacedTrains delayed(const PlacedBatch& batch, const ItemTrain<WeightBeat>& train) const;
  static bool are_equal(const PlacedBatch& one, const PlacedBatch& other);
  static bool are_alike(const PlacedTrains& one, const PlacedTrains& other);
  std::size_t port_of(const WeightWord& word) const;
  PlacedWord placed(const WeightWord& word) const;

  const BufferAddressCalculationParams params_;
  std::vector<std::size_t> ports_;  ///< by layer
  Replay<ContentId, PlacedBatch> known_{"placed batches", kMostContents};
  Replay<KeptTrain<WeightBeat>, TrainFacts> facts_{"facts of weight trains", kMostContents};
  PlacedBatch nameless_;  ///< the last that is not remembered, until its words are taken
  PlacedTrains nameless_trains_;
  /// Words of single beats on their way, by port, oldest first: as many as have a slot.
  std::vector<std::deque<Piece>> in_flight_;
  std::uint64_t batch_words_ = 0;
  bool batch_ended_ = false;
  Cycle next_beat_ = 0;
  BeatAccount account_{params_.latency_cycles};
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn
