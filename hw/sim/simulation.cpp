// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/simulation.h"

#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "hw/link/fault/fault_stage.h"
#include "hw/link/tap_stage.h"
#include "hw/monitor/watchdog.h"
#include "hw/observe/dram/dram_account.h"
#include "hw/observe/run_recorder.h"
#include "hw/observe/timeline.h"
#include "hw/sim/counted_actions.h"
#include "hw/sim/dram_energy.h"
#include "hw/sim/protocol_monitors.h"
#include "hw/sim/run_failure.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Throws out of sc_start().
void end_simulation(const Violation& violation) {
  const std::string type = "/protocol/" + to_string(violation.rule);
  SC_REPORT_ERROR(type.c_str(), violation.text().c_str());
}

/// SystemC makes a report of whatever leaves a process, and calls the handler while the exception
/// is still itself; else a full disk would look like a broken rule.
std::exception_ptr thrown_in_process;

void keep_exception(const sc_core::sc_report& report, const sc_core::sc_actions& actions) {
  if (report.get_severity() >= sc_core::SC_ERROR && std::current_exception() != nullptr) {
    thrown_in_process = std::current_exception();
  }
  sc_core::sc_report_handler::default_handler(report, actions);
}

}  // namespace

Simulation::Simulation(const AcceleratorParams& params, const MemoryImage& image,
                       Host::InputSource inputs, const SimulationOptions& options)
    : image_(image) {
  // Told at every regular end.
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO,
                                          sc_core::SC_DO_NOTHING);
  sc_core::sc_report_handler::set_handler(keep_exception);
  sc_core::sc_set_time_resolution(1, sc_core::SC_PS);
  const ClockDomain fabric(
      sc_core::sc_time(static_cast<double>(params.fabric_period_ps), sc_core::SC_PS));
  if (options.monitors || !options.wave.file.empty()) {
    taps_ = std::make_unique<TapStage>();
    wiring_.add(*taps_);
  }
  faults_ = std::make_unique<FaultStage>(options.faults, fabric);
  wiring_.add(*faults_);
  for (WiringStage* stage : options.stages) {
    wiring_.add(*stage);
  }
  accelerator_ = std::make_unique<Accelerator>("accelerator", params, image, std::move(inputs),
                                               options.build_order, &wiring_);
  // Before the monitors, so that a waveform shows what breaks a rule.
  if (!options.wave.file.empty()) {
    wave_ = std::make_unique<WaveAttachment>(options.wave, params, *accelerator_, *taps_,
                                             image.network());
  }
  watch(options, params);
  listen(options, params);
  if (!options.timeline.empty()) {
    attach_timeline(options.timeline, params);
  }
}

Simulation::~Simulation() = default;

void Simulation::watch(const SimulationOptions& options, const AcceleratorParams& params) {
  if (options.monitors) {
    monitors_ = std::make_unique<ProtocolMonitors>(
        *accelerator_, *taps_, params, image_, options.decoders,
        options.on_violation ? options.on_violation : ViolationSink(end_simulation));
  }
  watchdog_ =
      std::make_unique<Watchdog>("watchdog", accelerator_->fabric(), options.watchdog_cycles,
                                 [this](Cycle since) { return hang(since); });
}

std::string Simulation::hang(Cycle since) const {
  return "/watchdog: the machine hangs: no unit is at work since cycle " + std::to_string(since) +
         "; the Read Weight Controller is " + accelerator_->controller->waiting_for() +
         (monitors_ == nullptr ? "" : monitors_->unfinished());
}

