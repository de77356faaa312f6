// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "hw/common/read_train.h"
#include "testbenches/protocol/monitored_machine.h"
#include "testbenches/support/broken_train.h"
#include "testbenches/support/golden_comparison.h"

namespace airnn::test {
namespace {

constexpr std::uint32_t kInputs = 5;

/// Makes the controller one that leaves out the last read of a train.
class ShortReadTrain final : public Interposer {
 public:
  ShortReadTrain(const sc_core::sc_module_name& module_name, std::function<bool()> is_due)
      : Interposer(module_name), is_due_(std::move(is_due)) {}

 private:
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    auto* train = payload.get_extension<ReadTrain>();
    if (train != nullptr && train->reads != nullptr && is_due_()) {
      train->reads = std::make_shared<const std::vector<TimedRead>>(train->reads->begin(),
                                                                    train->reads->end() - 1);
    }
    to_target->b_transport(payload, delay);
  }

  std::function<bool()> is_due_;
};

/// The monitors have seen the trains of an iterative network again and again, and found them right,
/// when one of the last input is another one.
class BrokenTrains : public testing::Test {
 protected:
  BrokenTrains() : image_(iterative_image(201)), params_(default_params(image_)) {
    params_.score = ScoreMode::raw;
    params_.threshold = 1e5;  // never reached
  }

  bool is_due() const {
    const StateEntered& state = machine_->states().back();
    return state.state == ControllerState::fetch_batch && state.input == kInputs - 1 &&
           state.iteration == 1;
  }

  template <typename T>
  void break_trains(const std::string& sender, typename BrokenTrain<T>::Alter alter) {
    run(sender, [this, alter] {
      return std::make_unique<BrokenTrain<T>>("broken", clock_, [=](Cycle begin, Train<T>& train) {
        if (is_due()) {
          alter(begin, train);
        }
      });
    });
  }

  void run(const std::string& sender, const std::function<std::unique_ptr<Interposer>()>& make) {
    RandomModel random(7);
    Maps inputs;
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      inputs.push_back(random.input(image_.network()));
    }
    machine_ = std::make_unique<MonitoredMachine>(
        image_, params_, params_, inputs,
        [&](const std::string& name) { return name == sender ? make() : nullptr; }, nullptr,
        [](Accelerator&) {});
    machine_->run();
  }

  void expect(Rule rule, Cycle cycle) const {
    ASSERT_FALSE(machine_->violations().empty()) << "not caught; " << machine_->failure();
    const Violation& first = machine_->violations().front();
    EXPECT_EQ(to_string(first.rule), to_string(rule)) << first.text();
    EXPECT_EQ(first.cycle, cycle) << first.text();
  }

  MemoryImage image_;
  AcceleratorParams params_;
  ClockDomain clock_{sc_core::sc_time(10, sc_core::SC_NS)};
  std::unique_ptr<MonitoredMachine> machine_;
};

TEST_F(BrokenTrains, PassWhereNothingIsAltered) {
  unsigned trains = 0;
  break_trains<PlacedWeights>("buffer_address_calculation.out_placed_0",
                              [&](Cycle, Train<PlacedWeights>&) { ++trains; });
  EXPECT_EQ(trains, 1U);
  EXPECT_TRUE(machine_->violations().empty());
  EXPECT_EQ(machine_->failure(), "");
}

/// The words keep their name, which now promises too much.
TEST_F(BrokenTrains, AreCaughtWithAnotherValue) {
  Cycle deed = kNever;
  std::vector<PlacedWord> words;
  break_trains<PlacedWeights>(
      "buffer_address_calculation.out_placed_0", [&](Cycle begin, Train<PlacedWeights>& train) {
        for (const Timed<PlacedWeights>& item : train) {
          words.insert(words.end(), item.item.words, item.item.words + item.item.count);
        }
        std::size_t first = 0;
        for (Timed<PlacedWeights>& item : train) {
          item.item.words = words.data() + first;
          first += item.item.count;
        }
        ++words.back().value;
        deed = begin + train.back().cycle;
      });
  expect(Rule::p3, deed);
}

TEST_F(BrokenTrains, AreCaughtWithoutTheirLastWord) {
  break_trains<PlacedWeights>(
      "buffer_address_calculation.out_placed_0",
      [](Cycle, Train<PlacedWeights>& train) { --train.back().item.count; });
  // The acknowledgement, which counts it, comes when the inputs before were configured.
  const auto begin_of = [this](ControllerState state, std::uint32_t input) {
    return machine_->begin_of(state, input, 1);
  };
  expect(Rule::p3, begin_of(ControllerState::fetch_batch, kInputs - 1) +
                       begin_of(ControllerState::configure, kInputs - 2) -
                       begin_of(ControllerState::fetch_batch, kInputs - 2));
}

/// The words count from the next iteration on, which nobody has fetched for.
TEST_F(BrokenTrains, AreCaughtWithAnotherIteration) {
  Cycle deed = kNever;
  break_trains<PlacedWeights>("buffer_address_calculation.out_placed_0",
                              [&](Cycle begin, Train<PlacedWeights>& train) {
                                for (Timed<PlacedWeights>& item : train) {
                                  item.item.valid_from = 2;
                                }
                                deed = begin + train.front().cycle;
                              });
  expect(Rule::p3, deed);
}

/// Beats that leave later free the stream buffers later, and the reads come too early.
TEST_F(BrokenTrains, AreCaughtWhenTheyComeLate) {
  Cycle begin_of_fetch = kNever;
  break_trains<WeightBeat>("read_weight_controller.out_weights",
                           [&](Cycle begin, Train<WeightBeat>& train) {
                             begin_of_fetch = begin;
                             for (Timed<WeightBeat>& beat : train) {
                               beat.cycle += 1000;
                             }
                           });
  ASSERT_FALSE(machine_->violations().empty()) << "not caught; " << machine_->failure();
  const Violation& first = machine_->violations().front();
  EXPECT_EQ(to_string(first.rule), to_string(Rule::p13)) << first.text();
  EXPECT_GT(first.cycle, begin_of_fetch);
  EXPECT_LT(first.cycle, begin_of_fetch + 1000);
}

TEST_F(BrokenTrains, AreCaughtWithoutTheirLastRead) {
  run("read_weight_controller.memory",
      [this] { return std::make_unique<ShortReadTrain>("broken", [this] { return is_due(); }); });
  expect(Rule::p2, machine_->begin_of(ControllerState::drain, kInputs - 1, 1));
}

}  // namespace
}  // namespace airnn::test
