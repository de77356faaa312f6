// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/simulation.h"

#include <string>
#include <utility>

#include "hw/observe/dram_account.h"
#include "hw/observe/run_recorder.h"
#include "hw/sim/dram_energy.h"
#include "hw/sim/protocol_monitors.h"
#include "hw/top/tapped_wiring.h"

namespace airnn {

namespace {

/// Throws out of sc_start().
void end_simulation(const Violation& violation) {
  const std::string type = "/protocol/" + to_string(violation.rule);
  SC_REPORT_ERROR(type.c_str(), violation.text().c_str());
}

}  // namespace

Simulation::Simulation(const AcceleratorParams& params, const MemoryImage& image,
                       Host::InputSource inputs, const SimulationOptions& options)
    : image_(image) {
  // Told at every regular end.
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_INFO,
                                          sc_core::SC_DO_NOTHING);
  sc_core::sc_set_time_resolution(1, sc_core::SC_PS);
  if (options.monitors) {
    wiring_ = std::make_unique<TappedWiring>();
  }
  accelerator_ = std::make_unique<Accelerator>("accelerator", params, image, std::move(inputs),
                                               options.build_order, wiring_.get());
  listen(options);
  if (options.monitors) {
    monitors_ = std::make_unique<ProtocolMonitors>(
        *accelerator_, *wiring_, params, image,
        options.on_violation ? options.on_violation : ViolationSink(end_simulation));
  }
}

Simulation::~Simulation() = default;

/// Everything that a run records is attached here.
void Simulation::listen(const SimulationOptions& options) {
  const Network& network = image_.network();
  std::vector<std::uint64_t> reset_bits;
  for (const Layer& layer : network.layers) {
    reset_bits.push_back(static_cast<std::uint64_t>(layer.kernels) *
                         static_cast<std::uint64_t>(layer.columns));
  }
  recorder_ = std::make_unique<RunRecorder>(image_.info().iterations, std::move(reset_bits),
                                            static_cast<std::uint64_t>(network.classes()));
  RunRecorder* recorder = recorder_.get();
  const auto activity = [recorder](Probe<CyclesSpent>& probe, const std::string& unit) {
    const std::size_t index = recorder->add_unit(unit);
    probe.listen([recorder, index](const CyclesSpent& event) { recorder->spent(index, event); });
  };

  Accelerator& machine = *accelerator_;
  activity(machine.ddr3_memory != nullptr ? machine.ddr3_memory->on_cycles
                                          : machine.flat_memory->on_cycles,
           "memory");
  activity(machine.controller->on_cycles, "controller");
  activity(machine.addresses->on_cycles, "addresses");
  for (std::size_t i = 0; i < machine.layers.size(); ++i) {
    activity(machine.layers[i]->on_cycles, network.layers[i].name);
  }
  activity(machine.score->on_cycles, "score");

  if (machine.ddr3_memory != nullptr) {
    listen_to_ddr3(options);
  }
  machine.controller->on_state.listen([recorder](const StateEntered& e) { recorder->entered(e); });
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

RunRecord Simulation::run() {
  try {
    sc_core::sc_start();
  } catch (const sc_core::sc_report& report) {
    throw SimulationError(report.get_msg());
  }
  if (sc_core::sc_get_status() != sc_core::SC_STOPPED) {
    throw SimulationError("the machine hangs: the Read Weight Controller is " +
                          accelerator_->controller->waiting_for());
  }
  check_conservation(recorder_->record());
  return recorder_->record();
}

void Simulation::check_conservation(const RunRecord& record) const {
  const Counts counts = record.total_counts();
  const std::uint64_t total = record.total_cycles();
  if (recorder_->words_placed() != counts.words_placed) {
    throw SimulationError("words placed (" + std::to_string(recorder_->words_placed()) +
                          ") differ from the words of the batches (" +
                          std::to_string(counts.words_placed) + ") (P3)");
  }
  if (dram_ != nullptr &&
      counts.dram.read_commands() + counts.dram.of(RowOutcome::forwarded) != counts.dram_reads) {
    throw SimulationError("the memory read " + std::to_string(counts.dram.read_commands()) +
                          " bursts, but " + std::to_string(counts.dram_reads) +
                          " were asked for (P10)");
  }
  for (std::size_t i = 0; i < record.units.size(); ++i) {
    UnitRecord unit = record.units[i];
    unit.add(record.boot_units[i]);
    if (unit.working + unit.waiting_for_input + unit.waiting_for_credit > total) {
      throw SimulationError("unit " + unit.name + " accounts for more cycles than the run has");
    }
  }
}

}  // namespace airnn
