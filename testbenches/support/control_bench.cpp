// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/control_bench.h"

#include <algorithm>

#include "hw/common/check.h"

namespace airnn::test {

namespace {

std::uint64_t aligned(std::uint64_t bytes) {
  return (bytes + 63) / 64 * 64;
}

void add(ActivityTwin& sum, const CyclesSpent& spent) {
  sum.working += spent.working;
  sum.waiting_for_input += spent.waiting_for_input;
  sum.waiting_for_credit += spent.waiting_for_credit;
}

}  // namespace

std::vector<std::int32_t> input_map_of(const Network& network, std::uint32_t input) {
  std::vector<std::int32_t> map(static_cast<std::size_t>(network.input.size()));
  for (std::size_t i = 0; i < map.size(); ++i) {
    map[i] = static_cast<std::int32_t>(scrambled(input, i));
  }
  return map;
}

ControlBench::ControlBench(const sc_core::sc_module_name& module_name,
                           const ControlBenchParams& params, const ClockDomain& clock,
                           const MemoryImage& image)
    : sc_module(module_name),
      params_(params),
      clock_(clock),
      jobs("jobs", clock, 1),
      results("results", clock, params.result_stalls),
      input_buffer("input_buffer", clock, params.input_stalls, params.trains),
      compute("compute", clock, params.compute_latency,
              static_cast<std::uint32_t>(image.info().iterations), params.outputs),
      image_(image) {
  build_memory();
  build_units();
  connect(jobs.out, controller->in_jobs);
  connect(controller->out_results, results.in);
  connect(controller->out_weights, addresses->in_weights);
  connect(addresses->out_batch_placed, controller->in_placed);
  connect(controller->out_input, input_buffer.in);
  connect(controller->out_control[0], compute.in_control);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    connect(controller->out_control[i + 1], layers[i]->in);
  }
  connect(compute.to_score, score->in_outputs);
  connect(compute.to_controller, controller->in_outputs);
  connect(score->out_decision, controller->in_decision);
  for (std::size_t i = 0; i < weight_buffers.size(); ++i) {
    connect(addresses->out_placed[i], weight_buffers[i]->in);
  }
  listen();
  const std::uint32_t group = params.controller.group.inputs_per_batch;
  for (std::uint32_t input = 0; input < inputs(); input += group) {
    jobs.send({input_address(input), input, std::min(group, inputs() - input)});
  }
}

void ControlBench::build_memory() {
  const std::uint64_t capacity = input_address(inputs());
  if (params_.memory_stub.has_value()) {
    MemoryStubParams stub = *params_.memory_stub;
    stub.capacity_bytes = capacity;
    memory_stub = std::make_unique<MemoryStub>("memory", stub, clock_);
    backdoor_.bind(memory_stub->backdoor);
  } else if (params_.ddr3.has_value()) {
    Ddr3ControllerParams ddr3 = *params_.ddr3;
    ddr3.capacity_bytes = capacity;
    ddr3_memory = std::make_unique<Ddr3Controller>("memory", ddr3, clock_);
    backdoor_.bind(ddr3_memory->backdoor);
  } else {
    FlatMemoryParams flat = params_.flat_memory;
    flat.capacity_bytes = capacity;
    flat_memory = std::make_unique<FlatMemory>("memory", flat, clock_);
    backdoor_.bind(flat_memory->backdoor);
  }
}

void ControlBench::build_units() {
  const FetchPlanner planner(image_, params_.controller.lanes);
  for (std::size_t i = 0; i < image_.network().layers.size(); ++i) {
    const std::string name = "layer" + std::to_string(i);
    layers.push_back(std::make_unique<StreamSink<ControlMessage>>(name.c_str(), clock_));
  }
  const auto controlled = static_cast<unsigned>(1 + layers.size());
  ReadWeightControllerParams reading = params_.controller;
  reading.group.map_pitch = input_address(1) - input_address(0);
  controller =
      std::make_unique<ReadWeightController>("controller", reading, clock_, planner, controlled);
  connect_memory();
  BufferAddressCalculationParams addressing;
  addressing.latency_cycles = params_.address_latency;
  for (const Layer& layer : image_.network().layers) {
    addressing.layers.push_back(layer.has_weights() ? BufferMap(layer) : BufferMap());
    if (layer.has_weights()) {
      const std::string name = "weight_buffer" + std::to_string(weight_buffers.size());
      weight_buffers.push_back(std::make_unique<StreamSink<PlacedWeights>>(
          name.c_str(), clock_, params_.weight_stalls, params_.trains));
    }
  }
  addresses = std::make_unique<BufferAddressCalculation>("addresses", addressing, clock_);
  ScoreCalculationParams scoring = params_.score;
  scoring.classes = params_.outputs.front().size();
  scoring.iterations = static_cast<std::uint32_t>(image_.info().iterations);
  score = std::make_unique<ScoreCalculation>("score", scoring, clock_);
}

