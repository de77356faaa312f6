// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/mesh_config.h"

#include <gmock/gmock.h>

#include "hw/link/noc/mesh_actions.h"
#include "testbenches/unit/config/config_testing.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

MeshLinkParams read_mesh(const std::string& text) {
  const ConfigReader reader = reader_of(text);
  MeshLinkParams params = read_mesh_config(reader);
  reader.finish();
  return params;
}

std::string refused_mesh(const std::string& text) {
  return refusal([&] { read_mesh(text); });
}

TEST(MeshConfig, ReadsEveryKey) {
  const MeshLinkParams params = read_mesh(
      "width: 3\nheight: 5\nflit_bits: 128\nbuffer_flits: 7\nvirtual_channels: 2\nrouting: yx\n"
      "hop_cycles: 3\nlink_cycles: 2\nitem_slots: 9\nmemory_node: 14\nplacement: [0, 14, 3]\n");
  EXPECT_EQ(params.mesh.width, 3U);
  EXPECT_EQ(params.mesh.height, 5U);
  EXPECT_EQ(params.mesh.flit_bits, 128U);
  EXPECT_EQ(params.mesh.buffer_flits, 7U);
  EXPECT_EQ(params.mesh.virtual_channels, 2U);
  EXPECT_EQ(params.mesh.routing, MeshRouting::yx);
  EXPECT_EQ(params.mesh.hop_cycles, 3U);
  EXPECT_EQ(params.mesh.link_cycles, 2U);
  EXPECT_EQ(params.item_slots, 9U);
  EXPECT_EQ(params.memory_node, 14U);
  EXPECT_THAT(params.placement.value(), ElementsAre(0U, 14U, 3U));
}

TEST(MeshConfig, HasDefaults) {
  const MeshLinkParams params = read_mesh("{}\n");
  EXPECT_EQ(params.mesh.nodes(), 16U);
  EXPECT_EQ(params.mesh.flit_bits, 32U);
  EXPECT_FALSE(params.placement.has_value());
  EXPECT_FALSE(read_mesh("placement: auto\n").placement.has_value());
}

TEST(MeshConfig, RefusesWhatIsNoMesh) {
  EXPECT_THAT(refused_mesh("width: 1\nheight: 1\n"), HasSubstr("expected at least two nodes"));
  EXPECT_THAT(refused_mesh("width: 17\n"), HasSubstr("expected an integer from 1 to 16"));
  EXPECT_THAT(refused_mesh("flit_bits: 48\n"),
              HasSubstr("flit_bits: expected one of 16, 32, 64, 128, 256, 512, found 48"));
  EXPECT_THAT(refused_mesh("flit_bits: 8\n"), HasSubstr("from 16 to 512"));
  EXPECT_THAT(refused_mesh("memory_node: 16\n"),
              HasSubstr("memory_node: node 16 is not on a mesh of 4 x 4; expected 0 to 15"));
  EXPECT_THAT(refused_mesh("placement: [1, 2, 16]\n"), HasSubstr("placement: node 16 is not"));
  EXPECT_THAT(refused_mesh("placement: 3\n"), HasSubstr("expected auto or a list of nodes"));
  EXPECT_THAT(refused_mesh("placement: [a]\n"), HasSubstr("placement"));
  EXPECT_THAT(refused_mesh("buffer_flit: 3\n"), HasSubstr("did you mean 'buffer_flits'?"));
}

TEST(MeshLinkConfig, WantsANodeForEachLayer) {
  Network network;
  network.name = "pair";
  network.layers.resize(2);
  const auto read = [&](const std::string& text) { read_mesh_link(reader_of(text), network); };
  EXPECT_EQ(refusal([&] { read("placement: [0, 5]\n"); }), "<accepted>");
  EXPECT_THAT(
      refusal([&] { read("placement: [0, 5, 6]\n"); }),
      HasSubstr("placement: 3 nodes; expected one for each of the 2 layers of network pair"));
}

TEST(MeshConfig, NamesPricesByWidthAndDepth) {
  MeshParams mesh;
  EXPECT_EQ(mesh_price_class(mesh), "32x4");
  mesh.flit_bits = 64;
  mesh.virtual_channels = 2;
  EXPECT_EQ(mesh_price_class(mesh), "64x4x2");
}

}  // namespace
}  // namespace airnn::test
