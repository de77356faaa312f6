// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/machine_twin.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "testbenches/reference/buffer_address_twin.h"
#include "testbenches/reference/controller_twin.h"

namespace airnn::test {

namespace {

ControllerTwin::Jobs fetch_jobs(const MemoryImage& image, const MachineTwinParams& params) {
  const unsigned lanes = params.lanes;
  ControllerTwin::Jobs jobs;
  jobs.prefetch = params.prefetch;
  jobs.input_buffers = params.input_buffers;
  const std::vector<std::uint64_t>& addresses = params.input_addresses;
  jobs.map_pitch = addresses.size() > 1 ? addresses[1] - addresses[0] : 0;
  jobs.directory = directory_job(image);
  jobs.biases = bias_job(image, lanes);
  for (int i = 1; i <= image.info().iterations; ++i) {
    jobs.batches.push_back(batch_job(image, i, lanes));
    jobs.tables.push_back(tables_job(image, i, lanes));
  }
  jobs.input = [&image](std::uint64_t address) { return input_job(image, address); };
  return jobs;
}

std::vector<std::uint32_t> layers_with_weights(const MemoryImage& image) {
  std::vector<std::uint32_t> layers;
  for (std::uint32_t i = 0; i < image.network().layers.size(); ++i) {
    if (image.network().layers[i].has_weights()) {
      layers.push_back(i);
    }
  }
  return layers;
}

std::unique_ptr<MemoryTwin> make_memory(const MachineTwinParams& params) {
  if (params.deferred_memory.has_value()) {
    return std::make_unique<ScheduledMemoryTwin>(*params.deferred_memory);
  }
  return std::make_unique<FlatMemoryTwin>(params.memory_latency, params.burst_interval);
}

/// The units around the controller.
class MachineTwin {
 public:
  MachineTwin(const MemoryImage& image, const MachineTwinParams& params)
      : image_(image),
        params_(params),
        memory_(make_memory(params)),
        fetch_(params.outstanding_reads, params.stream_buffer_bursts, *memory_),
        controller_(fetch_jobs(image, params), fetch_, streams_, trace_),
        addresses_(params.address_latency, layers_with_weights(image)),
        score_(params.score) {
    trace_.placements.resize(addresses_.out_placed.size());
    trace_.layer_control.resize(image.network().layers.size());
  }

  void step(Cycle t) {
    offer_job(t);
    controller_.step(t);
    addresses_.step(t, streams_.weights, streams_.placed);
    fill_weight_buffers(t);
    compute(t);
    decide(t);
    memory_working_ += memory_->pending(t) ? 1 : 0;
    take_inputs_and_results(t);
  }
  bool done() const { return trace_.results.size() == params_.input_addresses.size(); }

  MachineTrace finish() {
    // Of a fetch that was begun early is told when it is known what for.
    std::sort(trace_.fetches.begin(), trace_.fetches.end());
    trace_.addresses = addresses_.activity();
    trace_.score = score_.activity();
    trace_.memory_working = params_.deferred_memory.has_value() ? 0 : memory_working_;
    return trace_;
  }

 private:
  void offer_job(Cycle t) {
    if (offered_ < params_.input_addresses.size() && streams_.jobs.can_push(t)) {
      const std::size_t count = std::min<std::size_t>(params_.inputs_per_batch,
                                                      params_.input_addresses.size() - offered_);
      streams_.jobs.push(t, 1,
                         {params_.input_addresses[offered_], static_cast<std::uint32_t>(offered_),
                          static_cast<std::uint32_t>(count)});
      offered_ += count;
    }
  }

  void fill_weight_buffers(Cycle t) {
    std::size_t port = 0;
    for (auto& [layer, stream] : addresses_.out_placed) {
      if (stream.can_pop(t) && !params_.weight_stalls.stalls(t)) {
        trace_.placements[port].emplace_back(stream.front_arrival(), t, stream.front().count);
        stream.pop(t);
      }
      ++port;
    }
  }

  void compute(Cycle t) {
    if (!streams_.control.can_pop(t)) {
      return;
    }
    const ControllerStreams::Control message = streams_.control.pop(t);
    trace_.control.emplace_back(t, message.kind, message.input, message.iteration);
    const auto iteration = static_cast<std::uint16_t>(message.iteration);
    for (std::uint16_t layer = 0; layer < trace_.layer_control.size(); ++layer) {
      const bool grouped = message.kind == 1 && image_.is_interleaved(layer, iteration);
      trace_.layer_control[layer].emplace_back(
          t, message.kind, message.iteration,
          grouped ? groups_text(image_.groups(layer, iteration)) : "");
    }
    if (message.kind == 2) {
      const std::size_t index = message.input * params_.score.iterations + message.iteration - 1;
      outputs_.push(t, params_.compute_latency, params_.outputs[index]);
      streams_.outputs.push(t, params_.compute_latency, 0);
    }
  }

  void decide(Cycle t) {
    const std::optional<DecisionTwin> decision = score_.step(t, outputs_, streams_.decision);
    if (decision.has_value()) {
      trace_.decisions.emplace_back(t + params_.score.latency, decision->score,
                                    decision->prediction, decision->terminate);
    }
  }

  void take_inputs_and_results(Cycle t) {
    if (streams_.input_bursts.can_pop(t) && !params_.input_stalls.stalls(t)) {
      trace_.input_bursts.emplace_back(streams_.input_bursts.front_arrival(), t);
      streams_.input_bursts.pop(t);
    }
    if (streams_.results.can_pop(t) && !params_.result_stalls.stalls(t)) {
      const ControllerStreams::Result result = streams_.results.pop(t);
      trace_.results.emplace_back(t, result.score, result.prediction, result.iterations);
    }
  }

  const MemoryImage& image_;
  const MachineTwinParams params_;
  MachineTrace trace_;
  ControllerStreams streams_;
  std::unique_ptr<MemoryTwin> memory_;
  FetchTwin fetch_;
  ControllerTwin controller_;
  BufferAddressTwin addresses_;
  ScoreTwin score_;
  StreamTwin<MapTwin> outputs_{1};
  std::size_t offered_ = 0;
  Cycle memory_working_ = 0;
};

}  // namespace

MachineTrace run_machine_twin(const MemoryImage& image, const MachineTwinParams& params,
                              Cycle most_cycles) {
  MachineTwin machine(image, params);
  for (Cycle t = 0; t < most_cycles; ++t) {
    machine.step(t);
    if (machine.done()) {
      // The beat that closes a prefetch can still be in the pipeline when the last result is taken.
      for (Cycle rest = 1; rest <= params.address_latency; ++rest) {
        machine.step(t + rest);
      }
      return machine.finish();
    }
  }
  throw std::runtime_error("the twin does not end");
}

}  // namespace airnn::test
