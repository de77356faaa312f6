// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/wave_attachment.h"

#include <algorithm>
#include <utility>

#include "hw/control/fetch/fetch_layout.h"
#include "hw/link/bus_view.h"
#include "hw/memory/memory_commands.h"
#include "hw/sim/observers/link_insight.h"
#include "hw/wave/sources/bus_pins.h"
#include "hw/wave/sources/controller_pins.h"
#include "hw/wave/sources/dram_pins.h"
#include "hw/wave/sources/engine_registers.h"
#include "hw/wave/sources/layer_pins.h"
#include "hw/wave/sources/score_pins.h"
#include "hw/wave/sources/weight_buffer_pins.h"
#include "hw/wave/wave_formats.h"
#include "hw/wave/wave_layout.h"

namespace airnn {

namespace {

/// Cycles from a push to the arrival where items are sent ahead of time; 0: they are not.
template <typename T>
Cycle train_latency(const AcceleratorParams& /*params*/) {
  return 0;
}
template <>
Cycle train_latency<WeightBeat>(const AcceleratorParams& /*params*/) {
  return 1;
}
template <>
Cycle train_latency<InputBeat>(const AcceleratorParams& /*params*/) {
  return 1;
}
template <>
Cycle train_latency<PlacedWeights>(const AcceleratorParams& params) {
  return params.address_latency_cycles;
}

DramPinsParams dram_params(const Ddr3Part& part) {
  const Ddr3Geometry& geometry = part.geometry;
  const Ddr3TimingParams& timing = part.timing;
  DramPinsParams params;
  params.ranks = geometry.ranks;
  params.banks = geometry.banks;
  params.rows = geometry.rows;
  params.columns = geometry.columns;
  params.ras = timing.ras;
  params.after_read = timing.rtp;
  params.after_write = timing.cwl + Ddr3TimingParams::kBurst + timing.wr;
  return params;
}

/// In ps; a cycle that lies beyond all times never comes.
std::uint64_t begin_of(Cycle cycle, std::uint64_t period_ps) {
  return cycle >= kNever / period_ps ? kNever : cycle * period_ps;
}

/// A beat of lines may have more words than there are lanes.
WaveLanes wave_lanes(const AcceleratorParams& params, const Network& network) {
  WaveLanes lanes(params.controller.lanes);
  for (const Layer& layer : network.layers) {
    if (layer.has_lines) {
      lanes.has_lines = true;
      lanes.most_words =
          static_cast<unsigned>(kBurstBytes / segment_bytes({1, 2}) * kLongestSegment);
    }
  }
  return lanes;
}

}  // namespace

WaveAttachment::WaveAttachment(const WaveOptions& options, const AcceleratorParams& params,
                               Accelerator& machine, const TapStage& taps, const Network& network,
                               LinkInsight* link)
    : machine_(machine),
      taps_(taps),
      link_(link),
      lanes_(wave_lanes(params, network)),
      tree_(options.scopes) {
  const std::uint64_t period = machine.fabric().period().value();
  declare_control(params, network);
  declare_memory(params);
  for (std::size_t i = 0; i < machine.layers.size(); ++i) {
    LayerUnit& layer = *machine.layers[i];
    declare_layer(layer, network.layers[i].name);
    if (layer.in_weights.size() > 0) {
      declare_weight_buffer(layer, lanes_.most_words);
      if (layer.has_decompressor()) {
        declare_decompressor(layer);
      }
    }
    declare_engine(layer, network.layers[i], options);
  }
  declare_streams(params, taps);
  declare_link();
  tree_.check_patterns();

  writer_ = create_wave(tree_, options.file);
  recorder_ = std::make_unique<WaveRecorder>(
      *writer_, WaveWindow{begin_of(options.from, period),
                           options.to == kNever ? kNever : begin_of(options.to + 1, period)});
  write_wave_layout(tree_, options.file);
  for (const std::function<void()>& connect : connections_) {
    connect();
  }
}

WaveAttachment::~WaveAttachment() = default;

template <typename Pins>
void WaveAttachment::add(std::unique_ptr<Pins> pins, std::uint64_t period_ps,
                         Connect<Pins> connect) {
  Pins& source = *pins;
  sources_.push_back(std::move(pins));
  connections_.push_back([this, &source, period_ps, connect = std::move(connect)] {
    if (tree_.is_traced(source.ids())) {
      recorder_->add(source, period_ps);
      connect(source);
    }
  });
}

void WaveAttachment::add_clock(const std::string& scope, std::uint64_t period_ps) {
  const WaveId id = tree_.add(scope, "clock", WaveType::bit());
  connections_.emplace_back([this, id, period_ps] {
    if (tree_.is_traced(id)) {
      recorder_->add_clock(id, period_ps);
    }
  });
}

void WaveAttachment::declare_control(const AcceleratorParams& params, const Network& network) {
  const std::uint64_t period = machine_.fabric().period().value();
  add_clock(machine_.name(), period);
  add<ControllerPins>(std::make_unique<ControllerPins>(tree_, machine_.controller->name()), period,
                      [this](ControllerPins& pins) {
                        machine_.controller->on_state.listen(
                            [&pins](const StateEntered& event) { pins.entered(event); });
                      });
  const int fraction_bits =
      score_fraction_bits(network.output_layer().output_format.fraction_bits, params.score);
  add<ScorePins>(
      std::make_unique<ScorePins>(tree_, machine_.score->name(), fraction_bits, params.threshold),
      period, [this](ScorePins& pins) {
        machine_.score->on_begun.listen([&pins](const ScoreBegun& event) { pins.begun(event); });
        machine_.score->on_decided.listen(
            [&pins](const ScoreDecided& event) { pins.decided(event); });
      });
  // A state is left long after what led to it: all of that is known now.
  connections_.emplace_back(
      [this] { machine_.controller->on_state.listen([this](const StateEntered&) { keep_up(); }); });
}

void WaveAttachment::declare_memory(const AcceleratorParams& params) {
  const std::string scope = machine_.memory->bus.name();
  add<BusPins>(
      std::make_unique<BusPins>(tree_, scope, params.controller.fetch.outstanding_reads),
      machine_.fabric().period().value(), [this](BusPins& pins) {
        auto view = std::make_shared<BusView>(machine_.fabric());
        view->on_request.listen([&pins](const BusRequest& event) {
          pins.requested(event.cycle, event.address, event.is_write);
        });
        view->on_accepted.listen([&pins](const BusAccepted& event) { pins.accepted(event.cycle); });
        view->on_response.listen(
            [&pins](const BusResponse& event) { pins.responded(event.cycle, event.address); });
        view->on_train.listen([&pins](const BusTrain& train) {
          for (const TimedRead& read : *train.reads) {
            pins.requested(train.begin + read.cycle, read.address, false);
            pins.accepted(train.begin + read.cycle + 1);
            pins.responded(train.begin + read.completion, read.address);
          }
        });
        taps_.tap(machine_.controller->bus()).add(*view);
        views_.push_back(view);
      });
  tree_.alias_scope(scope, machine_.controller->bus().name());
  MemoryCommands* const commands = machine_.memory->commands();
  if (commands == nullptr) {
    return;
  }
  const std::uint64_t period = commands->ddr_clock().period().value();
  const std::string channel = machine_.memory->name() + std::string(".channel");
  add_clock(channel, period);
  add<DramPins>(std::make_unique<DramPins>(tree_, channel, dram_params(commands->part())), period,
                [this, commands](DramPins& pins) {
                  commands->on_command.listen([this, &pins](const CommandIssued& event) {
                    if (!is_over()) {
                      pins.issued(event);
                    }
                  });
                });
}

void WaveAttachment::declare_layer(LayerUnit& layer, const std::string& name) {
  const std::uint64_t period = machine_.fabric().period().value();
  const WaveId text = tree_.add(layer.name(), "name", WaveType::text());
  connections_.emplace_back([this, text, name] { writer_->set_text(text, name); });
  add<LayerPins>(std::make_unique<LayerPins>(tree_, layer.name()), period,
                 [this, &layer](LayerPins& pins) {
                   layer.on_start.listen([this, &pins](const LayerStarted& event) {
                     if (!is_over()) {
                       pins.started(event);
                     }
                   });
                 });
  // A run is known before it begins, and everything before that is, too.
  connections_.emplace_back(
      [this, &layer] { layer.on_start.listen([this](const LayerStarted&) { keep_up(); }); });
}

void WaveAttachment::declare_engine(LayerUnit& unit, const Layer& layer,
                                    const WaveOptions& options) {
  std::unique_ptr<EnginePins> registers = unit.engine().pins();
  if (registers == nullptr) {
    return;
  }
  tree_.begin_detail();
  add<EngineRegisters>(
      std::make_unique<EngineRegisters>(tree_, unit.name() + std::string(".compute"), layer,
                                        std::move(registers), options.from, options.to),
      machine_.fabric().period().value(), [this, &unit](EngineRegisters& pins) {
        unit.on_start.listen([this, &pins](const LayerStarted& event) {
          if (!is_over()) {
            pins.started(event);
          }
        });
      });
  tree_.end_detail();
}

void WaveAttachment::declare_weight_buffer(LayerUnit& layer, unsigned lanes) {
  const std::uint64_t period = machine_.fabric().period().value();
  const std::string scope = layer.name() + std::string(".weight_buffer");
  add<WeightBufferPins>(
      std::make_unique<WeightBufferPins>(tree_, scope, lanes), period,
      [this, &layer](WeightBufferPins& pins) {
        auto view = std::make_shared<StreamView<PlacedWeights>>(machine_.fabric());
        view->on_taken.listen([this, &pins](const Timed<PlacedWeights>& beat) {
          if (!is_over()) {
            pins.written(beat.cycle, beat.item);
          }
        });
        view->on_train.listen([this, &pins](const ItemTrain<PlacedWeights>& train) {
          for (std::size_t i = 0; i < train.count && !is_over(); ++i) {
            pins.written(train.begin + train.items[i].cycle, train.items[i].item);
          }
        });
        for (const TapStage::Tapped& tapped : taps_.bindings()) {
          if (tapped.binding.to == &layer.in_weights[0]) {
            tapped.tap->add(*view);
          }
        }
        views_.push_back(view);
        layer.on_reset.listen([this, &pins](const BufferReset& event) {
          if (!is_over()) {
            pins.reset(event);
          }
        });
      });
}

void WaveAttachment::declare_decompressor(LayerUnit& layer) {
  add<DecompressorPins>(
      std::make_unique<DecompressorPins>(tree_, layer.name() + std::string(".decompressor")),
      machine_.fabric().period().value(), [this, &layer](DecompressorPins& pins) {
        layer.on_expanded.listen([this, &pins](const LinesExpanded& event) {
          if (!is_over()) {
            pins.expanded(event);
          }
        });
      });
}

void WaveAttachment::declare_streams(const AcceleratorParams& params, const TapStage& taps) {
  for (const TapStage::Tapped& tapped : taps.bindings()) {
    // The bus and the backdoor are no streams.
    static_cast<void>(
        declare_stream<InputJob>(tapped, params) || declare_stream<InputResult>(tapped, params) ||
        declare_stream<WeightBeat>(tapped, params) || declare_stream<InputBeat>(tapped, params) ||
        declare_stream<BatchPlaced>(tapped, params) ||
        declare_stream<PlacedWeights>(tapped, params) ||
        declare_stream<ControlMessage>(tapped, params) ||
        declare_stream<FeatureMap>(tapped, params) || declare_stream<Decision>(tapped, params));
  }
}

template <typename T>
bool WaveAttachment::declare_stream(const TapStage::Tapped& tapped,
                                    const AcceleratorParams& params) {
  const auto* out = dynamic_cast<const StreamOut<T>*>(tapped.binding.from);
  if (out == nullptr) {
    return false;
  }
  const Cycle latency = train_latency<T>(params);
  add<StreamPins<T>>(std::make_unique<StreamPins<T>>(tree_, out->name(), out->slots(), lanes_),
                     machine_.fabric().period().value(),
                     [this, latency, tap = tapped.tap.get()](StreamPins<T>& pins) {
                       const ClockDomain& clock = machine_.fabric();
                       auto view = std::make_shared<StreamView<T>>(clock);
                       view->on_sent.listen([this, &pins, &clock, latency](const Timed<T>& beat) {
                         if (!is_over()) {
                           // A unit may push an item only when it is ready, or ahead of time.
                           const Cycle now = clock.now();
                           pins.sent(latency > 0 ? std::max(beat.cycle - latency, now) : now,
                                     beat.cycle, beat.item);
                         }
                       });
                       view->on_taken.listen([this, &pins](const Timed<T>& beat) {
                         if (!is_over()) {
                           pins.taken(beat.cycle);
                         }
                       });
                       view->on_train.listen([this, &pins, latency](const ItemTrain<T>& train) {
                         for (std::size_t i = 0; i < train.count && !is_over(); ++i) {
                           const Timed<T> beat = train.at(i);
                           pins.sent(beat.cycle - latency, beat.cycle, beat.item);
                           pins.taken(beat.cycle);
                         }
                       });
                       tap->add(*view);
                       views_.push_back(view);
                     });
  tree_.alias_scope(out->name(), tapped.binding.to->name());
  return true;
}

/// Links have many signals, so they are not in the layout.
void WaveAttachment::declare_link() {
  if (link_ == nullptr) {
    return;
  }
  tree_.begin_detail();
  for (std::unique_ptr<WaveSource>& source : link_->declare(tree_, machine_.name())) {
    add<WaveSource>(
        std::move(source), machine_.fabric().period().value(),
        [this](WaveSource& pins) { link_->connect(pins, [this] { return is_over(); }); });
  }
  tree_.end_detail();
}

/// Writes what can be written: no unit tells of anything before the present, but a memory that
/// sleeps must be asked.
void WaveAttachment::keep_up() {
  if (is_over()) {
    return;
  }
  if (MemoryCommands* commands = machine_.memory->commands()) {
    commands->catch_up(machine_.fabric().now());
  }
  if (link_ != nullptr) {
    link_->catch_up(machine_.fabric().now());
  }
  recorder_->run_until(sc_core::sc_time_stamp().value());
}

void WaveAttachment::finish() {
  recorder_->run_until(sc_core::sc_time_stamp().value() + 1);
  writer_->close();
}

}  // namespace airnn
