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
      input_counts_(static_cast<std::size_t>(machine.iterations)),
      path_(machine.sources) {
  record_.counted = machine.counted;
  record_.iterations.resize(input_counts_.size());
  record_.layers.assign(machine.reset_bits.size(), std::vector<LayerRecord>(input_counts_.size()));
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

Counts& RunRecorder::counts(std::uint32_t iteration) {
  return booted_ ? input_counts_[iteration == 0 ? 0 : iteration - 1] : record_.boot_counts;
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
  PhaseCycles* phases =
      state_.iteration > 0 ? &record_.iterations[state_.iteration - 1].cycles : nullptr;
  switch (state_.state) {
    case ControllerState::boot:
      record_.boot_cycles += cycles;
      break;
    case ControllerState::idle:
      break;
    case ControllerState::reset_buffers:
    case ControllerState::load_input:
      phases->load += cycles;
      break;
    case ControllerState::fetch_batch:
    case ControllerState::drain:
    case ControllerState::configure:
      phases->fetch += cycles;
      break;
    case ControllerState::compute:
      phases->compute += cycles;
      break;
    case ControllerState::await_decision:
      phases->score += cycles;
      break;
    case ControllerState::finish:
      phases->finish += cycles;
      break;
  }
}

void RunRecorder::dram_done(const DramCounts& part) {
  // Between inputs the memory settles, which is nobody's work.
  if (state_.state != ControllerState::idle) {
    add(counts(state_.iteration), part);
  }
}

void RunRecorder::linked(const Counts& part) {
  if (state_.state != ControllerState::idle) {
    counts(state_.iteration) += part;
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
  Counts& sum = counts(event.iteration);
  const std::uint64_t values = event.bursts[0];
  const std::uint64_t indices = event.bursts[1] + event.bursts[2] + event.bursts[3];
  const bool is_input = event.state == ControllerState::load_input;
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
  counts(1)[Action::buffer_reset_bit] += machine_.reset_bits[event.layer];
}

/// Counted in the iteration that runs: that of a prefetched batch is the one before.
void RunRecorder::expanded(const LinesExpanded& event) {
  Counts& sum = counts(state_.iteration);
  sum[Action::line_expand] += event.words;
  sum[Action::line_segment] += event.segments;
}

void RunRecorder::computed(const LayerDone& event) {
  path_.computed(event);
  counts(event.iteration) += event.counts;
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
  counts(event.iteration)[Action::score_class] += machine_.classes;
  input_.scores.push_back(event.score);
  input_.predictions.push_back(event.prediction);
}

void RunRecorder::done(const InputDone& event) {
  for (std::uint32_t i = 0; i < event.iterations; ++i) {
    ++record_.iterations[i].inputs_run;
    record_.iterations[i].counts += input_counts_[i];
    input_.counts += input_counts_[i];
    input_counts_[i] = Counts();
  }
  ++record_.iterations[event.iterations - 1].stopped;
  check_counted(input_.counts, record_.counted);
  settle_units();
  input_.prediction = event.prediction;
  input_.iterations = event.iterations;
  input_.cycles = event.end - event.begin;
  record_.inputs.push_back(std::move(input_));
  input_ = InputRecord();
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
