// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/clock_domain.h"
#include "hw/link/interposer.h"

namespace airnn {

/// Sits before the receiver of a credit stream. Items that would arrive in `cycle` or later are
/// accepted and never seen again; the credits of the others go back as ever. Trains are refused, so
/// that each item passes by itself.
class StuckStream final : public Interposer {
 public:
  StuckStream(const sc_core::sc_module_name& name, const ClockDomain& clock, Cycle cycle);

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;

  const ClockDomain& clock_;
  const Cycle cycle_;
};

}  // namespace airnn
