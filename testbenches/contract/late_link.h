// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "hw/link/interposer.h"
#include "hw/link/link_model.h"

namespace airnn::test {

/// What a late link does wrong.
enum class LinkError : std::uint8_t {
  none,
  early,               ///< an item is at the receiver a cycle before it is ready
  uneven,              ///< every other item is late by two cycles more
  train_on_time,       ///< a train takes no time
  train_credit_early,  ///< a train's credits take no time
  rows_on_time,        ///< a map is late, its rows are not
};

/// What it counts: maps that it carried.
inline const PricedAction kLateMap{Action::multiplexer, "late"};

/// A link of registers: every item and every credit takes so many cycles more. It has room for what
/// is under way, so that it keeps the throughput of the direct binding.
class LateLink final : public Link {
 public:
  explicit LateLink(Cycle cycles, LinkError error = LinkError::none)
      : cycles_(cycles), error_(error) {}

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.stream == nullptr) {
      return to;
    }
    if (!slot_is_memory(binding.items)) {
      binding.stream->add_slots(2 * static_cast<unsigned>(cycles_));
    }
    registers_.push_back(std::make_unique<Registers>(cycles_, error_, binding, maps_));
    registers_.back()->to_target.bind(to);
    return registers_.back()->from_initiator;
  }

  Counts work_until(Cycle cycle) override {
    const auto later =
        std::partition(maps_.begin(), maps_.end(), [cycle](Cycle map) { return map < cycle; });
    Counts counts;
    if (later != maps_.begin()) {
      counts[kLateMap] = static_cast<std::uint64_t>(later - maps_.begin());
    }
    maps_.erase(maps_.begin(), later);
    return counts;
  }

 private:
  class Registers final : public Interposer {
   public:
    Registers(Cycle cycles, LinkError error, const Binding& binding, std::vector<Cycle>& maps)
        : Interposer(sc_core::sc_gen_unique_name("late_link")),
          cycles_(cycles),
          clock_(binding.stream->clock()),
          late_(clock_.duration(cycles)),
          error_(error),
          period_(clock_.period()),
          carries_maps_(binding.items == ItemKind::feature_map),
          maps_(maps) {}

   private:
    tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override {
      if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
        return to_target->nb_transport_fw(payload, phase, delay);
      }
      if (carries_maps_) {
        maps_.push_back(clock_.next_edge(sc_core::sc_time_stamp() + delay));
      }
      if (carries_maps_ && error_ != LinkError::rows_on_time) {
        reinterpret_cast<Timed<FeatureMap>*>(payload.get_data_ptr())->item.link_cycles += cycles_;
      }
      const sc_core::sc_time ready = delay;
      delay += late_;
      spoil(delay, ready, ItemTrain<BatchPlaced>::carried_by(payload));
      const tlm::tlm_sync_enum sync = to_target->nb_transport_fw(payload, phase, delay);
      if (sync == tlm::TLM_COMPLETED && error_ != LinkError::train_credit_early) {
        delay += late_;
      }
      return sync;
    }

    tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override {
      delay += late_;
      return from_initiator->nb_transport_bw(payload, phase, delay);
    }

    void spoil(sc_core::sc_time& delay, const sc_core::sc_time& ready, bool is_train) {
      if (error_ == LinkError::early) {
        delay = ready - period_;
      } else if (error_ == LinkError::uneven && ++items_ % 2 == 1) {
        delay += 2 * period_;
      } else if (error_ == LinkError::train_on_time && is_train) {
        delay = ready;
      }
    }

    const Cycle cycles_;
    const ClockDomain& clock_;
    const sc_core::sc_time late_;
    const LinkError error_;
    const sc_core::sc_time period_;
    const bool carries_maps_;
    std::vector<Cycle>& maps_;
    std::uint64_t items_ = 0;
  };

  const Cycle cycles_;
  const LinkError error_;
  std::vector<Cycle> maps_;  ///< when they were ready, of those that are not counted yet
  std::vector<std::unique_ptr<Registers>> registers_;
};

}  // namespace airnn::test
