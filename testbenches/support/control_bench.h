// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/control/address/buffer_address_calculation.h"
#include "hw/control/fetch/fetch_planner.h"
#include "hw/control/read_weight_controller.h"
#include "hw/control/score/score_calculation.h"
#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "sw/format/memory_image.h"
#include "testbenches/reference/machine_trace.h"
#include "testbenches/support/ahead_filter.h"
#include "testbenches/support/base_protocol_checker.h"
#include "testbenches/support/debug_filter.h"
#include "testbenches/support/fixed_compute.h"
#include "testbenches/support/memory_stub.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {

struct ControlBenchParams {
  ReadWeightControllerParams controller;
  Cycle address_latency = 2;
  FlatMemoryParams flat_memory;
  std::optional<MemoryStubParams> memory_stub;  ///< instead of the flat memory
  std::optional<Ddr3ControllerParams> ddr3;     ///< the same
  Ahead ahead = Ahead::goes;                    ///< the memory
  Prediction prediction = Prediction::right;
  Trains trains = Trains::taken;  ///< by the weight buffers and the input buffer
  StallPolicy weight_stalls = StallPolicy::never();
  StallPolicy input_stalls = StallPolicy::never();
  StallPolicy result_stalls = StallPolicy::never();
  Cycle compute_latency = 1;
  ScoreCalculationParams score;  ///< classes and iterations are filled in
  /// Outputs of the last layer: input by input, iteration by iteration.
  std::vector<std::vector<std::int32_t>> outputs;
  /// Bytes that differ between the image the controller was built for and the memory's content.
  std::function<void(std::vector<std::uint8_t>& bytes)> damage;
};

/// The control units of the machine with a memory, and sources and sinks where host, buffers and
/// layers would be. A base protocol checker sits on every binding.
class ControlBench final : public sc_core::sc_module {
  const ControlBenchParams params_;
  const ClockDomain& clock_;

 public:
  ControlBench(const sc_core::sc_module_name& name, const ControlBenchParams& params,
               const ClockDomain& clock, const MemoryImage& image);

  std::uint32_t inputs() const;
  std::uint64_t input_address(std::uint32_t input) const;
  /// What happened so far.
  MachineTrace events() const;
  /// All words in the order in which they reached the weight buffer of a layer.
  const std::vector<PlacedWord>& words(std::size_t port) const { return words_[port]; }
  /// All elements of input maps, as they came.
  const std::vector<std::int32_t>& input_elements() const { return input_elements_; }
  std::string protocol_violations() const;
  /// Changes the memory's content in no time.
  void store(std::uint64_t address, const std::vector<std::uint8_t>& bytes);

  std::unique_ptr<ReadWeightController> controller;
  std::unique_ptr<BufferAddressCalculation> addresses;
  std::unique_ptr<ScoreCalculation> score;
  std::unique_ptr<FlatMemory> flat_memory;
  std::unique_ptr<MemoryStub> memory_stub;
  std::unique_ptr<Ddr3Controller> ddr3_memory;
  std::unique_ptr<AheadFilter> ahead_filter;
  std::unique_ptr<DebugFilter> debug_filter;
  StreamSource<InputJob> jobs;
  StreamSink<InputResult> results;
  StreamSink<InputBeat> input_buffer;
  std::vector<std::unique_ptr<StreamSink<PlacedWeights>>> weight_buffers;
  std::vector<std::unique_ptr<StreamSink<ControlMessage>>> layers;  ///< take control messages only
  FixedCompute compute;

 private:
  template <typename Out, typename In>
  void connect(Out& out, In& in) {
    const std::string name = "checker" + std::to_string(checkers_.size());
    checkers_.push_back(std::make_unique<BaseProtocolChecker>(name.c_str()));
    out.bind(checkers_.back()->from_initiator);
    checkers_.back()->to_target.bind(in);
  }
  void build_units();
  void build_memory();
  void connect_memory();
  void start_of_simulation() override;
  void listen();

  const MemoryImage& image_;
  std::vector<std::unique_ptr<BaseProtocolChecker>> checkers_;
  tlm_utils::simple_initiator_socket<ControlBench> backdoor_{"backdoor"};
  MachineTrace trace_;
  std::vector<std::vector<PlacedWord>> words_;
  std::vector<std::int32_t> input_elements_;
};

/// The input map that the bench stores for an input.
std::vector<std::int32_t> input_map_of(const Network& network, std::uint32_t input);

}  // namespace airnn::test
