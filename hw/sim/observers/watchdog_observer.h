// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/monitor/watchdog.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Ends a run in which no unit is at work for so many cycles.
class WatchdogObserver final : public Observer {
 public:
  WatchdogObserver(Cycle limit, Watchdog::Describe describe);

  void attach(const ObservedRun& run) override;

 private:
  const Cycle limit_;
  Watchdog::Describe describe_;
  std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace airnn
