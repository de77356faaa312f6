// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/noc/mesh_link_params.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Reads and checks a section `mesh`; throws ConfigError.
MeshLinkParams read_mesh_config(const ConfigReader& section);

/// The keys that it may have.
std::vector<ParameterSection> mesh_config_sections();

/// The class of energy prices of such routers: "32x4", flit bits and depth of buffers; with several
/// virtual channels "32x4x2".
std::string mesh_price_class(const MeshParams& mesh);

}  // namespace airnn
