// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/link/fault/fault.h"
#include "hw/link/interposer.h"

namespace airnn {

/// Sits between the host and the memory's backdoor, by which it inverts bits of the content: a read
/// that the memory accepts in the fault's cycle or later sees it. A bit behind the content is none.
class BitFlips final : public Interposer {
 public:
  BitFlips(const sc_core::sc_module_name& name, const ClockDomain& clock,
           const std::vector<Fault>& faults);

 private:
  void flip();
  void invert(const Fault& fault);

  const ClockDomain& clock_;
  std::vector<Fault> flips_;  ///< ascending by cycle
  std::size_t next_ = 0;
};

}  // namespace airnn
