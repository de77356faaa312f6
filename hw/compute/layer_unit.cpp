// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/layer_unit.h"

#include <algorithm>

#include "hw/common/check.h"
#include "hw/compute/accumulator/block_accumulator.h"
#include "hw/compute/accumulator/block_flags.h"
#include "hw/compute/accumulator/group_check.h"
#include "sw/format/errors.h"

namespace airnn {

LayerUnit::LayerUnit(const sc_core::sc_module_name& module_name, const LayerUnitParams& params,
                     const ClockDomain& clock, unsigned consumers)
    : sc_module(module_name),
      params_(params),
      clock_(clock),
      weights_(BufferMap(params.layer), params.layer.kind == LayerKind::fully_connected),
      arithmetic_(params.layer, params.input_format, params.skip_format),
      schedule_(params.layer, params.parallelism, params.handoff, params.blocks) {
  const auto make_map_in = [this](const char* port, std::size_t) {
    return new StreamIn<FeatureMap>(port, clock_);
  };
  in_weights.init(params.layer.has_weights() ? 1 : 0, [this](const char* port, std::size_t) {
    return new StreamIn<PlacedWeights>(port, clock_);
  });
  in_skip.init(params.layer.skip == kNoSource ? 0 : 1, make_map_in);
  out_maps.init(consumers, [this](const char* port, std::size_t) {
    return new StreamOut<FeatureMap>(port, clock_, 1);
  });
  SC_HAS_PROCESS(LayerUnit);
  SC_METHOD(obey);
  dont_initialize();
  sensitive << in_control.arrival_event();
  if (in_weights.size() > 0) {
    // A weight buffer takes a beat in every cycle: nothing can hold a train up. It is stored ahead
    // of time, but not ahead of a message that is still under way.
    in_weights[0].take_trains(
        [this] {
          obey();
          return in_control.empty();
        },
        [this](const ItemTrain<PlacedWeights>& train) { return place_train(train); });
    SC_METHOD(place);
    dont_initialize();
    sensitive << in_weights[0].arrival_event();
  }
  SC_METHOD(compute);
  dont_initialize();
  sensitive << in_map.arrival_event() << timer_.event();
  for (StreamIn<FeatureMap>& in : in_skip) {
    sensitive << in.arrival_event();
  }
  for (StreamOut<FeatureMap>& out : out_maps) {
    sensitive << out.credit_event();
  }
}

void LayerUnit::obey() {
  while (in_control.can_pop()) {
    const ControlMessage message = in_control.pop();
    if (message.kind == ControlKind::reset) {
      weights_.reset();
      on_reset.emit({clock_.now(), params_.index, message.input, weights_.weights()});
    } else if (message.kind == ControlKind::configure) {
      configured_ = clock_.now();
      weights_.configure(message.iteration);
      groups_ = message.groups;
    }
  }
}

void LayerUnit::place() {
  while (in_weights[0].can_pop()) {
    take(in_weights[0].front());
    in_weights[0].pop();
  }
}

void LayerUnit::take(PlacedWeights words) {
  if (words.first != 0) {
    words.content = 0;  // not complete: a name would promise too much
  }
  if (words.valid_from == 0) {
    weights_.place(words);
  } else {
    weights_.stage(words);
  }
}

Cycle LayerUnit::place_train(const ItemTrain<PlacedWeights>& train) {
  PlacedWeights all = train.items[0].item;
  for (std::size_t i = 1; i < train.count; ++i) {
    const PlacedWeights& words = train.items[i].item;
    MODEL_CHECK(words.words == all.words + all.count, name(),
                "the words of a train do not lie behind each other");
    MODEL_CHECK(words.valid_from == all.valid_from, name(),
                "the words of a train count from different iterations");
    if (words.content != all.content) {
      all.content = 0;  // a name of some names not all
    }
    all.count += words.count;
  }
  take(all);
  return train.last_cycle() + 1;
}

bool LayerUnit::has_credit() {
  bool all = true;
  for (StreamOut<FeatureMap>& out : out_maps) {
    all = out.can_push() && all;
  }
  return all;
}

void LayerUnit::compute() {
  const Cycle t = clock_.now();
  if (!in_map.can_pop() || (in_skip.size() > 0 && !in_skip[0].can_pop())) {
    return;
  }
  if (t < free_from_) {
    timer_.set(free_from_);
    return;
  }
  if (!has_credit()) {
    blocked_since_ = std::min(blocked_since_, t);
    return;
  }
  const FeatureMap map = in_map.front();
  const FeatureMap* skip = in_skip.size() == 0 ? nullptr : &in_skip[0].front();
  const SparseKernels* kernels = in_weights.size() == 0 ? nullptr : &weights_.kernels();
  const std::uint64_t issued = kernels == nullptr ? 0 : slots_per_position();
  std::vector<IssueRun> issues;
  const LayerRun run = schedule_.run(t, issued, readable_rows(map, map_rows_),
                                     skip ? readable_rows(*skip, skip_rows_) : nullptr,
                                     on_start.heard() ? &issues : nullptr);
  if (on_start.heard()) {
    tell_start(run, issues, map, skip);
  }
  const std::vector<std::int32_t>& values =
      arithmetic_.compute(kernels, map.data, skip ? skip->data : nullptr);
  row_ready_ = run.row_ready;
  const Cycle arrival = params_.delivers_rows ? row_ready_.front() : run.finish;
  for (StreamOut<FeatureMap>& out : out_maps) {
    out.push(
        {values.data(), row_ready_.data(), static_cast<std::uint32_t>(row_ready_.size()), map.input,
         map.iteration,
         static_cast<std::uint32_t>(params_.layer.output.channels * params_.layer.output.width)},
        arrival - t);
  }
  tell(run, map, issued);
  if (groups_ != nullptr && params_.policy != InterleavePolicy::position) {
    on_groups.emit(
        {run.start, params_.index, map.input, map.iteration, &known_groups_.at(groups_).flags});
  }
  on_values.emit({params_.index, map.input, map.iteration, &values});
  free_from_ = run.finish;
  in_map.pop_at(run.finish - 1);
  for (StreamIn<FeatureMap>& in : in_skip) {
    in.pop_at(run.finish - 1);
  }
}

/// Cycles in which the rows can be read: the producer's own where no link makes them late.
const Cycle* LayerUnit::readable_rows(const FeatureMap& map, std::vector<Cycle>& late) {
  if (map.link_cycles == 0) {
    return map.row_ready;
  }
  late.resize(map.rows);
  for (std::uint32_t row = 0; row < map.rows; ++row) {
    late[row] = map.readable(row);
  }
  return late.data();
}

/// Rule P9, once for the same weights and the same table. What the accumulator sums up is then what
/// the arithmetic sums up kernel by kernel.
void LayerUnit::check_groups() {
  KnownGroups& known = known_groups_[groups_];
  const std::shared_ptr<const SparseKernels>& kernels = weights_.shared_kernels();
  if (known.checked == kernels) {
    return;
  }
  const Layer& layer = params_.layer;
  const BlockSplit split = {static_cast<std::uint32_t>(layer.window.area()), params_.blocks};
  std::string error;
  try {
    airnn::check_groups(*groups_, params_.policy, split, kernels->kernels());
  } catch (const ImageError& refusal) {
    error = refusal.what();
  }
  if (error.empty()) {
    error = check_loaded_weights(*kernels, *groups_, params_.policy, split,
                                 static_cast<std::uint32_t>(layer.kernels / layer.groups));
  }
  if (error.empty() && known.flags.empty() && params_.policy != InterleavePolicy::position) {
    for (const KernelGroup& group : *groups_) {
      known.flags.push_back(encode_flags(group, params_.blocks));
    }
  }
  for (std::size_t i = 0; i < known.flags.size() && error.empty(); ++i) {
    error = check_flags(known.flags[i], (*groups_)[i]);
  }
  MODEL_CHECK(error.empty(), name(), "the groups do not fit: " + error + " (P9)");
  known.checked = kernels;
}

/// What is issued for one tile and pass: groups, or kernels one by one.
std::uint64_t LayerUnit::slots_per_position() {
  const SparseKernels& kernels = weights_.kernels();
  if (groups_ != nullptr) {
    check_groups();
    return groups_->size();
  }
  return params_.skips_zero_kernels ? kernels.nonzero_kernels() : kernels.kernels();
}

void LayerUnit::tell_start(const LayerRun& run, const std::vector<IssueRun>& issues,
                           const FeatureMap& map, const FeatureMap* skip) {
  LayerStarted event;
  event.start = run.start;
  event.finish = run.finish;
  event.layer = params_.index;
  event.input = map.input;
  event.iteration = map.iteration;
  event.issues = &issues;
  if (in_weights.size() > 0) {
    event.kernels = weights_.shared_kernels();
  }
  event.groups = groups_;
  event.map = map.data;
  event.skip = skip == nullptr ? nullptr : skip->data;
  on_start.emit(event);
}

void LayerUnit::tell(const LayerRun& run, const FeatureMap& map, std::uint64_t issued) {
  const Cycle t = clock_.now();
  const Cycle blocked = blocked_since_ == kNever ? 0 : t - blocked_since_;
  const Cycle waited = configured_ == kNever ? 0 : t - blocked - configured_;
  on_cycles.emit({run.finish, run.finish - run.start - run.stalled,
                  waited + (run.start - t) + run.stalled, blocked});
  configured_ = kNever;
  blocked_since_ = kNever;

  const Layer& layer = params_.layer;
  const auto positions = static_cast<std::uint64_t>(layer.result.height) *
                         static_cast<std::uint64_t>(layer.result.width);
  LayerDone done;
  done.start = run.start;
  done.finish = run.finish;
  done.stalled = run.stalled;
  done.layer = params_.index;
  done.input = map.input;
  done.iteration = map.iteration;
  done.multipliers = schedule_.multipliers();
  done.slots = run.slots;
  done.groups = issued;
  if (layer.has_weights()) {
    const SparseKernels& loaded = weights_.kernels();
    done.nonzero_kernels = loaded.nonzero_kernels();
    done.weights = loaded.weights();
    done.multiplications = loaded.weights() * positions;
    done.idle_multiplications = run.slots * schedule_.multipliers() - done.multiplications;
    // Every product is added once, to its neighbours in the tree or at last to the bias.
    done.additions = done.multiplications;
    const std::uint64_t tiles = schedule_.tiles();
    done.weight_reads = loaded.weights() * tiles;
    count_interleaving(done);
    done.feature_reads = layer.kind == LayerKind::fully_connected
                             ? static_cast<std::uint64_t>(layer.columns)
                             : positions * static_cast<std::uint64_t>(layer.columns) *
                                   static_cast<std::uint64_t>(layer.groups);
  } else {
    done.feature_reads = static_cast<std::uint64_t>(layer.input.size());
  }
  if (layer.skip != kNoSource) {
    done.additions += static_cast<std::uint64_t>(layer.result.size());
    done.feature_reads += static_cast<std::uint64_t>(layer.result.size());
  }
  if (layer.pool != PoolKind::none) {
    const auto outputs = static_cast<std::uint64_t>(layer.output.size());
    done.pool_operations = outputs * static_cast<std::uint64_t>(layer.pool_window.area() - 1);
    done.pool_scalings = layer.pool == PoolKind::average ? outputs : 0;
  }
  done.saturated = arithmetic_.saturated();
  done.feature_writes = static_cast<std::uint64_t>(layer.output.size());
  on_done.emit(done);
}

/// The multiplexers stand behind the adders of the blocks whether kernels are grouped or not, but
/// without groups nothing in them changes.
void LayerUnit::count_interleaving(LayerDone& done) const {
  if (groups_ == nullptr) {
    return;
  }
  const std::uint64_t unit_slots = done.slots * schedule_.channel_units();
  if (params_.policy == InterleavePolicy::position) {
    // Two bits lead every product to one of four trees, through two levels of multiplexers.
    done.flag_reads = 2 * done.multiplications;
    done.multiplexers = 2 * done.multiplications;
    return;
  }
  done.flag_reads = unit_slots * params_.blocks;
  done.multiplexers = unit_slots * block_multiplexers(params_.blocks);
  if (params_.policy == InterleavePolicy::block) {
    done.operand_selects = done.multiplications;
  }
}

}  // namespace airnn
