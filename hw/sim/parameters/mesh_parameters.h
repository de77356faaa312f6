// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/link/noc/mesh_link_params.h"
#include "sw/config/parameter.h"

namespace airnn {

/// The section `mesh`.
const ParameterTable<MeshLinkParams>& mesh_parameters();

}  // namespace airnn
