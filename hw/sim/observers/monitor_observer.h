// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/monitor/decode/decoders.h"
#include "hw/sim/observers/observer.h"
#include "hw/sim/protocol_monitors.h"

namespace airnn {

/// Checks the rules of docs/control_protocol.md.
class MonitorObserver final : public Observer {
 public:
  MonitorObserver(WeightDecoders decoders, ViolationSink sink);

  void attach(const ObservedRun& run) override;
  void complete() override;
  /// Who waits for whom.
  std::string unfinished() const { return monitors_->unfinished(); }

 private:
  WeightDecoders decoders_;
  ViolationSink sink_;
  std::unique_ptr<ProtocolMonitors> monitors_;
};

}  // namespace airnn
