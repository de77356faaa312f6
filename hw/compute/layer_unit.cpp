// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/layer_unit.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"
#include "hw/compute/accumulator/block_flags.h"
#include "hw/compute/accumulator/group_check.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Of each run; looking at all of them would take longer than the run.
constexpr std::size_t kSearchesTold = 24;

}  // namespace

LayerUnit::LayerUnit(const sc_core::sc_module_name& module_name, const LayerUnitParams& params,
                     const ClockDomain& clock, unsigned consumers,
                     std::unique_ptr<LayerEngine> engine)
    : sc_module(module_name),
      params_(params),
      clock_(clock),
      weights_(BufferMap(params.compute.layer),
               params.compute.layer.kind == LayerKind::fully_connected, params.compute.layer.bins),
      decompressor_(params.decompressor ? std::optional<Decompressor>(*params.decompressor)
                                        : std::nullopt),
      engine_(std::move(engine)) {
  const Layer& layer = params.compute.layer;
  const auto make_map_in = [this](const char* port, std::size_t) {
    return new StreamIn<FeatureMap>(port, clock_);
  };
  in_weights.init(layer.has_weights() ? 1 : 0, [this](const char* port, std::size_t) {
    return new StreamIn<PlacedWeights>(port, clock_);
  });
  in_skip.init(layer.skip == kNoSource ? 0 : 1, make_map_in);
  out_maps.init(consumers, [this](const char* port, std::size_t) {
    return new StreamOut<FeatureMap>(port, clock_, 1);
  });
  SC_HAS_PROCESS(LayerUnit);
  SC_METHOD(obey);
  dont_initialize();
  sensitive << in_control.arrival_event();
  if (in_weights.size() > 0) {
    // A weight buffer takes a beat in every cycle: nothing can hold a train up, but a decompressor.
    // It is stored ahead of time, but not ahead of a message that is still under way.
    in_weights[0].take_trains(
        [this] {
          obey();
          return in_control.empty() && !decompressor_;
        },
        [this](const ItemTrain<PlacedWeights>& train) { return place_train(train); });
    SC_METHOD(place);
    dont_initialize();
    sensitive << in_weights[0].arrival_event();
  }
  if (params_.array != nullptr) {
    params_.array->add(
        {params_.index, [this] { return is_ready(); }, [this](Cycle cycle) { timer_.set(cycle); }});
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
      if (decompressor_) {
        decompressor_->end_batch();
      }
      weights_.configure(message.iteration);
      groups_ = message.groups;
      groups_content_ = message.content;
    }
  }
}

void LayerUnit::place() {
  while (in_weights[0].can_pop()) {
    if (in_weights[0].front().segment_count > 0) {
      expand();
      continue;
    }
    take(in_weights[0].front());
    in_weights[0].pop();
  }
}

/// The words are in the buffer before it is read, which is what counts; the item's slot is taken
/// until its last word is expanded.
void LayerUnit::expand() {
  MODEL_CHECK(decompressor_.has_value(), name(),
              "lines came to a layer without decompressor (P15)");
  const Timed<PlacedWeights>& arrived = in_weights[0].front_beat();
  const Decompressor::Expansion done = decompressor_->expand(arrived.item, clock_.now());
  PlacedWeights words = arrived.item;
  words.words = done.words->data();
  words.segments = nullptr;
  words.segment_count = 0;
  words.content = 0;  // the next item's words lie in the same place
  LinesExpanded event;
  event.arrived = arrived.cycle;
  event.begin = done.begin;
  event.end = done.end;
  event.layer = params_.index;
  event.segments = arrived.item.segment_count;
  event.words = words.count;
  event.placed = words.words;
  take(words);
  on_expanded.emit(event);
  on_decompressor_cycles.emit({done.end, done.end - done.begin, done.waited, 0});
  in_weights[0].pop_at(done.end - 1);
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
  take(train.kept == nullptr ? joined(train)
                             : joined_.get(train.kept, [&] { return joined(train); }));
  return train.last_cycle() + 1;
}

