// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "hw/sim/observers/observer.h"

namespace airnn {

/// Asks, whenever the controller changes its state or a layer is done, whether the run is given up;
/// then it ends at once with a RunError of kind `stopped`.
class StopObserver final : public Observer {
 public:
  explicit StopObserver(std::function<bool()> give_up);

  void attach(const ObservedRun& run) override;

 private:
  void ask() const;

  std::function<bool()> give_up_;
};

}  // namespace airnn
