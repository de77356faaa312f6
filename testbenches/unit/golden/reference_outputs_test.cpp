// SPDX-License-Identifier: Apache-2.0
// Floating-point inference of the networks in models/ against outputs of another program.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"

namespace airnn::golden {
namespace {

struct ReferenceRow {
  int label = 0;
  std::vector<double> probabilities;
};

std::vector<ReferenceRow> read_rows(const std::string& path) {
  std::ifstream file(path);
  std::vector<ReferenceRow> rows;
  std::string line;
  std::getline(file, line);  // header
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell;
    std::getline(cells, cell, ',');
    ReferenceRow row;
    std::getline(cells, cell, ',');
    row.label = std::stoi(cell);
    while (std::getline(cells, cell, ',')) {
      row.probabilities.push_back(std::stod(cell));
    }
    rows.push_back(row);
  }
  return rows;
}

struct Case {
  std::string model;
  std::string images;
  double mean;
  double deviation;
};

// GoogleTest would print the bytes, which differ from run to run.
std::ostream& operator<<(std::ostream& out, const Case& of) {
  return out << of.model;
}

class ReferenceOutputs : public testing::TestWithParam<Case> {};

TEST_P(ReferenceOutputs, AreReproducedInFloatingPoint) {
  const char* data = std::getenv("AIRNN_DATA");
  if (data == nullptr) {
    GTEST_SKIP() << "AIRNN_DATA does not name the folder of the data sets";
  }
  const std::string root = source_path(".");
  const auto rows = read_rows(root + "/traces/reference_outputs/" + GetParam().model + ".csv");
  ASSERT_EQ(rows.size(), 10U);
  Model model = read_onnx(root + "/models/" + GetParam().model + ".onnx");
  const auto channels = static_cast<std::size_t>(model.network.input.channels);
  model.network.preprocess.mean.assign(channels, GetParam().mean);
  model.network.preprocess.deviation.assign(channels, GetParam().deviation);
  const ImageSet images = read_images(data + GetParam().images);
  const FloatInference inference(model);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const FloatResult result =
        inference.run(float_input(images.pixels_of(static_cast<std::int32_t>(i)), model.network));
    const auto& expected = rows[i].probabilities;
    ASSERT_EQ(result.probabilities.size(), expected.size());
    for (std::size_t c = 0; c < expected.size(); ++c) {
      EXPECT_NEAR(result.probabilities[c], expected[c], 2e-6) << "image " << i << ", class " << c;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Models, ReferenceOutputs,
    testing::Values(Case{"lenet300-100", "/mnist/t10k-images-idx3-ubyte.gz", 0.0, 1.0},
                    Case{"lenet5", "/mnist/t10k-images-idx3-ubyte.gz", 0.0, 1.0},
                    Case{"cifar10", "/cifar10/test_batch.bin.gz", 0.5, 0.25}),
    [](const testing::TestParamInfo<Case>& of) {
      std::string name = of.param.model;
      name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
      return name;
    });

}  // namespace
}  // namespace airnn::golden
