// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/decompressor/line_expander.h"
#include "hw/compute/engine_params.h"
#include "hw/compute/engine_table.h"
#include "hw/control/assembly/assemblers.h"
#include "hw/control/read_weight_controller.h"
#include "hw/control/score/score_margin.h"
#include "hw/link/link_model.h"
#include "hw/memory/memory_model.h"
#include "hw/top/unit_factory.h"

namespace airnn {

/// Everything about the machine that is not in the image.
struct AcceleratorParams {
  std::uint64_t fabric_period_ps = 10000;  ///< 100 MHz (docs/timing.md)
  ReadWeightControllerParams controller;
  Cycle address_latency_cycles = 2;
  /// One per layer of the network.
  std::vector<ComputeParallelism> parallelism;
  /// One per layer; empty: usual_choice() for all.
  std::vector<EngineChoice> engines;
  /// What there is to choose from.
  EngineTable engine_table = built_in_engines();
  Handoff handoff = Handoff::map;
  /// Of the associative memory beside each multiplier, as the image must have; 0: none.
  std::uint32_t associative_rows = 0;

  /// Of layers whose weights are lines.
  ExpansionRate decompressor;

  ScoreMode score = ScoreMode::softmax;
  double threshold = 0.9;
  std::uint32_t min_iterations = 1;
  std::uint32_t max_iterations = 0;  ///< 0: until every batch is fetched
  Cycle softmax_cycles = 0;          ///< 0: 1 + ceil(log2 classes) + 2
  Cycle margin_cycles = 1;

  MemoryModel memory = paper_memory();
  LinkModel link;  ///< the usual one binds senders to receivers
  UnitChoice units;
  UnitFactory factory = built_in_units();
  std::uint32_t first_input = 0;  ///< HostParams::first_input

  /// Who makes words of the image's weights; for an encoding that is not built in, a larger table.
  Assemblers assemblers = built_in_assemblers();
};

}  // namespace airnn
