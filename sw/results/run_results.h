// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/results/energy_model.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What a run took of the computer it ran on.
struct HostCost {
  double seconds = 0;
  std::uint64_t peak_memory_bytes = 0;  ///< largest of any process
};

/// What a layer multiplies by, in a machine with elements (docs/multipliers.md).
struct LayerMultiplier {
  std::int32_t element = -1;   ///< its number; -1: none
  std::string type = "exact";  ///< name of the multiplier
  double relative_energy = 1;  ///< of a multiplication, of the exact multiplier's
};

/// What a run was and what it gave, ready to be written down (docs/results_format.md).
struct RunResults {
  const MemoryImage& image;
  std::string image_file;         ///< name without folder
  nlohmann::ordered_json config;  ///< as it took effect
  EnergyModel energy;
  int score_fraction_bits = 0;  ///< of the scores of the record
  const RunRecord& record;
  std::uint32_t first_input = 0;     ///< index of the first input in the data set
  std::vector<std::int32_t> labels;  ///< of the inputs of the record; empty: unknown
  /// Per iteration and input the prediction if it stopped there; empty where it is not known.
  std::vector<std::vector<std::int32_t>> predictions_if_stopped;
  std::uint64_t saturated_input_elements = 0;  ///< of the inputs of the record
  /// Without it, files depend on image, configuration and inputs alone.
  std::optional<HostCost> host;
  std::vector<LayerMultiplier> multipliers;  ///< per layer; none if the machine has no elements
  /// If the run ended before all inputs had a result: how many were to have one.
  std::optional<std::uint64_t> inputs_wanted = std::nullopt;

  /// The memory has rows, and commands that open and close them.
  bool has_channel() const;
  /// Share of inputs that are right. There must be labels.
  double accuracy() const;
  /// The share of inputs that are right if all stop after iteration i (from 0); nothing if that is
  /// not known.
  std::optional<double> accuracy_if_all_stop(std::size_t i) const;
  /// Of the inputs that stopped after iteration i (from 0), the share that was right; nothing
  /// without labels or such inputs.
  std::optional<double> accuracy_of_stopped(std::size_t i) const;
};

/// Of each iteration, the share of the stored weights that is loaded.
std::vector<double> cumulative_fractions(const MemoryImage& image);

}  // namespace airnn
