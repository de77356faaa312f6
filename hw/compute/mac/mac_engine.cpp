// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/mac_engine.h"

#include "hw/compute/accumulator/block_accumulator.h"
#include "hw/compute/mac/mac_pins.h"

namespace airnn {

MacEngine::MacEngine(const EngineParams& params)
    : params_(params),
      schedule_(params.layer, params.parallelism, params.handoff, params.blocks),
      arithmetic_(params.layer, params.input_format, params.skip_format, *params_.product),
      price_class_(params_.product->price_class()) {}

/// What is issued for one tile and pass: groups, or kernels one by one.
std::uint64_t MacEngine::issued(const LayerOperands& operands) const {
  if (operands.kernels == nullptr) {
    return 0;
  }
  if (operands.groups != nullptr) {
    return operands.groups->size();
  }
  return params_.skips_zero_kernels ? operands.kernels->nonzero_kernels()
                                    : operands.kernels->kernels();
}

LayerRun MacEngine::schedule(const LayerOperands& operands, const OperandTimes& times,
                             std::vector<IssueRun>* issues) const {
  return schedule_.run(times.earliest, issued(operands), times.map_rows, times.skip_rows, issues);
}

LayerOutput MacEngine::values(const LayerOperands& operands) {
  const std::vector<std::int32_t>& map =
      arithmetic_.compute(operands.kernels, operands.map, operands.skip);
  return {&map, arithmetic_.saturated()};
}

LayerWork MacEngine::work(const LayerOperands& operands, const LayerRun& run) const {
  const Layer& layer = params_.layer;
  LayerWork work;
  work.multipliers =
      params_.array_multipliers == 0 ? schedule_.multipliers() : params_.array_multipliers;
  work.groups = issued(operands);
  if (operands.kernels != nullptr) {
    count_kernels(*operands.kernels, run, work);
  } else {
    work.counts[Action::feature_buffer_read] = static_cast<std::uint64_t>(layer.input.size());
  }
  if (operands.groups != nullptr) {
    count_interleaving(run, work);
  }
  if (layer.skip != kNoSource) {
    work.counts[Action::addition] += static_cast<std::uint64_t>(layer.result.size());
    work.counts[Action::feature_buffer_read] += static_cast<std::uint64_t>(layer.result.size());
  }
  if (layer.pool != PoolKind::none) {
    const auto outputs = static_cast<std::uint64_t>(layer.output.size());
    work.counts[Action::addition] +=
        outputs * static_cast<std::uint64_t>(layer.pool_window.area() - 1);
    // An average is multiplied by 1 / elements.
    work.counts[Action::multiplication] += layer.pool == PoolKind::average ? outputs : 0;
  }
  work.counts[Action::feature_buffer_write] = static_cast<std::uint64_t>(layer.output.size());
  return work;
}

void MacEngine::count_kernels(const SparseKernels& kernels, const LayerRun& run,
                              LayerWork& work) const {
  const Layer& layer = params_.layer;
  const auto positions = static_cast<std::uint64_t>(layer.result.height) *
                         static_cast<std::uint64_t>(layer.result.width);
  work.nonzero_kernels = kernels.nonzero_kernels();
  work.weights = kernels.weights();
  work.multiplications = kernels.weights() * positions;
  work.idle_multiplications = run.slots * work.multipliers - work.multiplications;
  // Every product is added once, to its neighbours in the tree or at last to the bias.
  work.counts[Action::addition] = work.multiplications;
  work.counts[{Action::multiplication, price_class_}] = work.multiplications;
  work.counts[Action::idle_multiplication] = work.idle_multiplications;
  work.counts[Action::weight_buffer_read] = kernels.weights() * schedule_.tiles();
  work.counts[Action::feature_buffer_read] = layer.kind == LayerKind::fully_connected
                                                 ? static_cast<std::uint64_t>(layer.columns)
                                                 : positions *
                                                       static_cast<std::uint64_t>(layer.columns) *
                                                       static_cast<std::uint64_t>(layer.groups);
}

/// The multiplexers stand behind the adders of the blocks whether kernels are grouped or not, but
/// without groups nothing in them changes.
void MacEngine::count_interleaving(const LayerRun& run, LayerWork& work) const {
  if (params_.policy == InterleavePolicy::position) {
    // Two bits lead every product to one of four trees, through two levels of multiplexers.
    work.counts[Action::flag_read] = 2 * work.multiplications;
    work.counts[Action::multiplexer] = 2 * work.multiplications;
    return;
  }
  const std::uint64_t unit_slots = run.slots * schedule_.channel_units();
  work.counts[Action::flag_read] = unit_slots * params_.blocks;
  work.counts[Action::multiplexer] = unit_slots * block_multiplexers(params_.blocks);
  if (params_.policy == InterleavePolicy::block) {
    work.counts[Action::operand_select] = work.multiplications;
  }
}

std::unique_ptr<EnginePins> MacEngine::pins() const {
  if (params_.layer.kind != LayerKind::convolution) {
    return nullptr;
  }
  return std::make_unique<MacPins>(params_);
}

}  // namespace airnn
