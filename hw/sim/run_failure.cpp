// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/run_failure.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <new>
#include <system_error>

#include "hw/sim/simulation.h"
#include "sw/format/host_name.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

bool is_of_the_system(const std::error_code& code) {
  return code.category() == std::generic_category() || code.category() == std::system_category();
}

/// Signals that a process raises by its own fault.
bool is_crash(int signal) {
  switch (signal) {
    case SIGSEGV:
    case SIGBUS:
    case SIGILL:
    case SIGFPE:
    case SIGABRT:
    case SIGSYS:
    case SIGTRAP:
      return true;
    default:
      return false;
  }
}

std::string signal_name(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

}  // namespace

std::string RunFailure::text() const {
  return host.empty() ? message : fmt::format("{} (on {})", message, host);
}

RunFailure failure_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const RunError& error) {
    return error.failure();
  } catch (const HangError& error) {
    return {FailureKind::hang, error.what()};
  } catch (const SimulationError& error) {
    return {FailureKind::rule, error.what()};
  } catch (const ResourceError& error) {
    return {FailureKind::resources, error.what()};
  } catch (const UserError& error) {
    return {FailureKind::input, error.what()};
  } catch (const std::bad_alloc&) {
    return {FailureKind::resources, memory_reason()};
  } catch (const std::filesystem::filesystem_error& error) {
    return {FailureKind::resources, fmt::format("{}: {}", shown(error.path1().string()),
                                                system_reason(error.code().value()))};
  } catch (const std::system_error& error) {
    if (is_of_the_system(error.code())) {
      return {FailureKind::resources, system_reason(error.code().value())};
    }
    return {FailureKind::internal, error.what()};
  } catch (const std::exception& error) {
    return {FailureKind::internal, error.what()};
  } catch (...) {
    return {FailureKind::internal, "an exception of an unknown type"};
  }
}

RunFailure failure_of_process(const std::string& process, int status) {
  if (!WIFSIGNALED(status)) {
    return {FailureKind::internal,
            fmt::format("{} ended without a result, exit code {}", process, WEXITSTATUS(status))};
  }
  const int signal = WTERMSIG(status);
  if (is_crash(signal)) {
    return {FailureKind::internal,
            fmt::format("{} crashed: {} ({})", process, signal_name(signal), strsignal(signal))};
  }
  const char* const help = signal == SIGKILL   ? "; out of memory? free some, or use fewer --jobs"
                           : signal == SIGXCPU ? "; raise the limit of processor time (ulimit -t)"
                                               : "";
  return {FailureKind::killed,
          fmt::format("{} was killed from outside by {}{}", process, signal_name(signal), help),
          host_name()};
}

}  // namespace airnn
