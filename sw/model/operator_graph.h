// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sw/format/network.h"
#include "sw/model/map_source.h"

namespace airnn::graph {

/// `linear`: convolution, depthwise or fully connected. `affine`: scale and shift per channel.
/// `padding`: zeros around the map (the pads of `window`).
enum class OperatorKind : std::uint8_t { linear, affine, addition, activation, pooling, padding };

/// One step of the network in the machine's terms, before steps are joined into layers.
struct Operator {
  OperatorKind kind = OperatorKind::linear;
  std::string name;               ///< of the ONNX node
  std::string type;               ///< of the ONNX node
  MapSource source;               ///< whose map it reads
  std::optional<MapSource> skip;  ///< addition: the second operand
  MapShape input;
  MapShape output;
  bool removed = false;  ///< joined to another operator, or read by none

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

/// Who reads a map.
struct Readers {
  std::map<std::int32_t, int> operands;  ///< of each operator that reads it: how many operands
  bool is_output = false;                ///< it is the result of the network

  /// The operator that alone reads it, and by one operand.
  std::optional<std::int32_t> sole() const;
  bool none() const { return operands.empty() && !is_output; }
};

/// All operators, sources first, and who reads whom. Changes cost time by the readers they concern,
/// not by the size of the graph.
class OperatorGraph {
 public:
  std::string path;
  MapShape input;
  bool has_softmax = false;

  /// Appends an operator whose sources are there already; yields its map.
  MapSource append(Operator made);
  Operator& at(std::int32_t index) { return operators_[static_cast<std::size_t>(index)]; }
  const Operator& at(std::int32_t index) const {
    return operators_[static_cast<std::size_t>(index)];
  }
  std::int32_t size() const { return static_cast<std::int32_t>(operators_.size()); }

  /// The map that is the result of the network.
  void set_output(MapSource source);
  const Readers& readers(MapSource source) const;
  /// The operator of `kind` that makes a map, if one does.
  std::optional<std::int32_t> maker_of_kind(MapSource source, OperatorKind kind) const;

  /// Whoever read the map of `old` reads `by` from now on; `old` is removed.
  void replace(std::int32_t old, MapSource by);
  /// Removes the operators on which the result does not depend.
  void remove_unread();

 private:
  Readers& readers_of(MapSource source);
  void remove(std::int32_t index);

  std::vector<Operator> operators_;
  std::vector<Readers> readers_;  ///< of each operator's map
  Readers readers_of_input_;
};

}  // namespace airnn::graph
