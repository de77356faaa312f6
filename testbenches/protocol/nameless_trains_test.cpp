// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "sw/golden/fixed_inference.h"
#include "testbenches/protocol/monitored_machine.h"
#include "testbenches/support/broken_train.h"
#include "testbenches/support/golden_comparison.h"

namespace airnn::test {
namespace {

constexpr std::uint32_t kInputs = 4;

enum class Names { none, front_only };

/// A content name promises equal data; without one, nothing may be taken for what it was before,
/// whatever pointers and trains say. Here every train of a stream loses its name, and its words lie
/// where those of every other train lay: whoever remembers them uses wrong ones.
class NamelessTrains : public testing::TestWithParam<Names> {
 protected:
  NamelessTrains()
      : image_(iterative_image(201, 21)), reference_(image_), params_(default_params(image_)) {
    params_.score = ScoreMode::raw;
    params_.threshold = 1e5;  // never reached
    RandomModel random(7);
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      inputs_.push_back(random.input(image_.network()));
    }
  }

  /// `Word`: what the items of the stream point to. `alter` may change words of the n-th train.
  template <typename T, typename Word>
  void run(const std::string& sender,
           const std::function<void(unsigned, std::vector<Word>&)>& alter) {
    std::vector<Word> words(1 << 20);  // never moves
    unsigned trains = 0;
    const auto make = [&](const std::string& name) -> std::unique_ptr<Interposer> {
      if (name != sender) {
        return nullptr;
      }
      return std::make_unique<BrokenTrain<T>>("nameless", clock_, [&](Cycle, Train<T>& train) {
        std::size_t used = 0;
        for (Timed<T>& item : train) {
          std::copy_n(item.item.words, item.item.count, &words[used]);
          item.item.words = &words[used];
          used += item.item.count;
          if (GetParam() == Names::none || &item != &train.front()) {
            item.item.content = 0;
          }
        }
        alter(trains++, words);
      });
    };
    machine_ = std::make_unique<MonitoredMachine>(
        image_, params_, params_, inputs_, make, nullptr, [this](Accelerator& machine) {
          for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
            layer->on_values.listen([this](const LayerValues& e) { compare(e); });
          }
        });
    machine_->run();
    EXPECT_GT(trains, kInputs);
  }

  void compare(const LayerValues& values) {
    const golden::Inference due =
        reference_.run(inputs_[values.input], static_cast<int>(values.iteration));
    equal_ = equal_ && *values.values == due.outputs[values.layer];
    ++maps_;
  }

  void expect_right() const {
    EXPECT_TRUE(machine_->violations().empty()) << machine_->violations().front().text();
    EXPECT_EQ(machine_->failure(), "");
    EXPECT_TRUE(equal_);
    const auto iterations = static_cast<std::size_t>(image_.info().iterations);
    EXPECT_EQ(maps_, kInputs * iterations * image_.network().layers.size());
  }

  MemoryImage image_;
  golden::FixedInference reference_;
  AcceleratorParams params_;
  Maps inputs_;
  ClockDomain clock_{sc_core::sc_time(10, sc_core::SC_NS)};
  std::unique_ptr<MonitoredMachine> machine_;
  bool equal_ = true;
  std::size_t maps_ = 0;
};

TEST_P(NamelessTrains, OfTheControllerAreCalculatedEveryTime) {
  run<WeightBeat, WeightWord>("read_weight_controller.out_weights",
                              [](unsigned, std::vector<WeightWord>&) {});
  expect_right();
}

TEST_P(NamelessTrains, OfWordsArePlacedEveryTime) {
  run<PlacedWeights, PlacedWord>("buffer_address_calculation.out_placed_0",
                                 [](unsigned, std::vector<PlacedWord>&) {});
  expect_right();
}

/// What the monitors found right once is, without a name, not known to be right again.
TEST_P(NamelessTrains, OfWordsAreComparedEveryTime) {
  const auto last = static_cast<unsigned>(image_.info().iterations) * (kInputs - 1) + 1;
  run<PlacedWeights, PlacedWord>("buffer_address_calculation.out_placed_0",
                                 [&](unsigned train, std::vector<PlacedWord>& words) {
                                   words.front().value ^= train == last ? 1 : 0;
                                 });
  ASSERT_FALSE(machine_->violations().empty()) << "not caught";
  EXPECT_EQ(machine_->violations().front().rule, Rule::p3);
}

INSTANTIATE_TEST_SUITE_P(Trains, NamelessTrains, testing::Values(Names::none, Names::front_only));

}  // namespace
}  // namespace airnn::test
