// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "hw/link/wiring.h"
#include "testbenches/support/stalled_stream.h"

namespace airnn::test {

/// Makes every stream slow by random numbers of cycles.
class SlowStreams final : public WiringStage {
 public:
  SlowStreams(unsigned seed, Cycle most, std::uint64_t period_ps)
      : seed_(seed), most_(most), period_ps_(period_ps) {}

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (most_ == 0 || binding.items == ItemKind::memory_access) {
      return to;
    }
    if (!clock_.has_value()) {  // the simulation has set its resolution of time by now
      clock_.emplace(sc_core::sc_time(static_cast<double>(period_ps_), sc_core::SC_PS));
    }
    // Control messages reach all units in the same cycle: that is what starts them together.
    const bool is_control = binding.items == ItemKind::control_message;
    StalledStreamParams params;
    params.seed = seed_ * 100 + stalls_.size();
    params.most_item_cycles = is_control ? 0 : most_;
    params.most_credit_cycles = is_control ? 3 : most_;
    stalls_.push_back(
        std::make_unique<StalledStream>(sc_core::sc_gen_unique_name("stalled"), *clock_, params));
    stalls_.back()->to_target.bind(to);
    return stalls_.back()->from_initiator;
  }

 private:
  const unsigned seed_;
  const Cycle most_;
  const std::uint64_t period_ps_;
  std::optional<ClockDomain> clock_;
  std::vector<std::unique_ptr<StalledStream>> stalls_;
};

}  // namespace airnn::test
