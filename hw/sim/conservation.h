// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/network.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What a machine did adds up: words placed are those of the batches, bursts those that were asked
/// for (`counts_commands`: the memory tells of them), cycles and multiplications those there are.
/// Throws SimulationError.
void check_conservation(const RunRecord& record, std::uint64_t words_placed, bool counts_commands,
                        const Network& network);

}  // namespace airnn
