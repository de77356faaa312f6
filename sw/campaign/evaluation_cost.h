// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// How much work an input of a network is, compared with one of another; for estimates of the time
/// that is left.
double input_cost(const Network& network);

/// How many inputs are a piece: what a processor simulates in about a minute, from 16 to `most`.
std::int64_t piece_inputs(const Network& network, std::int64_t most);

}  // namespace airnn
