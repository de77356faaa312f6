// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "hw/common/stream.h"
#include "hw/link/interposer.h"

namespace airnn::test {

/// Makes the sender of a stream a broken one whose trains are other ones. Nothing else of the
/// transaction is touched: it still tells whose items they were.
template <typename T>
class BrokenTrain final : public Interposer {
 public:
  /// Alters the train, which begins in this cycle, or leaves it as it is.
  using Alter = std::function<void(Cycle begin, Train<T>& train)>;

  BrokenTrain(const sc_core::sc_module_name& module_name, const ClockDomain& clock, Alter alter)
      : Interposer(module_name), clock_(clock), alter_(std::move(alter)) {}

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (ItemTrain<T>::carried_by(payload)) {
      const auto train = ItemTrain<T>::of(payload, clock_, sc_core::sc_time_stamp() + delay);
      altered_.assign(train.items, train.items + train.count);
      alter_(train.begin, altered_);
      payload.set_data_ptr(reinterpret_cast<unsigned char*>(altered_.data()));
      delay = clock_.until(train.begin + altered_.front().cycle);
    }
    return to_target->nb_transport_fw(payload, phase, delay);
  }

  const ClockDomain& clock_;
  Alter alter_;
  Train<T> altered_;
};

}  // namespace airnn::test
