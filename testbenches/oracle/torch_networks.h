// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "testbenches/oracle/torch_graph.h"

namespace airnn::test {

/// An ordinary network as a user of PyTorch writes it.
struct TorchNetwork {
  const char* name;
  void (*forward)(TorchGraph* net);
  std::int64_t channels;  ///< of the input
  std::int64_t side;
};

const std::vector<TorchNetwork>& torch_networks();

/// Ways to export a network: operator sets 9 to 20, shapes traced or folded, batch normalisation
/// folded or not, batch symbolic or 1, constants as nodes or initializers.
std::vector<TorchStyle> torch_styles();

}  // namespace airnn::test
