// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/network.h"
#include "sw/golden/pool_geometry.h"

namespace airnn::golden {

/// Maximum or average pooling of a map `geometry.from` (CHW) to layer.output, without any clamp.
std::vector<std::int32_t> pool(const Layer& layer, const PoolGeometry& geometry,
                               const std::vector<std::int32_t>& from);

}  // namespace airnn::golden
