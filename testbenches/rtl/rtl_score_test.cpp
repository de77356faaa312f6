// SPDX-License-Identifier: Apache-2.0
//
// Score Calculation in RTL: bit for bit that of the model, alone and in the place of the project's
// own unit.
#include <gmock/gmock.h>

#include "hw/rtl/rtl_score_pins.h"
#include "hw/top/accelerator.h"
#include "sw/format/errors.h"
#include "testbenches/rtl/rtl_run.h"

namespace airnn::test {
namespace {

constexpr std::int64_t kClasses = 10;  ///< of the libraries

std::shared_ptr<const RtlLibrary> library(const std::string& name) {
  return std::make_shared<const RtlLibrary>(std::string(AIRNN_RTL_LIBRARIES) + "/" + name + ".so",
                                            "score");
}

/// Clocks the RTL through one decision.
class ScoreAlone {
 public:
  explicit ScoreAlone(const std::string& name) : model_(library(name), "test", 7), pins_(model_) {
    model_.reset();
  }

  const RtlScorePins& pins() const { return pins_; }

  Decision decide(const std::vector<std::int32_t>& outputs, const ScoreCalculationParams& params,
                  std::uint32_t iteration) {
    FeatureMap map;
    map.data = outputs.data();
    map.input = 77;
    map.iteration = iteration;
    pins_.configure(params);
    pins_.decision_credit.put(has_decided_ ? 1 : 0);
    pins_.drive(&map);
    model_.eval(0);
    EXPECT_TRUE(pins_.outputs_ready.is_set());
    for (cycles_ = 1; !pins_.decision_valid.is_set() && cycles_ < 10000; ++cycles_) {
      model_.clock(0);
      pins_.drive(nullptr);
      pins_.decision_credit.put(0);
      model_.eval(0);
    }
    const Decision decision = pins_.decision();
    model_.clock(0);
    has_decided_ = true;
    return decision;
  }
  /// From taking the outputs to the decision's arrival.
  Cycle cycles() const { return cycles_; }

 private:
  RtlModel model_;
  RtlScorePins pins_;
  bool has_decided_ = false;
  Cycle cycles_ = 0;
};

void expect_as_model(const std::string& name, ScoreMode mode, std::size_t classes) {
  std::mt19937_64 random(5);
  ScoreAlone score(name);
  for (unsigned i = 0; i < drawn_cases(4000); ++i) {
    ScoreCalculationParams params;
    params.mode = mode;
    params.fraction_bits = static_cast<int>(random() % 64) - 4;
    params.iterations = static_cast<std::uint32_t>(random() % 4) + 1;
    params.min_iterations = static_cast<std::uint32_t>(random() % 3) + 1;
    const unsigned bits = static_cast<unsigned>(random() % 32) + 1;
    std::vector<std::int32_t> outputs(classes);
    for (std::int32_t& output : outputs) {
      output = static_cast<std::int32_t>(static_cast<std::uint32_t>(random()) << (32 - bits)) >>
               (32 - bits);
    }
    const auto iteration = static_cast<std::uint32_t>(random() % 4) + 1;
    const ScoreMargin due = score_margin(outputs.data(), classes, params.fraction_bits, mode);
    params.threshold = due.score + static_cast<std::int64_t>(random() % 3) - 1;
    const Decision got = score.decide(outputs, params, iteration);
    ASSERT_EQ(got.score, due.score) << i << ", fraction bits " << params.fraction_bits;
    ASSERT_EQ(got.prediction, due.prediction) << i;
    ASSERT_EQ(got.terminate != 0,
              iteration >= params.iterations ||
                  (due.score >= params.threshold && iteration >= params.min_iterations))
        << i;
    ASSERT_EQ(got.input, 77U);
    ASSERT_EQ(got.iteration, iteration);
    ASSERT_EQ(score.cycles(), score.pins().latency);
  }
}

TEST(RtlScoreAlone, IsTheSoftmaxOfTheModelBitForBit) {
  expect_as_model("score", ScoreMode::softmax, kClasses);
}

TEST(RtlScoreAlone, IsTheMarginOfTheModelBitForBit) {
  expect_as_model("score_raw", ScoreMode::raw, kClasses);
}

std::string refusal(ScoreMode mode, std::size_t classes, Cycle softmax_cycles, Cycle margin) {
  const RtlModel model(library("score"), "test", 0);
  try {
    RtlScorePins(model).check(model, mode, classes, softmax_cycles, margin);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RtlScoreFits, TheMachineItWasBuiltFor) {
  using testing::HasSubstr;
  EXPECT_EQ(refusal(ScoreMode::softmax, 10, 57, 1), "accepted");
  EXPECT_THAT(refusal(ScoreMode::softmax, 10, 7, 1),
              HasSubstr("the machine's decision takes 8 cycles, the RTL's 58; expected "
                        "accelerator.softmax_cycles: 57 with margin_cycles: 1"));
  EXPECT_THAT(refusal(ScoreMode::softmax, 12, 57, 1),
              HasSubstr("the network has 12 classes; the RTL was built for 10"));
  EXPECT_THAT(refusal(ScoreMode::raw, 10, 57, 1), HasSubstr("the run has score: raw"));
}

/// Seeds of networks with so many classes.
std::vector<unsigned> seeds_of_classes(unsigned first, std::size_t count) {
  std::vector<unsigned> seeds;
  for (unsigned seed = first; seeds.size() < count; ++seed) {
    RandomModel random(seed);
    if (random.model().network.classes() == kClasses) {
      seeds.push_back(seed);
    }
  }
  return seeds;
}

class RtlScoreRun : public RtlRun {
 protected:
  RtlScoreRun() {
    const bool is_raw = GetParam() % 2 == 1;
    params_.score = is_raw ? ScoreMode::raw : ScoreMode::softmax;
    params_.margin_cycles = is_raw ? kClasses + 2 : 3;
    params_.softmax_cycles = is_raw ? 0 : 2 * kClasses + 38 - 3;
    params_.address_latency_cycles = 2;
  }

  AcceleratorParams rtl(std::uint64_t seed = 0) const {
    AcceleratorParams params = params_;
    put("score", params.score == ScoreMode::raw ? "score_raw" : "score", seed, params);
    return params;
  }
};

TEST_P(RtlScoreRun, GivesTheSameRecordWaveformAndTimeline) {
  expect_same_files(rtl(), {".out_decision.", ".in_decision."});
}

TEST_P(RtlScoreRun, GivesTheSameRecordUnderStallsAlsoWithTheOtherUnits) {
  AcceleratorParams all = rtl(GetParam());
  put("addresses", "addresses_2", GetParam(), all);
  put("controller", "controller", GetParam(), all);
  for (const Cycle stall : {Cycle{0}, Cycle{7}}) {
    expect_same_record(rtl(GetParam()), {}, stall);
    expect_same_record(all, {}, stall);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlScoreRun,
                         testing::ValuesIn(seeds_of_classes(8700000, drawn_cases(8))));

}  // namespace
}  // namespace airnn::test
