// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace airnn::test {

/// Circumstances under which a program runs.
struct ProgramSetting {
  std::string folder;                       ///< working directory; empty: that of the test
  std::optional<long> file_size_limit;      ///< bytes a file may have, as on a full disk
  std::optional<int> interrupt_after_msec;  ///< a signal after this time
  int signal = 2;                           ///< which; SIGINT, Ctrl-C
  std::string interrupt_once_exists;        ///< the time counts from when this file is there
  std::string standard_output;              ///< a file or device instead of ProgramRun::out
};

/// What came of it.
struct ProgramRun {
  int exit_code = -1;  ///< 128 + signal if it was killed
  std::string out;
  std::string err;
};

/// Runs a program to its end, without a terminal and with empty standard input. Throws
/// std::runtime_error if it cannot be started.
ProgramRun run_program(const std::string& program, const std::vector<std::string>& arguments,
                       const ProgramSetting& setting = {});

}  // namespace airnn::test
