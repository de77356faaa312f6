// SPDX-License-Identifier: Apache-2.0
#include "sw/data/preprocess.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "sw/data/preprocess_file.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PreprocessFile : public DataTest {};

TEST(InputConverter, RoundsHalvesAwayFromZero) {
  const FixedFormat format{8, 1};
  EXPECT_EQ(quantise(0.25, format), 1);
  EXPECT_EQ(quantise(-0.25, format), -1);
  EXPECT_EQ(quantise(1.25, format), 3);
  EXPECT_EQ(quantise(0.2499, format), 0);
}

TEST(InputConverter, SaturatesToTheInputFormat) {
  EXPECT_EQ(quantise(64.0, {8, 1}), 127);
  EXPECT_EQ(quantise(-65.0, {8, 1}), -128);
  EXPECT_EQ(quantise(1e30, {32, 24}), 2147483647);
  EXPECT_EQ(quantise(-1e30, {32, 24}), -2147483647 - 1);
}

TEST(InputConverter, AppliesScaleMeanAndDeviationOfEachChannel) {
  Network network = make_network({2, 1, 2}, 10);
  network.input_format = {16, 8};
  network.preprocess = {0.5, {1.0, -2.0}, {2.0, 0.25}};
  const Bytes pixels{0, 255, 4, 1};
  // (0-1)/2, (127.5-1)/2, (2+2)/0.25, (0.5+2)/0.25
  EXPECT_THAT(float_input(pixels.data(), network), ElementsAre(-0.5F, 63.25F, 16.0F, 10.0F));
  EXPECT_THAT(quantise_input(pixels.data(), network), ElementsAre(-128, 16192, 4096, 2560));
}

TEST(InputConverter, EqualsTheFormulaForEveryPixelValue) {
  Network network = make_network({3, 16, 16}, 10);
  network.input_format = {32, 28};
  network.preprocess = {1.0 / 255.0, {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}};
  Bytes pixels(768);
  std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
  const std::vector<std::int32_t> input = quantise_input(pixels.data(), network);
  for (std::size_t i = 0; i < input.size(); ++i) {
    const std::size_t c = i / 256;
    const double x = (pixels[i] * network.preprocess.scale - network.preprocess.mean[c]) /
                     network.preprocess.deviation[c];
    ASSERT_EQ(input[i], std::llround(x * 268435456.0)) << i;
  }
}

TEST(InputConverter, TakesRealNumbersAsTheyAre) {
  Network network = make_network({1, 1, 3}, 10);
  network.input_format = {16, 4};
  network.preprocess = {7.0, {3.0}, {9.0}};
  ImageSet images;
  images.count = 2;
  images.channels = 1;
  images.height = 1;
  images.width = 3;
  images.values = {9.0F, 9.0F, 9.0F, 0.5F, -0.03125F, 1e9F};
  const InputConverter converter(network);
  EXPECT_THAT(converter.quantise(images, 1), ElementsAre(8, -1, 32767));
  EXPECT_THAT(converter.to_float(images, 1), ElementsAre(0.5F, -0.03125F, 1e9F));
}

TEST(InputConverter, RefusesAWrongNumberOfMeansAndAZeroDeviation) {
  Network network = make_network({3, 2, 2}, 10);
  network.preprocess.mean = {0.0};
  EXPECT_EQ(refusal([&] { InputConverter converter(network); }),
            "preprocessing of the network net: 1 means and 3 deviations, expected one per channel "
            "(3)");
  network = make_network({1, 2, 2}, 10);
  network.preprocess.deviation = {0.0};
  EXPECT_THAT(refusal([&] { InputConverter converter(network); }), HasSubstr("deviations not 0"));
}

TEST_F(PreprocessFile, ReadsTheFilesBesideTheModels) {
  const std::string models = source_path("models/");
  const Preprocess grey = read_preprocess_yaml(models + "lenet5.yaml", 1);
  EXPECT_EQ(grey.scale, 1.0 / 255.0);
  EXPECT_THAT(grey.mean, ElementsAre(0.0));
  EXPECT_THAT(grey.deviation, ElementsAre(1.0));
  const Preprocess colour = preprocess_beside(models + "cifar10.onnx", 3);
  EXPECT_THAT(colour.mean, ElementsAre(0.5, 0.5, 0.5));
  EXPECT_THAT(colour.deviation, ElementsAre(0.25, 0.25, 0.25));
}

TEST_F(PreprocessFile, FallsBackToPixelsBetweenZeroAndOne) {
  for (const Preprocess& rule :
       {preprocess_beside(path("none.onnx"), 2),
        read_preprocess_yaml(text_file("a.yaml", "preprocess: {channels: any}\n"), 2)}) {
    EXPECT_EQ(rule.scale, 1.0 / 255.0);
    EXPECT_THAT(rule.mean, ElementsAre(0.0, 0.0));
    EXPECT_THAT(rule.deviation, ElementsAre(1.0, 1.0));
  }
}

TEST_F(PreprocessFile, SpreadsOneNumberOverAllChannels) {
  const Preprocess rule = read_preprocess_yaml(
      text_file("a.yaml", "preprocess: {scale: 1, mean: [2], std: [1, 2, 4]}\n"), 3);
  EXPECT_THAT(rule.mean, ElementsAre(2.0, 2.0, 2.0));
  EXPECT_THAT(rule.deviation, ElementsAre(1.0, 2.0, 4.0));
}

TEST_F(PreprocessFile, RefusesWhatDoesNotFitTheNetworkOrIsUnknown) {
  const auto message = [&](const std::string& section) {
    return refusal<ConfigError>(
        [&] { read_preprocess_yaml(text_file("a.yaml", "model: x\n" + section + "\n"), 3); });
  };
  EXPECT_THAT(
      message("preprocess: {mean: [1, 2]}"),
      testing::AllOf(HasSubstr("a.yaml:2"), HasSubstr("mean"), HasSubstr("1 or 3 numbers")));
  EXPECT_THAT(message("preprocess: {std: [0]}"), HasSubstr("std"));
  EXPECT_THAT(message("preprocess: {meen: [0]}"), HasSubstr("mean"));
  EXPECT_THAT(message("preprocess: {channels: grey}"), HasSubstr("3 channel"));
  EXPECT_THAT(message("preproces: {mean: [0]}"), HasSubstr("preprocess"));
}

}  // namespace
}  // namespace airnn
