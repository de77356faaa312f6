// SPDX-License-Identifier: Apache-2.0
#include "sw/format/network_codec.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <type_traits>

#include "sw/format/errors.h"
#include "sw/format/network_check.h"

namespace airnn {

namespace {

class Writer {
 public:
  explicit Writer(std::uint32_t version) : version_(version) {}
  std::uint32_t version() const { return version_; }

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
  void count(const std::vector<T>& items, std::size_t /*least_bytes*/) {
    field(static_cast<std::uint32_t>(items.size()));
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  const std::uint32_t version_;
  std::vector<std::uint8_t> bytes_;
};

class Reader {
 public:
  Reader(ByteView bytes, std::uint32_t version) : bytes_(bytes), version_(version) {}
  std::uint32_t version() const { return version_; }

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
  /// `least_bytes`: what an item takes at least; a larger count is damage, not a reason to
  /// allocate.
  template <typename T>
  void count(std::vector<T>& items, std::size_t least_bytes) {
    std::uint32_t size = 0;
    field(size);
    if (size > (bytes_.size - at_) / least_bytes) {
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
  const std::uint32_t version_;
  std::size_t at_ = 0;
};

/// The first versions that have these fields.
constexpr std::uint32_t kUnsignedVersion = 2;
constexpr std::uint32_t kTablesVersion = 2;

// One description of the layout serves both directions.
template <typename Codec, typename Format>
void walk_format(Codec& codec, Format& format) {
  codec.field(format.bits);
  codec.field(format.fraction_bits);
  if (codec.version() >= kUnsignedVersion) {
    codec.field(format.is_unsigned);
  }
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
  if (codec.version() >= kTablesVersion) {
    codec.field(layer.product_table);
    codec.field(layer.is_tuned);
  }
}

/// Of a layer without a name.
constexpr std::size_t kLeastLayerBytes = 184;

template <typename Codec, typename N>
void walk_network(Codec& codec, N& network) {
  codec.field(network.name);
  walk_shape(codec, network.input);
  walk_format(codec, network.input_format);
  codec.field(network.preprocess.scale);
  codec.count(network.preprocess.mean, sizeof(double));
  for (auto& mean : network.preprocess.mean) {
    codec.field(mean);
  }
  codec.count(network.preprocess.deviation, sizeof(double));
  for (auto& deviation : network.preprocess.deviation) {
    codec.field(deviation);
  }
  codec.count(network.layers, kLeastLayerBytes);
  for (auto& layer : network.layers) {
    walk_layer(codec, layer);
  }
  codec.field(network.has_softmax);
}

}  // namespace

std::uint32_t format_version(const Network& network) {
  const bool has_more =
      network.input_format.is_unsigned ||
      std::any_of(network.layers.begin(), network.layers.end(), [](const Layer& layer) {
        return layer.output_format.is_unsigned || layer.weight_format.is_unsigned ||
               layer.product_table != 0 || layer.is_tuned;
      });
  return has_more ? 2 : 1;
}

std::vector<std::uint8_t> encode_network(const Network& network) {
  Writer writer(format_version(network));
  walk_network(writer, network);
  return writer.take();
}

Network decode_network(ByteView bytes, std::uint32_t version) {
  Reader reader(bytes, version);
  Network network;
  walk_network(reader, network);
  if (!reader.finished()) {
    throw ImageError("section network: longer than the network it describes");
  }
  if (format_version(network) != version) {
    throw ImageError("section network: image format " + std::to_string(version) +
                     ", but it has nothing that format 1 does not");
  }
  const std::vector<std::uint8_t> again = encode_network(network);
  if (!std::equal(again.begin(), again.end(), bytes.begin())) {
    throw ImageError("section network: a field of one byte is neither 0 nor 1");
  }
  check_network(network);
  return network;
}

}  // namespace airnn
