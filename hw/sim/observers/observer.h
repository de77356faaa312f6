// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/link/tap_stage.h"
#include "hw/top/accelerator.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What observers may listen to; all of it outlives them.
struct ObservedRun {
  Accelerator& machine;
  const TapStage* taps;  ///< null: no binding has a tap
  const AcceleratorParams& params;
  const MemoryImage& image;
};

/// Listens to probes and bindings of a machine, and changes nothing in it.
class Observer {
 public:
  virtual ~Observer() = default;

  /// Once, before the simulation begins.
  virtual void attach(const ObservedRun& run) = 0;
  /// Nothing is left to happen in the machine: what is late is told now.
  virtual void complete() {}
  /// The simulation ended, however it did.
  virtual void close() {}
  /// The run ended well, or by a rule that was broken: what is to be kept is kept.
  virtual void commit() {}
};

}  // namespace airnn
