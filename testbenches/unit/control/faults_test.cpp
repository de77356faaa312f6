// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <array>
#include <memory>

#include "hw/control/fetch/read_port.h"
#include "hw/link/fault/bit_flips.h"
#include "hw/link/fault/memory_faults.h"
#include "hw/link/fault/stuck_stream.h"
#include "hw/memory/flat/flat_memory.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr Cycle kLatency = 20;

/// What is bound to the memory's two sockets.
struct Readers : public sc_core::sc_module {
  Readers(const sc_core::sc_module_name& module_name, const ClockDomain& clock)
      : sc_module(module_name), port("port", clock, 8) {}
  ReadPort port;
  tlm_utils::simple_initiator_socket<Readers> host{"host"};
};

/// A port that reads from a flat memory, with faults before its two sockets.
class MemoryWithFaults : public SimTest {
 protected:
  void build(const std::vector<Fault>& faults) {
    faults_ = std::make_unique<MemoryFaults>("memory_faults", clock_, faults);
    flips_ = std::make_unique<BitFlips>("bit_flips", clock_, faults);
    port_.bind(faults_->from_initiator);
    faults_->to_target.bind(memory_.bus);
    readers_.host.bind(flips_->from_initiator);
    flips_->to_target.bind(memory_.backdoor);
    port_.on_complete([this](const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
      completed_.emplace_back(read.burst, cycle);
      last_ = bytes[5];
    });
  }
  /// One read in each cycle from `first` on.
  void read(Cycle first, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      wait_until(first + i);
      port_.request({FetchStream::value, i}, 0, first + i);
    }
  }

  Readers readers_{"readers", clock_};
  ReadPort& port_ = readers_.port;
  FlatMemory memory_{"memory", FlatMemoryParams{kLatency, 1, 1024}, clock_};
  std::unique_ptr<MemoryFaults> faults_;
  std::unique_ptr<BitFlips> flips_;
  std::vector<std::pair<std::uint64_t, Cycle>> completed_;
  std::uint8_t last_ = 0;  ///< byte 5 of the last read
};

Fault of_read(FaultKind kind, std::uint64_t read, Cycle delay = 0) {
  Fault fault;
  fault.kind = kind;
  fault.read = read;
  fault.delay = delay;
  return fault;
}

Fault flip(Cycle cycle, std::uint64_t address, unsigned bit) {
  Fault fault;
  fault.kind = FaultKind::bit_flip;
  fault.cycle = cycle;
  fault.address = address;
  fault.bit = bit;
  return fault;
}

TEST_F(MemoryWithFaults, ADroppedReadIsNeverAnsweredAndTheOthersAreInTheirCycles) {
  build({of_read(FaultKind::dropped_burst, 1)});
  run([this] { read(10, 3); });
  // The memory has not seen it: the next burst follows the pending one.
  EXPECT_THAT(completed_, ElementsAre(Pair(0U, 10 + kLatency), Pair(2U, 11 + kLatency)));
}

TEST_F(MemoryWithFaults, ADelayedReadIsOvertaken) {
  build({of_read(FaultKind::delayed_response, 1, 3), of_read(FaultKind::delayed_response, 1, 4)});
  run([this] { read(10, 3); });
  EXPECT_THAT(completed_, ElementsAre(Pair(0U, 10 + kLatency), Pair(2U, 12 + kLatency),
                                      Pair(1U, 11 + kLatency + 7)));
}

TEST_F(MemoryWithFaults, NothingIsTakenAheadOfTheKernelsTime) {
  build({of_read(FaultKind::dropped_burst, 100)});
  run([this] {
    wait_until(10);
    EXPECT_FALSE(port_.request({FetchStream::value, 0}, 0, 10)) << "completed when its time comes";
    EXPECT_FALSE(port_.look_ahead(kNever));
    wait_until(100);
    const std::array<std::uint8_t, kBurstBytes> bytes{};
    EXPECT_FALSE(port_.request_train(std::make_shared<const std::vector<TimedRead>>(
        std::vector<TimedRead>{{100, 100 + kLatency, 0, bytes.data()}})));
  });
}

TEST_F(MemoryWithFaults, AFlippedBitIsSeenByReadsOfItsCycleAndNotBefore) {
  build({flip(30, 5, 3), flip(12, 5, 0)});
  run([this] {
    const std::array<std::pair<Cycle, std::uint8_t>, 4> due = {
        {{11, 0}, {12, 1}, {29, 1}, {30, 9}}};
    for (const auto& [cycle, byte] : due) {
      wait_until(cycle);
      std::uint8_t seen = 0;
      tlm::tlm_generic_payload payload;
      payload.set_command(tlm::TLM_READ_COMMAND);
      payload.set_address(5);
      payload.set_data_ptr(&seen);
      payload.set_data_length(1);
      payload.set_streaming_width(1);
      EXPECT_EQ(readers_.host->transport_dbg(payload), 1U);
      EXPECT_EQ(seen, byte) << "in " << cycle;
    }
    wait_until(40);
    port_.request({FetchStream::value, 0}, 0, 40);
    wait_until(40 + kLatency + 1);
    EXPECT_EQ(last_, 9U);
  });
}

TEST_F(MemoryWithFaults, ABitBehindTheContentIsNone) {
  build({flip(5, 1024, 0), flip(6, 1023, 7)});
  run([this] { wait_until(10); });
  SUCCEED() << "the run came to its end";
}

TEST(StuckStreamTest, ItemsOfItsCycleAndLaterAreTakenAndNeverSeen) {
  const ClockDomain clock{sc_core::sc_time(10, sc_core::SC_NS)};
  StreamSource<int> source("source", clock, 2, 1, StallPolicy::never());
  StuckStream stuck("stuck", clock, 5);
  StreamSink<int> sink("sink", clock);
  source.out.bind(stuck.from_initiator);
  stuck.to_target.bind(sink.in);
  for (int i = 0; i < 10; ++i) {
    source.send(i, 1);
  }
  sc_core::sc_start();
  ASSERT_FALSE(sink.cycles().empty());
  EXPECT_LT(sink.cycles().back(), 5U);
  EXPECT_LT(sink.received().size(), source.sent().size());
  EXPECT_EQ(source.sent().size(), sink.received().size() + 2) << "both credits are lost";
}

}  // namespace
}  // namespace airnn::test
