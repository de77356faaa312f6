// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/link_model.h"
#include "hw/link/noc/mesh_link_params.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"
#include "sw/format/network.h"

namespace airnn {

/// Reads and checks a section `mesh`; throws ConfigError.
MeshLinkParams read_mesh_config(const ConfigReader& section);

/// The keys that it may have.
std::vector<ParameterSection> mesh_config_sections();

/// What the user should know of such a mesh; empty: nothing.
std::string mesh_warning(const MeshParams& mesh);

/// A machine's link over such a mesh.
LinkModel mesh_link(const MeshLinkParams& params);
/// The same, over the mesh of a section. Throws ConfigError.
LinkModel read_mesh_link(const ConfigReader& section, const Network& network);

}  // namespace airnn
