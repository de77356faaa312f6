// SPDX-License-Identifier: Apache-2.0
// Networks whose results are known from elsewhere, and the project's own, against the evaluator.
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "testbenches/oracle/evaluator.h"
#include "testbenches/oracle/import_check.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

// Elements of a little-endian .npy file of version 1.
template <typename Element>
std::vector<double> elements_of(const std::string& name) {
  std::ifstream file(source_path("testbenches/cases/" + name), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = bytes.find('\n') + 1;
  std::vector<Element> elements((bytes.size() - begin) / sizeof(Element));
  std::memcpy(elements.data(), bytes.data() + begin, elements.size() * sizeof(Element));
  return {elements.begin(), elements.end()};
}

TEST(KnownNetworks, AddTheInputAsAnotherFrameworkDoes) {
  const auto inputs = elements_of<float>("add_input.npy");
  const auto expected = elements_of<double>("add_input_after_relu.expected.npy");
  ASSERT_EQ(inputs.size(), 54U);
  ASSERT_EQ(expected.size(), 6U);
  for (const char* name : {"add_input_after_relu.onnx", "add_input_after_relu_swapped.onnx"}) {
    const std::string path = source_path("testbenches/cases/") + name;
    const auto oracle = oracle::Evaluator::of_file(path);
    for (std::size_t i = 0; i < 3; ++i) {
      const auto first = inputs.begin() + static_cast<std::ptrdiff_t>(i * 18);
      const std::vector<double> result = oracle.run({first, first + 18}).values;
      ASSERT_EQ(result.size(), 2U);
      EXPECT_NEAR(result[0], expected[2 * i], 1e-7) << name;
      EXPECT_NEAR(result[1], expected[2 * i + 1], 1e-7) << name;
    }
    EXPECT_LT(check_import(path, 1).in_float, 1e-6) << name;
    EXPECT_LT(check_import(path, 1).in_fixed, 1e-6) << name;
  }
}

TEST(KnownNetworks, OfTheProjectAreImportedAsTheirOperatorsAreDefined) {
  int networks = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_path("models"))) {
    if (entry.path().extension() == ".onnx") {
      ++networks;
      const Deviation deviation = check_import(entry.path().string(), 1);
      EXPECT_LT(deviation.in_float, 1e-4) << entry.path();
      EXPECT_LT(deviation.in_fixed, 1e-4) << entry.path();
      EXPECT_GT(deviation.magnitude, 0.1) << entry.path();
    }
  }
  EXPECT_EQ(networks, 7);
}

}  // namespace
}  // namespace airnn::test
