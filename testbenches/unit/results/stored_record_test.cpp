// SPDX-License-Identifier: Apache-2.0
#include "sw/results/stored_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "sw/format/errors.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const PricedAction kFineProduct = {Action::multiplication, "fine"};

class StoredRecord : public testing::Test {
 protected:
  std::string refusal(const std::function<void(RunRecord&)>& change) const {
    RunRecord changed = run_.record();
    change(changed);
    return refusal_of(encode_record(changed));
  }
  std::string refusal_of(const std::vector<std::uint8_t>& bytes) const {
    return message([&] { stored_record(bytes, "piece", image(), run_.record().inputs.size()); });
  }
  std::string refusal_of_predictions(const Predictions& all) const {
    return message(
        [&] { stored_predictions(encode_predictions(all), "piece", image(), all.at(0).size()); });
  }
  static std::string message(const std::function<void()>& read) {
    try {
      read();
    } catch (const UserError& error) {
      return error.what();
    }
    return "taken";
  }
  MemoryImage image() const { return run_.results().image; }

  const SampleRun run_{usual_actions_and({kFineProduct})};
};

TEST_F(StoredRecord, IsTakenIfItIsOfTheImage) {
  EXPECT_EQ(refusal([](RunRecord&) {}), "taken");
  EXPECT_EQ(refusal([](RunRecord& of) { of.inputs.pop_back(); }), "taken") << "a shorter piece";
}

TEST_F(StoredRecord, IsRefusedWithTheFilesNameIfItIsNot) {
  using Change = std::function<void(RunRecord&)>;
  const Change changes[] = {
      [](RunRecord& of) { of.inputs.push_back(of.inputs[0]); },
      [](RunRecord& of) { of.inputs.clear(); },
      [](RunRecord& of) { of.layers.emplace_back(of.iterations.size()); },
      [](RunRecord& of) {
        of.iterations.push_back(of.iterations[0]);
        for (auto& layer : of.layers) {
          layer.push_back(layer[0]);
        }
      },
      [](RunRecord& of) { of.iterations[0].critical_path.layers.resize(of.layers.size() + 1); },
      [](RunRecord& of) { of.units[1].name = of.boot_units[1].name = of.units[0].name; },
      [](RunRecord& of) { of.units[1].name = ""; },
      [](RunRecord& of) { of.boot_units[0].name = "c"; },
      [](RunRecord& of) { of.iterations[1].units[0].name = "c"; },
      [](RunRecord& of) {
        of.inputs[2].iterations = 0;
        of.inputs[2].scores.clear();
        of.inputs[2].predictions.clear();
      },
      [](RunRecord& of) { of.inputs[2].prediction = 1U << 20; },
      [](RunRecord& of) { of.inputs[2].predictions[0] = 1U << 20; },
      [](RunRecord& of) { of.counted.pop_back(); },
      [](RunRecord& of) {
        of.inputs[1].counts.of_classes.resize(2, {kFineProduct, 1});
      },
      [](RunRecord& of) {
        of.boot_counts[{Action::multiplication, "coarse"}] = 1;
      },
  };
  for (const Change& change : changes) {
    EXPECT_THAT(refusal(change), AllOf(HasSubstr("piece: not what a run of this image left: "),
                                       HasSubstr("; remove the file, and it is made again")))
        << &change - changes;
  }
}

TEST_F(StoredRecord, IsRefusedIfItIsNoRecord) {
  std::vector<std::uint8_t> bytes = encode_record(run_.record());
  bytes.resize(bytes.size() / 2);
  EXPECT_THAT(refusal_of(bytes), HasSubstr("piece: not what a run of this image left: damaged"));
  EXPECT_THAT(refusal_of({}), HasSubstr("damaged CBOR"));
  EXPECT_THAT(refusal_of({0x80}), HasSubstr("piece: not the record of a run"));
}

TEST_F(StoredRecord, DoesNotTakeTheStackOfItsReader) {
  constexpr std::uint8_t kListOfOne = 0x81;
  EXPECT_THAT(refusal_of(std::vector<std::uint8_t>(1000000, kListOfOne)),
              HasSubstr("too many lists in each other"));
}

TEST_F(StoredRecord, PredictionsAreClassesOfAllInputsInAllIterations) {
  EXPECT_EQ(refusal_of_predictions({{0, 0, 0}, {0, 0, 0}}), "taken");
  EXPECT_THAT(refusal_of_predictions({{0, 0, 0}}), HasSubstr("in 2 iterations"));
  EXPECT_THAT(refusal_of_predictions({{0, 0, 0}, {0, 0}}), HasSubstr("each of 3 inputs"));
  EXPECT_THAT(refusal_of_predictions({{0, 0, 0}, {0, 0, -1}}), HasSubstr("piece: "));
  EXPECT_THAT(refusal_of_predictions({{0, 0, 0}, {0, 0, 1 << 20}}), HasSubstr("piece: "));
}

TEST_F(StoredRecord, IsAppendedOnlyToOneOfTheSameMachine) {
  RunRecord all = run_.record();
  append_stored(all, run_.record(), "piece");
  EXPECT_EQ(all.inputs.size(), 2 * run_.record().inputs.size());
  RunRecord other = run_.record();
  other.units.pop_back();
  EXPECT_THAT(message([&] { append_stored(all, other, "piece"); }),
              HasSubstr("piece: not what a run of this image left: expected the units"));
  other = run_.record();
  other.counted.pop_back();
  EXPECT_THAT(message([&] { append_stored(all, other, "piece"); }), HasSubstr("piece: "));
}

}  // namespace
}  // namespace airnn::test
