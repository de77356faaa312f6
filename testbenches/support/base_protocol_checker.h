// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/binding_tap.h"
#include "hw/monitor/base_protocol_monitor.h"

namespace airnn::test {

/// Sits on a binding and collects what a BaseProtocolMonitor reports of it.
class BaseProtocolChecker final : public BindingTap {
 public:
  explicit BaseProtocolChecker(const sc_core::sc_module_name& module_name)
      : BindingTap(module_name), monitor_([this](const std::string& broken) {
          violations_.push_back(std::string(name()) + " at " +
                                sc_core::sc_time_stamp().to_string() + ": " + broken);
        }) {
    add(monitor_);
  }

  const std::vector<std::string>& violations() const { return violations_; }
  std::size_t unfinished() const { return monitor_.unfinished(); }
  std::uint64_t transactions() const { return monitor_.transactions(); }

 private:
  BaseProtocolMonitor monitor_;
  std::vector<std::string> violations_;
};

}  // namespace airnn::test
