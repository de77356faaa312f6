// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/control/address/beat_account.h"
#include "hw/rtl/rtl_address_pins.h"

namespace airnn {

/// Buffer Address Calculation in RTL: streams become pins, and pins streams. In each cycle in which
/// something can happen the inputs are driven, all outputs worked out, items passed on, and the
/// clock rises; else it stands still. No stream has latency 0, so all inputs of a cycle are known
/// when it begins.
///
/// Trains are refused. Probes and cycles are told from what the RTL takes, with the latency that it
/// has.
class RtlAddresses final : public AddressPorts {
 public:
  /// That the library fits was checked (RtlAddressPins).
  RtlAddresses(const sc_core::sc_module_name& name, const BufferAddressCalculationParams& params,
               const ClockDomain& clock, std::shared_ptr<const RtlLibrary> library,
               std::uint64_t seed);

 private:
  using Words = std::vector<PlacedWord>;

  void start_of_simulation() override;
  void configure();
  void step();
  void drive_credits();
  void drive_beat();
  void take_beat(Cycle t);
  void send_words();
  void acknowledge();
  bool is_busy();
  std::uint64_t time_ps() const;

  const BufferAddressCalculationParams params_;
  RtlModel model_;
  RtlAddressPins pins_;
  std::vector<std::size_t> ports_;            ///< by layer
  std::vector<std::uint32_t> layers_;         ///< by port
  std::vector<std::deque<Words>> in_flight_;  ///< by port: as many as have a slot
  std::vector<unsigned> taken_;               ///< slots of a port that the RTL holds for taken
  unsigned acknowledgements_ = 0;             ///< likewise
  Cycle next_ = 0;                            ///< that was not done yet
  BeatAccount account_{params_.latency_cycles};
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn
