// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/protocol_monitors.h"

#include <utility>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

std::vector<std::string> layer_names(const Network& network) {
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    names.push_back(layer.name);
  }
  return names;
}

InputPlaces input_places(const AcceleratorParams& params, const MemoryImage& image) {
  const std::uint64_t bytes = static_cast<std::uint64_t>(image.network().input.size()) * 4;
  const std::uint64_t pitch = aligned_offset(bytes);
  return {aligned_offset(image.bytes().size), 2 * params.controller.group.inputs_per_batch * pitch,
          bytes, pitch};
}

DecisionParams decision_params(const AcceleratorParams& params, const MemoryImage& image) {
  const ScoreCalculationParams score = score_params(params, image);
  return {score.mode,       score.fraction_bits,
          score.threshold,  score.min_iterations,
          score.iterations, static_cast<std::uint32_t>(image.network().layers.size()) - 1};
}

/// Tells of the input maps that the host writes.
class InputWrites final : public BindingListener {
 public:
  InputWrites(InputRule& rule, const InputPlaces& places) : rule_(rule), places_(places) {}

  void debugged(const tlm::tlm_generic_payload& payload, unsigned bytes) override {
    const bool is_map = payload.get_command() == tlm::TLM_WRITE_COMMAND &&
                        payload.get_address() >= places_.address && bytes == places_.map_bytes;
    if (is_map) {
      rule_.written(payload.get_address(), payload.get_data_ptr());
    }
  }

 private:
  InputRule& rule_;
  const InputPlaces places_;
};

}  // namespace

ProtocolMonitors::ProtocolMonitors(Accelerator& machine, const TapStage& taps,
                                   const AcceleratorParams& params, const MemoryImage& image,
                                   const WeightDecoders& decoders, ViolationSink sink)
    : fabric_(machine.fabric()),
      network_(image.network()),
      decoder_(find_decoder(decoders, image.encoding())),
      reporter_(std::move(sink)),
      group_(reporter_),
      bursts_(image, decoder_),
      trains_(bursts_.totals().size()),
      resets_(reporter_, layer_names(network_)),
      fetches_(reporter_, group_, image, bursts_, input_places(params, image),
               params.controller.prefetch == Prefetch::next),
      inputs_(reporter_, static_cast<std::uint64_t>(network_.input.size()),
              input_places(params, image).pitch, params.controller.group.places()),
      placements_(reporter_, image, decoder_, layer_names(network_)),
      starts_(reporter_, layer_names(network_)),
      decisions_(reporter_, decision_params(params, image)),
      results_(reporter_),
      groups_(reporter_, image, layer_names(network_)),
      searches_(reporter_, image, layer_names(network_)),
      expansions_(reporter_, image, decoder_, layer_names(network_)),
      flow_(reporter_, group_, image, decoder_, bursts_, trains_,
            {params.controller.fetch.outstanding_reads,
             params.controller.fetch.stream_buffer_bursts}) {
  watch_bindings(taps);
  watch_inputs(machine, taps, input_places(params, image));
  watch_bus(machine, taps);
  watch_weights(machine, taps);
  watch_control(machine, taps);
  watch_layers(machine);
  watch_ends(machine, taps);
  commands_ = machine.memory->commands();
  if (commands_ != nullptr) {
    watch_commands(machine, *params.memory.channel);
  }
  machine.controller->on_state.listen([this](const StateEntered& e) { entered(e); });
}

template <typename T>
StreamView<T>& ProtocolMonitors::view(const TapStage& taps, const StreamOut<T>& out) {
  auto view = std::make_unique<StreamView<T>>(fabric_);
  StreamView<T>& added = *view;
  taps.tap(out).add(added);
  views_.push_back(std::move(view));
  return added;
}

/// Rule P11.
void ProtocolMonitors::watch_bindings(const TapStage& taps) {
  for (const TapStage::Tapped& tapped : taps.bindings()) {
    const std::string name = tapped.binding.sender();
    const std::string target = tapped.binding.receiver();
    const std::string host = kHostName + std::string(".");
    const bool is_hosts = name.rfind(host, 0) == 0 || target.rfind(host, 0) == 0;
    auto monitor = std::make_unique<BaseProtocolMonitor>([this, name](const std::string& broken) {
      reporter_.report(Rule::p11, name, fabric_.now(), broken, "the base protocol of TLM-2.0");
    });
    tapped.tap->add(*monitor);
    bindings_.push_back({name, target, is_hosts, std::move(monitor)});
  }
}

void ProtocolMonitors::watch_inputs(Accelerator& machine, const TapStage& taps,
                                    const InputPlaces& places) {
  auto writes = std::make_unique<InputWrites>(inputs_, places);
  taps.tap(machine.host->memory).add(*writes);
  views_.push_back(std::move(writes));
  view(taps, machine.host->out_jobs).on_sent.listen([this](const Timed<InputJob>& e) {
    group_.job(e.item);
    fetches_.job(e.item);
    inputs_.job(e.item);
  });
  StreamView<InputBeat>& beats = view(taps, machine.controller->out_input);
  beats.on_sent.listen([this](const Timed<InputBeat>& e) { inputs_.loaded(e); });
  beats.on_train.listen([this](const ItemTrain<InputBeat>& e) { inputs_.loaded(e); });
}

void ProtocolMonitors::watch_bus(Accelerator& machine, const TapStage& taps) {
  auto bus = std::make_unique<BusView>(fabric_);
  bus->on_request.listen([this](const BusRequest& e) {
    fetches_.request(e);
    flow_.request(e);
  });
  bus->on_response.listen([this](const BusResponse& e) { flow_.response(e); });
  bus->on_train.listen([this](const BusTrain& e) { train(e); });
  taps.tap(machine.controller->bus()).add(*bus);
  views_.push_back(std::move(bus));
}

