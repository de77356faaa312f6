// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// Trained parameters of one layer in floating point, batch normalisation already folded in.
struct LayerParameters {
  std::vector<float>
      weights;  ///< kernels x columns, as docs/numbers.md counts them; empty: no weights
  std::vector<float> bias;  ///< one per kernel; zeros where the graph has none
  float clip_low = 0.0F;    ///< bounds of Activation::clip, in real numbers
  float clip_high = 0.0F;
};

/// A layer that could not have the name of its node.
struct RenamedLayer {
  std::string from;  ///< of the node, cut and made printable
  std::string to;
  std::string reason;  ///< why not, as a sentence about the node's name
};

/// A network in floating point: what an ONNX file says, mapped onto layers of the machine. Formats
/// and clamp integers of `network` are not set yet; the compiler chooses them.
struct Model {
  Network network;
  std::vector<LayerParameters> parameters;  ///< one per layer of `network`
  std::vector<RenamedLayer> renamed;
};

}  // namespace airnn
