// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/run_recorder.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

constexpr std::uint64_t kWordsPerBurst = 16;

}  // namespace

RunRecorder::RunRecorder(const RecordedMachine& machine)
    : machine_(machine),
      shared_(static_cast<std::size_t>(machine.iterations)),
      path_(machine.sources) {
  record_.counted = machine.counted;
  record_.inputs_per_batch = machine.inputs_per_batch;
  record_.iterations.resize(shared_.size());
  record_.layers.assign(machine.reset_bits.size(), std::vector<LayerRecord>(shared_.size()));
}

std::size_t RunRecorder::add_unit(const std::string& name, bool is_observed) {
  const UnitRecord unit = {name, 0, 0, 0, is_observed};
  record_.units.push_back(unit);
  record_.boot_units.push_back(unit);
  for (IterationRecord& iteration : record_.iterations) {
    iteration.units.push_back(unit);
  }
  account_.add_unit();
  return record_.units.size() - 1;
}

RunRecorder::Member& RunRecorder::member(std::uint32_t input) {
  const auto known = std::find_if(group_.begin(), group_.end(),
                                  [input](const Member& one) { return one.input == input; });
  if (known != group_.end()) {
    return *known;
  }
  group_.push_back({input, {}, std::vector<Work>(shared_.size())});
  return group_.back();
}

Counts& RunRecorder::shared(std::uint32_t iteration) {
  return booted_ ? shared_[iteration == 0 ? 0 : iteration - 1].counts : record_.boot_counts;
}

Counts& RunRecorder::own(std::uint32_t input, std::uint32_t iteration) {
  return booted_ ? member(input).own[iteration == 0 ? 0 : iteration - 1].counts
                 : record_.boot_counts;
}

void RunRecorder::entered(const StateEntered& event) {
  const PathCycles path = path_.entered(event);
  if (state_.iteration > 0) {
    record_.iterations[state_.iteration - 1].critical_path += path;
  }
  add_phase(event);
  if (event.state == ControllerState::idle && !booted_) {
    booted_ = true;
    record_.boot_counts[Action::cam_row_write] += machine_.boot_rows;
    check_counted(record_.boot_counts, record_.counted);
    std::swap(record_.boot_units, record_.units);
  }
  if (event.state == ControllerState::reset_buffers ||
      (event.state == ControllerState::fetch_batch && event.iteration > 1)) {
    account_.begin_iteration(event.cycle);
  }
  state_ = event;
}

/// The present state ends with the next.
void RunRecorder::add_phase(const StateEntered& event) {
  const std::uint64_t cycles = event.cycle - state_.cycle;
  if (state_.state == ControllerState::boot) {
    record_.boot_cycles += cycles;
  }
  if (state_.iteration == 0 || state_.state == ControllerState::idle) {
    return;
  }
  PhaseCycles& phases = record_.iterations[state_.iteration - 1].cycles;
  std::uint64_t& common = shared_[state_.iteration - 1].cycles;
  std::uint64_t& own = member(state_.input).own[state_.iteration - 1].cycles;
  switch (state_.state) {
    case ControllerState::boot:
    case ControllerState::idle:
      break;
    case ControllerState::reset_buffers:
      phases.load += cycles;
      common += cycles;
      break;
    case ControllerState::load_input:
      phases.load += cycles;
      own += cycles;
      break;
    case ControllerState::fetch_batch:
    case ControllerState::drain:
    case ControllerState::configure:
      phases.fetch += cycles;
      common += cycles;
      break;
    case ControllerState::compute:
      phases.compute += cycles;
      own += cycles;
      break;
    case ControllerState::await_decision:
      phases.score += cycles;
      own += cycles;
      break;
    case ControllerState::finish:
      phases.finish += cycles;
      own += cycles;
      break;
  }
}

void RunRecorder::dram_done(const DramCounts& part) {
  // Between inputs the memory settles, which is nobody's work. What it does while an input is
  // computed is for the next batch.
  if (state_.state == ControllerState::load_input) {
    add(own(state_.input, state_.iteration), part);
  } else if (state_.state != ControllerState::idle) {
    add(shared(state_.iteration), part);
  }
}

void RunRecorder::linked(const Counts& part) {
  switch (state_.state) {
    case ControllerState::idle:
      break;
    case ControllerState::boot:
    case ControllerState::reset_buffers:
    case ControllerState::fetch_batch:
    case ControllerState::drain:
    case ControllerState::configure:
      shared(state_.iteration) += part;
      break;
    default:
      own(state_.input, state_.iteration) += part;
  }
}

void RunRecorder::loaded(const LinkRecord& all) {
  if (!booted_) {
    record_.boot_link = all;
  }
  record_.link = all;
  record_.link -= record_.boot_link;
}

