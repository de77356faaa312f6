// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/network_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sw/describe/network_words.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

Json shape_json(const MapShape& shape) {
  return {{"channels", shape.channels}, {"height", shape.height}, {"width", shape.width}};
}

Json format_json(const FixedFormat& format) {
  Json json{{"bits", format.bits}, {"fraction_bits", format.fraction_bits}};
  if (format.is_unsigned) {
    json["unsigned"] = true;
  }
  return json;
}

Json window_json(const Window& window) {
  return {{"size", Json::array({window.kernel_h, window.kernel_w})},
          {"stride", Json::array({window.stride_h, window.stride_w})},
          {"padding",
           Json::array({window.pad_top, window.pad_left, window.pad_bottom, window.pad_right})}};
}

Json bytes_json(const ArrayBytes& bytes, bool interleaved) {
  Json json{
      {"value", bytes.value}, {"column", bytes.column}, {"row", bytes.row}, {"layer", bytes.layer}};
  if (interleaved) {
    json["kernel_index"] = bytes.kernel_index;
    json["group_index"] = bytes.group_index;
    json["kernel_block"] = bytes.kernel_block;
  }
  return json;
}

Json pool_json(const Layer& layer) {
  Json json{{"kind", to_string(layer.pool)}};
  if (layer.pool != PoolKind::none) {
    json["window"] = window_json(layer.pool_window);
    json["count_include_pad"] = layer.count_include_pad;
  }
  return json;
}

}  // namespace

Json network_json(const Network& network) {
  return {{"name", network.name},
          {"input", shape_json(network.input)},
          {"input_format", format_json(network.input_format)},
          {"preprocess",
           {{"scale", network.preprocess.scale},
            {"mean", network.preprocess.mean},
            {"std", network.preprocess.deviation}}},
          {"classes", network.classes()},
          {"softmax", network.has_softmax}};
}

Json layer_json(const Network& network, std::size_t index) {
  const Layer& layer = network.layers[index];
  Json json{{"index", index},
            {"name", layer.name},
            {"kind", to_string(layer.kind)},
            {"source", layer.source},
            {"skip", layer.skip == kNoSource ? Json() : Json(layer.skip)},
            {"input", shape_json(layer.input)},
            {"result", shape_json(layer.result)},
            {"output", shape_json(layer.output)},
            {"window", window_json(layer.window)},
            {"groups", layer.groups},
            {"kernels", layer.kernels},
            {"columns", layer.columns},
            {"clusters", layer.clusters},
            {"weights", layer.weights},
            {"zeros", layer.zeros},
            {"weight_format", layer.has_weights() ? format_json(layer.weight_format) : Json()},
            {"output_format", format_json(layer.output_format)},
            {"activation",
             {{"kind", to_string(layer.activation)},
              {"low", layer.clamp_low},
              {"high", layer.clamp_high}}},
            {"pooling", pool_json(layer)}};
  if (layer.product_table != 0) {
    json["product_table"] = fmt::format("{:08x}", layer.product_table);
    json["tuned"] = layer.is_tuned;
  }
  return json;
}

Json batch_json(const BatchSummary& batch) {
  Json layers = Json::array();
  for (const LayerShare& share : batch.layers) {
    Json json{{"index", share.layer},     {"name", share.name},
              {"weights", share.weights}, {"fraction", share.fraction},
              {"kernels", share.kernels}, {"nonzero_kernels", share.nonzero_kernels}};
    if (batch.interleaved) {
      json["groups"] = share.groups > 0 ? Json(share.groups) : Json();
    }
    json["bytes"] = bytes_json(share.bytes, batch.interleaved);
    layers.push_back(std::move(json));
  }
  return {{"iteration", batch.iteration},
          {"weights", batch.weights},
          {"fraction", batch.fraction},
          {"cumulative_fraction", batch.cumulative_fraction},
          {"bytes", bytes_json(batch.bytes, batch.interleaved)},
          {"layers", layers}};
}

}  // namespace airnn
