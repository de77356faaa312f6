// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compute/random_layer.h"

#include <algorithm>

#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {

std::uint64_t RandomLayer::nonzero_weights() const {
  return static_cast<std::uint64_t>(std::count_if(weights.begin(), weights.end(),
                                                  [](std::int32_t weight) { return weight != 0; }));
}

std::uint64_t RandomLayer::nonzero_kernels() const {
  std::uint64_t count = 0;
  for (auto row = weights.begin(); row != weights.end(); row += layer.columns) {
    count += std::any_of(row, row + layer.columns, [](std::int32_t w) { return w != 0; }) ? 1 : 0;
  }
  return count;
}

std::vector<PlacedWord> RandomLayer::bias_words() const {
  std::vector<PlacedWord> words;
  const auto columns = static_cast<std::uint32_t>(layer.columns);
  for (std::uint32_t kernel = 0; kernel < biases.size(); ++kernel) {
    const auto bits = static_cast<std::uint64_t>(biases[kernel]);
    const std::uint32_t slot = kernel * (columns + 2) + columns;
    words.push_back({slot, static_cast<std::int32_t>(bits & 0xFFFFFFFFU)});
    words.push_back({slot + 1, static_cast<std::int32_t>(bits >> 32)});
  }
  return words;
}

std::vector<PlacedWord> RandomLayer::weight_words() const {
  std::vector<PlacedWord> words;
  const auto columns = static_cast<std::uint32_t>(layer.columns);
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    if (weights[i] != 0) {
      words.push_back({i / columns * (columns + 2) + i % columns, weights[i]});
    }
  }
  return words;
}

golden::test::NaiveInference RandomLayer::expected(const golden::test::Multiply& multiply) const {
  golden::test::SmallNetwork network(layer.input, input_format);
  // A layer without weights in front: its biases are the second operand.
  const FixedFormat weight_format{32, skip_format.fraction_bits - input_format.fraction_bits};
  const Layer constant = golden::test::fully_connected(
      layer.input, static_cast<std::int32_t>(std::max<std::size_t>(skip.size(), 1)), weight_format,
      skip_format);
  network.add(
      constant,
      std::vector<std::int32_t>(static_cast<std::size_t>(constant.kernels * constant.columns)),
      {skip.begin(), skip.end()});
  network.add(layer, weights, biases);
  return golden::test::naive_inference(network, input, 1, {{}, multiply});
}

SparseKernels kernels_of(const RandomLayer& drawn, bool by_inputs) {
  const BufferMap map(drawn.layer);
  std::vector<std::int32_t> slots(map.slots(), 0);
  for (const auto& words : {drawn.bias_words(), drawn.weight_words()}) {
    for (const PlacedWord& word : words) {
      slots[word.slot] = word.value;
    }
  }
  return {map, slots, by_inputs};
}

LayerKind LayerGenerator::kind() {
  return static_cast<LayerKind>(pick(0, 4));
}

std::int32_t LayerGenerator::number(int bits) {
  const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
  switch (pick(0, 15)) {
    case 0:
      return static_cast<std::int32_t>(high);
    case 1:
      return static_cast<std::int32_t>(-high - 1);
    default:
      return static_cast<std::int32_t>(
          std::uniform_int_distribution<std::int64_t>(-high - 1, high)(random_));
  }
}

std::vector<std::int32_t> LayerGenerator::map(std::int64_t size) {
  const int magnitude = pick(2, bits_);
  std::vector<std::int32_t> values(static_cast<std::size_t>(size));
  for (std::int32_t& value : values) {
    value = pick(0, 4) == 0 ? 0 : number(magnitude);
  }
  return values;
}

Window LayerGenerator::window(const MapShape& map) {
  Window w;
  if (pick(0, 3) == 0) {
    return w;
  }
  w.kernel_h = pick(1, std::min(5, map.height));
  w.kernel_w = pick(1, std::min(5, map.width));
  w.stride_h = pick(1, 3);
  w.stride_w = pick(1, 3);
  w.pad_top = pick(0, w.kernel_h - 1);
  w.pad_bottom = pick(0, w.kernel_h - 1);
  w.pad_left = pick(0, w.kernel_w - 1);
  w.pad_right = pick(0, w.kernel_w - 1);
  return w;
}