void ControlBench::connect_memory() {
  const bool missing = params_.prediction == Prediction::missing;
  const auto distort = [](std::uint64_t address, std::uint8_t* bytes, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      // Most bytes stay: what is foretold is often possible, and wrong.
      const std::uint64_t chance = scrambled(address, i);
      bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ (chance % 50 == 0 ? chance >> 32 & 15 : 0));
    }
  };
  const auto none = [](std::uint64_t, std::uint8_t*, unsigned) {};
  const bool wrong = params_.prediction == Prediction::wrong;
  debug_filter =
      std::make_unique<DebugFilter>("debug_filter", missing ? DebugFilter::Distortion()
                                                    : wrong ? DebugFilter::Distortion(distort)
                                                            : none);
  ahead_filter = std::make_unique<AheadFilter>("ahead_filter", params_.ahead);
  connect(controller->memory, debug_filter->from_initiator);
  debug_filter->to_target.bind(ahead_filter->from_initiator);
  if (memory_stub != nullptr) {
    ahead_filter->to_target.bind(memory_stub->bus);
  } else if (ddr3_memory != nullptr) {
    ahead_filter->to_target.bind(ddr3_memory->bus);
  } else {
    ahead_filter->to_target.bind(flat_memory->bus);
  }
}

std::uint32_t ControlBench::inputs() const {
  const auto iterations = static_cast<std::size_t>(image_.info().iterations);
  return static_cast<std::uint32_t>(params_.outputs.size() / iterations);
}

std::uint64_t ControlBench::input_address(std::uint32_t input) const {
  const auto map_bytes = static_cast<std::uint64_t>(image_.network().input.size()) * 4;
  return aligned(image_.bytes().size) + input * aligned(map_bytes);
}

void ControlBench::start_of_simulation() {
  std::vector<std::uint8_t> bytes(image_.bytes().begin(), image_.bytes().end());
  if (params_.damage) {
    params_.damage(bytes);
  }
  store(0, bytes);
  for (std::uint32_t input = 0; input < inputs(); ++input) {
    const std::vector<std::int32_t> map = input_map_of(image_.network(), input);
    std::vector<std::uint8_t> stored(map.size() * 4);
    for (std::size_t i = 0; i < map.size(); ++i) {
      store_little_endian(&stored[4 * i], static_cast<std::uint32_t>(map[i]), 4);
    }
    store(input_address(input), stored);
  }
}

void ControlBench::store(std::uint64_t address, const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint8_t> data = bytes;
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_WRITE_COMMAND);
  payload.set_address(address);
  payload.set_data_ptr(data.data());
  payload.set_data_length(static_cast<unsigned>(data.size()));
  payload.set_streaming_width(static_cast<unsigned>(data.size()));
  MODEL_CHECK(backdoor_->transport_dbg(payload) == data.size(), name(), "the memory is too small");
}

void ControlBench::listen() {
  controller->on_state.listen([this](const StateEntered& e) {
    trace_.states.emplace_back(e.cycle, static_cast<int>(e.state), e.input, e.iteration);
  });
  controller->on_read.listen(
      [this](const ReadIssued& e) { trace_.reads.emplace_back(e.cycle, e.address); });
  controller->on_fetch.listen([this](const FetchDone& e) {
    trace_.fetches.emplace_back(e.begin, e.end, e.words, e.beats);
  });
  score->on_decided.listen([this](const ScoreDecided& e) {
    trace_.decisions.emplace_back(e.cycle, e.score, e.prediction, e.terminate);
  });
  controller->on_cycles.listen([this](const CyclesSpent& e) { add(trace_.controller, e); });
  addresses->on_cycles.listen([this](const CyclesSpent& e) { add(trace_.addresses, e); });
  score->on_cycles.listen([this](const CyclesSpent& e) { add(trace_.score, e); });
  if (flat_memory != nullptr) {
    flat_memory->on_cycles.listen(
        [this](const CyclesSpent& e) { trace_.memory_working += e.working; });
  }
  if (ddr3_memory != nullptr) {
    ddr3_memory->on_cycles.listen(
        [this](const CyclesSpent& e) { trace_.memory_working += e.working; });
  }
  words_.resize(weight_buffers.size());
  trace_.placements.resize(weight_buffers.size());
  for (std::size_t i = 0; i < weight_buffers.size(); ++i) {
    weight_buffers[i]->on_item.listen([this, i](const StreamSink<PlacedWeights>::Received& r) {
      trace_.placements[i].emplace_back(r.arrived, r.popped, r.item.count);
      words_[i].insert(words_[i].end(), r.item.words, r.item.words + r.item.count);
    });
  }
  trace_.layer_control.resize(layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i]->on_item.listen([this, i](const StreamSink<ControlMessage>::Received& r) {
      const KernelGroups* groups = r.item.groups;
      trace_.layer_control[i].emplace_back(r.popped, static_cast<int>(r.item.kind),
                                           r.item.iteration,
                                           groups == nullptr ? "" : groups_text(*groups));
    });
  }
  input_buffer.on_item.listen([this](const StreamSink<InputBeat>::Received& r) {
    trace_.input_bursts.emplace_back(r.arrived, r.popped);
    input_elements_.insert(input_elements_.end(), r.item.values, r.item.values + r.item.count);
  });
}

MachineTrace ControlBench::events() const {
  MachineTrace trace = trace_;
  for (const FixedCompute::Message& m : compute.messages()) {
    trace.control.emplace_back(m.cycle, static_cast<int>(m.message.kind), m.message.input,
                               m.message.iteration);
  }
  for (const auto& r : results.received()) {
    trace.results.emplace_back(r.popped, r.item.score, r.item.prediction, r.item.iterations);
  }
  std::sort(trace.fetches.begin(), trace.fetches.end());
  return trace;
}

std::string ControlBench::protocol_violations() const {
  std::string all;
  for (const auto& checker : checkers_) {
    for (const std::string& violation : checker->violations()) {
      all += violation + "\n";
    }
    if (checker->unfinished() > 0) {
      all += std::string(checker->name()) + ": unfinished transactions\n";
    }
  }
  return all;
}

}  // namespace airnn::test
