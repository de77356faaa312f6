// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/onnx_builder.h"

namespace airnn::test {
namespace {

/// A layer of two neurons with four inputs at node 1 of two; memory and control at node 0.
MemoryImage two_neurons() {
  const std::string path = testing::TempDir() + "by_hand_" + std::to_string(getpid()) + ".onnx";
  OnnxBuilder builder;
  builder.input("x", {1, 4}).gemm(2, 4).save(path);
  const Model model = read_onnx(path);
  std::remove(path.c_str());
  CompileOptions options;
  options.scheme = Scheme::base;
  return MemoryImage::parse(compile(model, options).image, "two neurons");
}

/// Cycles of docs/timing.md and docs/mesh.md, worked out on paper. The tail of a packet of L flits
/// that is alone, queued in q, is there in q + 5 + L - 1: one link, two cycles per hop.
TEST(MeshByHand, OneLayerOnTwoNodes) {
  const MemoryImage image = two_neurons();
  AcceleratorParams params = default_params(image);
  MeshLinkParams mesh;
  mesh.mesh.width = 2;
  mesh.mesh.height = 1;
  params.link = mesh_link(mesh);
  bool is_given = false;
  Simulation simulation(params, image, [&](std::vector<std::int32_t>& map) {
    map = {1, 2, 3, 4};
    return !std::exchange(is_given, true);
  });
  const RunRecord record = simulation.run();
  const PhaseCycles& cycles = record.iterations.at(0).cycles;
  // ResetBuffers: *reset* is queued in 1 and popped in 6; its credit, queued in 7, is back in 12.
  // LoadInput: a burst, 120; to the input buffer 1; its credit 1.
  EXPECT_EQ(cycles.load, 12U + 122);
  // The burst is there in 120, its beat at Buffer Address Calculation in 121, and eight words with
  // the first slot and the header, ten flits, are queued in 123: popped in 137. The credit, queued
  // in 138, is back in 143, *batch placed* in 144. Configure: 12, as above.
  EXPECT_EQ(cycles.fetch, 144U + 12);
  // *start* is queued in 1, so the map of five flits, queued in 2, has its head sent in 2 all the
  // same, and is there in 11. Two slots and a depth of five: ready in 18. Then the input's credit
  // goes first, and three flits of outputs are sent from 19 on: there in 26.
  EXPECT_EQ(cycles.compute, 26U);
  // Softmax over two classes, 4, and the margin, 1: the decision is there in 31 of these cycles.
  EXPECT_EQ(cycles.score, 5U);
  // The outputs were popped twice in 26; of the two credits, queued in 27, the last is back in 33.
  EXPECT_EQ(cycles.finish, 33U - 31 + 1);
}

}  // namespace
}  // namespace airnn::test
