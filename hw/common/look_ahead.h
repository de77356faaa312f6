// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "hw/common/cycle.h"

namespace airnn {

/// Lets an initiator and a memory go ahead of the kernel's time together while nobody else can
/// intervene: the initiator promises that its next request comes in cycle `until` or when it is
/// answered, whichever is first, and the memory sends now the answers that come until then, each
/// annotated with its cycle. A blocking call with TLM_IGNORE_COMMAND, so that a memory which does
/// not know it does nothing. Cycles are of the fabric.
class LookAhead final : public tlm::tlm_extension<LookAhead> {
 public:
  Cycle until = kNever;   ///< kNever: the initiator can only wait for an answer
  bool is_known = false;  ///< set by a memory that did so
  /// Set by it: all answers of cycles before this one have been sent, but for the END_REQ of a
  /// request to come that it withholds.
  Cycle quiet_before = 0;

  tlm::tlm_extension_base* clone() const override { return new LookAhead(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const LookAhead&>(other);
  }
};

}  // namespace airnn