/// All words of a train.
PlacedWeights LayerUnit::joined(const ItemTrain<PlacedWeights>& train) const {
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
  return all;
}

bool LayerUnit::has_credit() {
  bool all = true;
  for (StreamOut<FeatureMap>& out : out_maps) {
    all = out.can_push() && all;
  }
  return all;
}

bool LayerUnit::has_maps() const {
  return in_map.can_pop() && (in_skip.size() == 0 || in_skip[0].can_pop());
}

/// Whether nothing but a shared array keeps it from starting now.
bool LayerUnit::is_ready() {
  return has_maps() && clock_.now() >= free_from_ && has_credit();
}

void LayerUnit::compute() {
  const Cycle t = clock_.now();
  if (!has_maps()) {
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
  if (params_.array != nullptr && !params_.array->grants(params_.index, t)) {
    timer_.set(std::max(params_.array->free_from(), t + 1));
    return;
  }
  const FeatureMap map = in_map.front();
  const FeatureMap* skip = in_skip.size() == 0 ? nullptr : &in_skip[0].front();
  const LayerOperands operands = this->operands(map, skip);
  std::vector<IssueRun> issues;
  const LayerRun run = engine_->schedule(
      operands,
      {t, readable_rows(map, map_rows_), skip ? readable_rows(*skip, skip_rows_) : nullptr},
      on_start.heard() ? &issues : nullptr);
  if (on_start.heard()) {
    tell_start(run, issues, map, operands);
  }
  const LayerOutput output = engine_->values(operands);
  row_ready_ = run.row_ready;
  const Layer& layer = params_.compute.layer;
  const Cycle arrival = params_.delivers_rows ? row_ready_.front() : run.finish;
  for (StreamOut<FeatureMap>& out : out_maps) {
    out.push({output.map->data(), row_ready_.data(), static_cast<std::uint32_t>(row_ready_.size()),
              map.input, map.iteration,
              static_cast<std::uint32_t>(layer.output.channels * layer.output.width)},
             arrival - t);
  }
  tell(run, map, operands, output);
  free_from_ = run.finish;
  in_map.pop_at(run.finish - 1);
  for (StreamIn<FeatureMap>& in : in_skip) {
    in.pop_at(run.finish - 1);
  }
  if (params_.array != nullptr) {
    params_.array->take(params_.index, run.finish);
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

/// What the present run works on; groups are checked.
LayerOperands LayerUnit::operands(const FeatureMap& map, const FeatureMap* skip) {
  LayerOperands operands;
  operands.map = map.data;
  operands.skip = skip == nullptr ? nullptr : skip->data;
  if (in_weights.size() > 0) {
    operands.kernels = &weights_.kernels();
    read_rows();
    operands.rows = rows_.get();
    operands.groups = groups_;
    if (groups_ != nullptr) {
      check_groups();
    }
  }
  return operands;
}

/// The memories' content is made ready once.
void LayerUnit::read_rows() {
  const Layer& layer = params_.compute.layer;
  if (layer.match_rows > 0 && (rows_ == nullptr || rows_version_ != weights_.table_version())) {
    rows_ = std::make_shared<const MatchTable>(weights_.table_rows(), layer, weights_.centres());
    rows_version_ = weights_.table_version();
    held_rows_.clear();
    for (const MatchTable::Row& row : rows_->rows()) {
      held_rows_.push_back({row.bin, row.free_bits, row.value, row.product});
    }
  }
}

/// Rule P9, once for the same weights and the same table. What the accumulator sums up is then what
/// the arithmetic sums up kernel by kernel.
void LayerUnit::check_groups() {
  if (groups_content_ == 0) {
    known_groups_.forget(0);  // what has no name is equal to nothing
  }
  KnownGroups& known = known_groups_.get(
      groups_content_,
      [this] {
        return KnownGroups{*groups_, nullptr, {}};
      },
      [](const KnownGroups& one, const KnownGroups& other) { return one.groups == other.groups; });
  checked_groups_ = &known;
  const std::shared_ptr<const SparseKernels>& kernels = weights_.shared_kernels();
  if (known.checked == kernels && !known_groups_.checks()) {
    return;
  }
  const Layer& layer = params_.compute.layer;
  const InterleavePolicy policy = params_.compute.policy;
  const BlockSplit split = {static_cast<std::uint32_t>(layer.window.area()),
                            params_.compute.blocks};
  std::string error;
  try {
    airnn::check_groups(*groups_, policy, split, kernels->kernels());
  } catch (const ImageError& refusal) {
    error = refusal.what();
  }
  if (error.empty()) {
    error = check_loaded_weights(*kernels, *groups_, policy, split,
                                 static_cast<std::uint32_t>(layer.kernels / layer.groups));
  }
  if (error.empty() && known.flags.empty() && policy != InterleavePolicy::position) {
    for (const KernelGroup& group : *groups_) {
      known.flags.push_back(encode_flags(group, params_.compute.blocks));
    }
  }
  for (std::size_t i = 0; i < known.flags.size() && error.empty(); ++i) {
    error = check_flags(known.flags[i], (*groups_)[i]);
  }
  MODEL_CHECK(error.empty(), name(), "the groups do not fit: " + error + " (P9)");
  known.checked = kernels;
}

void LayerUnit::tell_start(const LayerRun& run, const std::vector<IssueRun>& issues,
                           const FeatureMap& map, const LayerOperands& operands) {
  LayerStarted event;
  event.start = run.start;
  event.finish = run.finish;
  event.layer = params_.index;
  event.input = map.input;
  event.iteration = map.iteration;
  event.issues = &issues;
  if (operands.kernels != nullptr) {
    event.kernels = weights_.shared_kernels();
  }
  event.groups = operands.groups;
  event.map = operands.map;
  event.skip = operands.skip;
  event.rows = rows_;
  on_start.emit(event);
}

void LayerUnit::tell_searches(const LayerDone& done, const LayerOperands& operands) {
  if (operands.rows == nullptr || !on_searches.heard()) {
    return;
  }
  const std::vector<RowSearch> searches = engine_->searches(operands, kSearchesTold);
  RowsSearched event;
  event.cycle = done.start;
  event.layer = done.layer;
  event.input = done.input;
  event.iteration = done.iteration;
  event.rows = &held_rows_;
  event.multiplications = done.multiplications;
  event.zero_products = done.zero_products;
  event.searched = done.searches;
  event.hits = done.hits;
  event.searches = &searches;
  on_searches.emit(event);
}

void LayerUnit::tell_cycles(const LayerRun& run) {
  const Cycle t = clock_.now();
  const Cycle blocked = blocked_since_ == kNever ? 0 : t - blocked_since_;
  const Cycle waited = configured_ == kNever ? 0 : t - blocked - configured_;
  on_cycles.emit({run.finish, run.finish - run.start - run.stalled,
                  waited + (run.start - t) + run.stalled, blocked});
  configured_ = kNever;
  blocked_since_ = kNever;
}

void LayerUnit::tell(const LayerRun& run, const FeatureMap& map, const LayerOperands& operands,
                     const LayerOutput& output) {
  tell_cycles(run);
  LayerDone done;
  static_cast<LayerWork&>(done) = engine_->work(operands, run);
  done.start = run.start;
  done.finish = run.finish;
  done.stalled = run.stalled;
  done.layer = params_.index;
  done.input = map.input;
  done.iteration = map.iteration;
  done.slots = run.slots;
  done.saturated = output.saturated;
  on_done.emit(done);
  tell_searches(done, operands);
  if (operands.groups != nullptr && params_.compute.policy != InterleavePolicy::position) {
    on_groups.emit({run.start, params_.index, map.input, map.iteration, &checked_groups_->flags,
                    groups_content_});
  }
  on_values.emit({params_.index, map.input, map.iteration, output.map});
}

}  // namespace airnn
