// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/flat/flat_timing.h"

#include <gtest/gtest.h>

#include <random>

#include "testbenches/reference/memory_twin.h"

namespace airnn::test {
namespace {

TEST(FlatTiming, CompletesReadsBackToBackInClosedForm) {
  for (const Cycle interval : {Cycle{1}, Cycle{2}, Cycle{8}}) {
    FlatTiming timing(120, interval);
    Cycle last = 0;
    for (int n = 1; n <= 100; ++n) {
      last = timing.complete(0);
      EXPECT_EQ(last, 120 + static_cast<Cycle>(n - 1) * interval);
    }
    EXPECT_EQ(timing.busy_until(), last);
  }
}

TEST(FlatTiming, KeepsOneReadPerCycleGoing) {
  FlatTiming timing(120, 1);
  for (Cycle t = 0; t < 500; ++t) {
    // There is always one pending, so each follows the one before it by one cycle.
    EXPECT_EQ(timing.complete(t), 120 + t);
  }
}

TEST(FlatTiming, BeginsAnewInTheCycleOfTheLastCompletion) {
  FlatTiming timing(120, 1);
  EXPECT_EQ(timing.complete(10), 130U);
  EXPECT_EQ(timing.complete(129), 131U) << "one is still pending";
  EXPECT_EQ(timing.complete(131), 251U) << "none is pending in the cycle of the last completion";
}

TEST(FlatTiming, AgreesWithTheTwinOnRandomRequests) {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    const Cycle latency = random() % 130 + 1;
    const Cycle interval = random() % 5 + 1;
    FlatTiming timing(latency, interval);
    FlatMemoryTwin twin(latency, interval);
    Cycle t = 0;
    for (int i = 0; i < 400; ++i) {
      t += random() % 10 == 0 ? random() % 300 : random() % 3;
      ASSERT_EQ(timing.complete(t), twin.read(t).complete);
    }
  }
}

}  // namespace
}  // namespace airnn::test
