// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace airnn {

/// Ctrl-C (SIGINT) and SIGTERM. Without a StopSignal object they end the program at once with exit
/// code 4. While one exists, the first of them only raises a flag: for work whose results are to be
/// written, and for files that must not be left half done. The next one ends the program anyway.
class StopSignal {
 public:
  /// Takes over both signals; called once, when the program starts.
  static void install();

  StopSignal();
  /// Ends the program with exit code 4 if a signal came that nobody asked about.
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// A signal came; the owner now sees to it that the program ends.
  bool requested();

 private:
  bool seen_ = false;
};

}  // namespace airnn
