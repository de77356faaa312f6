// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// Pools a map `from` (docs/numbers.md, "Pooling") into `to`, both CHW in the same format.
void pool_map(const std::int32_t* input, const MapShape& from, const Window& window, PoolKind kind,
              bool count_include_pad, const FixedFormat& format, std::int32_t* output,
              const MapShape& to);

}  // namespace airnn
