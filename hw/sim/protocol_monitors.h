// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/link/bus_view.h"
#include "hw/link/stream_view.h"
#include "hw/link/tap_stage.h"
#include "hw/memory/memory_commands.h"
#include "hw/monitor/base_protocol_monitor.h"
#include "hw/monitor/decode/decoders.h"
#include "hw/monitor/jedec/jedec_monitor.h"
#include "hw/monitor/rules/decision_rule.h"
#include "hw/monitor/rules/expansion_rule.h"
#include "hw/monitor/rules/fetch_rule.h"
#include "hw/monitor/rules/flow_rule.h"
#include "hw/monitor/rules/group_rule.h"
#include "hw/monitor/rules/input_rule.h"
#include "hw/monitor/rules/placement_rule.h"
#include "hw/monitor/rules/reset_rule.h"
#include "hw/monitor/rules/result_rule.h"
#include "hw/monitor/rules/running_group.h"
#include "hw/monitor/rules/search_rule.h"
#include "hw/monitor/rules/start_rule.h"
#include "hw/top/accelerator.h"

namespace airnn {

/// The rules of docs/control_protocol.md over one machine, by its probes and bindings alone.
class ProtocolMonitors {
 public:
  /// Everything must outlive the monitors. The sink is called from within the calls that break a
  /// rule; an exception from it ends the simulation. Throws ImageError if none of the decoders
  /// reads the image's weights.
  ProtocolMonitors(Accelerator& machine, const TapStage& taps, const AcceleratorParams& params,
                   const MemoryImage& image, const WeightDecoders& decoders, ViolationSink sink);

  /// The run is over: what is late is told now.
  void finish();
  /// Who waits for whom, by transactions that were begun and have not ended; for a run that does
  /// not end.
  std::string unfinished() const;

 private:
  /// A binding and what its ends are called: "read_weight_controller.out_weights".
  struct Binding {
    std::string name;
    std::string target;
    bool is_hosts = false;  ///< an input's job and result belong to no state of the controller
    std::unique_ptr<BaseProtocolMonitor> monitor;
  };

  void watch_bindings(const TapStage& taps);
  void watch_control(Accelerator& machine, const TapStage& taps);
  void watch_inputs(Accelerator& machine, const TapStage& taps, const InputPlaces& places);
  void watch_bus(Accelerator& machine, const TapStage& taps);
  void watch_weights(Accelerator& machine, const TapStage& taps);
  void watch_layers(Accelerator& machine);
  void watch_commands(const Accelerator& machine, const Ddr3ChannelParams& params);
  void watch_ends(Accelerator& machine, const TapStage& taps);
  void train(const BusTrain& train);
  void entered(const StateEntered& next);
  void check_completion(const StateEntered& next) const;
  template <typename T>
  StreamView<T>& view(const TapStage& taps, const StreamOut<T>& out);

  const ClockDomain& fabric_;
  const Network& network_;
  const WeightDecoder& decoder_;
  RuleReporter reporter_;
  RunningGroup group_;
  BurstMap bursts_;
  TrainMemory trains_;
  ResetRule resets_;
  FetchRule fetches_;
  InputRule inputs_;
  PlacementRule placements_;
  StartRule starts_;
  DecisionRule decisions_;
  ResultRule results_;
  GroupRule groups_;
  SearchRule searches_;
  ExpansionRule expansions_;
  FlowRule flow_;
  MemoryCommands* commands_ = nullptr;   ///< of a memory that has them
  std::unique_ptr<JedecMonitor> jedec_;  ///< likewise
  std::vector<Binding> bindings_;
  std::vector<std::unique_ptr<BindingListener>> views_;
};

}  // namespace airnn
