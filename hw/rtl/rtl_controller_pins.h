// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/control/controller_ports.h"
#include "hw/control/read_weight_controller.h"
#include "hw/rtl/rtl_model.h"
#include "sw/format/network.h"

namespace airnn {

/// What RTL of the controller must know of the network, which is not in what it fetches.
struct RtlControllerNetwork {
  std::vector<std::uint32_t> columns;  ///< of each layer
  std::uint32_t input_elements = 0;
};

/// A kernel of an interleave table.
struct RtlTableEntry {
  std::uint32_t layer = 0;
  std::uint32_t group = 0;
  GroupedKernel kernel;
};

/// The pins of the Read Weight Controller (docs/rtl.md).
struct RtlControllerPins {
  static constexpr unsigned kWordBits = 32;
  static constexpr unsigned kColumnBits = 24;
  static constexpr unsigned kRowBits = 16;
  static constexpr unsigned kLayerBits = 8;
  static constexpr unsigned kIterationBits = 16;

  /// Throws UserError if a pin is missing or is not what it should be.
  explicit RtlControllerPins(const RtlModel& model);

  /// Throws UserError if the RTL cannot do what the machine needs.
  void check(const RtlModel& model, const ReadWeightControllerParams& params,
             const Network& network) const;
  /// Drives what stays as it is. Throws UserError if the RTL has no room for the directory.
  void configure(const RtlModel& model, const ReadWeightControllerParams& params,
                 const RtlControllerNetwork& network, std::uint64_t directory_bursts);

  /// A job, a decision and so on; null: there is none, and the pins are 0.
  void drive(const InputJob* job);
  void drive(const BatchPlaced* placed);
  void drive(const Decision* decision);
  /// The burst of a read; null: none arrives.
  void drive_burst(std::uint32_t tag, const std::uint8_t* bytes);

  std::vector<WeightWord> words() const;
  InputBeat input_beat() const;
  std::vector<RtlTableEntry> table_entries() const;
  std::uint64_t request_address() const;
  std::int64_t score() const;
  bool begins(ControllerState state) const {
    return entered.field(static_cast<std::size_t>(state), 1) != 0;
  }
  bool is_idle() const;

  std::uint32_t layers;
  std::uint32_t lanes;
  std::uint32_t tag_bits;
  std::uint32_t buffer_bits;  ///< of the number of bursts

  RtlPin busy, error, sections, boot;
  RtlPin columns, directory_bursts, input_elements, most_lanes, outstanding, buffer_bursts;
  RtlPin prefetch, max_iterations;
  RtlPin request_valid, request_ready, request_to, request_tag;
  RtlPin response_valid, response_tag, response_data;
  RtlPin jobs_valid, jobs_ready, jobs_address, jobs_input;
  RtlPin placed_valid, placed_ready, placed_words;
  RtlPin outputs_valid, outputs_ready;
  RtlPin decision_valid, decision_ready, decision_score, decision_prediction, decision_terminate;
  RtlPin weights_valid, weights_credit, weights_count, weights_last, weights_valid_from;
  RtlPin weights_value, weights_column, weights_row, weights_layer;
  RtlPin input_valid, input_credit, input_first, input_count, input_values;
  RtlPin control_valid, control_kind, control_input, control_iteration;
  RtlPin tables_valid, tables_count, tables_layer, tables_kernel, tables_group, tables_block;
  RtlPin results_valid, results_credit, results_score, results_prediction, results_input;
  RtlPin results_iterations;
  RtlPin entered, fetching, beat, refused, fetched, settled;
};

}  // namespace airnn
