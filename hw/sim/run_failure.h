// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>

namespace airnn {

/// Why a run did not come to its end. A failure keeps its kind from where it happens, through
/// libraries, SystemC and the pipe of a worker process, up to the program's exit code.
enum class FailureKind : std::uint8_t {
  rule,       ///< a rule of the protocol or of timing was broken
  hang,       ///< no unit was at work for too long
  input,      ///< something the user gave is wrong
  resources,  ///< the host lacks something
  internal,   ///< a fault of the program
  stopped,    ///< the user wants no more
  killed      ///< a process was ended from outside; another attempt may do better
};

struct RunFailure {
  FailureKind kind = FailureKind::internal;
  std::string message;
  /// Where it happened, if that is what it is about: where a process was killed. The same run may
  /// well end otherwise on another machine.
  std::string host{};

  /// For a person.
  std::string text() const;
};

/// A RunFailure on its way.
class RunError : public std::runtime_error {
 public:
  explicit RunError(const RunFailure& failure)
      : std::runtime_error(failure.text()), failure_(failure) {}

  const RunFailure& failure() const { return failure_; }

 private:
  RunFailure failure_;
};

/// What an exception says of a run: its type decides the kind.
RunFailure failure_of(const std::exception_ptr& exception);

/// How a process that delivered nothing ended, by the status that waitpid() gave: killed from
/// outside (killed) or crashed (internal). `process` begins the message.
RunFailure failure_of_process(const std::string& process, int status);

}  // namespace airnn
