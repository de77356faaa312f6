// SPDX-License-Identifier: Apache-2.0
#include "hw/common/stream.h"

#include <gmock/gmock.h>

#include <memory>

#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

using Cycles = std::vector<Cycle>;
using testing::HasSubstr;
using testing::IsEmpty;

/// A source bound to a sink, with the checker between them.
struct Link : public sc_core::sc_module {
  Link(const sc_core::sc_module_name& module_name, const ClockDomain& clock, unsigned slots,
       Cycle latency, const StallPolicy& source_stalls = StallPolicy::never(),
       const StallPolicy& sink_stalls = StallPolicy::never(), Trains trains = Trains::refused)
      : sc_module(module_name),
        source("source", clock, slots, latency, source_stalls),
        checker("checker"),
        sink("sink", clock, sink_stalls, trains) {
    source.out.bind(checker.from_initiator);
    checker.to_target.bind(sink.in);
  }
  void send(int count) {
    for (int i = 0; i < count; ++i) {
      source.send(i, 1);
    }
  }
  Cycles pushed() const {
    Cycles cycles;
    for (const Timed<int>& item : source.sent()) {
      cycles.push_back(item.cycle);
    }
    return cycles;
  }

  StreamSource<int> source;
  BaseProtocolChecker checker;
  StreamSink<int> sink;
};

using Stream = SimTest;

TEST_F(Stream, TakesAnItemOutAfterItsLatency) {
  Link one("one", clock_, 1, 1);
  Link five("five", clock_, 1, 5);
  one.send(1);
  five.send(1);
  run();
  EXPECT_EQ(one.sink.cycles(), Cycles{2});
  EXPECT_EQ(five.sink.cycles(), Cycles{6});
}

TEST_F(Stream, StuttersWithAsManySlotsAsLatency) {
  Link link("link", clock_, 2, 2);
  link.send(6);
  run();
  EXPECT_EQ(link.pushed(), (Cycles{1, 2, 4, 5, 7, 8}));
  EXPECT_EQ(link.sink.cycles(), (Cycles{3, 4, 6, 7, 9, 10}));
}

TEST_F(Stream, HasFullRateWithOneSlotMoreThanLatency) {
  Link link("link", clock_, 3, 2);
  link.send(6);
  run();
  EXPECT_EQ(link.sink.cycles(), (Cycles{3, 4, 5, 6, 7, 8}));
}

TEST_F(Stream, GivesASlotBackOneCycleAfterThePop) {
  Link link("link", clock_, 1, 1, StallPolicy::never(), StallPolicy::every(2));
  link.send(3);  // stalls in odd cycles: arrives in 2, 4, 6 and is taken at once
  run();
  EXPECT_EQ(link.sink.cycles(), (Cycles{2, 4, 6}));
  EXPECT_EQ(link.pushed(), (Cycles{1, 3, 5}));
}

TEST_F(Stream, RefusesAPushWithoutASlot) {
  Link link("link", clock_, 2, 1, StallPolicy::never(), StallPolicy::random(1, 99));
  EXPECT_EQ(link.source.out.slots(), 2U);
  class Pusher final : public sc_core::sc_module {
   public:
    Pusher(const sc_core::sc_module_name& module_name, StreamOut<int>& out)
        : sc_module(module_name), out_(out) {
      SC_HAS_PROCESS(Pusher);
      SC_METHOD(push);
    }

   private:
    void push() {
      out_.push(0, 1);
      out_.push(1, 1);
      EXPECT_FALSE(out_.can_push());
      out_.push(2, 1);
    }
    StreamOut<int>& out_;
  };
  Pusher pusher("pusher", link.source.out);
  EXPECT_THAT(run_to_failure(), HasSubstr("link.source.out at 0 s: an item was pushed without a "
                                          "free slot"));
}

TEST_F(Stream, RefusesLatencyZero) {
  Link link("link", clock_, 2, 0);
  link.send(1);
  EXPECT_THAT(run_to_failure(), HasSubstr("an item was pushed with latency 0"));
}

TEST_F(Stream, RefusesAPopBeforeTheArrival) {
  Link link("link", clock_, 2, 9);
  link.send(1);
  struct Popper : sc_core::sc_module {
    Popper(const sc_core::sc_module_name& module_name, StreamIn<int>& in)
        : sc_module(module_name), in_(in) {
      SC_HAS_PROCESS(Popper);
      SC_METHOD(pop);
      dont_initialize();
      sensitive << event_;
      event_.notify(sc_core::sc_time(50, sc_core::SC_NS));
    }
    void pop() { in_.pop(); }
    StreamIn<int>& in_;
    sc_core::sc_event event_;
  };
  Popper popper("popper", link.sink.in);
  EXPECT_THAT(run_to_failure(), HasSubstr("an item was popped before it arrived"));
}

