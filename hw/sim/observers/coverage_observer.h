// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "hw/link/tap_stage.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/observe/coverage/coverage_collector.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Counts the bins of docs/coverage.md that a run hits.
class CoverageObserver final : public Observer {
 public:
  ~CoverageObserver() override;

  /// All bindings must have taps.
  void attach(const ObservedRun& run) override;
  const RunCoverage& finished() const { return collector_->finished(); }

 private:
  class Refreshes;

  void watch_streams(const ObservedRun& run);
  template <typename T>
  bool watch_stream(const TapStage::Tapped& tapped, CoverStream kind, Cycle latency);
  void watch_bus(const ObservedRun& run);
  void watch_control(const ObservedRun& run);
  void watch_layers(const ObservedRun& run);
  void watch_commands(const ObservedRun& run);

  const ClockDomain* fabric_ = nullptr;
  std::unique_ptr<CoverageCollector> collector_;
  std::vector<std::unique_ptr<BindingListener>> views_;
  std::unique_ptr<DramListener> refreshes_;
};

}  // namespace airnn
