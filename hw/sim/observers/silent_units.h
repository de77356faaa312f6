// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/sim/observers/observer.h"
#include "hw/top/binding_probes.h"

namespace airnn {

/// Has the probes of units that tell nothing tell what their bindings show, so that other observers
/// need not know of such units.
class SilentUnits final : public Observer {
 public:
  void attach(const ObservedRun& run) override;

 private:
  std::unique_ptr<AddressBindings> addresses_;
  std::unique_ptr<ScoreBindings> score_;
};

}  // namespace airnn
