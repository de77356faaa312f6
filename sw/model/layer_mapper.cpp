// SPDX-License-Identifier: Apache-2.0
#include "sw/model/layer_mapper.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "sw/model/graph.h"
#include "sw/model/layer_namer.h"

namespace airnn::graph {
namespace {

class LayerMapper {
 public:
  explicit LayerMapper(OperatorGraph graph)
      : graph_(std::move(graph)), layer_of_(static_cast<std::size_t>(graph_.size())) {}

  void add(const LayerPlan& plan) {
    Layer layer;
    LayerParameters parameters;
    layer.name = namer_.name(graph_.at(plan.first()).name);
    map_operator(plan, &layer);
    if (plan.activation) {
      map_activation(graph_.at(*plan.activation), &layer, &parameters);
    }
    if (plan.linear) {
      map_weights(&graph_.at(*plan.linear), &layer, &parameters);
    }
    layer_of_[static_cast<std::size_t>(plan.last)] =
        static_cast<std::int32_t>(model_.network.layers.size());
    model_.network.layers.push_back(std::move(layer));
    model_.parameters.push_back(std::move(parameters));
  }

  Model finish() {
    model_.network.input = graph_.input;
    model_.network.has_softmax = graph_.has_softmax;
    model_.renamed = namer_.renamed();
    return std::move(model_);
  }

 private:
  // The layer that delivers a map, as layers name it.
  std::int32_t layer_of(MapSource source) const {
    return source.is_network_input() ? kNetworkInput
                                     : layer_of_[static_cast<std::size_t>(source.maker())].value();
  }

  // The operand of an addition that does not come from the operator before it in the same layer.
  static MapSource other_operand(const LayerPlan& plan, const Operator& addition) {
    const bool swapped = plan.linear && *addition.skip == MapSource(*plan.linear);
    return swapped ? addition.source : *addition.skip;
  }

  void map_operator(const LayerPlan& plan, Layer* layer) const {
    const Operator& first = graph_.at(plan.first());
    layer->source = layer_of(first.source);
    layer->input = first.input;
    layer->result = first.output;
    layer->output = graph_.at(plan.last).output;
    if (plan.linear) {
      layer->kind = first.layer_kind;
      layer->window = first.window;
      layer->groups = first.groups;
      layer->kernels = first.kernels;
      layer->columns = first.columns;
    } else if (plan.addition) {
      layer->kind = LayerKind::addition;
    } else {
      layer->kind = LayerKind::pooling;
      layer->result = layer->output;
    }
    if (plan.addition) {
      layer->skip = layer_of(other_operand(plan, graph_.at(*plan.addition)));
    }
    map_pooling(plan, layer);
  }

  void map_pooling(const LayerPlan& plan, Layer* layer) const {
    if (plan.pooling) {
      const Operator& pooling = graph_.at(*plan.pooling);
      layer->pool = pooling.pool;
      layer->pool_window = pooling.window;
      layer->count_include_pad = pooling.count_include_pad;
    } else if (layer->kind == LayerKind::pooling) {
      layer->pool = PoolKind::max;
    }
  }

  static void map_activation(const Operator& activation, Layer* layer,
                             LayerParameters* parameters) {
    const bool unbounded = activation.high == std::numeric_limits<float>::max();
    if (activation.low == 0.0F && unbounded) {
      layer->activation = Activation::relu;
      return;
    }
    layer->activation = Activation::clip;
    parameters->clip_low = activation.low;
    parameters->clip_high = activation.high;
  }

  float single(double value, const Operator& linear) const {
    const auto narrow = static_cast<float>(value);
    if (!std::isfinite(narrow)) {
      fail_at(graph_.path, linear.name, linear.type,
              "its parameters with what is folded into them (batch normalisation, alpha, beta) "
              "exceed single precision");
    }
    return narrow;
  }

  void map_weights(Operator* linear, Layer* layer, LayerParameters* parameters) const {
    std::vector<float> weights = std::move(linear->weights);
    const auto columns = static_cast<std::size_t>(linear->columns);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights[i] = single(weights[i] * linear->scale[i / columns], *linear);
    }
    for (const double bias : linear->shift) {
      parameters->bias.push_back(single(bias, *linear));
    }
    layer->zeros = std::count(weights.begin(), weights.end(), 0.0F);
    layer->weights = static_cast<std::int64_t>(weights.size()) - layer->zeros;
    parameters->weights = std::move(weights);
  }

  OperatorGraph graph_;
  // By operator: the layer that delivers its map; none where the map stays inside of a layer.
  std::vector<std::optional<std::int32_t>> layer_of_;
  LayerNamer namer_;
  Model model_;
};

}  // namespace

Model map_layers(OperatorGraph graph, const std::vector<LayerPlan>& plans) {
  LayerMapper mapper(std::move(graph));
  for (const LayerPlan& plan : plans) {
    mapper.add(plan);
  }
  return mapper.finish();
}

}  // namespace airnn::graph
