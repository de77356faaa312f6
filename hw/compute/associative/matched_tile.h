// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "hw/compute/associative/match_table.h"

namespace airnn {

/// Of kTilePositions pixels: those that a row of the bin matches become the row's operand. Zero
/// stays zero. The table has operands.
void put_operands(const MatchTable& table, std::size_t bin, const std::int32_t* pixels,
                  std::int32_t* operands);
/// The same in standard C++.
void put_operands_portable(const MatchTable& table, std::size_t bin, const std::int32_t* pixels,
                           std::int32_t* operands);

}  // namespace airnn
