// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/flat/flat_memory.h"

#include <gmock/gmock.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <array>

#include "hw/common/payload_pool.h"
#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Reader : public sc_core::sc_module, private tlm::tlm_bw_transport_if<> {
  Reader(const sc_core::sc_module_name& module_name, const ClockDomain& domain)
      : sc_module(module_name), clock(domain) {
    bus.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  }

  tlm::tlm_generic_payload& payload(tlm::tlm_command command, std::uint64_t address) {
    tlm::tlm_generic_payload& made = pool.acquire();
    made.set_command(command);
    made.set_address(address);
    made.set_data_ptr(bytes.data());
    made.set_data_length(64);
    made.set_streaming_width(64);
    return made;
  }
  /// Requests a read for `cycle` and returns the cycle of its completion.
  Cycle read(std::uint64_t address, Cycle cycle) {
    tlm::tlm_generic_payload& request = payload(tlm::TLM_READ_COMMAND, address);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = clock.until(cycle);
    EXPECT_EQ(bus->nb_transport_fw(request, phase, delay), tlm::TLM_COMPLETED);
    status = request.get_response_status();
    request.release();
    return clock.next_edge(sc_core::sc_time_stamp() + delay);
  }
  bool read_train(const std::vector<TimedRead>& reads) {
    return read_train(std::make_shared<const std::vector<TimedRead>>(reads));
  }
  bool read_train(const KeptReads& reads) {
    ReadTrain train;
    train.reads = reads;
    tlm::tlm_generic_payload& request = payload(tlm::TLM_IGNORE_COMMAND, 0);
    request.set_extension(&train);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    bus->b_transport(request, delay);
    request.clear_extension(&train);
    request.release();
    return train.taken;
  }

  const ClockDomain& clock;
  tlm::tlm_initiator_socket<> bus{"bus"};
  tlm_utils::simple_initiator_socket<Reader> backdoor{"backdoor"};
  PayloadPool pool;
  std::array<std::uint8_t, 64> bytes{};
  tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;

 private:
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                     sc_core::sc_time&) override {
    ADD_FAILURE() << "the flat memory has nothing to say later";
    return tlm::TLM_COMPLETED;
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
};

class FlatMemoryTest : public SimTest {
 protected:
  FlatMemoryTest() {
    reader_.bus.bind(checker_.from_initiator);
    checker_.to_target.bind(memory_.bus);
    reader_.backdoor.bind(memory_.backdoor);
    memory_.on_cycles.listen([this](const CyclesSpent& e) { working_ += e.working; });
  }
  void TearDown() override {
    EXPECT_THAT(checker_.violations(), IsEmpty());
    EXPECT_EQ(checker_.unfinished(), 0U);
    SimTest::TearDown();
  }

  Reader reader_{"reader", clock_};
  BaseProtocolChecker checker_{"checker"};
  FlatMemory memory_{"memory", {120, 2, 4096}, clock_};
  Cycle working_ = 0;
};

TEST_F(FlatMemoryTest, TellsTheCompletionInTheCall) {
  run([this] {
    EXPECT_EQ(reader_.read(0, 0), 120U);
    EXPECT_EQ(reader_.read(64, 1), 122U);
    wait_until(50);
    EXPECT_EQ(reader_.read(128, 50), 124U);
    wait_until(124);
    EXPECT_EQ(reader_.read(192, 124), 244U);
    EXPECT_EQ(reader_.read(256, 300), 420U) << "requests may lie ahead of time";
  });
  EXPECT_EQ(working_, 124U + 120U + 120U) << "cycles with a read pending";
}

TEST_F(FlatMemoryTest, DeliversWhatTheBackdoorStored) {
  run([this] {
    reader_.bytes.fill(0x5A);
    tlm::tlm_generic_payload& store = reader_.payload(tlm::TLM_WRITE_COMMAND, 640);
    EXPECT_EQ(reader_.backdoor->transport_dbg(store), 64U);
    store.release();
    reader_.bytes.fill(0);
    reader_.read(640, 0);
    EXPECT_EQ(reader_.status, tlm::TLM_OK_RESPONSE);
    EXPECT_THAT(reader_.bytes, testing::Each(0x5A));
    tlm::tlm_generic_payload& look = reader_.payload(tlm::TLM_READ_COMMAND, 4064);
    EXPECT_EQ(reader_.bus->transport_dbg(look), 32U) << "cut off at the end";
    look.release();
  });
}

