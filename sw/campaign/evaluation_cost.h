// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// How much work an input of a network is, compared with one of another; for estimates of the time
/// that is left.
double input_cost(const Network& network);

/// So many inputs of a network are about `seconds` of work for one processor; at least one.
std::int64_t inputs_in(double seconds, const Network& network);

}  // namespace airnn
