// SPDX-License-Identifier: Apache-2.0
#include "sw/format/network_codec.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "sw/format/errors.h"

namespace airnn {

namespace {

class Writer {
 public:
  template <typename T>
  void field(const T& value) {
    std::uint64_t bits = 0;
    if constexpr (std::is_floating_point_v<T>) {
      static_assert(sizeof(T) == 8);
      std::memcpy(&bits, &value, sizeof bits);
    } else {
      bits = static_cast<std::uint64_t>(value);
    }
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    store_little_endian(&bytes_[at], bits, sizeof(T));
  }
  void field(const std::string& text) {
    field(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  template <typename T>
  void count(const std::vector<T>& items) {
    field(static_cast<std::uint32_t>(items.size()));
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

class Reader {
 public:
  explicit Reader(ByteView bytes) : bytes_(bytes) {}

  template <typename T>
  void field(T& value) {
    const std::uint64_t bits = load_little_endian(advance(sizeof(T)), sizeof(T));
    if constexpr (std::is_floating_point_v<T>) {
      std::memcpy(&value, &bits, sizeof bits);
    } else if constexpr (std::is_same_v<T, bool>) {
      value = bits != 0;
    } else {
      value = static_cast<T>(bits);
    }
  }
  void field(std::string& text) {
    std::uint32_t size = 0;
    field(size);
    const std::uint8_t* from = advance(size);
    text.assign(reinterpret_cast<const char*>(from), size);
  }
  template <typename T>
  void count(std::vector<T>& items) {
    std::uint32_t size = 0;
    field(size);
    // Every item takes at least one byte: a larger count is damage, not a reason to allocate.
    if (size > bytes_.size - at_) {
      throw ImageError("section network: a list is longer than the section");
    }
    items.resize(size);
  }
  bool finished() const { return at_ == bytes_.size; }

 private:
  const std::uint8_t* advance(std::size_t count) {
    if (count > bytes_.size - at_) {
      throw ImageError("section network: ends too early");
    }
    const std::uint8_t* from = bytes_.data + at_;
    at_ += count;
    return from;
  }

  ByteView bytes_;
  std::size_t at_ = 0;
};

// One description of the layout serves both directions.
template <typename Codec, typename Format>
void walk_format(Codec& codec, Format& format) {
  codec.field(format.bits);
  codec.field(format.fraction_bits);
}

template <typename Codec, typename Shape>
void walk_shape(Codec& codec, Shape& shape) {
  codec.field(shape.channels);
  codec.field(shape.height);
  codec.field(shape.width);
}

template <typename Codec, typename W>
void walk_window(Codec& codec, W& window) {
  codec.field(window.kernel_h);
  codec.field(window.kernel_w);
  codec.field(window.stride_h);
  codec.field(window.stride_w);
  codec.field(window.pad_top);
  codec.field(window.pad_left);
  codec.field(window.pad_bottom);
  codec.field(window.pad_right);
}

template <typename Codec, typename L>
void walk_layer(Codec& codec, L& layer) {
  codec.field(layer.name);
  codec.field(layer.kind);
  codec.field(layer.source);
  codec.field(layer.skip);
  walk_shape(codec, layer.input);
  walk_shape(codec, layer.result);
  walk_shape(codec, layer.output);
  walk_window(codec, layer.window);
  codec.field(layer.groups);
  codec.field(layer.kernels);
  codec.field(layer.columns);
  walk_format(codec, layer.weight_format);
  walk_format(codec, layer.output_format);
  codec.field(layer.activation);
  codec.field(layer.clamp_low);
  codec.field(layer.clamp_high);
  codec.field(layer.pool);
  walk_window(codec, layer.pool_window);
  codec.field(layer.count_include_pad);
  codec.field(layer.clusters);
  codec.field(layer.weights);
  codec.field(layer.zeros);
}

template <typename Codec, typename N>
void walk_network(Codec& codec, N& network) {
  codec.field(network.name);
  walk_shape(codec, network.input);
  walk_format(codec, network.input_format);
  codec.field(network.preprocess.scale);
  codec.count(network.preprocess.mean);
  for (auto& mean : network.preprocess.mean) {
    codec.field(mean);
  }
  codec.count(network.preprocess.deviation);
  for (auto& deviation : network.preprocess.deviation) {
    codec.field(deviation);
  }
  codec.count(network.layers);
  for (auto& layer : network.layers) {
    walk_layer(codec, layer);
  }
  codec.field(network.has_softmax);
}

[[noreturn]] void impossible(const Layer& layer, const std::string& what) {
  throw ImageError("section network: layer '" + layer.name + "': " + what);
}

bool positive(const MapShape& shape) {
  constexpr std::int32_t limit = 1 << 20;
  return shape.channels > 0 && shape.height > 0 && shape.width > 0 && shape.channels <= limit &&
         shape.height <= limit && shape.width <= limit && shape.size() <= (std::int64_t{1} << 31);
}

bool possible(const Window& w) {
  constexpr std::int32_t limit = 1 << 12;
  const bool kernel =
      w.kernel_h > 0 && w.kernel_w > 0 && w.kernel_h <= limit && w.kernel_w <= limit;
  const bool stride =
      w.stride_h > 0 && w.stride_w > 0 && w.stride_h <= limit && w.stride_w <= limit;
  const bool pads = w.pad_top >= 0 && w.pad_left >= 0 && w.pad_bottom >= 0 && w.pad_right >= 0 &&
                    w.pad_top <= limit && w.pad_left <= limit && w.pad_bottom <= limit &&
                    w.pad_right <= limit;
  return kernel && stride && pads;
}

bool possible(const FixedFormat& format) {
  return (format.bits == 8 || format.bits == 16 || format.bits == 32) &&
         format.fraction_bits >= 0 && format.fraction_bits <= 96;
}

/// Rounding an output size up or down is the exporter's choice; more than that is not.
bool sizes_agree(std::int32_t in, std::int32_t kernel, std::int32_t stride, std::int32_t pads,
                 std::int32_t out) {
  const std::int32_t span = in + pads - kernel;
  return span >= 0 ? (out == span / stride + 1 || out == (span + stride - 1) / stride + 1)
                   : out == 1;
}

bool fits(const MapShape& in, const Window& w, const MapShape& out) {
  return sizes_agree(in.height, w.kernel_h, w.stride_h, w.pad_top + w.pad_bottom, out.height) &&
         sizes_agree(in.width, w.kernel_w, w.stride_w, w.pad_left + w.pad_right, out.width);
}

void check_operator(const Layer& layer) {
  const bool weighted = layer.kind == LayerKind::convolution ||
                        layer.kind == LayerKind::depthwise ||
                        layer.kind == LayerKind::fully_connected;
  if (weighted ? layer.kernels <= 0 : layer.kernels != 0) {
    impossible(layer, "number of kernels does not fit its kind");
  }
  switch (layer.kind) {
    case LayerKind::convolution:
    case LayerKind::depthwise:
      if (layer.groups <= 0 || layer.input.channels % layer.groups != 0 ||
          layer.kernels % layer.groups != 0 || layer.kernels != layer.result.channels ||
          layer.columns !=
              std::int64_t{layer.input.channels} / layer.groups * layer.window.area() ||
          !fits(layer.input, layer.window, layer.result)) {
        impossible(layer, "kernels, groups and maps do not fit each other");
      }
      if (layer.kind == LayerKind::depthwise && layer.groups != layer.input.channels) {
        impossible(layer, "depthwise, but channels share kernels");
      }
      break;
    case LayerKind::fully_connected:
      if (layer.columns != layer.input.size() || layer.kernels != layer.result.channels ||
          layer.result.height != 1 || layer.result.width != 1) {
        impossible(layer, "neurons and maps do not fit each other");
      }
      break;
    case LayerKind::pooling:
      if (layer.pool == PoolKind::none || !(layer.result == layer.output) ||
          layer.skip != kNoSource) {
        impossible(layer, "a pooling layer that does not pool");
      }
      break;
    case LayerKind::addition:
      if (layer.skip == kNoSource || !(layer.result == layer.input)) {
        impossible(layer, "an addition without second operand");
      }
      break;
    default:
      impossible(layer, "unknown kind");
  }
}

void check_pooling(const Layer& layer) {
  if (layer.pool == PoolKind::none) {
    if (!(layer.result == layer.output)) {
      impossible(layer, "output differs from the result without pooling");
    }
    return;
  }
  const MapShape& from = layer.kind == LayerKind::pooling ? layer.input : layer.result;
  const Window& w = layer.pool_window;
  if ((layer.pool != PoolKind::max && layer.pool != PoolKind::average) || !possible(w) ||
      from.channels != layer.output.channels || !fits(from, w, layer.output)) {
    impossible(layer, "pooling window and maps do not fit each other");
  }
  // A window without any element of the map has no maximum and no average.
  const auto empty = [](std::int32_t out, std::int32_t in, std::int32_t stride, std::int32_t kernel,
                        std::int32_t pad) {
    return (out - 1) * stride - pad >= in || kernel - pad <= 0;
  };
  if (empty(layer.output.height, from.height, w.stride_h, w.kernel_h, w.pad_top) ||
      empty(layer.output.width, from.width, w.stride_w, w.kernel_w, w.pad_left)) {
    impossible(layer, "a pooling window lies outside of the map");
  }
}

/// Requantisation shifts to the right by less than a word, and pooling moves no binary point.
void check_formats(const Network& network, const Layer& layer) {
  const FixedFormat& source = network.format_of(layer.source);
  if (layer.kind == LayerKind::pooling) {
    if (!(layer.output_format == source)) {
      impossible(layer, "pooling changes the format");
    }
    return;
  }
  std::int32_t sum_fraction = source.fraction_bits;
  if (layer.has_weights()) {
    sum_fraction += layer.weight_format.fraction_bits;
  } else if (layer.skip != kNoSource) {
    sum_fraction = std::max(sum_fraction, network.format_of(layer.skip).fraction_bits);
  }
  const std::int32_t shift = sum_fraction - layer.output_format.fraction_bits;
  if (shift < 0 || shift > 63) {
    impossible(layer, "its formats need a shift of " + std::to_string(shift) + " bits");
  }
}

}  // namespace

std::vector<std::uint8_t> encode_network(const Network& network) {
  Writer writer;
  walk_network(writer, network);
  return writer.take();
}

Network decode_network(ByteView bytes) {
  Reader reader(bytes);
  Network network;
  walk_network(reader, network);
  if (!reader.finished()) {
    throw ImageError("section network: longer than the network it describes");
  }
  check_network(network);
  return network;
}

void check_network(const Network& network) {
  if (network.layers.empty() || network.layers.size() >= 0xFFFF) {
    throw ImageError("section network: impossible number of layers");
  }
  if (!positive(network.input) || !possible(network.input_format)) {
    throw ImageError("section network: impossible input shape or format");
  }
  const auto channels = static_cast<std::size_t>(network.input.channels);
  if (network.preprocess.mean.size() != channels ||
      network.preprocess.deviation.size() != channels) {
    throw ImageError("section network: preprocessing does not fit the input channels");
  }
  const auto finite = [](double number) { return std::isfinite(number); };
  const auto usable = [](double deviation) { return deviation > 0 && std::isfinite(deviation); };
  const Preprocess& preprocess = network.preprocess;
  if (!finite(preprocess.scale) ||
      !std::all_of(preprocess.mean.begin(), preprocess.mean.end(), finite) ||
      !std::all_of(preprocess.deviation.begin(), preprocess.deviation.end(), usable)) {
    throw ImageError("section network: impossible preprocessing");
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (!positive(layer.input) || !positive(layer.result) || !positive(layer.output) ||
        !possible(layer.window) || !possible(layer.output_format) ||
        (layer.has_weights() && !possible(layer.weight_format))) {
      impossible(layer, "impossible shape, window or format");
    }
    const auto index = static_cast<std::int32_t>(i);
    if (layer.source < kNetworkInput || layer.source >= index || layer.skip < kNoSource ||
        layer.skip >= index) {
      impossible(layer, "reads a layer that does not come before it");
    }
    const auto delivered = [&](std::int32_t source) {
      return source == kNetworkInput ? network.input
                                     : network.layers[static_cast<std::size_t>(source)].output;
    };
    if (!(delivered(layer.source) == layer.input) ||
        (layer.skip != kNoSource && !(delivered(layer.skip) == layer.result))) {
      impossible(layer, "its input is not what its source delivers");
    }
    check_formats(network, layer);
    check_operator(layer);
    check_pooling(layer);
    if (layer.activation > Activation::clip || layer.clamp_low > layer.clamp_high ||
        layer.clamp_low < layer.output_format.min_integer() ||
        layer.clamp_high > layer.output_format.max_integer()) {
      impossible(layer, "impossible activation or bounds of it");
    }
  }
}

}  // namespace airnn
