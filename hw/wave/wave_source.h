// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/cycle.h"
#include "hw/wave/wave_writer.h"

namespace airnn {

/// Some signals that belong together. It is told what happens, also ahead of time, and shows it
/// cycle by cycle of its clock.
class WaveSource {
 public:
  virtual ~WaveSource() = default;

  /// The next cycle in which a signal changes, as far as is known; kNever if none is.
  virtual Cycle next() const = 0;
  /// Sets all its signals as they are in this cycle, which next() gave; nothing changes between the
  /// one before and this.
  virtual void show(Cycle cycle, WaveWriter& writer) = 0;

  const WaveIds& ids() const { return ids_; }

 protected:
  /// Everything that `tree` got since `first` is this source's.
  void own(WaveId first, const WaveTree& tree) { ids_ = {first, tree.next()}; }

 private:
  WaveIds ids_;
};

}  // namespace airnn
