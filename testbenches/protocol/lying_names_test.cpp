// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cstdlib>
#include <exception>
#include <memory>

#include "hw/compute/buffer/weight_buffer.h"
#include "hw/control/address/buffer_address_calculation.h"
#include "hw/sim/run_failure.h"
#include "testbenches/support/script.h"
#include "testbenches/support/sim_test.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t kLyingColumns = 8;

Layer lying_layer() {
  Layer layer;
  layer.kernels = 4;
  layer.columns = kLyingColumns;
  return layer;
}

/// Buffer Address Calculation between a sender of whole batches and a weight buffer.
struct LyingBench : public sc_core::sc_module {
  LyingBench(const sc_core::sc_module_name& module_name, const ClockDomain& clock)
      : sc_module(module_name),
        sender("sender", clock, 4),
        dut("dut", {2, {BufferMap(lying_layer())}}, clock),
        buffer("buffer", clock, StallPolicy::never(), Trains::taken),
        acknowledged("acknowledged", clock) {
    sender.out.bind(dut.in_weights);
    dut.out_placed[0].bind(buffer.in);
    dut.out_batch_placed.bind(acknowledged.in);
  }
  /// Two beats of four words, the first of them with this value; always under the same name.
  void send(std::int32_t value) {
    auto words = std::make_unique<std::vector<WeightWord>>();
    for (std::uint32_t i = 0; i < kLyingColumns; ++i) {
      words->push_back({i == 0 ? value : 7, i, 0, 0});
    }
    Train<WeightBeat> train;
    for (std::uint32_t b = 0; b < 2; ++b) {
      train.push_back({b + 1, {words->data() + 4 * b, 4, b, 99, 4 * b, 0}});
    }
    batches.push_back(std::move(words));
    ASSERT_TRUE(sender.out.takes_trains());
    sender.out.push_all(std::make_shared<const Train<WeightBeat>>(std::move(train)));
  }

  StreamSource<WeightBeat> sender;
  BufferAddressCalculation dut;
  StreamSink<PlacedWeights> buffer;
  StreamSink<BatchPlaced> acknowledged;
  std::vector<std::unique_ptr<std::vector<WeightWord>>> batches;
};

/// Sends the batch, and another under its name. Says how the run ended.
class LyingNames : public SimTest {
 protected:
  RunFailure lie(LyingBench& bench) {
    const Script script("script", [&] {
      wait_until(10);
      bench.send(5);
      wait_until(50);
      bench.send(6);
    });
    try {
      sc_core::sc_start();
    } catch (...) {
      forget_complaints();
      return failure_of(std::current_exception());
    }
    return {FailureKind::stopped, ""};
  }
};

TEST_F(LyingNames, AreTakenAtTheirWord) {
  unsetenv("AIRNN_CHECK_REPLAY");
  LyingBench bench("bench", clock_);
  std::vector<std::int32_t> first;
  bench.buffer.on_item.listen([&](const StreamSink<PlacedWeights>::Received& r) {
    if (r.item.first == 0) {
      first.push_back(r.item.words[0].value);
    }
  });
  EXPECT_EQ(lie(bench).message, "");
  EXPECT_EQ(first, (std::vector<std::int32_t>{5, 5})) << "equal names promise equal data";
}

TEST_F(LyingNames, EndTheRunWhereReplayIsChecked) {
  setenv("AIRNN_CHECK_REPLAY", "1", 1);
  LyingBench bench("bench", clock_);
  const RunFailure failure = lie(bench);
  EXPECT_THAT(failure.message,
              HasSubstr("placed batches: what is remembered is not what it would be now"));
}

TEST_F(LyingNames, ChangeNothingWhereNothingIsRemembered) {
  setenv("AIRNN_NO_REPLAY", "1", 1);
  LyingBench bench("bench", clock_);
  std::vector<std::int32_t> first;
  bench.buffer.on_item.listen([&](const StreamSink<PlacedWeights>::Received& r) {
    EXPECT_EQ(r.item.content, 0U) << "a name would promise that the words stay";
    if (r.item.first == 0) {
      first.push_back(r.item.words[0].value);
    }
  });
  EXPECT_EQ(lie(bench).message, "");
  EXPECT_EQ(first, (std::vector<std::int32_t>{5, 6}));
}

TEST_F(LyingNames, OfAWeightBufferAreNoticed) {
  setenv("AIRNN_CHECK_REPLAY", "1", 1);
  WeightBuffer buffer{BufferMap(lying_layer())};
  std::vector<PlacedWord> words = {{0, 5}, {1, 6}};
  const auto place = [&] {
    buffer.reset();
    buffer.place({words.data(), 2, 99, 0, 0});
    return buffer.kernels().weights();
  };
  EXPECT_EQ(place(), 2U);
  EXPECT_EQ(place(), 2U);
  words[1].value = 8;
  EXPECT_THROW(place(), sc_core::sc_report);
  forget_complaints();
}

}  // namespace
}  // namespace airnn::test
