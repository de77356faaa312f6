// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/look_ahead.h"
#include "hw/common/read_train.h"
#include "hw/link/interposer.h"

namespace airnn::test {

/// Whether a memory goes ahead of the kernel's time with an initiator that asks for it.
enum class Ahead { goes, refuses };

/// Sits between an initiator and a memory and hands everything on. A memory behind one that refuses
/// knows neither LookAhead nor ReadTrain.
class AheadFilter final : public Interposer {
 public:
  AheadFilter(const sc_core::sc_module_name& module_name, Ahead ahead)
      : Interposer(module_name), ahead_(ahead) {}

  /// Calls after which the initiator was ahead of the kernel's time.
  std::uint64_t went_ahead() const { return went_ahead_; }
  /// Trains that the memory served.
  std::uint64_t trains_taken() const { return trains_taken_; }
  /// Requests whose END_REQ the memory withheld.
  std::uint64_t withheld() const { return withheld_; }

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    const bool begins = phase == tlm::BEGIN_REQ;
    const tlm::tlm_sync_enum answer = to_target->nb_transport_fw(payload, phase, delay);
    withheld_ += begins && answer == tlm::TLM_ACCEPTED ? 1 : 0;
    return answer;
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    const auto* look_ahead = payload.get_extension<LookAhead>();
    const auto* train = payload.get_extension<ReadTrain>();
    if (ahead_ == Ahead::refuses && (look_ahead != nullptr || train != nullptr)) {
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
      return;
    }
    to_target->b_transport(payload, delay);
    const bool is_taken = train != nullptr && train->taken;
    trains_taken_ += is_taken ? 1 : 0;
    went_ahead_ += is_taken || (look_ahead != nullptr && look_ahead->is_known) ? 1 : 0;
  }

  const Ahead ahead_;
  std::uint64_t went_ahead_ = 0;
  std::uint64_t trains_taken_ = 0;
  std::uint64_t withheld_ = 0;
};

}  // namespace airnn::test
