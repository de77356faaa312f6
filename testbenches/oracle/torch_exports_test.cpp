// SPDX-License-Identifier: Apache-2.0
// Networks as PyTorch exports them, imported, against their graphs evaluated by definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "testbenches/oracle/import_check.h"
#include "testbenches/oracle/torch_networks.h"

namespace airnn::test {
namespace {

TEST(TorchExports, AreImportedAsTheirOperatorsAreDefined) {
  double in_float = 0;
  double in_fixed = 0;
  std::uint32_t graphs = 0;
  for (const TorchNetwork& network : torch_networks()) {
    for (const TorchStyle& style : torch_styles()) {
      ++graphs;
      SCOPED_TRACE(std::string(network.name) + ", opset " + std::to_string(style.opset));
      TorchGraph net(style, graphs, network.channels, network.side);
      network.forward(&net);
      try {
        const Deviation deviation = check_import_of_bytes(net.bytes(), graphs);
        EXPECT_LT(deviation.in_float, 1e-5);
        EXPECT_LT(deviation.in_fixed, 1e-5);
        EXPECT_GT(deviation.magnitude, 0.01);
        in_float = std::max(in_float, deviation.in_float);
        in_fixed = std::max(in_fixed, deviation.in_fixed);
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
    }
  }
  EXPECT_GE(graphs, 300U);
  std::printf("%u graphs, largest relative error %.1e in floating point, %.1e in 32 bits\n", graphs,
              in_float, in_fixed);
}

}  // namespace
}  // namespace airnn::test
