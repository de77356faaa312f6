// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <functional>
#include <memory>
#include <string>
#include <systemc>

#include "hw/common/clock_domain.h"

namespace airnn::test {

/// A test with one simulation. SystemC can elaborate only one per process, which is what ctest and
/// the test's main() see to. A warning or an error of SystemC that the test did not ask for fails
/// it.
class SimTest : public testing::Test {
 protected:
  SimTest();
  ~SimTest() override;
  void TearDown() override;

  /// Simulates until nothing is left to happen.
  void run();
  /// Runs `body` in a process of the simulation, which may wait; fails if it does not come to its
  /// end.
  void run(const std::function<void()>& body);
  /// Simulates and returns the message of the error that ends the run; empty if there was none.
  std::string run_to_failure();
  /// What SystemC complained of so far was asked for.
  static void forget_complaints();
  /// In a body: waits until the edge of `cycle`.
  void wait_until(Cycle cycle);

  const ClockDomain clock_{sc_core::sc_time(10, sc_core::SC_NS)};
};

}  // namespace airnn::test
