// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace airnn {

/// Ctrl-C (SIGINT), SIGTERM, and SIGHUP, which the end of a terminal sends. Without a StopSignal
/// object they end the program at once with exit code 4. While one exists, the first of them only
/// raises a flag: for work whose results are to be written, and for files that must not be left
/// half done. One that comes half a second later or more ends the program anyway.
class StopSignal {
 public:
  /// Takes over the signals; called once, when the program starts.
  static void install();

  StopSignal();
  /// Ends the program with exit code 4 if a signal came that nobody asked about.
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// A signal came; the owner now sees to it that the program ends. Any thread may ask.
  bool requested();

 private:
  std::atomic<bool> seen_{false};
};

}  // namespace airnn
