// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/timeline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

constexpr unsigned kControl = 1;
constexpr unsigned kMemory = 2;
constexpr unsigned kCompute = 3;
constexpr unsigned kScore = 4;
// Numbers of threads are unlike those of processes: some viewers know only one kind.
constexpr TraceTrack kControllerTrack = {kControl, 11};
constexpr TraceTrack kAddressesTrack = {kControl, 12};
constexpr TraceTrack kMemoryTrack = {kMemory, 21};
constexpr TraceTrack kScoreTrack = {kScore, 31};
constexpr unsigned kFirstLayer = 101;

constexpr Cycle kWindowCycles = 64;
constexpr std::array<const char*, kStreams> kStreamNames = {"value", "column", "row", "layer"};

TraceTrack stream_track(FetchStream stream) {
  return {kMemory, kMemoryTrack.thread + 1 + static_cast<unsigned>(stream)};
}

TraceTrack layer_track(std::uint32_t layer) {
  return {kCompute, kFirstLayer + layer};
}

std::string member(const char* name, std::uint64_t value) {
  return std::string("\"") + name + "\":" + std::to_string(value);
}

std::string member(const char* name, double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "\"%s\":%.*f", name, decimals, value);
  return text;
}

}  // namespace

Timeline::Timeline(const std::string& path, const TimelineParams& params)
    : file_(path), params_(params) {
  name_tracks();
}

void Timeline::name_tracks() {
  file_.name_process(kControl, "control");
  file_.name_track(kControllerTrack, kControllerName);
  file_.name_track(kAddressesTrack, kAddressesName);
  file_.name_process(kMemory, "memory");
  file_.name_track(kMemoryTrack, params_.memory);
  for (std::size_t s = 0; s < kStreams; ++s) {
    file_.name_track(stream_track(static_cast<FetchStream>(s)),
                     std::string("reads: ") + kStreamNames[s]);
  }
  file_.name_process(kCompute, "compute");
  for (std::uint32_t i = 0; i < params_.layers.size(); ++i) {
    file_.name_track(layer_track(i), params_.layers[i]);
  }
  file_.name_process(kScore, "score");
  file_.name_track(kScoreTrack, kScoreName);
}

void Timeline::show(TimelineRows& rows) {
  more_rows_.push_back(&rows);
  rows.name_tracks(file_);
}

void Timeline::entered(const StateEntered& event) {
  if (event.state != ControllerState::idle) {
    states_.push_back({event, {}});
    return;
  }
  write(event.cycle);
}

void Timeline::memory_spent(const CyclesSpent& event) {
  const Cycle begin = event.until - event.working;
  if (!memory_.empty() && memory_.back().end == begin) {
    memory_.back().end = event.until;
  } else {
    memory_.push_back({begin, event.until});
  }
}

void Timeline::commit() {
  if (!states_.empty()) {
    write(latest());
  }
  file_.commit();
}

/// Of an input that did not end, how far anything is known.
Cycle Timeline::latest() const {
  Cycle latest = std::max(states_.back().entered.cycle, reads_.latest());
  for (const Busy& busy : memory_) {
    latest = std::max(latest, busy.end);
  }
  for (const BeatPlaced& beat : beats_) {
    latest = std::max(latest, beat.end);
  }
  for (const LayerDone& run : runs_) {
    latest = std::max(latest, run.finish);
  }
  for (const ScoreDecided& decided : decisions_) {
    latest = std::max(latest, decided.cycle);
  }
  return latest;
}

void Timeline::write(Cycle end) {
  std::array<Runs, kStreams> runs;
  for (std::size_t s = 0; s < kStreams; ++s) {
    runs[s] = reads_.runs(static_cast<FetchStream>(s), end);
  }
  const std::vector<PlacingSlice> slices = placing_slices(batch_beats(), params_.period_ps);
  write_controller(end);
  write_memory();
  for (std::size_t s = 0; s < kStreams; ++s) {
    write_reads(static_cast<FetchStream>(s), runs[s]);
  }
  write_placing(slices);
  write_layers();
  write_score();
  write_flows(runs[static_cast<std::size_t>(FetchStream::value)], slices);
  write_read_counters(end);
  if (states_.front().entered.state != ControllerState::boot) {
    write_weight_counters();
  }
  for (TimelineRows* rows : more_rows_) {
    rows->write(
        file_, [this](Cycle begin, Cycle behind) { return place(begin, behind); }, arrows_);
  }
  states_.clear();
  memory_.clear();
  reads_.clear();
  beats_.clear();
  runs_.clear();
  decisions_.clear();
}

const Timeline::State& Timeline::state_at(Cycle cycle) const {
  const auto behind =
      std::upper_bound(states_.begin(), states_.end(), cycle,
                       [](Cycle value, const State& state) { return value < state.entered.cycle; });
  return behind == states_.begin() ? states_.front() : *(behind - 1);
}