/// Everything that a run records is attached here.
void Simulation::listen(const SimulationOptions& options, const AcceleratorParams& params) {
  const Network& network = image_.network();
  RecordedMachine recorded;
  recorded.iterations = image_.info().iterations;
  recorded.input_words = static_cast<std::uint64_t>(network.input.size());
  recorded.classes = static_cast<std::uint64_t>(network.classes());
  for (const Layer& layer : network.layers) {
    recorded.reset_bits.push_back(static_cast<std::uint64_t>(layer.kernels) *
                                  static_cast<std::uint64_t>(layer.columns));
    recorded.sources.push_back({layer.source, layer.skip});
  }
  recorded.counted = counted_actions(params);
  recorder_ = std::make_unique<RunRecorder>(recorded);
  RunRecorder* recorder = recorder_.get();
  Watchdog* watchdog = watchdog_.get();
  const auto activity = [recorder, watchdog](Probe<CyclesSpent>& probe, const std::string& unit) {
    const std::size_t index = recorder->add_unit(unit);
    probe.listen([recorder, watchdog, index](const CyclesSpent& event) {
      recorder->spent(index, event);
      watchdog->at_work(event.until);
    });
  };

  Accelerator& machine = *accelerator_;
  activity(machine.ddr3_memory != nullptr ? machine.ddr3_memory->on_cycles
                                          : machine.flat_memory->on_cycles,
           "memory");
  activity(machine.controller->on_cycles, "controller");
  machine.controller->on_cycles.listen(
      [recorder](const CyclesSpent& e) { recorder->controller_spent(e); });
  activity(machine.addresses->on_cycles, "addresses");
  for (std::size_t i = 0; i < machine.layers.size(); ++i) {
    activity(machine.layers[i]->on_cycles, network.layers[i].name);
  }
  activity(machine.score->on_cycles, "score");

  if (machine.ddr3_memory != nullptr) {
    listen_to_ddr3(options);
  }
  machine.controller->on_state.listen([recorder](const StateEntered& e) { recorder->entered(e); });
  if (options.give_up) {
    const auto ask = [give_up = options.give_up](const auto&) {
      if (give_up()) {
        throw RunError({FailureKind::stopped, "the run was given up"});
      }
    };
    machine.controller->on_state.listen(ask);
    for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
      layer->on_done.listen(ask);
    }
  }
  machine.controller->on_fetch.listen([recorder](const FetchDone& e) { recorder->fetched(e); });
  machine.addresses->on_placed.listen([recorder](const WordsPlaced& e) { recorder->placed(e); });
  machine.score->on_decided.listen([recorder](const ScoreDecided& e) { recorder->decided(e); });
  machine.controller->on_input.listen([recorder, options](const InputDone& e) {
    recorder->done(e);
    if (options.on_input) {
      options.on_input(recorder->record().inputs.back());
    }
  });
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    layer->on_reset.listen([recorder](const BufferReset& e) { recorder->reset(e); });
    layer->on_done.listen([recorder](const LayerDone& e) { recorder->computed(e); });
    if (options.on_values) {
      layer->on_values.listen([options](const LayerValues& e) {
        options.on_values(e.input, e.iteration, e.layer, *e.values);
      });
    }
  }
}

void Simulation::listen_to_ddr3(const SimulationOptions& options) {
  Ddr3Controller& memory = *accelerator_->ddr3_memory;
  const ClockDomain& fabric = accelerator_->fabric();
  dram_ = std::make_unique<DramAccount>(dram_statistics(memory.part()),
                                        [&memory] { return memory.ddr_clock().now(); });
  DramAccount* dram = dram_.get();
  RunRecorder* recorder = recorder_.get();
  memory.listen(*dram);
  if (options.on_command) {
    memory.on_command.listen(options.on_command);
  }
  accelerator_->controller->on_state.listen(
      [dram, recorder, &memory, &fabric](const StateEntered& e) {
        memory.catch_up(e.cycle);
        recorder->dram_done(dram->end_part(memory.ddr_clock().next_edge(fabric.duration(e.cycle))));
      });
}

void Simulation::attach_timeline(const std::string& path, const AcceleratorParams& machine_params) {
  Accelerator& machine = *accelerator_;
  const Network& network = image_.network();
  TimelineParams params;
  params.period_ps = machine_params.fabric_period_ps;
  params.first_input = machine_params.first_input;
  params.score_fraction_bits =
      score_fraction_bits(network.output_layer().output_format.fraction_bits, machine_params.score);
  for (const Layer& layer : network.layers) {
    params.layers.push_back(layer.name);
  }
  timeline_ = std::make_unique<Timeline>(path, params);
  Timeline* timeline = timeline_.get();
  Probe<CyclesSpent>& memory = machine.ddr3_memory != nullptr ? machine.ddr3_memory->on_cycles
                                                              : machine.flat_memory->on_cycles;
  memory.listen([timeline](const CyclesSpent& e) { timeline->memory_spent(e); });
  ReadWeightController& controller = *machine.controller;
  controller.on_state.listen([timeline](const StateEntered& e) { timeline->entered(e); });
  controller.on_cycles.listen([timeline](const CyclesSpent& e) { timeline->controller_spent(e); });
  controller.on_read.listen([timeline](const ReadIssued& e) { timeline->requested(e); });
  controller.on_burst.listen([timeline](const BurstArrived& e) { timeline->arrived(e); });
  machine.addresses->on_beat.listen([timeline](const BeatPlaced& e) { timeline->placed(e); });
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    layer->on_done.listen([timeline](const LayerDone& e) { timeline->computed(e); });
  }
  machine.score->on_decided.listen([timeline](const ScoreDecided& e) { timeline->decided(e); });
  machine.score->on_cycles.listen([timeline](const CyclesSpent& e) { timeline->score_spent(e); });
}

