// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/read_port.h"

#include <gmock/gmock.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <array>
#include <functional>
#include <memory>
#include <utility>

#include "hw/memory/flat/flat_memory.h"
#include "testbenches/support/memory_stub.h"
#include "testbenches/support/script.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A port, and all that it completed.
struct PortBench : public sc_core::sc_module {
  PortBench(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
            unsigned outstanding_reads = 4)
      : sc_module(module_name), clock_(clock), port("port", clock, outstanding_reads) {
    port.on_complete([this](const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
      completed.push_back({read, bytes[0], clock_.now(), cycle});
    });
  }
  FetchRead value(std::uint64_t burst) const { return {FetchStream::value, burst}; }

  struct Completed {
    FetchRead read;
    std::uint8_t first_byte;
    Cycle told;
    Cycle cycle;
  };
  const ClockDomain& clock_;
  ReadPort port;
  std::vector<Completed> completed;
};

/// What the memory's other socket is bound to.
struct Backdoor : public sc_core::sc_module {
  explicit Backdoor(const sc_core::sc_module_name& module_name) : sc_module(module_name) {}
  tlm_utils::simple_initiator_socket<Backdoor> socket{"socket"};
};

class ReadPortTest : public SimTest {
 protected:
  void build_flat() {
    flat_ = std::make_unique<FlatMemory>("memory", FlatMemoryParams{20, 1, 1024}, clock_);
    bench_.port.bind(flat_->bus);
    bind_backdoor(flat_->backdoor);
  }
  void build_stub(const MemoryStubParams& params) {
    stub_ = std::make_unique<MemoryStub>("memory", params, clock_);
    bench_.port.bind(stub_->bus);
    bind_backdoor(stub_->backdoor);
  }
  template <typename Socket>
  void bind_backdoor(Socket& socket) {
    backdoor_.socket.bind(socket);
  }

  /// Burst i holds bytes i + 1.
  void fill() {
    for (unsigned burst = 0; burst < 8; ++burst) {
      std::array<unsigned char, kBurstBytes> bytes{};
      bytes.fill(static_cast<unsigned char>(burst + 1));
      tlm::tlm_generic_payload payload;
      payload.set_command(tlm::TLM_WRITE_COMMAND);
      payload.set_address(burst * kBurstBytes);
      payload.set_data_ptr(bytes.data());
      payload.set_data_length(kBurstBytes);
      payload.set_streaming_width(kBurstBytes);
      EXPECT_EQ(backdoor_.socket->transport_dbg(payload), kBurstBytes);
    }
  }

  PortBench bench_{"bench", clock_};
  Backdoor backdoor_{"backdoor"};
  std::unique_ptr<FlatMemory> flat_;
  std::unique_ptr<MemoryStub> stub_;
};

MemoryStubParams stub_params(Cycle accept, Cycle latency) {
  MemoryStubParams params;
  params.capacity_bytes = 1024;
  params.schedule = {1, accept, accept, latency, latency, 1};
  return params;
}

TEST_F(ReadPortTest, CompletesInTheCallWhatTheMemoryKnowsAhead) {
  build_flat();
  run([this] {
    fill();
    wait_until(10);
    EXPECT_TRUE(bench_.port.can_request(10));
    EXPECT_TRUE(bench_.port.request(bench_.value(3), 3 * kBurstBytes, 15));
    ASSERT_EQ(bench_.completed.size(), 1U);
    EXPECT_EQ(bench_.completed[0].read.burst, 3U);
    EXPECT_EQ(bench_.completed[0].first_byte, 4U);
    EXPECT_EQ(bench_.completed[0].told, 10U) << "at once,";
    EXPECT_EQ(bench_.completed[0].cycle, 35U) << "for a read that is sent later";
    EXPECT_EQ(bench_.port.channel_free(), 16U);
    EXPECT_FALSE(bench_.port.can_request(15));
    EXPECT_TRUE(bench_.port.can_request(16));
    EXPECT_FALSE(bench_.port.look_ahead(kNever)) << "nothing was deferred";
  });
}

TEST_F(ReadPortTest, HoldsTheChannelUntilADeferredReadIsAccepted) {
  build_stub(stub_params(3, 9));
  run([this] {
    fill();
    wait_until(10);
    EXPECT_FALSE(bench_.port.request(bench_.value(0), 0, 10));
    EXPECT_FALSE(bench_.port.can_request(11)) << "nobody knows how long";
    EXPECT_EQ(bench_.port.channel_free(), kNever);
    wait(bench_.port.answer_event());
    EXPECT_EQ(clock_.now(), 13U);
    EXPECT_TRUE(bench_.port.can_request(13));
    EXPECT_TRUE(bench_.completed.empty());
    wait(bench_.port.answer_event());
    EXPECT_EQ(clock_.now(), 19U);
    ASSERT_EQ(bench_.completed.size(), 1U);
    EXPECT_EQ(bench_.completed[0].cycle, 19U);
    EXPECT_EQ(bench_.completed[0].told, 18U) << "a cycle for the crossing";
  });
}

