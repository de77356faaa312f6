// SPDX-License-Identifier: Apache-2.0
//
// Associative memories on test sets: accuracies of an implementation in floating point, of 16 bins,
// 64 rows, classes of one bit of mantissa, and 2,000 images.
#include <cstdlib>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

class AssociativeSets : public CliTest {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("AIRNN_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "needs MNIST and CIFAR-10: scripts/fetch-data, then set AIRNN_DATA";
    }
    data_ = std::string(folder) + "/";
  }
  void expect_accuracy(const std::string& network, const Words& calibration, const Words& inputs,
                       double due) const {
    Words compile = {"compile",
                     model(network + ".onnx"),
                     "-o",
                     "image.airnn",
                     "--scheme",
                     "base",
                     "--bins",
                     "16",
                     "--rows",
                     "64",
                     "--calibrate-count",
                     "500",
                     "-q"};
    compile.insert(compile.end(), calibration.begin(), calibration.end());
    good(compile);
    Words simulate = {"simulate",
                      "image.airnn",
                      "--count",
                      "2000",
                      "-q",
                      "--out",
                      "out",
                      "--run",
                      source_path("configs/run/default.yaml"),
                      "--set",
                      "accelerator.associative_rows=64",
                      "--set",
                      "energy=" + source_path("configs/energy/associative_fp32.yaml")};
    simulate.insert(simulate.end(), inputs.begin(), inputs.end());
    good(simulate);
    EXPECT_NEAR(json_of("out/results.json")["summary"]["accuracy"].get<double>(), due, 0.005)
        << network;
  }

  std::string data_;
};

TEST_F(AssociativeSets, OfMnistHaveTheAccuracyOfAnotherImplementation) {
  const std::string mnist = data_ + "mnist/";
  const Words calibration = {"--calibrate", mnist + "train-images-idx3-ubyte.gz"};
  const Words inputs = {"--images", mnist + "t10k-images-idx3-ubyte.gz", "--labels",
                        mnist + "t10k-labels-idx1-ubyte.gz"};
  expect_accuracy("lenet5", calibration, inputs, 0.9915);
  expect_accuracy("lenet300-100", calibration, inputs, 0.976);
}

TEST_F(AssociativeSets, OfCifar10HaveTheAccuracyOfAnotherImplementation) {
  const std::string images = data_ + "cifar10/test_batch.bin.gz";
  expect_accuracy("cifar10", {"--calibrate", images, "--calibrate-first", "9000"},
                  {"--images", images}, 0.799);
}

}  // namespace
}  // namespace airnn::test