RunRecord Simulation::run() {
  try {
    run_to_end();
  } catch (const SimulationError&) {
    try {
      commit_timeline();
    } catch (const UserError&) {
      // That the file could not be written is the lesser trouble.
    }
    throw;
  }
  commit_timeline();
  return recorder_->record();
}

void Simulation::commit_timeline() {
  if (timeline_ != nullptr) {
    timeline_->commit();
  }
}

RunRecord Simulation::finished() const {
  return recorder_->finished();
}

void Simulation::run_to_end() {
  try {
    sc_core::sc_start();
    if (monitors_ != nullptr) {
      monitors_->finish();
    }
  } catch (const sc_core::sc_report& report) {
    try {
      end_wave();
    } catch (const UserError&) {
      // That the file could not be written is the lesser trouble, or the same.
    }
    if (thrown_in_process != nullptr) {
      std::rethrow_exception(std::exchange(thrown_in_process, nullptr));
    }
    if (std::strcmp(report.get_msg_type(), "/watchdog") == 0) {
      throw HangError(report.get_msg());
    }
    throw SimulationError(report.get_msg());
  }
  end_wave();
  check_conservation(recorder_->record());
}

/// However the run ended, the waveform goes up to there.
void Simulation::end_wave() {
  if (wave_ != nullptr) {
    wave_->finish();
  }
}

void Simulation::check_conservation(const RunRecord& record) const {
  if (record.inputs.empty()) {
    return;  // stopped before the first; what the memory does at the end of the boot is nobody's
  }
  const Counts counts = record.total_counts();
  if (recorder_->words_placed() != counts.words_placed) {
    throw SimulationError("words placed (" + std::to_string(recorder_->words_placed()) +
                          ") differ from the words of the batches (" +
                          std::to_string(counts.words_placed) + ") (P3)");
  }
  const DramCounts dram = dram_counts(counts);
  if (dram_ != nullptr &&
      dram.read_commands() + dram.of(RowOutcome::forwarded) != counts.dram_reads) {
    throw SimulationError("the memory read " + std::to_string(dram.read_commands()) +
                          " bursts, but " + std::to_string(counts.dram_reads) +
                          " were asked for (P10)");
  }
  check_units(record);
  check_multiplications(record);
}

/// No unit has more cycles than there are, and those of boot and iterations are all it has.
void Simulation::check_units(const RunRecord& record) const {
  for (std::size_t i = 0; i < record.units.size(); ++i) {
    const std::string unit = "unit " + record.units[i].name;
    bool is_within = record.boot_units[i].busy() <= record.boot_cycles;
    UnitRecord sum;
    for (const IterationRecord& iteration : record.iterations) {
      is_within = is_within && iteration.units[i].busy() <= iteration.cycles.total();
      sum.add(iteration.units[i]);
    }
    if (!is_within) {
      throw SimulationError(unit + " accounts for more cycles than an iteration or the boot has");
    }
    const UnitRecord& all = record.units[i];
    if (sum.working != all.working || sum.waiting_for_input != all.waiting_for_input ||
        sum.waiting_for_credit != all.waiting_for_credit) {
      throw SimulationError(unit + " spent cycles outside of all iterations");
    }
  }
  for (const IterationRecord& iteration : record.iterations) {
    if (iteration.critical_path.total() != iteration.cycles.total()) {
      throw SimulationError("the critical path of an iteration has another length than it");
    }
  }
}

/// Every multiplier of every slot multiplies or is idle.
void Simulation::check_multiplications(const RunRecord& record) const {
  for (std::size_t l = 0; l < record.layers.size(); ++l) {
    for (const LayerRecord& layer : record.layers[l]) {
      if (layer.multiplications + layer.idle_multiplications != layer.slots * layer.multipliers) {
        throw SimulationError("multiplications of layer " + image_.network().layers[l].name +
                              " differ from its slots times its multipliers");
      }
    }
  }
}

}  // namespace airnn
