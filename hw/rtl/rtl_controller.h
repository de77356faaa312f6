// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/control/fetch/fetch_account.h"
#include "hw/control/fetch/fetch_planner.h"
#include "hw/control/fetch/read_port.h"
#include "hw/control/state_cycles.h"
#include "hw/rtl/rtl_controller_pins.h"

namespace airnn {

/// The Read Weight Controller in RTL: streams and the memory's bus become pins, and pins streams.
/// As RtlAddresses does, it clocks the RTL in each cycle in which something can happen. States,
/// fetches and inputs are told as the RTL's pins tell_* say.
class RtlController final : public ControllerPorts {
 public:
  ReadPort memory;

  /// That the library fits was checked (RtlControllerPins). Throws UserError if the image does not.
  RtlController(const sc_core::sc_module_name& name, const ReadWeightControllerParams& params,
                const RtlControllerNetwork& network, const ClockDomain& clock,
                const FetchPlanner& planner, unsigned controlled,
                std::shared_ptr<const RtlLibrary> library, std::uint64_t seed);

  tlm::tlm_initiator_socket<>& bus() override { return memory; }
  std::string waiting_for() const override;

 private:
  struct Arrival {
    Cycle cycle = 0;
    std::uint32_t tag = 0;
    std::vector<std::uint8_t> bytes;
  };
  using Tables = std::map<std::uint32_t, KernelGroups>;  ///< by layer

  void start_of_simulation() override;
  void step();
  void take_burst(const FetchRead& read, const std::uint8_t* bytes, Cycle cycle);
  void drive_inputs(Cycle t);
  bool offer_job(Cycle t);
  void take_inputs();
  void follow(Cycle t);
  void enter(ControllerState state, Cycle t);
  void begin_state(ControllerState state, Cycle t);
  void step_fetch(Cycle t);
  void end_fetch(Cycle end);
  void end_early_fetch(Cycle t);
  void send(Cycle t);
  void send_control(Cycle t);
  void collect_tables();
  Cycle next_step(Cycle t);
  void check_model() const;
  std::uint64_t time_ps() const { return sc_core::sc_time_stamp().value(); }

  RtlModel model_;
  RtlControllerPins pins_;
  CycleTimer timer_{"timer", clock_};
  Cycle next_ = 0;                ///< that was not done yet
  std::deque<Arrival> arrivals_;  ///< ascending
  unsigned reads_in_flight_ = 0;
  unsigned weights_taken_ = 0;  ///< slots that the RTL holds for taken
  unsigned input_taken_ = 0;
  unsigned results_taken_ = 0;
  std::deque<std::vector<WeightWord>> in_flight_;  ///< words of beats that have a slot
  std::optional<Cycle> settled_memory_;            ///< for the next input, from this cycle on
  std::shared_ptr<Tables> tables_;                 ///< since the last configure
  std::shared_ptr<Tables> present_tables_;         ///< which layers have
  std::shared_ptr<Tables> last_tables_;            ///< and had, until they are told

  ControllerState state_ = ControllerState::boot;
  StateCycles cycles_;
  FetchAccount account_;
  InputJob job_;
  Decision decision_;
  std::uint32_t iteration_ = 0;
  Cycle input_begin_ = 0;
  bool told_idle_ = false;          ///< ahead of its cycle
  std::optional<FetchDone> fetch_;  ///< that goes on
  std::optional<FetchDone> early_;  ///< of the next iteration, that has ended
};

}  // namespace airnn
