// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "hw/common/cycle.h"

namespace airnn {

/// Asks a memory, or a link, to get into the state it is in after its start, so that what follows
/// does not depend on what was before: between two inputs. A blocking call with TLM_IGNORE_COMMAND,
/// so that whoever knows no such state does nothing. A memory is asked while no request is under
/// way; a link on which something still is names the cycle in which it is to be asked again.
class Settle final : public tlm::tlm_extension<Settle> {
 public:
  Cycle ready = 0;  ///< set by who is asked: first fabric cycle in which it is so

  tlm::tlm_extension_base* clone() const override { return new Settle(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const Settle&>(other);
  }
};

}  // namespace airnn
