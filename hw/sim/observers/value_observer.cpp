// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/value_observer.h"

#include <utility>

namespace airnn {

ValueObserver::ValueObserver(OnValues on_values) : on_values_(std::move(on_values)) {}

void ValueObserver::attach(const ObservedRun& run) {
  for (const std::unique_ptr<LayerUnit>& layer : run.machine.layers) {
    layer->on_values.listen(
        [this](const LayerValues& e) { on_values_(e.input, e.iteration, e.layer, *e.values); });
  }
}

}  // namespace airnn
