// SPDX-License-Identifier: Apache-2.0
//
// Approximate multipliers on test sets: what docs/multiplier_results.md says comes out.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "sw/compiler/compiled_image.h"
#include "sw/config/config_document.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/golden/fixed_inference.h"
#include "sw/model/onnx_reader.h"
#include "sw/multiplier/layer_elements.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

constexpr std::int32_t kInputs = 2048;

/// A cell of the page: in the table of a section, that of a row and a column by their names.
std::string cell_of(const std::string& section, const std::string& row, const std::string& column) {
  std::ifstream page(source_path("docs/multiplier_results.md"));
  const auto cells = [](const std::string& line) {
    std::vector<std::string> found;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, '|');) {
      const std::size_t begin = cell.find_first_not_of(' ');
      found.push_back(begin == std::string::npos
                          ? ""
                          : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
    }
    return found;
  };
  std::vector<std::string> titles;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    inside = line.rfind("## ", 0) == 0 ? line == "## " + section : inside;
    const std::vector<std::string> found = cells(line);
    if (inside && titles.empty() && found.size() > 1) {
      titles = found;
    } else if (inside && found.size() > 1 && found[1] == row) {
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (titles[i] == column) {
          return found[i];
        }
      }
    }
  }
  return "none";
}

std::string percent(int correct) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", 100.0 * correct / kInputs);
  return text;
}

class MultiplierSets : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("AIRNN_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "needs MNIST, CIFAR-10 and EvoApproxLib: scripts/fetch-data, then set "
                      "AIRNN_DATA";
    }
    data_ = folder;
  }

  /// Accuracy with one multiplier in all convolutions, and tuned weights.
  std::string tuned(const std::string& model, const std::string& multiplier) const {
    const std::string path = source_path("models/") + model + ".onnx";
    const Network network = read_onnx(path).network;
    CompileRequest request;
    request.options.scheme = Scheme::base;
    request.options.precision = 8;
    request.options.drops_signs = true;
    request.tuned = {"all"};
    request.elements = std::make_shared<const LayerElements>(read_layer_elements(
        ConfigDocument::from_text(
            "multipliers: " + source_path("configs/multipliers/evoapprox.yaml") + "\nelements: [" +
                multiplier + "]\n",
            "machine.yaml")
            .reader(),
        network, 8, {"exact"}));
    const MemoryImage image = compile_image(request, path, 2).image;
    const golden::FixedInference inference(image, product_tables(*request.elements));
    const LabelledSet set =
        model == "lenet5"
            ? read_labelled_set(data_ + "/mnist/t10k-images-idx3-ubyte.gz",
                                data_ + "/mnist/t10k-labels-idx1-ubyte.gz", image.network())
            : read_labelled_set(data_ + "/cifar10/test_batch.bin.gz", "", image.network());
    const InputConverter converter(image.network());
    int correct = 0;
    for (std::int32_t i = 0; i < kInputs; ++i) {
      correct += inference.run(converter.quantise(set.images, i), 1).prediction ==
                         set.labels[static_cast<std::size_t>(i)]
                     ? 1
                     : 0;
    }
    return percent(correct);
  }

  std::string data_;
};

TEST_F(MultiplierSets, Cifar10HasTheAccuracyOfThePage) {
  EXPECT_EQ(tuned("cifar10", "mul8u_YX7"),
            cell_of("One multiplier in all convolutions", "`mul8u_YX7`", "CIFAR-10, tuned"));
}

TEST_F(MultiplierSets, Lenet5HasTheAccuracyOfThePage) {
  EXPECT_EQ(tuned("lenet5", "mul8u_17KS"),
            cell_of("One multiplier in all convolutions", "`mul8u_17KS`", "LeNet-5, tuned"));
}

}  // namespace
}  // namespace airnn::test
