// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "sw/describe/batch_summary.h"
#include "sw/format/network.h"

namespace airnn {

/// The network without its layers: name, input, preprocessing, classes.
nlohmann::ordered_json network_json(const Network& network);
/// One layer. `source` and `skip` are indices of layers, -1 for the input of the network; `skip` is
/// null without residual addition.
nlohmann::ordered_json layer_json(const Network& network, std::size_t index);
nlohmann::ordered_json batch_json(const BatchSummary& batch);

}  // namespace airnn
