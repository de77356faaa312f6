// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// Fixed point: value = integer * 2^-fraction_bits, integer of `bits` bits in two's complement, or
/// without sign.
struct FixedFormat {
  std::int32_t bits = 32;
  std::int32_t fraction_bits = 0;
  bool is_unsigned = false;

  std::int64_t max_integer() const {
    return (std::int64_t{1} << (is_unsigned ? bits : bits - 1)) - 1;
  }
  std::int64_t min_integer() const { return is_unsigned ? 0 : -(std::int64_t{1} << (bits - 1)); }
  std::uint64_t largest_magnitude() const {
    return is_unsigned ? (std::uint64_t{1} << bits) - 1 : std::uint64_t{1} << (bits - 1);
  }
  friend bool operator==(const FixedFormat& a, const FixedFormat& b) {
    return a.bits == b.bits && a.fraction_bits == b.fraction_bits && a.is_unsigned == b.is_unsigned;
  }
};

/// Shape of one feature map set; elements are stored channel by channel, row by row (CHW).
struct MapShape {
  std::int32_t channels = 0;
  std::int32_t height = 0;
  std::int32_t width = 0;

  std::int64_t size() const { return std::int64_t{channels} * height * width; }
  friend bool operator==(const MapShape& a, const MapShape& b) {
    return a.channels == b.channels && a.height == b.height && a.width == b.width;
  }
};

/// A sliding window: kernel or pooling window, its stride, and the padding around the map.
struct Window {
  std::int32_t kernel_h = 1;
  std::int32_t kernel_w = 1;
  std::int32_t stride_h = 1;
  std::int32_t stride_w = 1;
  std::int32_t pad_top = 0;
  std::int32_t pad_left = 0;
  std::int32_t pad_bottom = 0;
  std::int32_t pad_right = 0;

  std::int32_t area() const { return kernel_h * kernel_w; }
};

/// What a layer's compute unit does.
/// `depthwise`: every input channel has `kernels / input.channels` kernels of its own.
/// `pooling` and `addition` stand alone only where they cannot ride behind a compute unit.
enum class LayerKind : std::uint8_t { convolution, depthwise, fully_connected, pooling, addition };
enum class PoolKind : std::uint8_t { none, max, average };
enum class Activation : std::uint8_t { none, relu, clip };

inline constexpr std::int32_t kNetworkInput = -1;  ///< a source: the input map of the network
inline constexpr std::int32_t kNoSource = -2;      ///< a layer without second operand

/// Of a table of products of two unsigned 8-bit numbers.
inline constexpr std::uint64_t kLargestProduct = 65535;

/// One layer of the machine: operator -> bias -> residual addition -> requantise -> activation ->
/// pooling. The arithmetic of every step is specified in docs/numbers.md.
struct Layer {
  std::string name;  ///< the ONNX node's name (or its output's, if the node has none)
  LayerKind kind = LayerKind::convolution;

  std::int32_t source = kNetworkInput;  ///< index of the layer whose output map is read
  std::int32_t skip =
      kNoSource;    ///< second operand of the residual addition, same shape as `result`
  MapShape input;   ///< map read (fully connected: as the source delivers it)
  MapShape result;  ///< map behind the activation, before pooling
  MapShape output;  ///< map delivered: `result`, or the pooled one

  Window window;             ///< kernels; fully connected and addition: 1x1
  std::int32_t groups = 1;   ///< convolution: channels are split in so many groups
  std::int32_t kernels = 0;  ///< rows of the weight matrix (0: no weights)
  std::int64_t columns = 0;  ///< columns of it: C/groups*Kh*Kw, or the inputs of a neuron

  FixedFormat weight_format;
  FixedFormat output_format;  ///< of `result` and `output`

  Activation activation = Activation::none;
  std::int64_t clamp_low = 0;   ///< bounds behind requantisation, integers of output_format
  std::int64_t clamp_high = 0;  ///< (the format's own limits where the activation has none)

  PoolKind pool = PoolKind::none;
  Window pool_window;
  bool count_include_pad = false;  ///< average pooling: padding counts as elements

  std::int32_t clusters = 0;  ///< K of this layer; 0: not clustered, all weights in batch 1
  std::int64_t weights = 0;   ///< weights stored (exact zeros of a pruned layer are not)
  std::int64_t zeros = 0;     ///< weights that are exactly zero

  /// CRC-32C of the table of products that its multipliers have (docs/memory_image.md); 0: exact.
  std::uint32_t product_table = 0;
  bool is_tuned = false;  ///< its weights are chosen for that table

  // What the image's tables of bins tell (docs/memory_image.md); the network section does not.
  std::uint32_t bins = 0;        ///< centres of its codebook; 0: weights are stored themselves
  std::uint32_t match_rows = 0;  ///< of the associative memory beside its multipliers; 0: none
  bool has_lines = false;        ///< its weights are stored as lines

  bool has_weights() const { return kernels > 0; }
};

/// How a pixel of 0..255 becomes a network input: x = (pixel * scale - mean[c]) / deviation[c].
struct Preprocess {
  double scale = 1.0 / 255.0;
  std::vector<double> mean;       ///< one per channel
  std::vector<double> deviation;  ///< one per channel
};

/// The network as both sides see it; layers are in an order in which sources come first.
struct Network {
  std::string name;
  MapShape input;
  FixedFormat input_format;
  Preprocess preprocess;
  std::vector<Layer> layers;
  bool has_softmax = false;  ///< the ONNX graph ends with Softmax (the score unit contains it)

  const Layer& output_layer() const { return layers.back(); }
  std::int64_t classes() const { return layers.back().output.size(); }
  /// Format of the map that layer `source` delivers (kNetworkInput: of the input map).
  const FixedFormat& format_of(std::int32_t source) const {
    return source == kNetworkInput ? input_format
                                   : layers[static_cast<std::size_t>(source)].output_format;
  }
};

}  // namespace airnn
