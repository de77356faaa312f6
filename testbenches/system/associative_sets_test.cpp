// SPDX-License-Identifier: Apache-2.0
//
// Associative memories on test sets.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

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
  /// The summary of results, with 16 bins, 500 images for the rows, and classes of one bit of
  /// mantissa.
  Json summary(const std::string& network, const std::string& rows,
               const std::string& count) const {
    const bool is_mnist = network != "cifar10";
    const std::string images =
        data_ + (is_mnist ? "mnist/t10k-images-idx3-ubyte.gz" : "cifar10/test_batch.bin.gz");
    good({"compile", model(network + ".onnx"), "-o", "image.airnn", "--scheme", "base", "--bins",
          "16", "--rows", rows, "--calibrate",
          is_mnist ? data_ + "mnist/train-images-idx3-ubyte.gz" : images, "--calibrate-first",
          is_mnist ? "0" : "9000", "--calibrate-count", "500", "-q"});
    Words words = {"simulate",
                   "image.airnn",
                   "--images",
                   images,
                   "--count",
                   count,
                   "-q",
                   "--out",
                   "out",
                   "--run",
                   source_path("configs/run/default.yaml"),
                   "--set",
                   "accelerator.associative_rows=" + rows,
                   "--set",
                   "energy=" + source_path("configs/energy/associative_fp32.yaml")};
    if (is_mnist) {
      words.insert(words.end(), {"--labels", data_ + "mnist/t10k-labels-idx1-ubyte.gz"});
    }
    good(words);
    return json_of("out/results.json")["summary"];
  }

  std::string data_;
};

// Accuracies of an implementation in floating point, with 64 rows.
TEST_F(AssociativeSets, HaveTheAccuraciesOfAnotherImplementation) {
  const auto accuracy = [&](const std::string& network) {
    return summary(network, "64", "2000")["accuracy"].get<double>();
  };
  EXPECT_NEAR(accuracy("lenet5"), 0.9915, 0.005);
  EXPECT_NEAR(accuracy("lenet300-100"), 0.976, 0.005);
  EXPECT_NEAR(accuracy("cifar10"), 0.799, 0.005);
}

TEST_F(AssociativeSets, HaveTheNumbersOfThePage) {
  std::ifstream file(source_path("docs/associative_results.md"));
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto expect_row = [&](const std::string& network, const std::string& name,
                              const std::string& rows) {
    const Json found = summary(network, rows, "1000");
    const Json& memory = found["associative_memory"];
    const auto number = [&](const char* key) { return memory[key].get<double>(); };
    const double zeros = number("zero_products");
    char text[128];
    std::snprintf(text, sizeof text, " | %.1f | %.3f | %.3f | %.3f | %.3f |",
                  100 * found["accuracy"].get<double>(), zeros / (zeros + number("cam_searches")),
                  number("hit_rate"), number("relative_product_energy"),
                  number("relative_product_energy_gated"));
    const std::string row = "\n| " + name + " | " + rows + text + "\n";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  };
  expect_row("lenet300-100", "LeNet-300-100", "16");
  expect_row("lenet5", "LeNet-5", "64");
}

}  // namespace
}  // namespace airnn::test