/// The batch whose words are on their way in this cycle: from Compute on they are a prefetch.
std::uint32_t Timeline::batch_at(Cycle cycle) const {
  const StateEntered& state = state_at(cycle).entered;
  switch (state.state) {
    case ControllerState::load_input:  // of another input of the group
    case ControllerState::compute:
    case ControllerState::await_decision:
    case ControllerState::finish:
      return state.iteration + 1;
    default:
      return state.iteration;
  }
}

/// What a read of this cycle is for.
std::string Timeline::fetch_at(Cycle cycle) const {
  switch (state_at(cycle).entered.state) {
    case ControllerState::boot:
      return "directory and biases";
    case ControllerState::load_input:
      return "input map";
    case ControllerState::configure:
      return "tables " + std::to_string(batch_at(cycle));
    default:
      return "batch " + std::to_string(batch_at(cycle));
  }
}

std::vector<BatchBeat> Timeline::batch_beats() const {
  std::vector<BatchBeat> beats;
  beats.reserve(beats_.size());
  for (const BeatPlaced& beat : beats_) {
    beats.push_back({beat, batch_at(beat.begin)});
  }
  // What bindings show comes layer by layer.
  std::stable_sort(beats.begin(), beats.end(), [](const BatchBeat& a, const BatchBeat& b) {
    return a.beat.begin < b.beat.begin;
  });
  return beats;
}

/// With what every slice tells, so that it can be found in the results and in other traces.
std::string Timeline::place(Cycle begin, Cycle end) const {
  const StateEntered& state = state_at(begin).entered;
  const std::string input =
      state.state == ControllerState::boot ? "" : member("input", input_number(state)) + ",";
  return input + member("iteration", state.iteration) + "," + member("begin_cycle", begin) + "," +
         member("end_cycle", end);
}

void Timeline::slice(TraceTrack track, const std::string& name, Cycle begin, Cycle end,
                     const std::string& more) {
  if (begin < end) {
    file_.slice(track, name, time(begin), time(end),
                place(begin, end) + (more.empty() ? "" : "," + more));
  }
}

/// A slice of the input or its group, in it those of its iterations, in them those of the states.
void Timeline::write_controller(Cycle end) {
  const StateEntered& first = states_.front().entered;
  if (first.state == ControllerState::boot) {
    write_states(0, states_.size(), end);
    return;
  }
  const auto last = std::max_element(
      states_.begin(), states_.end(),
      [](const State& a, const State& b) { return a.entered.input < b.entered.input; });
  const std::string input = last->entered.input == first.input
                                ? "input " + std::to_string(input_number(first))
                                : "inputs " + std::to_string(input_number(first)) + " to " +
                                      std::to_string(input_number(last->entered));
  const std::string input_place = place(first.cycle, end);
  file_.open(kControllerTrack, input, time(first.cycle), input_place);
  for (std::size_t begin = 0; begin < states_.size();) {
    const StateEntered& state = states_[begin].entered;
    std::size_t behind = begin;
    while (behind < states_.size() && states_[behind].entered.iteration == state.iteration) {
      ++behind;
    }
    const Cycle iteration_end = behind < states_.size() ? states_[behind].entered.cycle : end;
    const std::string iteration = "iteration " + std::to_string(state.iteration);
    const std::string iteration_place = place(state.cycle, iteration_end);
    file_.open(kControllerTrack, iteration, time(state.cycle), iteration_place);
    write_states(begin, behind, iteration_end);
    file_.close(kControllerTrack, iteration, time(iteration_end), iteration_place);
    begin = behind;
  }
  file_.close(kControllerTrack, input, time(end), input_place);
}

/// States by index; the last lasts until `end`.
void Timeline::write_states(std::size_t begin, std::size_t behind, Cycle end) {
  for (std::size_t i = begin; i < behind; ++i) {
    const StateEntered& state = states_[i].entered;
    const CyclesSpent& spent = states_[i].spent;
    slice(kControllerTrack, to_string(state.state), state.cycle,
          i + 1 < behind ? states_[i + 1].entered.cycle : end,
          member("working", spent.working) + "," +
              member("waiting_for_input", spent.waiting_for_input) + "," +
              member("waiting_for_credit", spent.waiting_for_credit));
  }
}

void Timeline::write_memory() {
  for (const Busy& busy : memory_) {
    slice(kMemoryTrack, "busy", busy.begin, busy.end);
  }
}

void Timeline::write_reads(FetchStream stream, const Runs& runs) {
  for (const ReadHistory::Run& run : runs) {
    slice(stream_track(stream), fetch_at(run.begin), run.begin, run.end,
          member("bursts", run.bursts) + "," + member("bytes", kBurstBytes * run.bursts));
  }
}

