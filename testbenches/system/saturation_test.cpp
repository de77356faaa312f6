// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "hw/sim/results_of_run.h"
#include "hw/sim/simulation.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "sw/results/record_codec.h"
#include "sw/results/results_json.h"
#include "sw/results/saturation.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// Any integers of the input format, its ends often: far beyond what formats were fitted to.
std::vector<std::int32_t> extreme_input(RandomModel& random, const Network& network) {
  std::vector<std::int32_t> map(static_cast<std::size_t>(network.input.size()));
  const auto high = static_cast<std::int32_t>(network.input_format.max_integer());
  for (std::int32_t& value : map) {
    const auto any = static_cast<std::int32_t>(random.pick(-high - 1, high));
    value = random.one_of<std::int32_t>({high, -high - 1, high, any, 0});
  }
  return map;
}

/// A network, its machine and inputs that saturate.
struct Drawn {
  explicit Drawn(unsigned seed, Scheme scheme, Prefetch prefetch)
      : random(seed), image(make(scheme)), params(random_params(random, image)) {
    params.controller.prefetch = prefetch;
    for (int i = 0; i < 3; ++i) {
      inputs.push_back(extreme_input(random, image.network()));
    }
  }

  MemoryImage make(Scheme scheme) {
    CompileOptions options = random.options();
    options.scheme = scheme;
    options.precision = random.one_of<int>({16, 8, 8});
    return image_of(random.model(), options);
  }

  RandomModel random;
  MemoryImage image;
  AcceleratorParams params;
  Maps inputs;
};

std::uint64_t saturated(const RunRecord& record) {
  std::uint64_t sum = 0;
  for (const auto& layer : record.layers) {
    for (const LayerRecord& iteration : layer) {
      sum += iteration.saturated;
    }
  }
  return sum;
}

class SaturatingNetworks : public testing::TestWithParam<std::tuple<Scheme, Prefetch>> {};

/// compare_with_golden() compares the counts of every layer in every iteration.
TEST_P(SaturatingNetworks, CountWhatTheReferenceCounts) {
  const auto [scheme, prefetch] = GetParam();
  std::uint64_t sum = 0;
  for (unsigned seed = 0; seed < 16 * effort(); ++seed) {
    Drawn drawn(4000000 + seed, scheme, prefetch);
    const std::vector<std::uint8_t> bytes = in_child([&] {
      const GoldenComparison run = compare_with_golden(drawn.params, drawn.image, drawn.inputs);
      if (!run.difference.empty()) {
        throw std::runtime_error(run.difference);
      }
      return encode_record(run.record);
    });
    sum += saturated(decode_record(bytes));
  }
  EXPECT_GT(sum, 100U) << "must happen";
}

/// Fetches, words and weights come from memory of the simulation the second time; counts do not.
TEST_P(SaturatingNetworks, CountEveryTimeWhatComesAgain) {
  const auto [scheme, prefetch] = GetParam();
  for (unsigned seed = 0; seed < 4; ++seed) {
    Drawn drawn(4100000 + seed, scheme, prefetch);
    const auto record_of = [&](std::size_t times) {
      return decode_record(in_child([&] {
        const Maps maps(times, drawn.inputs.front());
        return encode_record(compare_with_golden(drawn.params, drawn.image, maps).record);
      }));
    };
    const RunRecord once = record_of(1);
    const RunRecord often = record_of(5);
    for (std::size_t l = 0; l < once.layers.size(); ++l) {
      for (std::size_t i = 0; i < once.layers[l].size(); ++i) {
        EXPECT_EQ(often.layers[l][i].saturated, 5 * once.layers[l][i].saturated);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Schemes, SaturatingNetworks,
                         testing::Values(std::tuple(Scheme::base, Prefetch::none),
                                         std::tuple(Scheme::iterative, Prefetch::none),
                                         std::tuple(Scheme::iterative, Prefetch::next),
                                         std::tuple(Scheme::interleaved, Prefetch::none)));

class Calibration : public testing::TestWithParam<std::tuple<int, double>> {
 protected:
  Calibration()
      : model_(read_onnx(source_path("testbenches/cases/small.onnx"))),
        images_(read_images(source_path("testbenches/cases/floats_beyond_pixels.npy"))) {
    options_.precision = std::get<0>(GetParam());
  }

  std::vector<float> image(std::int32_t i) const {
    return {images_.values_of(i), images_.values_of(i) + images_.image_size()};
  }

  /// Largest difference between the outputs of the compiled network and of the same network in
  /// floating point.
  double error() const {
    const MemoryImage compiled = image_of(model_, options_);
    const golden::FixedInference fixed(compiled);
    const golden::FloatInference exact(model_);
    const InputConverter converter(compiled.network());
    const int fraction = compiled.network().output_layer().output_format.fraction_bits;
    double most = 0;
    for (std::int32_t n = 0; n < images_.count; ++n) {
      const auto got = fixed.run(converter.quantise(images_, n), fixed.iterations()).outputs.back();
      const auto due = exact.run(image(n)).outputs.back();
      for (std::size_t i = 0; i < got.size(); ++i) {
        most = std::max(most, std::abs(std::ldexp(got[i], -fraction) - double{due.at(i)}));
      }
    }
    return most;
  }

  Model model_;
  ImageSet images_;
  CompileOptions options_;
};

TEST_P(Calibration, MakesOutputsRightForInputsBeyondPixels) {
  EXPECT_GT(error(), 0.05) << "the inputs must saturate";
  for (std::int32_t i = 0; i < images_.count; ++i) {
    options_.calibration.push_back(image(i));
  }
  EXPECT_LT(error(), std::get<1>(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Precisions, Calibration,
                         testing::Values(std::tuple(32, 1e-5), std::tuple(16, 2e-3),
                                         std::tuple(8, 0.1)));

/// A record with these shares of saturated elements, in thousandths.
class SaturationWarning : public testing::Test {
 protected:
  SaturationWarning() : random_(3), image_(image_of(random_.model(), random_.options())) {
    record_.inputs.resize(1000);
    record_.iterations.resize(1);
    record_.iterations[0].inputs_run = 1000;
    record_.layers.assign(image_.network().layers.size(), std::vector<LayerRecord>(1));
  }

  std::string warning() {
    const RunConfig config;
    RunResults results = results_of_run(image_, "", config, record_);
    results.saturated_input_elements = inputs_;
    return saturation_warning(results);
  }

  std::uint64_t size(std::size_t layer) const {
    return static_cast<std::uint64_t>(image_.network().layers[layer].result.size());
  }

  RandomModel random_;
  MemoryImage image_;
  RunRecord record_;
  std::uint64_t inputs_ = 0;
};

TEST_F(SaturationWarning, SpeaksAboveOneInAThousand) {
  const auto input = static_cast<std::uint64_t>(image_.network().input.size());
  inputs_ = input;  // of 1000 inputs
  record_.layers[0][0].saturated = size(0);
  EXPECT_EQ(warning(), "");
  inputs_ = input + 1;
  EXPECT_NE(warning().find(" % of the elements of the inputs are beyond"), std::string::npos)
      << warning();
  inputs_ = 0;
  record_.layers[0][0].saturated = 500 * size(0);
  EXPECT_NE(
      warning().find("50 % of the results of layer '" + image_.network().layers[0].name + "' are"),
      std::string::npos)
      << warning();
}

}  // namespace
}  // namespace airnn::test
