// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hw/observe/run_recorder.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Writes the record of the run.
class RecordObserver final : public Observer {
 public:
  /// Told after every finished input; may be empty.
  using OnInput = std::function<void(const InputRecord&)>;

  RecordObserver(const AcceleratorParams& params, const MemoryImage& image, OnInput on_input);

  void attach(const ObservedRun& run) override;
  RunRecorder& recorder() { return recorder_; }
  const RunRecorder& recorder() const { return recorder_; }

 private:
  void account(Probe<CyclesSpent>& probe, const std::string& unit, bool is_observed = true);
  void account_units(const ObservedRun& run);

  RunRecorder recorder_;
  OnInput on_input_;
};

}  // namespace airnn
