// SPDX-License-Identifier: Apache-2.0
#include "sw/results/inputs_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "sw/results/csv_lines.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

std::vector<InputCounts> counts_of_sample(const RunResults& results) {
  std::vector<InputCounts> all;
  for (const InputRecord& input : results.record.inputs) {
    all.push_back({results.first_input + all.size(), input.counts});
  }
  return all;
}

std::string refusal_of_inputs(const std::string& text, const RunResults& results) {
  try {
    inputs_csv_with(text, "inputs.csv", counts_of_sample(results), results.energy,
                    results.record.counted);
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(InputsCsv, HasARowPerInput) {
  const SampleRun run;
  const std::vector<std::string> lines = csv_lines(inputs_csv(run.results()));
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], "index,label,prediction,iterations,score_1,score_2,cycles,bytes,energy_pj");
  EXPECT_THAT(lines[1], testing::StartsWith("40,1,1,1,0.500000000,,100,"));
  EXPECT_THAT(lines[3], testing::StartsWith("42,0,0,2,0.250000000,0.500000000,200,"));
}

TEST(InputsCsv, WithItsOwnPricesIsTheSame) {
  const SampleRun run(usual_actions_and({{Action::multiplication, "fine"}}));
  RunResults results = run.results();
  const std::string text = inputs_csv(results);
  const auto again = [&](const EnergyModel& energy) {
    return inputs_csv_with(text, "inputs.csv", counts_of_sample(results), energy,
                           results.record.counted);
  };
  EXPECT_EQ(again(results.energy), text);
  results.energy.table.set({Action::multiplication, "fine"}, 1000);
  EXPECT_EQ(again(results.energy), inputs_csv(results));
  EXPECT_NE(again(results.energy), text);
}

TEST(InputsCsv, OfOtherInputsIsRefused) {
  const SampleRun run;
  const RunResults results = run.results();
  const std::string text = inputs_csv(results);
  EXPECT_EQ(refusal_of_inputs(text, results), "");
  EXPECT_THAT(refusal_of_inputs(text + "43,1\n", results),
              testing::HasSubstr("inputs.csv: expected 3 inputs"));
  std::string other = text;
  other.replace(other.find("\n41,"), 4, "\n47,");
  EXPECT_THAT(refusal_of_inputs(other, results),
              testing::HasSubstr("inputs.csv:3: expected input 41"));
  std::string shorter = text;
  shorter.erase(shorter.rfind(','), 1);
  EXPECT_THAT(refusal_of_inputs(shorter, results),
              testing::HasSubstr("inputs.csv:4: expected input 42"));
}

}  // namespace
}  // namespace airnn::test