TEST_F(FlatMemoryTest, AnswersBehindItsEndWithAnAddressError) {
  run([this] {
    reader_.read(4096, 0);
    EXPECT_EQ(reader_.status, tlm::TLM_ADDRESS_ERROR_RESPONSE);
  });
}

TEST_F(FlatMemoryTest, HasTheSameTimingForBlockingTransport) {
  run([this] {
    tlm::tlm_generic_payload& request = reader_.payload(tlm::TLM_READ_COMMAND, 0);
    sc_core::sc_time delay = clock_.duration(3);
    reader_.bus->b_transport(request, delay);
    EXPECT_EQ(delay, clock_.duration(123));
    request.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    delay = clock_.duration(4);
    reader_.bus->b_transport(request, delay);
    EXPECT_EQ(delay, clock_.duration(125));
    request.release();
  });
}

TEST_F(FlatMemoryTest, TakesATrainThatItWouldServeAsExpected) {
  run([this] {
    const std::array<std::uint8_t, 64> zeros{};
    const std::vector<TimedRead> reads = {
        {0, 120, 0, zeros.data()}, {1, 122, 64, zeros.data()}, {130, 250, 0, zeros.data()}};
    wait_until(1000);
    EXPECT_TRUE(reader_.read_train(reads));
    EXPECT_EQ(working_, 242U);
    EXPECT_EQ(reader_.read(0, 1249), 1252U) << "the train's last read is still pending";
  });
}

TEST_F(FlatMemoryTest, RefusesATrainWithOtherTimesOrBytesAndServesNothingOfIt) {
  run([this] {
    std::array<std::uint8_t, 64> other{};
    const std::array<std::uint8_t, 64> zeros{};
    other[63] = 1;
    EXPECT_FALSE(reader_.read_train({{0, 120, 0, zeros.data()}, {1, 121, 64, zeros.data()}}));
    EXPECT_FALSE(reader_.read_train({{0, 120, 0, zeros.data()}, {1, 122, 64, other.data()}}));
    EXPECT_FALSE(reader_.read_train({{0, 120, 4096, zeros.data()}}));
    EXPECT_EQ(reader_.read(0, 0), 120U) << "no read of a refused train is pending";
    EXPECT_FALSE(reader_.read_train({{0, 120, 0, zeros.data()}})) << "another read is pending";
  });
}

TEST_F(FlatMemoryTest, ServesATrainThatComesAgainAsTheFirstTime) {
  run([this] {
    const std::array<std::uint8_t, 64> zeros{};
    const auto train = std::make_shared<const std::vector<TimedRead>>(std::vector<TimedRead>{
        {0, 120, 0, zeros.data()}, {1, 122, 64, zeros.data()}, {300, 420, 128, zeros.data()}});
    const auto one = std::make_shared<const std::vector<TimedRead>>(
        std::vector<TimedRead>{{500, 620, 0, zeros.data()}});
    EXPECT_TRUE(reader_.read_train(train));
    EXPECT_EQ(working_, 242U);
    EXPECT_FALSE(reader_.read_train(train)) << "its own reads are pending";
    EXPECT_TRUE(reader_.read_train(one));
    EXPECT_EQ(working_, 362U);
    wait_until(2000);
    EXPECT_TRUE(reader_.read_train(train));
    EXPECT_EQ(working_, 604U);
    EXPECT_EQ(reader_.read(0, 2419), 2422U) << "the train's last read is still pending";
  });
}

TEST_F(FlatMemoryTest, MustHaveALatency) {
  EXPECT_THROW(FlatMemory("instant", {0, 1, 64}, clock_), sc_core::sc_report);
  SimTest::forget_complaints();
}

}  // namespace
}  // namespace airnn::test
