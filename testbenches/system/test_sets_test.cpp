// SPDX-License-Identifier: Apache-2.0
//
// Whole test sets: what the trained networks reach, with all weights and stopped by score.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "sw/compiler/image_builder.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "sw/results/run_results.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

Model trained_model(const std::string& name) {
  return read_onnx(source_path("models/") + name + ".onnx");
}

MemoryImage compiled(const std::string& name, const Model& model, Scheme scheme) {
  const std::string path = source_path("models/") + name + ".onnx";
  CompileOptions options;
  options.scheme = scheme;
  options.clusters = parse_cluster_spec("10");
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, name);
}

class TestSets : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("AIRNN_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "needs MNIST and CIFAR-10: scripts/fetch-data, then set AIRNN_DATA";
    }
    data_ = folder;
  }

  LabelledSet mnist(const Network& network) const {
    return read_labelled_set(data_ + "/mnist/t10k-images-idx3-ubyte.gz",
                             data_ + "/mnist/t10k-labels-idx1-ubyte.gz", network);
  }
  LabelledSet cifar10(const Network& network) const {
    return read_labelled_set(data_ + "/cifar10/test_batch.bin.gz", "", network);
  }

  /// Accuracy of the first `count` inputs in fixed and in floating point with all weights.
  static void expect_base_accuracy(const std::string& name, const LabelledSet& set,
                                   std::int32_t count, double expected) {
    const Model model = trained_model(name);
    const MemoryImage image = compiled(name, model, Scheme::base);
    const InputConverter converter(image.network());
    const golden::FixedInference fixed(image);
    const golden::FloatInference floating(model);
    int fixed_correct = 0;
    int float_correct = 0;
    for (std::int32_t i = 0; i < count; ++i) {
      const std::int32_t label = set.labels[static_cast<std::size_t>(i)];
      const int fixed_class = fixed.run(converter.quantise(set.images, i), 1).prediction;
      const int float_class = floating.run(converter.to_float(set.images, i)).prediction;
      fixed_correct += fixed_class == label ? 1 : 0;
      float_correct += float_class == label ? 1 : 0;
    }
    const auto all = static_cast<double>(count);
    EXPECT_NEAR(float_correct / all, expected, 0.00015);
    EXPECT_NEAR(fixed_correct / all, float_correct / all, 2 / all);
  }

  std::string data_;
};

TEST_F(TestSets, Lenet300100ReachesItsBaseAccuracyOnMnist) {
  const MemoryImage image = compiled("lenet300-100", trained_model("lenet300-100"), Scheme::base);
  expect_base_accuracy("lenet300-100", mnist(image.network()), 10'000, 0.9831);
}

TEST_F(TestSets, Lenet5ReachesItsBaseAccuracyOnMnist) {
  const MemoryImage image = compiled("lenet5", trained_model("lenet5"), Scheme::base);
  expect_base_accuracy("lenet5", mnist(image.network()), 10'000, 0.9939);
}

TEST_F(TestSets, Cifar10ReachesItsBaseAccuracyOnAFifthOfTheSet) {
  const MemoryImage image = compiled("cifar10", trained_model("cifar10"), Scheme::base);
  // What the copy of the test set gives that was used in training; the original images give more.
  expect_base_accuracy("cifar10", cifar10(image.network()), 2'000, 0.8045);
}

TEST_F(TestSets, Lenet300100StopsByScoreAsInTableTwo) {
  const MemoryImage image =
      compiled("lenet300-100", trained_model("lenet300-100"), Scheme::iterative);
  const std::vector<double> fractions = cumulative_fractions(image);
  const std::vector<double> expected = {.0094, .0519, .1572, .3599, 1};
  ASSERT_EQ(fractions.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(fractions[i], expected[i], 0.0002);
  }

  const LabelledSet set = mnist(image.network());
  const InputConverter converter(image.network());
  std::vector<std::vector<std::int32_t>> inputs;
  for (std::int32_t i = 0; i < set.images.count; ++i) {
    inputs.push_back(converter.quantise(set.images, i));
  }
  const GoldenComparison run = compare_with_golden(default_params(image), image, inputs);
  EXPECT_EQ(run.difference, "");
  int correct = 0;
  double iterations = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    correct += static_cast<int>(run.record.inputs[i].prediction) == set.labels[i] ? 1 : 0;
    iterations += run.record.inputs[i].iterations;
  }
  EXPECT_NEAR(correct / 10000.0, 0.9828, 0.0002);
  EXPECT_NEAR(iterations / 10000.0, 3.147, 0.002);
}

class RealImages : public TestSets, public testing::WithParamInterface<std::string> {};

TEST_P(RealImages, EqualTheReferenceInEveryIteration) {
  const std::string name = GetParam();
  const MemoryImage image = compiled(name, trained_model(name), Scheme::iterative);
  const Network& network = image.network();
  const LabelledSet set = name == "cifar10" ? cifar10(network) : mnist(network);
  const InputConverter converter(network);
  std::vector<std::vector<std::int32_t>> inputs;
  for (std::int32_t i = 0; i < 100; ++i) {
    inputs.push_back(converter.quantise(set.images, i));
  }
  AcceleratorParams params = default_params(image);
  params.threshold = 2;  // never reached: every iteration runs
  EXPECT_EQ(compare_with_golden(params, image, inputs).difference, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, RealImages, testing::Values("lenet5", "cifar10"));

}  // namespace
}  // namespace airnn::test
