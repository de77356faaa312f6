// SPDX-License-Identifier: Apache-2.0
#include "hw/common/clock_domain.h"

#include "hw/common/cycle_timer.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using ClockDomainTest = SimTest;

TEST_F(ClockDomainTest, FindsTheCycleThatATimeLiesIn) {
  const sc_core::sc_time edge = clock_.duration(3);
  const sc_core::sc_time little = sc_core::sc_time(1, sc_core::SC_PS);
  EXPECT_EQ(clock_.cycle_of(edge), 3U);
  EXPECT_EQ(clock_.cycle_of(edge + little), 3U);
  EXPECT_EQ(clock_.cycle_of(edge - little), 2U);
  EXPECT_EQ(clock_.next_edge(edge), 3U);
  EXPECT_EQ(clock_.next_edge(edge + little), 4U);
  EXPECT_EQ(clock_.next_edge(edge - little), 3U);
}

TEST_F(ClockDomainTest, CountsFromNowToAnEdge) {
  run([this] {
    wait_until(5);
    EXPECT_EQ(clock_.now(), 5U);
    EXPECT_EQ(clock_.until(7), clock_.duration(2));
    EXPECT_EQ(clock_.until(4), sc_core::SC_ZERO_TIME);
    sc_core::wait(clock_.period() / 2);
    EXPECT_EQ(clock_.now(), 5U);
    EXPECT_EQ(clock_.until(6), clock_.period() / 2);
  });
}

TEST_F(ClockDomainTest, StaysOnTheEdgesOverALongRun) {
  // 10^9 cycles: a period that does not divide the resolution would be off by now.
  const ClockDomain ddr(sc_core::sc_time(1250, sc_core::SC_PS));
  const Cycle many = 1000000000;
  EXPECT_EQ(ddr.cycle_of(ddr.duration(many)), many);
  EXPECT_EQ(clock_.next_edge(ddr.duration(8 * many)), many);
}

TEST_F(ClockDomainTest, TimerKeepsTheLastAppointmentOnly) {
  CycleTimer timer("timer", clock_);
  run([&] {
    timer.set(3);
    timer.set(8);
    sc_core::wait(timer.event());
    EXPECT_EQ(clock_.now(), 8U);
    timer.set(20);
    timer.set(11);
    sc_core::wait(timer.event());
    EXPECT_EQ(clock_.now(), 11U);
    timer.set(15);
    timer.cancel();
    sc_core::wait(clock_.duration(10), timer.event());
    EXPECT_EQ(clock_.now(), 21U);
  });
}

}  // namespace
}  // namespace airnn::test
