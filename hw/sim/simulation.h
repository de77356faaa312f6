// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/link/fault/fault.h"
#include "hw/link/tap_stage.h"
#include "hw/link/wiring.h"
#include "hw/memory/ddr3/dram_events.h"
#include "hw/monitor/decode/decoders.h"
#include "hw/monitor/noc/mesh_violation.h"
#include "hw/monitor/violation.h"
#include "hw/observe/coverage/coverage_collector.h"
#include "hw/sim/observers/link_insight.h"
#include "hw/sim/simulation_error.h"
#include "hw/sim/wave_attachment.h"
#include "hw/top/accelerator.h"
#include "sw/format/memory_image.h"
#include "sw/results/run_record.h"

namespace airnn {

class CoverageObserver;
class FaultStage;
class MonitorObserver;
class Observer;
class RunRecorder;

struct SimulationOptions {
  /// Order in which units are constructed (Accelerator); empty: the usual one.
  std::vector<std::size_t> build_order;
  /// Checks the rules of docs/control_protocol.md all along.
  bool monitors = true;
  /// Who reads the image's weights for them; for an encoding that is not built in, a larger table.
  WeightDecoders decoders = built_in_decoders();
  /// Told of broken rules; empty: the first one ends the run with a SimulationError.
  ViolationSink on_violation;
  /// What can be seen inside of links; for one that is not built in, a larger table.
  LinkInsights insights = built_in_insights();
  /// The same of broken rules of the mesh.
  MeshReport on_mesh_violation;
  /// What goes wrong in the machine.
  std::vector<Fault> faults;
  /// Stages of the caller's between the machine's link and the receivers, e.g. slow ones. They must
  /// outlive the simulation.
  std::vector<WiringStage*> stages;
  /// A run in which no unit is at work for so many cycles ends with a SimulationError.
  Cycle watchdog_cycles = 10'000'000;
  /// Told after every finished input.
  std::function<void(const InputRecord&)> on_input;
  /// Asked whenever the controller changes its state or a layer is done: true ends the run at once
  /// with a RunError of kind `stopped`.
  std::function<bool()> give_up;
  /// Told of every command of a memory that has commands, in the order of cycles.
  std::function<void(const CommandIssued&)> on_command;
  /// File of trace events to be written (docs/timeline.md); empty: none.
  std::string timeline;
  /// Told of every output map of every layer: input, iteration, layer, values (CHW).
  std::function<void(std::uint32_t, std::uint32_t, std::uint32_t, const std::vector<std::int32_t>&)>
      on_values;
  WaveOptions wave;
  /// Counts the bins of docs/coverage.md that the run hits. Only where units are bound to each
  /// other: of another link nobody sees how long an item waits.
  bool coverage = false;
};

/// One machine with its listeners. A process can hold only one in its life, as SystemC elaborates
/// only once.
class Simulation {
 public:
  /// `image` must outlive the simulation. The source gives the input maps, one after the other.
  Simulation(const AcceleratorParams& params, const MemoryImage& image, Host::InputSource inputs,
             const SimulationOptions& options = {});
  ~Simulation();

  /// Runs until every input has its result. Throws SimulationError; a timeline is complete up to
  /// there. What inputs, listeners and files throw comes out as it is.
  RunRecord run();
  /// The record of the inputs that were finished, also if the run failed behind them.
  RunRecord finished() const;
  /// What these inputs and the boot covered; null unless it was asked for.
  const RunCoverage* coverage() const;

 private:
  void add_observers(const SimulationOptions& options, const AcceleratorParams& params);
  template <typename Observing, typename... Arguments>
  Observing& add(Arguments&&... arguments);
  std::string hang(Cycle since) const;
  void run_to_end();
  void commit();
  void close();

  const MemoryImage& image_;
  std::unique_ptr<Link> link_;            ///< null: units are bound to each other
  std::unique_ptr<LinkInsight> insight_;  ///< null: nothing inside of it can be seen
  std::unique_ptr<FaultStage> faults_;
  std::unique_ptr<TapStage> taps_;  ///< null: nobody looks at bindings
  Wiring wiring_;
  std::unique_ptr<Accelerator> accelerator_;
  std::vector<std::unique_ptr<Observer>> observers_;  ///< in the order in which they are told
  const RunRecorder* recorder_ = nullptr;             ///< one of theirs
  const CoverageObserver* coverage_ = nullptr;        ///< likewise; null: nobody counts
  const MonitorObserver* monitors_ = nullptr;         ///< among them; null: nobody checks
};

}  // namespace airnn
