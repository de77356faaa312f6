// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/link/noc/mesh_link_params.h"
#include "sw/format/network.h"
#include "testbenches/system/random_model.h"

namespace airnn::test {

/// A mesh of up to 4 x 4 nodes for the units of a network: short buffers and slow links, too, and
/// layers that share nodes, with the memory's as well.
MeshLinkParams random_mesh(RandomModel& random, const Network& network);

/// What was drawn, for messages.
std::string text_of(const MeshLinkParams& params);

}  // namespace airnn::test
