// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "hw/sim/observers/observer.h"

namespace airnn {

/// Hands on every output map of every layer.
class ValueObserver final : public Observer {
 public:
  /// Input, iteration, layer, values (CHW).
  using OnValues = std::function<void(std::uint32_t, std::uint32_t, std::uint32_t,
                                      const std::vector<std::int32_t>&)>;

  explicit ValueObserver(OnValues on_values);

  void attach(const ObservedRun& run) override;

 private:
  OnValues on_values_;
};

}  // namespace airnn
