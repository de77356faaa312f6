// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hw/sim/simulation.h"
#include "testbenches/contract/encoding/zero_runs.h"
#include "testbenches/support/flawed_assembler.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

class EncodingMachine : public testing::TestWithParam<unsigned> {};

/// A whole machine reads what it was not built for, under monitors that were given a decoder of it:
/// every map of every layer is the reference's, and so is every decision.
TEST_P(EncodingMachine, ReadsRunsOfZeros) {
  std::mt19937_64 random(GetParam());
  RandomImageOptions options;
  options.scheme = Scheme::base;
  options.widths = {1 << (GetParam() % 3), 2};
  options.kept_percent = 20;
  const MemoryImage plain = random_image(options, random);
  const MemoryImage image =
      MemoryImage::parse(with_zero_runs(plain), "zero runs", encodings_with_zero_runs());
  AcceleratorParams params = default_params(image);
  params.assemblers = assemblers_with_zero_runs();
  params.controller.lanes = GetParam() % 2 == 0 ? 16 : 5;
  const FixedFormat format = image.network().format_of(kNetworkInput);
  const std::int64_t most = std::min<std::int64_t>(1000, format.max_integer());
  std::vector<std::vector<std::int32_t>> inputs(3);
  for (std::vector<std::int32_t>& input : inputs) {
    for (std::int64_t i = 0; i < image.network().input.size(); ++i) {
      const auto drawn = static_cast<std::int64_t>(random() % static_cast<unsigned>(2 * most + 1));
      input.push_back(static_cast<std::int32_t>(drawn - most));
    }
  }
  const GoldenComparison comparison =
      compare_with_golden(params, image, inputs, {}, {}, decoders_with_zero_runs());
  EXPECT_EQ(comparison.difference, "");
  EXPECT_EQ(comparison.maps_compared, 3 * image.network().layers.size());
  for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
    EXPECT_EQ(image.dense_weights(l), plain.dense_weights(l));
  }
}

using FlawedZeroRuns = FlawedAssembler<ZeroRunAssembler>;

/// What ends the run of a machine with this assembler.
std::string end_of_run(const Assembler& assembler, WeightDecoders decoders) {
  std::mt19937_64 random(3);
  RandomImageOptions options;
  options.scheme = Scheme::base;
  const MemoryImage image = MemoryImage::parse(with_zero_runs(random_image(options, random)),
                                               "zero runs", encodings_with_zero_runs());
  AcceleratorParams params = default_params(image);
  params.assemblers = built_in_assemblers();
  params.assemblers.push_back({kZeroRunsNumber, ArrayPart::matrix, &assembler});
  SimulationOptions simulated;
  simulated.decoders = std::move(decoders);
  return test::end_of_run(params, image, simulated);
}

TEST(ForeignEncoding, WrongWordBreaksP3) {
  const FlawedZeroRuns flawed([](Assembly& assembly) { assembly.words.back().value ^= 1; });
  EXPECT_THAT(end_of_run(flawed, decoders_with_zero_runs()), testing::HasSubstr("P3"));
}

TEST(ForeignEncoding, BurstsThatAreReleasedTooEarlyBreakP13) {
  const FlawedZeroRuns flawed([](Assembly& assembly) {
    for (std::size_t i = 0; i + 2 < assembly.beats.size(); ++i) {
      assembly.beats[i].released = assembly.beats[i + 2].released;
    }
  });
  EXPECT_THAT(end_of_run(flawed, decoders_with_zero_runs()), testing::HasSubstr("P13"));
}

TEST(ForeignEncoding, MonitorsWithoutItsDecoderRefuseIt) {
  const ZeroRunAssembler assembler;
  EXPECT_EQ(end_of_run(assembler, built_in_decoders()),
            "header: the monitors cannot read weight encoding 200 (zero_runs)");
}

INSTANTIATE_TEST_SUITE_P(Seeds, EncodingMachine, testing::Range(0U, 6U));

}  // namespace
}  // namespace airnn::test
