// SPDX-License-Identifier: Apache-2.0
#include "sw/model/simplifier.h"

#include <algorithm>

#include "sw/model/graph.h"
#include "sw/model/window_shape.h"

namespace airnn::graph {
namespace {

void make_depthwise(Operator* affine) {
  const std::int32_t channels = affine->input.channels;
  affine->kind = OperatorKind::linear;
  affine->layer_kind = channels > 1 ? LayerKind::depthwise : LayerKind::convolution;
  affine->groups = channels;
  affine->kernels = channels;
  affine->columns = 1;
  affine->weights.assign(static_cast<std::size_t>(channels), 1.0F);
}

void fold_affine(OperatorGraph* graph, std::int32_t index) {
  Operator& affine = graph->at(index);
  const std::int32_t source = affine.source;
  const bool foldable = source >= 0 && graph->at(source).kind == OperatorKind::linear &&
                        graph->sole_consumer(source) == index;
  if (!foldable) {
    make_depthwise(&affine);
    return;
  }
  Operator& linear = graph->at(source);
  for (std::size_t m = 0; m < linear.scale.size(); ++m) {
    linear.scale[m] *= affine.scale[m];
    linear.shift[m] = linear.shift[m] * affine.scale[m] + affine.shift[m];
  }
  graph->replace(index, source);
}

void fold_activation(OperatorGraph* graph, std::int32_t index) {
  const Operator& second = graph->at(index);
  const std::int32_t source = second.source;
  if (source < 0 || graph->at(source).kind != OperatorKind::activation ||
      graph->sole_consumer(source) != index) {
    return;
  }
  Operator& first = graph->at(source);
  first.low = std::clamp(first.low, second.low, second.high);
  first.high = std::clamp(first.high, second.low, second.high);
  graph->replace(index, source);
}

// Whether no element of the map can be negative, so that a zero never wins a maximum it should not.
bool is_nonnegative(const OperatorGraph& graph, std::int32_t source) {
  while (source >= 0 && graph.at(source).kind == OperatorKind::pooling) {
    source = graph.at(source).source;
  }
  return source >= 0 && graph.at(source).kind == OperatorKind::activation &&
         graph.at(source).low >= 0.0F;
}

[[noreturn]] void fail(const OperatorGraph& graph, const Operator& at, const std::string& what) {
  fail_at(graph.path, at.name, at.type, what);
}

bool has_pads(const Window& window) {
  return window.pad_top + window.pad_left + window.pad_bottom + window.pad_right > 0;
}

void widen(const Window& by, Window* window) {
  window->pad_top += by.pad_top;
  window->pad_left += by.pad_left;
  window->pad_bottom += by.pad_bottom;
  window->pad_right += by.pad_right;
}

void check_pooling(const OperatorGraph& graph, const Operator& padding, const Operator& pool) {
  if (pool.pool == PoolKind::max && !is_nonnegative(graph, padding.source)) {
    fail(graph, padding,
         "zeros before the maximum of '" + pool.name +
             "' are supported only behind Relu, where no element is negative; use the pads of the "
             "pooling itself");
  }
  if (pool.pool == PoolKind::average && has_pads(pool.window) && !pool.count_include_pad) {
    fail(graph, padding,
         "zeros before the average of '" + pool.name +
             "', which has pads that do not count, are not supported; use one of the two");
  }
}

void fold_into(const OperatorGraph& graph, const Operator& padding, Operator* consumer) {
  const bool slides = consumer->kind == OperatorKind::pooling ||
                      consumer->kind == OperatorKind::padding ||
                      (consumer->kind == OperatorKind::linear &&
                       consumer->layer_kind != LayerKind::fully_connected);
  if (!slides) {
    fail(graph, padding,
         "is supported only before a convolution or pooling, not before node '" + consumer->name +
             "' (operator " + consumer->type + ")");
  }
  if (consumer->kind == OperatorKind::pooling) {
    check_pooling(graph, padding, *consumer);
  }
  widen(padding.window, &consumer->window);
  consumer->input = padding.input;
  if (consumer->kind == OperatorKind::pooling) {
    consumer->count_include_pad = consumer->pool == PoolKind::average;
    if (!every_window_meets_map(consumer->window, consumer->input, consumer->output)) {
      fail(
          graph, padding,
          "leaves a window of '" + consumer->name +
              "' in the padding alone, which is not supported; supported are pads smaller than the "
              "window");
    }
  }
}

void fold_padding(OperatorGraph* graph, std::int32_t index) {
  const Operator padding = graph->at(index);
  for (const std::int32_t consumer : graph->consumers(index)) {
    if (consumer == kGraphOutput) {
      fail(*graph, padding, "is supported only before a convolution or pooling, not as the output");
    }
    fold_into(*graph, padding, &graph->at(consumer));
  }
  graph->replace(index, padding.source);
}

template <typename Step>
void for_each(OperatorGraph* graph, OperatorKind kind, Step step) {
  for (std::int32_t i = 0; i < graph->size(); ++i) {
    if (!graph->at(i).removed && graph->at(i).kind == kind) {
      step(graph, i);
    }
  }
}

}  // namespace

void simplify(OperatorGraph* graph) {
  for_each(graph, OperatorKind::affine, fold_affine);
  for_each(graph, OperatorKind::activation, fold_activation);
  for_each(graph, OperatorKind::padding, fold_padding);
}

}  // namespace airnn::graph
