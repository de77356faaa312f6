// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace airnn {

/// SIGUSR1, by which a batch system says that a job's time is nearly over. While an object exists,
/// it raises a flag instead of ending the program.
class WarningSignal {
 public:
  WarningSignal();
  ~WarningSignal();
  WarningSignal(const WarningSignal&) = delete;
  WarningSignal& operator=(const WarningSignal&) = delete;

  /// It came. Any thread may ask.
  bool came() const;
};

}  // namespace airnn
