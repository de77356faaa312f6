// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/parallel_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <atomic>
#include <csignal>
#include <new>
#include <random>

#include "sw/format/errors.h"
#include "sw/format/resource_error.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

using testing::AnyOf;
using testing::Eq;
using testing::HasSubstr;

constexpr std::uint32_t kInputs = 6;

/// A number that this process and its workers share.
class SharedNumber {
 public:
  SharedNumber()
      : number_(new (mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0)) std::atomic<int>(0)) {}
  ~SharedNumber() { munmap(number_, sizeof *number_); }
  SharedNumber(const SharedNumber&) = delete;
  SharedNumber& operator=(const SharedNumber&) = delete;

  std::atomic<int>& operator*() const { return *number_; }

 private:
  std::atomic<int>* number_;
};

/// Runs over six inputs in two processes, of which the second has the last three. Simulations are
/// in workers only, so that a test may have many.
class ParallelRuns : public testing::Test {
 protected:
  ParallelRuns() : image_(random_image({}, random_)), params_(default_params(image_)) {}

  /// `before` is called with an input's number, in its worker, before it is simulated.
  ParallelResult result_of(const std::function<void(std::uint32_t)>& before, unsigned jobs = 2) {
    ParallelRun run;
    run.count = kInputs;
    run.jobs = jobs;
    run.apart = true;
    run.input = [&](std::uint32_t i) {
      before(i);
      return std::vector<std::int32_t>(static_cast<std::size_t>(image_.network().input.size()),
                                       static_cast<std::int32_t>(1000 * (i + 1)));
    };
    return run_parallel(params_, image_, run);
  }

  std::mt19937_64 random_{7};
  MemoryImage image_;
  AcceleratorParams params_;
};

TEST_F(ParallelRuns, HaveAResultOfAllInputs) {
  const ParallelResult result = result_of([](std::uint32_t) {});
  EXPECT_FALSE(result.failure.has_value());
  EXPECT_FALSE(result.stopped);
  EXPECT_EQ(result.record.inputs.size(), kInputs);
}

TEST_F(ParallelRuns, KeepWhatWasFinishedBeforeAWorkerWasKilled) {
  const ParallelResult result = result_of([](std::uint32_t i) {
    if (i == 4) {
      raise(SIGKILL);
    }
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, FailureKind::killed);
  EXPECT_THAT(result.failure->message,
              HasSubstr("worker process 2 of 2 was killed from outside by SIGKILL"));
  EXPECT_LE(result.record.inputs.size(), 3U) << "a killed worker delivers nothing";
  EXPECT_FALSE(result.stopped);
}

TEST_F(ParallelRuns, TellOfAWorkerThatRanOutOfMemory) {
  const ParallelResult result = result_of(
      [](std::uint32_t i) {
        if (i == 2) {
          throw std::bad_alloc();
        }
      },
      1);
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, FailureKind::resources);
  EXPECT_EQ(result.failure->message, memory_reason());
  EXPECT_EQ(result.record.inputs.size(), 1U)
      << "it delivers what was finished; an input is asked for while the one before is at work";
}

TEST_F(ParallelRuns, KeepTheKindOfWhatAWorkerThrows) {
  const auto kind_of = [this](const auto& error) {
    const ParallelResult result = result_of([&](std::uint32_t i) {
      if (i == 5) {
        throw error;
      }
    });
    return result.failure.value_or(RunFailure{FailureKind::stopped, "none"}).kind;
  };
  EXPECT_EQ(kind_of(SimulationError("P3")), FailureKind::rule);
  EXPECT_EQ(kind_of(HangError("hangs")), FailureKind::hang);
  EXPECT_EQ(kind_of(DataError("x.idx: too short")), FailureKind::input);
  EXPECT_EQ(kind_of(ResourceError("full")), FailureKind::resources);
  EXPECT_EQ(kind_of(std::logic_error("wrong")), FailureKind::internal);
}

/// Neither hides the other as a mere stop, and nobody waits for one that is gone.
TEST_F(ParallelRuns, OfTwoFailuresAtOnceHaveOne) {
  for (int round = 0; round < 8; ++round) {
    const SharedNumber waiting;
    const ParallelResult result = result_of([&](std::uint32_t i) {
      if (i != 0 && i != 3) {
        return;
      }
      for (++*waiting; *waiting < 2;) {  // until both are here
      }
      if (i == 0) {
        throw DataError("the first");
      }
      throw SimulationError("the second");
    });
    ASSERT_TRUE(result.failure.has_value());
    EXPECT_THAT(result.failure->message, AnyOf(Eq("the first"), Eq("the second")));
    EXPECT_EQ(result.failure->kind,
              result.failure->message == "the first" ? FailureKind::input : FailureKind::rule);
    EXPECT_EQ(result.record.inputs.size(), 0U);
  }
}

TEST_F(ParallelRuns, OfTwoWorkersThatAreKilledAtOnceTellOfOne) {
  const SharedNumber waiting;
  const ParallelResult result = result_of([&](std::uint32_t i) {
    if (i == 0 || i == 3) {
      for (++*waiting; *waiting < 2;) {
      }
      raise(SIGKILL);
    }
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, FailureKind::killed);
  EXPECT_THAT(result.failure->message, HasSubstr("was killed from outside by SIGKILL"));
}

TEST_F(ParallelRuns, AreStoppedByASignalToAWorker) {
  const ParallelResult result = result_of([](std::uint32_t i) {
    if (i == 1) {
      raise(SIGTERM);
    }
  });
  EXPECT_FALSE(result.failure.has_value());
  EXPECT_TRUE(result.stopped);
  EXPECT_GE(result.record.inputs.size(), 2U) << "the input at work is finished";
}

}  // namespace
}  // namespace airnn::test
