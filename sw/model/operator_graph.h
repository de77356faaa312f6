// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/network.h"

namespace airnn::graph {

/// `linear`: convolution, depthwise or fully connected. `affine`: scale and shift per channel.
/// `padding`: zeros around the map (the pads of `window`).
enum class OperatorKind : std::uint8_t { linear, affine, addition, activation, pooling, padding };

/// One step of the network in the machine's terms, before steps are joined into layers.
struct Operator {
  OperatorKind kind = OperatorKind::linear;
  std::string name;                     ///< of the ONNX node
  std::string type;                     ///< of the ONNX node
  std::int32_t source = kNetworkInput;  ///< index of an operator
  std::int32_t skip = kNoSource;        ///< addition: the second operand
  MapShape input;
  MapShape output;
  bool removed = false;  ///< joined to another operator

  Window window;  ///< of kernels or pooling
  LayerKind layer_kind = LayerKind::convolution;
  std::int32_t groups = 1;
  std::int32_t kernels = 0;
  std::int64_t columns = 0;
  std::vector<float> weights;  ///< linear: kernels x columns, still to be multiplied by `scale`
  std::vector<double> scale;   ///< per kernel or channel
  std::vector<double> shift;   ///< per kernel or channel: the bias

  float low = 0.0F;  ///< activation: bounds; the limits of float where there is none
  float high = 0.0F;

  PoolKind pool = PoolKind::none;
  bool count_include_pad = false;
};

inline constexpr std::int32_t kGraphOutput = -3;  ///< a consumer: the output of the network
inline constexpr std::int32_t kSeveral = -4;      ///< instead of a sole consumer

/// All operators, sources first.
struct OperatorGraph {
  std::string path;
  MapShape input;
  std::vector<Operator> operators;
  std::int32_t output = kNetworkInput;  ///< the operator that delivers the result
  bool has_softmax = false;

  Operator& at(std::int32_t index) { return operators[static_cast<std::size_t>(index)]; }
  const Operator& at(std::int32_t index) const {
    return operators[static_cast<std::size_t>(index)];
  }
  std::int32_t size() const { return static_cast<std::int32_t>(operators.size()); }

  /// Operators that read `producer`, one entry per operand; kGraphOutput for the network's output.
  std::vector<std::int32_t> consumers(std::int32_t producer) const;
  /// The only consumer; kGraphOutput or kSeveral otherwise.
  std::int32_t sole_consumer(std::int32_t producer) const;
  /// Whoever read `old` reads `by` from now on; `old` is removed.
  void replace(std::int32_t old, std::int32_t by);
};

}  // namespace airnn::graph
