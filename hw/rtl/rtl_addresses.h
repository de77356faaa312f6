// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/common/replay.h"
#include "hw/control/address/beat_account.h"
#include "hw/rtl/rtl_address_pins.h"
#include "hw/rtl/rtl_address_train.h"

namespace airnn {

/// Buffer Address Calculation in RTL: streams become pins, and pins streams. In each cycle in which
/// something can happen the inputs are driven, all outputs worked out, items passed on, and the
/// clock rises; else it stands still. No stream has latency 0, so all inputs of a cycle are known
/// when it begins.
///
/// Trains are refused, unless the RTL says by `rtl_trains` that it never holds up one: then it is
/// clocked through the whole train at once. Words that it gives for a train that has a name are
/// kept; when the name comes again they are compared.
///
/// Probes and cycles are told from what the RTL takes, with the latency that it has.
class RtlAddresses final : public AddressPorts {
 public:
  /// That the library fits was checked (RtlAddressPins).
  RtlAddresses(const sc_core::sc_module_name& name, const BufferAddressCalculationParams& params,
               const ClockDomain& clock, std::shared_ptr<const RtlLibrary> library,
               std::uint64_t seed);

 private:
  using Words = std::vector<PlacedWord>;
  using PlacedTrains = std::vector<KeptTrain<PlacedWeights>>;
  /// Trains of one batch that are remembered: it may come in a few ways that alternate.
  static constexpr std::size_t kMostWays = 8;
  /// What the RTL gave for a train, by layer.
  struct KnownBatch {
    std::vector<Words> words;
    std::vector<PlacedTrains> ways;
  };

  void start_of_simulation() override;
  void configure();
  void step();
  void drive_credits();
  void take_beat(Cycle t);
  void send_words();
  void acknowledge();
  bool is_busy();
  std::uint64_t time_ps() const;
  bool takes_trains();
  Cycle place_train(const ItemTrain<WeightBeat>& train);
  void account_train(const ItemTrain<WeightBeat>& train);
  KnownBatch& known_batch(const RtlPlacedBatch& placed, ContentId content);
  const PlacedTrains& placed_trains(KnownBatch& known, const RtlPlacedBatch& placed,
                                    ContentId content) const;

  const BufferAddressCalculationParams params_;
  RtlModel model_;
  RtlAddressPins pins_;
  std::vector<std::size_t> ports_;            ///< by layer
  std::vector<std::uint32_t> layers_;         ///< by port
  std::vector<std::deque<Words>> in_flight_;  ///< by port: as many as have a slot
  std::vector<unsigned> taken_;               ///< slots of a port that the RTL holds for taken
  unsigned acknowledgements_ = 0;             ///< likewise
  bool has_begun_ = false;                    ///< a batch that is not acknowledged
  Cycle next_ = 0;                            ///< that was not done yet
  BeatAccount account_{params_.latency_cycles};
  CycleTimer timer_{"timer", clock_};
  RtlAddressTrain train_{model_, pins_, clock_, name()};
  Replay<ContentId, KnownBatch> known_{"batches that RTL placed", kMostContents};
  KnownBatch nameless_;  ///< the last that is not remembered, until its words are taken
};

}  // namespace airnn
