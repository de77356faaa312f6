// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "sw/format/network.h"

namespace airnn {

/// Index of the layer with this name. Throws UserError that begins with `option` and suggests the
/// nearest name.
std::size_t find_weighted_layer(const Network& network, const std::string& name,
                                const std::string& option);

}  // namespace airnn
