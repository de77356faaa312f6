// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_placement.h"

#include <gmock/gmock.h>

namespace airnn::test {
namespace {

using testing::ElementsAre;

TEST(MeshPlacement, FollowsASnakeFromTheCornerNearestToTheMemory) {
  MeshLinkParams params;
  params.mesh.width = 3;
  params.mesh.height = 3;
  EXPECT_THAT(layer_nodes(params, 8), ElementsAre(1, 2, 5, 4, 3, 6, 7, 8));
  params.memory_node = 2;
  EXPECT_THAT(layer_nodes(params, 8), ElementsAre(1, 0, 3, 4, 5, 8, 7, 6));
  params.memory_node = 6;
  EXPECT_THAT(layer_nodes(params, 8), ElementsAre(7, 8, 5, 4, 3, 0, 1, 2));
  params.memory_node = 8;
  EXPECT_THAT(layer_nodes(params, 8), ElementsAre(7, 6, 3, 4, 5, 2, 1, 0));
  params.memory_node = 4;
  EXPECT_THAT(layer_nodes(params, 8), ElementsAre(0, 1, 2, 5, 3, 6, 7, 8));
}

TEST(MeshPlacement, SharesNodesAmongMoreLayers) {
  MeshLinkParams params;
  params.mesh.width = 2;
  params.mesh.height = 1;
  EXPECT_THAT(layer_nodes(params, 3), ElementsAre(1, 1, 1));
  params.mesh.height = 2;
  EXPECT_THAT(layer_nodes(params, 5), ElementsAre(1, 3, 2, 1, 3));
}

TEST(MeshPlacement, IsThatOfTheListIfThereIsOne) {
  MeshLinkParams params;
  params.placement = {{0, 15, 15}};
  EXPECT_THAT(layer_nodes(params, 3), ElementsAre(0, 15, 15));
}

}  // namespace
}  // namespace airnn::test
