// SPDX-License-Identifier: Apache-2.0
#include "sw/format/network_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sw/format/errors.h"
#include "sw/format/shown_text.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

[[noreturn]] void impossible(const Layer& layer, const std::string& what) {
  throw ImageError("section network: layer '" + shown(layer.name) + "': " + what);
}

[[noreturn]] void impossible_network(const std::string& what) {
  throw ImageError("section network: " + what);
}

/// Names stand in messages and tables: they have an end and no line breaks.
bool is_printable(const std::string& name) {
  return name.size() <= kMaxNameBytes && std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

bool positive(const MapShape& shape) {
  constexpr std::int32_t limit = 1 << 20;
  return shape.channels > 0 && shape.height > 0 && shape.width > 0 && shape.channels <= limit &&
         shape.height <= limit && shape.width <= limit && shape.size() <= kMaxMapElements;
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

bool possible(const FixedFormat& format, std::int32_t most_fraction_bits) {
  return (format.bits == 8 || ((format.bits == 16 || format.bits == 32) && !format.is_unsigned)) &&
         format.fraction_bits >= 0 && format.fraction_bits <= most_fraction_bits;
}

bool is_single(const Window& w) {
  return w.kernel_h == 1 && w.kernel_w == 1 && w.stride_h == 1 && w.stride_w == 1 &&
         w.pad_top == 0 && w.pad_left == 0 && w.pad_bottom == 0 && w.pad_right == 0;
}

/// Elements of the map with its padding, and with what the last window reads beyond it.
std::int64_t padded_elements(const MapShape& in, const Window& w, const MapShape& out) {
  const auto reach = [](std::int32_t size, std::int32_t pads, std::int32_t count,
                        std::int32_t stride, std::int32_t kernel) {
    return std::max<std::int64_t>(std::int64_t{size} + pads,
                                  (std::int64_t{count} - 1) * stride + kernel);
  };
  return in.channels *
         reach(in.height, w.pad_top + w.pad_bottom, out.height, w.stride_h, w.kernel_h) *
         reach(in.width, w.pad_left + w.pad_right, out.width, w.stride_w, w.kernel_w);
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

/// What a layer without weights and windows must not have.
void check_unused(const Layer& layer) {
  if (!layer.has_weights() &&
      (layer.columns != 0 || layer.clusters != 0 || layer.weights != 0 || layer.zeros != 0)) {
    impossible(layer, "has no kernels, but columns, clusters or weights");
  }
  const bool convolves = layer.kind == LayerKind::convolution || layer.kind == LayerKind::depthwise;
  if (!convolves && (layer.groups != 1 || !is_single(layer.window))) {
    impossible(layer, "is no convolution, but has a window or groups");
  }
  if (layer.pool == PoolKind::none && !is_single(layer.pool_window)) {
    impossible(layer, "does not pool, but has a window for it");
  }
  if (layer.count_include_pad && layer.pool != PoolKind::average) {
    impossible(layer, "counts padding, but takes no average");
  }
}

/// Counts that contradict each other; whether they are those of the file is checked with it.
void check_counts(const Layer& layer) {
  const std::int64_t all = layer.kernels * layer.columns;
  if (layer.weights < 0 || layer.weights > all || layer.zeros != all - layer.weights) {
    impossible(layer, "claims " + std::to_string(layer.weights) + " weights and " +
                          std::to_string(layer.zeros) + " zeros, but has " +
                          std::to_string(layer.kernels) + " kernels of " +
                          std::to_string(layer.columns) + " columns");
  }
  if (layer.clusters < 0 || layer.clusters > layer.weights) {
    impossible(layer, "claims " + std::to_string(layer.clusters) + " clusters of " +
                          std::to_string(layer.weights) + " weights");
  }
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
          layer.columns > kMaxMapElements || !fits(layer.input, layer.window, layer.result) ||
          padded_elements(layer.input, layer.window, layer.result) > kMaxAllElements) {
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

void check_names(const Network& network) {
  if (!is_printable(network.name)) {
    impossible_network("its name has more than " + std::to_string(kMaxNameBytes) +
                       " bytes, or control characters");
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].name.empty()) {
      impossible_network("layer " + std::to_string(i) + " has no name");
    }
    if (!is_printable(network.layers[i].name)) {
      impossible_network("the name of layer " + std::to_string(i) + " has more than " +
                         std::to_string(kMaxNameBytes) + " bytes, or control characters");
    }
  }
  // Results, waveforms and messages tell layers and units apart by their names.
  std::set<std::string_view> given;
  for (const Layer& layer : network.layers) {
    if (is_unit_name(layer.name)) {
      impossible(layer, "a unit of the machine is called so");
    }
    if (!given.insert(layer.name).second) {
      impossible(layer, "another layer is called so");
    }
  }
}

void check_input(const Network& network) {
  if (!positive(network.input) || !possible(network.input_format, kMaxActivationFraction)) {
    impossible_network("impossible input shape or format");
  }
  const auto channels = static_cast<std::size_t>(network.input.channels);
  const Preprocess& preprocess = network.preprocess;
  if (preprocess.mean.size() != channels || preprocess.deviation.size() != channels) {
    impossible_network("preprocessing does not fit the input channels");
  }
  const auto finite = [](double number) { return std::isfinite(number); };
  const auto usable = [](double deviation) { return deviation > 0 && std::isfinite(deviation); };
  if (!finite(preprocess.scale) ||
      !std::all_of(preprocess.mean.begin(), preprocess.mean.end(), finite) ||
      !std::all_of(preprocess.deviation.begin(), preprocess.deviation.end(), usable)) {
    impossible_network("impossible preprocessing");
  }
}

void check_layer(const Network& network, std::size_t i) {
  const Layer& layer = network.layers[i];
  if (!positive(layer.input) || !positive(layer.result) || !positive(layer.output) ||
      !possible(layer.window) || !possible(layer.output_format, kMaxActivationFraction) ||
      !possible(layer.weight_format, kMaxWeightFraction)) {
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
  check_unused(layer);
  check_counts(layer);
  if (layer.weight_format.is_unsigned ||
      (layer.output_format.is_unsigned && layer.kind != LayerKind::pooling &&
       layer.activation == Activation::none)) {
    impossible(layer, "has no sign, but can be negative");
  }
  if ((layer.product_table != 0 && (!layer.has_weights() || layer.weight_format.bits != 8)) ||
      (layer.is_tuned && layer.product_table == 0)) {
    impossible(layer, "has a table of products, but no weights of 8 bits; or is tuned without one");
  }
  if (layer.activation > Activation::clip || layer.clamp_low > layer.clamp_high ||
      layer.clamp_low < layer.output_format.min_integer() ||
      layer.clamp_high > layer.output_format.max_integer()) {
    impossible(layer, "impossible activation or bounds of it");
  }
}

/// The machine is done with an iteration when its last layer is; nothing waits for another one.
void check_readers(const Network& network) {
  std::vector<bool> is_read(network.layers.size(), false);
  is_read.back() = true;
  for (const Layer& layer : network.layers) {
    for (const std::int32_t source : {layer.source, layer.skip}) {
      if (source >= 0) {
        is_read[static_cast<std::size_t>(source)] = true;
      }
    }
  }
  const auto unread = std::find(is_read.begin(), is_read.end(), false);
  if (unread != is_read.end()) {
    impossible(network.layers[static_cast<std::size_t>(unread - is_read.begin())],
               "no layer reads its output");
  }
}

}  // namespace

void check_network(const Network& network) {
  if (network.layers.empty() || network.layers.size() > kMaxLayers) {
    impossible_network(std::to_string(network.layers.size()) + " layers, expected 1 to " +
                       std::to_string(kMaxLayers));
  }
  check_names(network);
  check_input(network);
  std::int64_t elements = network.input.size();
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    check_layer(network, i);
    elements += network.layers[i].result.size() + network.layers[i].output.size();
  }
  check_readers(network);
  if (elements > kMaxAllElements) {
    impossible_network("its maps have " + std::to_string(elements) +
                       " elements, expected at most " + std::to_string(kMaxAllElements));
  }
}

void check_claims(const Network& network, int iterations, std::uint64_t file_bytes) {
  // 4096 layers of at most 2^44 weights, and of at most 2^24 elements of 2^24 products each.
  double weights = 0;
  double operations = 0;
  for (const Layer& layer : network.layers) {
    const auto columns = static_cast<double>(layer.columns);
    weights += layer.kernels * columns;
    operations += static_cast<double>(layer.result.size()) * (columns + 1);
    operations += static_cast<double>(padded_elements(layer.input, layer.window, layer.result));
    if (layer.pool != PoolKind::none) {
      operations += static_cast<double>(layer.output.size()) * layer.pool_window.area();
    }
  }
  operations *= iterations;
  const auto bytes = static_cast<double>(file_bytes);
  const auto refuse = [file_bytes](const char* what, double claimed, double limit) {
    impossible_network(std::string(what) + ": the network asks for " +
                       std::to_string(static_cast<std::uint64_t>(claimed)) + ", a file of " +
                       std::to_string(file_bytes) + " bytes may ask for " +
                       std::to_string(static_cast<std::uint64_t>(limit)));
  };
  if (const double limit = std::ldexp(1.0, 24) + std::ldexp(bytes, 6); weights > limit) {
    refuse("weights, zeros included", weights, limit);
  }
  if (const double limit = std::ldexp(1.0, 31) + std::ldexp(bytes, 13); operations > limit) {
    refuse("operations of all iterations", operations, limit);
  }
}

}  // namespace airnn
