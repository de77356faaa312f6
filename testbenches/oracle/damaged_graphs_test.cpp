// SPDX-License-Identifier: Apache-2.0
// Graphs with something changed: what the importer accepts must still be what the file says.
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <cstdio>
#include <exception>
#include <string>

#include "sw/format/errors.h"
#include "testbenches/oracle/graph_damage.h"
#include "testbenches/oracle/import_check.h"
#include "testbenches/oracle/random_graph.h"
#include "testbenches/support/effort.h"

namespace airnn::test {
namespace {

TEST(DamagedGraphs, AreRefusedOrImportedAsTheirOperatorsAreDefined) {
  const std::uint32_t graphs = 2000 * effort();
  std::uint32_t accepted = 0;
  double in_float = 0;
  for (std::uint32_t seed = 1; seed <= graphs; ++seed) {
    SCOPED_TRACE("graph " + std::to_string(seed));
    onnx::ModelProto model;
    model.ParseFromString(RandomGraph(seed).bytes());
    damage_graph(seed, &model);
    try {
      const Deviation deviation = check_import_of_bytes(model.SerializeAsString(), seed);
      ++accepted;
      EXPECT_LT(deviation.in_float, 1e-4);
      EXPECT_LT(deviation.in_fixed, 1e-4);
      in_float = std::max(in_float, deviation.in_float);
    } catch (const ModelError& refused) {
      EXPECT_EQ(std::string(refused.what()).find('\n'), std::string::npos) << refused.what();
    } catch (const std::exception& error) {
      // Neither a refusal nor a network: the importer is laxer than the definition of ONNX.
      ADD_FAILURE() << error.what();
    }
  }
  EXPECT_GT(accepted, graphs / 10);
  EXPECT_LT(accepted, graphs);
  std::printf("%u graphs, %u accepted, largest relative error %.1e\n", graphs, accepted, in_float);
}

}  // namespace
}  // namespace airnn::test