TEST_F(Stream, AnswersBlockingTransportWithAnError) {
  Link link("link", clock_, 2, 1);
  int item = 7;
  run([&] {
    PayloadPool pool;
    tlm::tlm_generic_payload& payload = pool.acquire();
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&item));
    payload.set_data_length(sizeof item);
    payload.set_streaming_width(sizeof item);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    link.source.out->b_transport(payload, delay);
    EXPECT_EQ(payload.get_response_status(), tlm::TLM_COMMAND_ERROR_RESPONSE);
    EXPECT_EQ(link.source.out->transport_dbg(payload), 0U);
    payload.release();
  });
  EXPECT_THAT(link.sink.received(), IsEmpty());
  EXPECT_THAT(link.checker.violations(), IsEmpty());
}

TEST_F(Stream, IsIdleWhenEverySlotIsBack) {
  Link link("link", clock_, 4, 3);
  link.send(2);
  run([&] {
    EXPECT_TRUE(link.source.out.idle());
    wait_until(2);
    Cycle idle_from = 0;
    while (!link.source.out.idle()) {
      sc_core::wait(link.source.out.credit_event());
      idle_from = clock_.now();
    }
    // The second item is pushed in 2, popped in 5.
    EXPECT_EQ(idle_from, 6U);
  });
}

/// A train of items for the cycles 3, 4, 9 and 10, and the same as single items.
TEST_F(Stream, TrainEqualsSingleItemsInEveryCycle) {
  Link train("train", clock_, 4, 1, StallPolicy::never(), StallPolicy::never(), Trains::taken);
  Link single("single", clock_, 4, 1);
  const auto beats =
      std::make_shared<const Train<int>>(Train<int>{{3, 0}, {4, 1}, {9, 2}, {10, 3}});
  for (const Timed<int>& beat : *beats) {
    single.source.send(beat.item, beat.cycle - 1);
  }
  run([&] {
    ASSERT_TRUE(train.source.out.takes_trains());
    EXPECT_EQ(train.source.out.push_all(beats), 11U);
  });
  EXPECT_EQ(train.sink.cycles(), single.sink.cycles());
  EXPECT_EQ(train.sink.items_in_trains(), 4U);
  EXPECT_EQ(single.sink.items_in_trains(), 0U);
  EXPECT_THAT(train.checker.violations(), IsEmpty());
}

/// Nobody can change what a keeper keeps; whatever else a transaction carries counts for itself.
TEST_F(Stream, TrainIsKeptOnlyAsItsKeeperHasIt) {
  const auto kept = std::make_shared<const Train<int>>(Train<int>{{3, 0}, {4, 1}, {9, 2}});
  Train<int> copy = *kept;
  TrainKeeper<int> keeper;
  keeper.train = kept;
  tlm::tlm_generic_payload payload;
  const auto carry = [&payload](const Train<int>& train, std::size_t count) {
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(const_cast<Timed<int>*>(train.data())));
    payload.set_data_length(static_cast<unsigned>(count * sizeof(Timed<int>)));
  };
  const sc_core::sc_time first = clock_.until(3);
  carry(*kept, 3);
  EXPECT_EQ(ItemTrain<int>::of(payload, clock_, first).kept, nullptr);
  payload.set_extension(&keeper);
  EXPECT_EQ(ItemTrain<int>::of(payload, clock_, first).kept, kept);
  EXPECT_EQ(ItemTrain<int>::of(payload, clock_, first).count, 3U);
  carry(*kept, 2);
  EXPECT_EQ(ItemTrain<int>::of(payload, clock_, first).kept, nullptr);
  carry(copy, 3);
  EXPECT_EQ(ItemTrain<int>::of(payload, clock_, first).kept, nullptr);
  payload.clear_extension(&keeper);
}

TEST_F(Stream, RefusesTrainsWhereTheReceiverCannotPromise) {
  Link stalling("stalling", clock_, 4, 1, StallPolicy::never(), StallPolicy::every(3),
                Trains::taken);
  Link plain("plain", clock_, 4, 1);
  run([&] {
    EXPECT_FALSE(stalling.source.out.takes_trains());
    EXPECT_FALSE(plain.source.out.takes_trains());
  });
  EXPECT_THAT(plain.checker.violations(), IsEmpty());
  EXPECT_EQ(plain.checker.unfinished(), 0U);
}

TEST_F(Stream, RefusesTrainsWhileAnItemIsUnderWay) {
  Link link("link", clock_, 4, 5, StallPolicy::never(), StallPolicy::never(), Trains::taken);
  link.send(1);
  run([&] {
    wait_until(3);
    EXPECT_FALSE(link.source.out.takes_trains());
    wait_until(8);
    EXPECT_TRUE(link.source.out.takes_trains());
  });
}

TEST_F(Stream, FailsWhenATrainIsPushedThatNobodyAgreedTo) {
  Link link("link", clock_, 4, 1);
  struct Pusher : sc_core::sc_module {
    Pusher(const sc_core::sc_module_name& module_name, StreamOut<int>& out)
        : sc_module(module_name), out_(out) {
      SC_HAS_PROCESS(Pusher);
      SC_METHOD(push);
    }
    void push() { out_.push_all(std::make_shared<const Train<int>>(Train<int>{{1, 0}, {2, 1}})); }
    StreamOut<int>& out_;
  };
  Pusher pusher("pusher", link.source.out);
  EXPECT_THAT(run_to_failure(), HasSubstr("the receiver refused a train after it had agreed"));
}

}  // namespace
}  // namespace airnn::test