Layer LayerGenerator::shape(LayerKind kind, const MapShape& input) {
  const FixedFormat weights{bits_, pick(0, 12)};
  const FixedFormat output{bits_, 0};
  switch (kind) {
    case LayerKind::convolution: {
      std::int32_t groups = pick(1, input.channels);
      while (input.channels % groups != 0) {
        --groups;
      }
      return golden::test::convolution(input, groups * pick(1, 4), window(input), weights, output,
                                       groups);
    }
    case LayerKind::depthwise:
      return golden::test::depthwise(input, pick(1, 3), window(input), weights, output);
    case LayerKind::fully_connected:
      return golden::test::fully_connected(input, pick(1, 30), weights, output);
    case LayerKind::addition:
      return golden::test::addition(input, 0, output);
    case LayerKind::pooling:
      break;
  }
  return golden::test::pooling(input, pick(0, 1) == 0 ? PoolKind::max : PoolKind::average,
                               window(input), output, pick(0, 1) == 0);
}

RandomLayer LayerGenerator::draw(LayerKind kind) {
  RandomLayer drawn;
  drawn.layer = shape(kind, {pick(1, 6), pick(3, 12), pick(3, 12)});
  Layer& layer = drawn.layer;
  drawn.input_format = {bits_, pick(0, 16)};
  drawn.skip_format = {bits_, pick(0, 20)};
  const int input = drawn.input_format.fraction_bits;
  if (kind == LayerKind::pooling) {
    layer.output_format = drawn.input_format;
  } else {
    const int sum = layer.has_weights() ? input + layer.weight_format.fraction_bits
                                        : std::max(input, drawn.skip_format.fraction_bits);
    layer.output_format.fraction_bits = pick(0, sum);
    layer.skip = kind == LayerKind::addition || pick(0, 2) == 0 ? 0 : kNoSource;
    if (kind != LayerKind::fully_connected && pick(0, 2) == 0) {
      golden::test::pool_behind(layer, pick(0, 1) == 0 ? PoolKind::max : PoolKind::average,
                                window(layer.result), pick(0, 1) == 0);
    }
  }
  layer.count_include_pad = pick(0, 1) == 0;
  layer.source = kNetworkInput;
  const std::int64_t high = layer.output_format.max_integer();
  switch (pick(0, 3)) {
    case 0:
      golden::test::clamp(layer, 0, high);
      break;
    case 1:
      golden::test::clamp(layer, -high / 4, high / 2);
      break;
    default:
      golden::test::clamp(layer, -high - 1, high);
  }
  drawn.input = map(layer.input.size());
  if (layer.skip != kNoSource) {
    drawn.skip = map(layer.result.size());
  }
  choose_parameters(drawn);
  return drawn;
}

void LayerGenerator::choose_parameters(RandomLayer& drawn) {
  const Layer& layer = drawn.layer;
  if (!layer.has_weights()) {
    return;
  }
  int spare = 28;  // 2^31 elements times 2^28: sums, bias and skip stay below 2^62
  for (std::int64_t columns = layer.columns; columns > 1; columns = (columns + 1) / 2) {
    --spare;
  }
  const int magnitude = pick(2, std::min(bits_, spare));
  const std::int32_t density = pick(0, 100);
  drawn.weights.resize(static_cast<std::size_t>(layer.kernels * layer.columns));
  for (std::int32_t& weight : drawn.weights) {
    weight = pick(1, 100) <= density ? number(magnitude) : 0;
  }
  for (std::int32_t kernel = 0; kernel < layer.kernels; ++kernel) {
    if (pick(0, 3) == 0) {  // all zero: it takes no slot
      std::fill_n(drawn.weights.begin() + kernel * layer.columns, layer.columns, 0);
    }
    drawn.biases.push_back(std::int64_t{number(magnitude)} * (std::int64_t{1} << pick(0, 24)));
  }
}

}  // namespace airnn::test
