// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/memory/ddr3/dram_events.h"

namespace airnn {

/// Tells two listeners. Types are those of the listeners themselves, so that final classes are
/// called directly; pairs may hold pairs.
template <typename First, typename Second>
class DramListenerPair final : public DramListener {
 public:
  DramListenerPair(First& first, Second& second) : first_(first), second_(second) {}

  void issued(const CommandIssued& event) override {
    first_.issued(event);
    second_.issued(event);
  }
  void served(const RequestServed& event) override {
    first_.served(event);
    second_.served(event);
  }

 private:
  First& first_;
  Second& second_;
};

}  // namespace airnn
