// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "hw/common/clock_domain.h"
#include "hw/link/interposer.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

struct StalledStreamParams {
  std::uint64_t seed = 0;
  Cycle most_item_cycles = 0;    ///< by which an item is late
  Cycle most_credit_cycles = 0;  ///< by which a credit is late
};

/// Makes a stream of any type slower: items and credits are late by random numbers of cycles and
/// keep their order. The numbers are drawn by item, so they do not depend on how early an item is
/// handed over. Trains are refused.
class StalledStream final : public Interposer {
 public:
  StalledStream(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                const StalledStreamParams& params)
      : Interposer(module_name), clock_(clock), params_(params) {}

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
      payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
      return tlm::TLM_COMPLETED;
    }
    const Cycle arrival = clock_.next_edge(sc_core::sc_time_stamp() + delay);
    last_arrival_ =
        std::max(arrival + draw(2 * items_++, params_.most_item_cycles), last_arrival_ + 1);
    delay = clock_.until(last_arrival_);
    return to_target->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    const Cycle credit = clock_.next_edge(sc_core::sc_time_stamp() + delay);
    last_credit_ =
        std::max(credit + draw(2 * credits_++ + 1, params_.most_credit_cycles), last_credit_);
    delay = clock_.until(last_credit_);
    return from_initiator->nb_transport_bw(payload, phase, delay);
  }

  Cycle draw(std::uint64_t number, Cycle most) const {
    return scrambled(params_.seed, number) % (most + 1);
  }

  const ClockDomain& clock_;
  const StalledStreamParams params_;
  std::uint64_t items_ = 0;
  std::uint64_t credits_ = 0;
  Cycle last_arrival_ = 0;
  Cycle last_credit_ = 0;
};

}  // namespace airnn::test