void RunRecorder::fetched(const FetchDone& event) {
  const std::uint64_t values = event.bursts[0];
  const std::uint64_t indices = event.bursts[1] + event.bursts[2] + event.bursts[3];
  const bool is_input = event.state == ControllerState::load_input;
  Counts& sum = is_input ? own(event.input, event.iteration) : shared(event.iteration);
  const bool is_table = event.state == ControllerState::configure;
  sum[is_input ? Action::dram_input_word : Action::dram_value_word] += values * kWordsPerBurst;
  sum[is_table ? Action::dram_table_word : Action::dram_index_word] += indices * kWordsPerBurst;
  if (is_input) {
    sum[Action::feature_buffer_write] += machine_.input_words;
  }
  sum.dram_reads += values + indices;
  sum.words_placed += event.words;
  sum[Action::address_calculation] += event.words;
  sum[Action::weight_buffer_write] += event.words;
}

void RunRecorder::placed(const WordsPlaced& event) {
  words_placed_ += event.words;
}

void RunRecorder::reset(const BufferReset& event) {
  shared(1)[Action::buffer_reset_bit] += machine_.reset_bits[event.layer];
}

/// Counted in the iteration that runs: that of a prefetched batch is the one before.
void RunRecorder::expanded(const LinesExpanded& event) {
  Counts& sum = shared(state_.iteration);
  sum[Action::line_expand] += event.words;
  sum[Action::line_segment] += event.segments;
}

void RunRecorder::computed(const LayerDone& event) {
  path_.computed(event);
  own(event.input, event.iteration) += event.counts;
  LayerRecord& layer = record_.layers[event.layer][event.iteration - 1];
  layer.multipliers = event.multipliers;
  layer.nonzero_kernels = event.nonzero_kernels;
  layer.groups = event.groups;
  layer.weights = event.weights;
  layer.compute_cycles = event.finish - event.start;
  layer.slots += event.slots;
  layer.multiplications += event.multiplications;
  layer.idle_multiplications += event.idle_multiplications;
  layer.zero_products += event.zero_products;
  layer.searches += event.searches;
  layer.hits += event.hits;
  layer.saturated += event.saturated;
}

void RunRecorder::decided(const ScoreDecided& event) {
  own(event.input, event.iteration)[Action::score_class] += machine_.classes;
  InputRecord& input = member(event.input).record;
  input.scores.push_back(event.score);
  input.predictions.push_back(event.prediction);
}

void RunRecorder::done(const InputDone& event) {
  InputRecord& input = member(event.input).record;
  input.prediction = event.prediction;
  input.iterations = event.iterations;
  input.cycles = event.end - event.begin;
  if (event.going_on == 0) {
    end_group();
  }
}

void RunRecorder::end_group() {
  std::sort(group_.begin(), group_.end(),
            [](const Member& a, const Member& b) { return a.input < b.input; });
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    IterationRecord& iteration = record_.iterations[i];
    const auto takes_part = [i](const Member& one) { return one.record.iterations > i; };
    const auto sharers =
        static_cast<std::uint64_t>(std::count_if(group_.begin(), group_.end(), takes_part));
    std::uint64_t sharer = 0;
    for (Member& one : group_) {
      if (!takes_part(one)) {
        continue;
      }
      one.record.share_cycles += one.own[i].cycles + equal_part(shared_[i].cycles, sharer, sharers);
      one.record.counts += one.own[i].counts;
      one.record.counts += equal_part(shared_[i].counts, sharer, sharers);
      iteration.counts += one.own[i].counts;
      iteration.stopped += one.record.iterations == i + 1 ? 1 : 0;
      ++sharer;
    }
    iteration.inputs_run += sharers;
    iteration.counts += shared_[i].counts;
    shared_[i] = Work();
  }
  settle_units();
  for (Member& one : group_) {
    check_counted(one.record.counts, record_.counted);
    record_.inputs.push_back(std::move(one.record));
  }
  group_.clear();
  keep_sums();
}

/// The inputs' own records only grow and need no copy.
void RunRecorder::keep_sums() {
  std::vector<InputRecord> inputs;
  inputs.swap(record_.inputs);
  finished_sums_ = record_;
  record_.inputs.swap(inputs);
}

RunRecord RunRecorder::finished() const {
  RunRecord record = finished_sums_;
  record.inputs = record_.inputs;
  return record;
}

void RunRecorder::spent(std::size_t unit, const CyclesSpent& event) {
  UnitRecord& record = record_.units[unit];
  record.working += event.working;
  record.waiting_for_input += event.waiting_for_input;
  record.waiting_for_credit += event.waiting_for_credit;
  if (booted_) {
    account_.spent(unit, event);
  }
}

void RunRecorder::settle_units() {
  const std::vector<std::vector<CyclesSpent>> sums = account_.end_input();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    for (std::size_t unit = 0; unit < sums[i].size(); ++unit) {
      const CyclesSpent& sum = sums[i][unit];
      record_.iterations[i].units[unit].add(
          {{}, sum.working, sum.waiting_for_input, sum.waiting_for_credit});
    }
  }
}

}  // namespace airnn
