// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace airnn::test {

/// Whom a signal is sent to.
enum class SignalTarget {
  program,  ///< the process that was started
  group,    ///< it and its workers, as a terminal and a batch system do
  worker    ///< one worker process alone, when there is one
};

/// Circumstances under which a program runs.
struct ProgramSetting {
  std::string folder;                       ///< working directory; empty: that of the test
  std::optional<long> file_size_limit;      ///< bytes a file may have, as on a full disk
  std::optional<int> interrupt_after_msec;  ///< a signal after this time
  int signal = 2;                           ///< which; SIGINT, Ctrl-C
  SignalTarget target = SignalTarget::program;
  int signals = 1;                       ///< so many, 20 ms apart
  std::optional<long> memory_limit;      ///< bytes of address space, as of 'ulimit -v'
  std::optional<long> descriptor_limit;  ///< open files, as of 'ulimit -n'
  std::string interrupt_once_exists;     ///< the time counts from when this file is there
  std::string standard_output;           ///< a file or device instead of ProgramRun::out
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
