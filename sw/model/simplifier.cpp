// SPDX-License-Identifier: Apache-2.0
#include "sw/model/simplifier.h"

#include <algorithm>
#include <vector>

#include "sw/model/graph.h"
#include "sw/model/message_text.h"
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
  const auto source = graph->maker_of_kind(affine.source, OperatorKind::linear);
  if (!source || graph->readers(affine.source).sole() != index) {
    make_depthwise(&affine);
    return;
  }
  Operator& linear = graph->at(*source);
  for (std::size_t m = 0; m < linear.scale.size(); ++m) {
    linear.scale[m] *= affine.scale[m];
    linear.shift[m] = linear.shift[m] * affine.scale[m] + affine.shift[m];
  }
  graph->replace(index, affine.source);
}

void fold_activation(OperatorGraph* graph, std::int32_t index) {
  const Operator& second = graph->at(index);
  const auto source = graph->maker_of_kind(second.source, OperatorKind::activation);
  if (!source || graph->readers(second.source).sole() != index) {
    return;
  }
  Operator& first = graph->at(*source);
  first.low = std::clamp(first.low, second.low, second.high);
  first.high = std::clamp(first.high, second.low, second.high);
  graph->replace(index, second.source);
}

// Whose elements can never be negative, so that a zero never wins a maximum it should not.
class Signs {
 public:
  explicit Signs(const OperatorGraph& graph) {
    for (std::int32_t i = 0; i < graph.size(); ++i) {
      nonnegative_.push_back(judge(graph.at(i)));
    }
  }

  bool is_nonnegative(MapSource source) const {
    return !source.is_network_input() && nonnegative_[static_cast<std::size_t>(source.maker())];
  }

 private:
  bool judge(const Operator& made) const {
    switch (made.kind) {
      case OperatorKind::activation:
        return made.low >= 0.0F;
      case OperatorKind::pooling:
      case OperatorKind::padding:
        return is_nonnegative(made.source);
      case OperatorKind::addition:
        return is_nonnegative(made.source) && is_nonnegative(*made.skip);
      default:
        return false;
    }
  }

  std::vector<bool> nonnegative_;
};

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

void check_pooling(const OperatorGraph& graph, const Signs& signs, const Operator& padding,
                   const Operator& pool) {
  if (pool.pool == PoolKind::max && !signs.is_nonnegative(padding.source)) {
    fail(graph, padding,
         "zeros before the maximum of '" + shown(pool.name) +
             "' are supported only behind Relu, where no element is negative; use the pads of the "
             "pooling itself");
  }
  if (pool.pool == PoolKind::average && has_pads(pool.window) && !pool.count_include_pad) {
    fail(graph, padding,
         "zeros before the average of '" + shown(pool.name) +
             "', which has pads that do not count, are not supported; use one of the two");
  }
}

void fold_into(const OperatorGraph& graph, const Signs& signs, const Operator& padding,
               Operator* consumer) {
  const bool slides = consumer->kind == OperatorKind::pooling ||
                      consumer->kind == OperatorKind::padding ||
                      (consumer->kind == OperatorKind::linear &&
                       consumer->layer_kind != LayerKind::fully_connected);
  if (!slides) {
    fail(graph, padding,
         "is supported only before a convolution or pooling, not before node '" +
             shown(consumer->name) + "' (operator " + shown(consumer->type) + ")");
  }
  if (consumer->kind == OperatorKind::pooling) {
    check_pooling(graph, signs, padding, *consumer);
  }
  widen(padding.window, &consumer->window);
  consumer->input = padding.input;
  if (consumer->kind == OperatorKind::pooling) {
    consumer->count_include_pad = consumer->pool == PoolKind::average;
    if (!every_window_meets_map(consumer->window, consumer->input, consumer->output)) {
      fail(
          graph, padding,
          "leaves a window of '" + shown(consumer->name) +
              "' in the padding alone, which is not supported; supported are pads smaller than the "
              "window");
    }
  }
}

void fold_padding(OperatorGraph* graph, const Signs& signs, std::int32_t index) {
  const Operator padding = graph->at(index);
  const Readers& readers = graph->readers(MapSource(index));
  if (readers.is_output) {
    fail(*graph, padding, "is supported only before a convolution or pooling, not as the output");
  }
  for (const auto& reader : readers.operands) {
    fold_into(*graph, signs, padding, &graph->at(reader.first));
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
  graph->remove_unread();
  for_each(graph, OperatorKind::affine, fold_affine);
  for_each(graph, OperatorKind::activation, fold_activation);
  const Signs signs(*graph);
  for_each(graph, OperatorKind::padding, [&](OperatorGraph* changed, std::int32_t index) {
    fold_padding(changed, signs, index);
  });
}

}  // namespace airnn::graph
