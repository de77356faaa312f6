// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/run_failure.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <system_error>

#include "hw/sim/simulation.h"
#include "hw/sim/workers/worker_process.h"
#include "sw/format/host_name.h"
#include "sw/format/resource_error.h"

namespace airnn {
namespace {

using testing::AllOf;
using testing::HasSubstr;

template <typename Error>
RunFailure failure_by(const Error& error) {
  return failure_of(std::make_exception_ptr(error));
}

TEST(RunFailure, IsOfTheKindOfItsException) {
  EXPECT_EQ(failure_by(SimulationError("P3")).kind, FailureKind::rule);
  EXPECT_EQ(failure_by(HangError("hangs")).kind, FailureKind::hang);
  EXPECT_EQ(failure_by(DataError("x.idx: too short")).kind, FailureKind::input);
  EXPECT_EQ(failure_by(ResourceError("full")).kind, FailureKind::resources);
  EXPECT_EQ(failure_by(std::bad_alloc()).kind, FailureKind::resources);
  EXPECT_EQ(failure_by(std::logic_error("wrong")).kind, FailureKind::internal);
  EXPECT_EQ(failure_by(7).kind, FailureKind::internal);
  EXPECT_EQ(failure_by(RunError({FailureKind::stopped, "stopped"})).kind, FailureKind::stopped);
  EXPECT_EQ(failure_by(RunError({FailureKind::killed, "killed", "n1"})).host, "n1");
  EXPECT_EQ(failure_by(DataError("x.idx: too short")).message, "x.idx: too short");
}

TEST(RunFailure, SaysWhatHelpsWhereTheHostLacksSomething) {
  const auto system = [](int error) {
    return failure_by(std::system_error(error, std::generic_category(), "thread"));
  };
  EXPECT_EQ(system(EAGAIN).kind, FailureKind::resources);
  EXPECT_THAT(system(EAGAIN).message, HasSubstr("ulimit -u"));
  EXPECT_THAT(system(EMFILE).message, HasSubstr("ulimit -n"));
  EXPECT_THAT(system(ENOSPC).message, HasSubstr("free space there"));
  EXPECT_THAT(failure_by(std::bad_alloc()).message, HasSubstr("--jobs"));
  const RunFailure file = failure_by(std::filesystem::filesystem_error(
      "cannot", "out/a", std::error_code(EACCES, std::generic_category())));
  EXPECT_EQ(file.kind, FailureKind::resources);
  EXPECT_THAT(file.message, AllOf(HasSubstr("out/a: Permission denied"), HasSubstr("choose")));
}

/// The failure of a process that does `work`.
RunFailure failure_in_worker(const std::function<void(int)>& work) {
  SharedStop stop;
  WorkerProcess worker("worker process 1 of 2", stop, work);
  while (worker.pipe() >= 0) {
    worker.receive();
  }
  EXPECT_TRUE(worker.failure().has_value());
  return worker.failure().value_or(RunFailure{FailureKind::stopped, "none"});
}

TEST(WorkerProcess, PassesOnTheKindOfWhatItsWorkThrows) {
  EXPECT_EQ(failure_in_worker([](int) { throw SimulationError("P3"); }).kind, FailureKind::rule);
  EXPECT_EQ(failure_in_worker([](int) { throw HangError("hangs"); }).kind, FailureKind::hang);
  EXPECT_EQ(failure_in_worker([](int) { throw std::bad_alloc(); }).kind, FailureKind::resources);
  EXPECT_EQ(failure_in_worker([](int) { throw ImageError("bad"); }).kind, FailureKind::input);
  const RunFailure internal = failure_in_worker([](int) { throw std::out_of_range("at"); });
  EXPECT_EQ(internal.kind, FailureKind::internal);
  EXPECT_EQ(internal.message, "at");
}

TEST(WorkerProcess, TellsWhoWasKilledFromOutside) {
  const RunFailure killed = failure_in_worker([](int) { raise(SIGKILL); });
  EXPECT_EQ(killed.kind, FailureKind::killed);
  EXPECT_EQ(
      killed.message,
      "worker process 1 of 2 was killed from outside by SIGKILL; out of memory? free some, or "
      "use fewer --jobs");
  EXPECT_EQ(killed.host, host_name());
  EXPECT_EQ(killed.text(), killed.message + " (on " + host_name() + ")");
  EXPECT_EQ(failure_in_worker([](int) { raise(SIGXCPU); }).kind, FailureKind::killed);
}

TEST(WorkerProcess, TellsWhoCrashed) {
  const auto crash = [](int signal) {
    return failure_in_worker([signal](int) {
      const rlimit no_core{0, 0};
      setrlimit(RLIMIT_CORE, &no_core);
      std::signal(signal, SIG_DFL);  // a sanitizer handles it
      raise(signal);
    });
  };
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) {
    EXPECT_EQ(crash(signal).kind, FailureKind::internal) << signal;
  }
  EXPECT_THAT(crash(SIGSEGV).message, HasSubstr("crashed: SIGSEGV"));
  EXPECT_EQ(failure_in_worker([](int) { _exit(0); }).kind, FailureKind::internal);
  EXPECT_EQ(failure_in_worker([](int) { _exit(3); }).kind, FailureKind::internal);
}

TEST(WorkerProcess, TakesASignalForAWishOfAll) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    SharedStop stop;
    WorkerProcess worker("worker process 1 of 1", stop, [&](int) {
      raise(signal);
      raise(signal);  // somebody is impatient, or sends to a process and to its group
    });
    while (worker.pipe() >= 0) {
      worker.receive();
    }
    EXPECT_EQ(stop.wish(), SharedStop::after_inputs);
  }
}

TEST(WorkerProcess, EndsWithItsParentsInterest) {
  SharedStop stop;
  {
    const WorkerProcess worker("worker", stop, [](int) { pause(); });
  }
  EXPECT_EQ(stop.wish(), SharedStop::none);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "no process is left";
}

TEST(SharedStop, OnlyGrows) {
  SharedStop stop;
  EXPECT_EQ(stop.wish(), SharedStop::none);
  stop.want(SharedStop::now);
  stop.want(SharedStop::after_inputs);
  EXPECT_EQ(stop.wish(), SharedStop::now);
}

}  // namespace
}  // namespace airnn