void ProtocolMonitors::train(const BusTrain& train) {
  if (train.reads->empty()) {
    return;
  }
  const std::uint64_t burst = train.reads->front().address / kBurstBytes;
  const FetchId fetch = burst < bursts_.size() ? bursts_[burst].fetch : kInputFetch;
  const TrainMemory::Seen seen = trains_.see(fetch, train.reads);
  fetches_.train(fetch, train, seen);
  flow_.train(fetch, train, seen);
}

void ProtocolMonitors::watch_weights(Accelerator& machine, const TapStage& taps) {
  StreamView<WeightBeat>& beats = view(taps, machine.controller->out_weights);
  beats.on_sent.listen([this](const Timed<WeightBeat>& e) { flow_.beat(e); });
  beats.on_train.listen([this](const ItemTrain<WeightBeat>& e) { flow_.beats(e); });
  view(taps, machine.addresses->out_batch_placed)
      .on_sent.listen([this](const Timed<BatchPlaced>& e) { placements_.acknowledged(e); });
  std::size_t port = 0;
  for (std::uint32_t layer = 0; layer < network_.layers.size(); ++layer) {
    if (network_.layers[layer].has_weights()) {
      StreamView<PlacedWeights>& words = view(taps, machine.addresses->out_placed[port++]);
      words.on_sent.listen(
          [this, layer](const Timed<PlacedWeights>& e) { placements_.placed(layer, e); });
      words.on_train.listen(
          [this, layer](const ItemTrain<PlacedWeights>& e) { placements_.placed(layer, e); });
    }
  }
}

/// Output 0 goes to the input buffer, the others to the layers.
void ProtocolMonitors::watch_control(Accelerator& machine, const TapStage& taps) {
  for (std::uint32_t i = 0; i < machine.controller->out_control.size(); ++i) {
    view(taps, machine.controller->out_control[i])
        .on_sent.listen([this, i](const Timed<ControlMessage>& e) {
          starts_.control(e);
          if (i == 0) {
            inputs_.control(e);
          } else {
            groups_.control(i - 1, e);
          }
        });
  }
}

void ProtocolMonitors::watch_layers(Accelerator& machine) {
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    layer->on_reset.listen([this](const BufferReset& e) { resets_.reset(e); });
    layer->on_groups.listen([this](const GroupsIssued& e) { groups_.issued(e); });
    layer->on_done.listen([this](const LayerDone& e) {
      starts_.computed(e);
      decisions_.computed(e);
    });
    layer->on_values.listen([this](const LayerValues& e) { decisions_.values(e); });
    layer->on_searches.listen([this](const RowsSearched& e) { searches_.searched(e); });
    layer->on_expanded.listen([this](const LinesExpanded& e) { expansions_.expanded(e); });
  }
}

void ProtocolMonitors::watch_ends(Accelerator& machine, const TapStage& taps) {
  view(taps, machine.score->out_decision).on_sent.listen([this](const Timed<Decision>& e) {
    decisions_.decided(e);
    results_.decided(e);
    group_.decided(e);
  });
  view(taps, machine.controller->out_results).on_sent.listen([this](const Timed<InputResult>& e) {
    results_.delivered(e);
  });
}

/// Rule P12.
void ProtocolMonitors::watch_commands(const Accelerator& machine, const Ddr3ChannelParams& params) {
  const ClockDomain& ddr = commands_->ddr_clock();
  jedec_ = std::make_unique<JedecMonitor>(
      params.part.timing, params.part.geometry, params.refresh,
      [this, &ddr,
       unit = std::string(machine.memory->basename())](const JedecViolation& violation) {
        reporter_.report(Rule::p12, unit, fabric_.cycle_of(ddr.duration(violation.seen.cycle)),
                         violation.text(), "a command that JESD79-3 allows");
      });
  commands_->listen(*jedec_);
  commands_->on_settle.listen([this](const ChannelSettles& e) {
    if (e.is_done) {
      jedec_->restart(e.restart);
    } else {
      jedec_->settle();
    }
  });
}

void ProtocolMonitors::finish() {
  if (jedec_ != nullptr) {
    const Cycle end = reporter_.position().cycle;
    jedec_->finish(commands_->ddr_clock().next_edge(fabric_.duration(end)));
  }
}

void ProtocolMonitors::entered(const StateEntered& next) {
  resets_.entered(next);
  fetches_.entered(next);
  inputs_.entered(next);
  placements_.entered(next);
  expansions_.entered(next);
  decisions_.entered(next);
  results_.entered(next);
  group_.entered(next);
  flow_.entered(next);
  if (next.state == ControllerState::idle) {
    check_completion(next);
  }
  reporter_.entered(next);
}

/// Rule P10.
void ProtocolMonitors::check_completion(const StateEntered& next) const {
  for (const Binding& binding : bindings_) {
    if (!binding.is_hosts && binding.monitor->unfinished() > 0) {
      reporter_.report(
          Rule::p10, binding.name, next.cycle,
          std::to_string(binding.monitor->unfinished()) + " transactions that have not ended",
          "none in Idle");
    }
  }
}

std::string ProtocolMonitors::unfinished() const {
  std::string text;
  for (const Binding& binding : bindings_) {
    if (binding.monitor->unfinished() > 0) {
      text += "; " + binding.name + " waits for " + binding.target + " to answer " +
              std::to_string(binding.monitor->unfinished()) + " since cycle " +
              std::to_string(fabric_.cycle_of(binding.monitor->oldest()));
    }
  }
  return text;
}

}  // namespace airnn
