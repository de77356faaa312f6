// SPDX-License-Identifier: Apache-2.0
// Imported networks against the graphs in their files, evaluated by the definitions of ONNX.
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "testbenches/oracle/constant_encodings.h"
#include "testbenches/oracle/import_check.h"
#include "testbenches/oracle/random_graph.h"
#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

std::string encoded(std::uint32_t seed) {
  onnx::ModelProto model;
  model.ParseFromString(RandomGraph(seed).bytes());
  vary_constants(seed, &model);
  return model.SerializeAsString();
}

TEST(RandomGraphs, AreImportedAsTheirOperatorsAreDefined) {
  const std::uint32_t graphs = 500 * effort();
  double in_float = 0;
  double in_fixed = 0;
  std::uint32_t silent = 0;
  for (std::uint32_t seed = 1; seed <= graphs; ++seed) {
    SCOPED_TRACE("graph " + std::to_string(seed));
    try {
      const Deviation deviation = check_import_of_bytes(encoded(seed), seed);
      EXPECT_LT(deviation.in_float, 2e-5);
      EXPECT_LT(deviation.in_fixed, 2e-5);
      in_float = std::max(in_float, deviation.in_float);
      in_fixed = std::max(in_fixed, deviation.in_fixed);
      silent += deviation.magnitude < 0.01 ? 1 : 0;
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  // A result near zero says little.
  EXPECT_LT(silent, graphs / 20);
  std::printf("%u graphs, largest relative error %.1e in floating point, %.1e in 32 bits\n", graphs,
              in_float, in_fixed);
}

}  // namespace
}  // namespace airnn::test
