// SPDX-License-Identifier: Apache-2.0
#include "sw/model/layer_plan.h"

namespace airnn::graph {
namespace {

class Planner {
 public:
  explicit Planner(const OperatorGraph& graph)
      : graph_(graph), taken_(static_cast<std::size_t>(graph.size()), false) {}

  std::vector<LayerPlan> plan() {
    // Weights choose first: an addition rides behind the later of two operators that could take it,
    // so that the other one's map is there when it is needed.
    for (std::int32_t i = graph_.size() - 1; i >= 0; --i) {
      if (is(i, OperatorKind::linear)) {
        plans_.push_back(linear_layer(i));
      }
    }
    for (std::int32_t i = 0; i < graph_.size(); ++i) {
      if (is(i, OperatorKind::addition)) {
        plans_.push_back(addition_layer(i));
      }
    }
    for (std::int32_t i = 0; i < graph_.size(); ++i) {
      if (is(i, OperatorKind::pooling) || is(i, OperatorKind::activation)) {
        plans_.push_back(pooling_layer(i));
      }
    }
    return in_order();
  }

 private:
  using Step = LayerPlan::Step;

  bool is(std::int32_t index, OperatorKind kind) const {
    return !graph_.at(index).removed && !taken_[static_cast<std::size_t>(index)] &&
           graph_.at(index).kind == kind;
  }

  // The operator of this kind that alone reads the map of `index` and is free.
  Step follower(std::int32_t index, OperatorKind kind) const {
    const Step reader = graph_.readers(MapSource(index)).sole();
    return reader && is(*reader, kind) ? reader : std::nullopt;
  }

  bool is_max_pool(Step index) const { return index && graph_.at(*index).pool == PoolKind::max; }

  void take(Step index, Step* step, LayerPlan* plan) {
    if (index) {
      taken_[static_cast<std::size_t>(*index)] = true;
      *step = index;
      plan->last = *index;
    }
  }

  void take_activation_and_pooling(LayerPlan* plan) {
    const Step next = follower(plan->last, OperatorKind::pooling);
    const Step behind =
        is_max_pool(next) ? follower(*next, OperatorKind::activation) : std::nullopt;
    if (behind) {
      // A clamp is monotonic: the maximum of clamped elements is the clamped maximum.
      take(next, &plan->pooling, plan);
      take(behind, &plan->activation, plan);
      return;
    }
    take(follower(plan->last, OperatorKind::activation), &plan->activation, plan);
    take_pooling(plan);
  }

  // An average does not commute with the activation behind it: such a pooling stays alone, since a
  // pooling stage behind another layer has no clamp.
  void take_pooling(LayerPlan* plan) {
    const Step next = follower(plan->last, OperatorKind::pooling);
    if (next && !follower(*next, OperatorKind::activation)) {
      take(next, &plan->pooling, plan);
    }
  }

  LayerPlan linear_layer(std::int32_t index) {
    LayerPlan plan;
    take(index, &plan.linear, &plan);
    take(follower(index, OperatorKind::addition), &plan.addition, &plan);
    take_activation_and_pooling(&plan);
    return plan;
  }

  LayerPlan addition_layer(std::int32_t index) {
    LayerPlan plan;
    take(index, &plan.addition, &plan);
    take_activation_and_pooling(&plan);
    return plan;
  }

  // A stand-alone pooling clamps behind its window. A lone activation is one with a 1x1 maximum.
  LayerPlan pooling_layer(std::int32_t index) {
    LayerPlan plan;
    if (is(index, OperatorKind::pooling)) {
      take(index, &plan.pooling, &plan);
      take(follower(index, OperatorKind::activation), &plan.activation, &plan);
      return plan;
    }
    take(index, &plan.activation, &plan);
    const Step next = follower(index, OperatorKind::pooling);
    if (is_max_pool(next)) {
      take(next, &plan.pooling, &plan);
    }
    return plan;
  }

  // Layers in the order of what they deliver: an operand's operators always precede their reader's
  // last.
  std::vector<LayerPlan> in_order() const {
    std::vector<const LayerPlan*> by_last(taken_.size(), nullptr);
    for (const LayerPlan& plan : plans_) {
      by_last[static_cast<std::size_t>(plan.last)] = &plan;
    }
    std::vector<LayerPlan> ordered;
    for (const LayerPlan* plan : by_last) {
      if (plan != nullptr) {
        ordered.push_back(*plan);
      }
    }
    return ordered;
  }

  const OperatorGraph& graph_;
  std::vector<bool> taken_;
  std::vector<LayerPlan> plans_;
};

}  // namespace

std::int32_t LayerPlan::first() const {
  if (linear) {
    return *linear;
  }
  if (addition) {
    return *addition;
  }
  return *(!pooling || (activation && *activation < *pooling) ? activation : pooling);
}

std::vector<LayerPlan> plan_layers(const OperatorGraph& graph) {
  return Planner(graph).plan();
}

}  // namespace airnn::graph