TEST_F(ReadPortTest, TellsReadsApartThatOvertakeEachOther) {
  MemoryStubParams params = stub_params(1, 1);
  params.schedule.max_latency = 40;
  build_stub(params);
  run([this] {
    fill();
    for (Cycle t = 10; t < 14; ++t) {
      wait_until(t);
      bench_.port.request({FetchStream::row, t - 10}, (t - 10) * kBurstBytes, t);
    }
    wait_until(100);
    ASSERT_EQ(bench_.completed.size(), 4U);
    bool in_order = true;
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(bench_.completed[i].first_byte, bench_.completed[i].read.burst + 1);
      EXPECT_EQ(bench_.completed[i].read.stream, FetchStream::row);
      in_order = in_order && bench_.completed[i].read.burst == i;
    }
    EXPECT_FALSE(in_order) << "else the schedule shows nothing";
  });
}

TEST_F(ReadPortTest, HasNoMoreReadsInFlightThanItHasPlaces) {
  build_stub(stub_params(1, 50));
  run([this] {
    fill();
    for (Cycle t = 10; t < 14; ++t) {
      wait_until(t);
      bench_.port.request(bench_.value(t), 0, t);
    }
  });
  EXPECT_EQ(stub_->reads(), 4U);
}

TEST_F(ReadPortTest, RefusesMoreReadsThanItHasPlaces) {
  build_stub(stub_params(1, 50));
  const Script script("script", [this] {
    for (Cycle t = 10; t < 15; ++t) {
      wait_until(t);
      bench_.port.request(bench_.value(t), 0, t);
    }
  });
  EXPECT_THAT(run_to_failure(), HasSubstr("more reads in flight than outstanding_reads"));
}

TEST_F(ReadPortTest, EndsTheRunWhereAReadFails) {
  MemoryStubParams params = stub_params(1, 5);
  params.failing_read = 0;
  build_stub(params);
  const Script script("script", [this] {
    wait_until(10);
    bench_.port.request(bench_.value(0), 0, 10);
  });
  EXPECT_THAT(run_to_failure(), HasSubstr("a read was answered with"));
}

TEST_F(ReadPortTest, ATrainIsTakenOnlyAsItWouldGo) {
  build_flat();
  run([this] {
    fill();
    wait_until(10);
    std::array<std::uint8_t, kBurstBytes> bytes{};
    bytes.fill(3);
    std::vector<TimedRead> reads = {{0, 20, 2 * kBurstBytes, bytes.data()}};
    const auto offer = [this, &reads] {
      return bench_.port.request_train(std::make_shared<const std::vector<TimedRead>>(reads));
    };
    EXPECT_TRUE(offer());
    wait_until(50);
    reads[0].completion = 21;
    EXPECT_FALSE(offer()) << "another cycle";
    reads[0].completion = 20;
    bytes[5] = 9;
    EXPECT_FALSE(offer()) << "another byte";
    EXPECT_FALSE(bench_.port.request_train(nullptr));
    EXPECT_TRUE(bench_.completed.empty()) << "the initiator knows what came";
  });
}

TEST_F(ReadPortTest, AMemoryThatKnowsNoExtensionIsAskedInVain) {
  build_stub(stub_params(1, 5));
  run([this] {
    fill();
    wait_until(10);
    EXPECT_EQ(bench_.port.settle(), 10U) << "it need not settle";
    EXPECT_FALSE(bench_.port.request_train(nullptr));
    bench_.port.request(bench_.value(0), 0, 10);
    EXPECT_FALSE(bench_.port.look_ahead(20));
    wait_until(20);
    EXPECT_EQ(bench_.completed.size(), 1U);
  });
}

TEST_F(ReadPortTest, LooksAtBytesWithoutTime) {
  build_flat();
  run([this] {
    fill();
    std::array<std::uint8_t, kBurstBytes> bytes{};
    EXPECT_EQ(bench_.port.debug_read(5 * kBurstBytes, bytes.data(), kBurstBytes), kBurstBytes);
    EXPECT_EQ(bytes[63], 6U);
    EXPECT_TRUE(bench_.port.can_request(clock_.now()));
  });
}

}  // namespace
}  // namespace airnn::test