void Timeline::write_placing(const std::vector<PlacingSlice>& slices) {
  for (const PlacingSlice& placing : slices) {
    file_.slice(kAddressesTrack, params_.layers[placing.layer], placing.begin_ps, placing.end_ps,
                place(placing.begin, placing.end) +
                    ",\"layer\":" + json_string(params_.layers[placing.layer]) + "," +
                    member("batch", placing.batch) + "," + member("words", placing.words));
  }
}

void Timeline::write_layers() {
  for (const LayerDone& run : runs_) {
    const TraceTrack track = layer_track(run.layer);
    const std::string& name = params_.layers[run.layer];
    slice(track, name, run.start, run.finish,
          "\"layer\":" + json_string(name) + "," +
              member("working", run.finish - run.start - run.stalled) + "," +
              member("stalled", run.stalled) + "," + member("issue_slots", run.slots) + "," +
              member("weights", run.weights) + "," +
              member("multiplications", run.multiplications) + "," +
              member("idle_multiplications", run.idle_multiplications));
    const std::uint64_t all = run.multiplications + run.idle_multiplications;
    if (all > 0) {
      const double share = static_cast<double>(run.multiplications) / static_cast<double>(all);
      const std::string counter = "multiplier use: " + name;
      file_.counter(kCompute, counter, time(run.start), member("share", share, 6));
      file_.counter(kCompute, counter, time(run.finish), member("share", 0));
    }
  }
}

void Timeline::write_score() {
  for (const ScoreDecided& decided : decisions_) {
    const double score =
        std::ldexp(static_cast<double>(decided.score), -params_.score_fraction_bits);
    slice(kScoreTrack, decided.terminate ? "terminate" : "continue", decided.begin, decided.cycle,
          member("score", score, 9) + "," + member("prediction", decided.prediction) +
              ",\"terminate\":" + (decided.terminate ? "true" : "false"));
  }
}

/// From the reads of a layer's new weights to their placing to the run that first uses them.
void Timeline::write_flows(const Runs& value_runs, const std::vector<PlacingSlice>& slices) {
  for (const LayerDone& run : runs_) {
    const auto placing =
        std::find_if(slices.begin(), slices.end(), [&run](const PlacingSlice& slice) {
          return slice.layer == run.layer && slice.batch == run.iteration;
        });
    if (placing == slices.end()) {
      continue;
    }
    const auto behind = std::lower_bound(
        value_runs.begin(), value_runs.end(), placing->begin,
        [](const ReadHistory::Run& reads, Cycle cycle) { return reads.begin < cycle; });
    if (behind == value_runs.begin()) {
      continue;
    }
    const Cycle read = std::min((behind - 1)->end, placing->begin) - 1;
    const std::uint64_t arrow = ++arrows_;
    file_.flow(FlowPoint::begin, stream_track(FetchStream::value), arrow, time(read));
    file_.flow(FlowPoint::step, kAddressesTrack, arrow, placing->begin_ps);
    file_.flow(FlowPoint::end, layer_track(run.layer), arrow, time(run.start));
  }
}

void Timeline::write_read_counters(Cycle end) {
  std::uint64_t shown_reads = 0;
  double shown_rate = 0;
  const auto show = [&](Cycle cycle, std::uint64_t reads, double rate) {
    if (reads != shown_reads) {
      file_.counter(kMemory, "reads in flight", time(cycle), member("reads", reads));
      shown_reads = reads;
    }
    if (rate != shown_rate) {
      file_.counter(kMemory, "bandwidth", time(cycle), member("bytes_per_us", rate, 3));
      shown_rate = rate;
    }
  };
  const Cycle begin = states_.front().entered.cycle;
  for (const ReadHistory::Window& window : reads_.windows(begin, end, kWindowCycles)) {
    const double microseconds = static_cast<double>(time(window.end - window.begin)) * 1e-6;
    show(window.begin, window.most_in_flight,
         static_cast<double>(kBurstBytes * window.bursts) / microseconds);
  }
  show(end, 0, 0);
}

/// Weights in the buffers since the reset, shown once per window.
void Timeline::write_weight_counters() {
  std::vector<std::uint64_t> words(params_.layers.size(), 0);
  std::vector<const BeatPlaced*> due(params_.layers.size(), nullptr);
  const auto show = [&](std::uint32_t layer, Cycle cycle) {
    file_.counter(kCompute, "weights: " + params_.layers[layer], time(cycle),
                  member("words", words[layer]));
  };
  for (const BeatPlaced& beat : beats_) {
    const BeatPlaced*& last = due[beat.layer];
    if (last == nullptr) {
      show(beat.layer, states_.front().entered.cycle);
    } else if (last->end / kWindowCycles != beat.end / kWindowCycles) {
      show(beat.layer, last->end);
    }
    words[beat.layer] += beat.words;
    last = &beat;
  }
  for (std::uint32_t layer = 0; layer < due.size(); ++layer) {
    if (due[layer] != nullptr) {
      show(layer, due[layer]->end);
    }
  }
}

}  // namespace airnn
