// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sw/results/product_ends.h"
#include "sw/results/run_record.h"
#include "sw/results/saturation.h"

namespace airnn {

/// Energy as files have it, in pJ.
struct StoredEnergy {
  std::vector<std::pair<std::string, double>> components;  ///< without the total
  double total = 0;

  /// Nothing if the files have no such component: another memory, or another way to price it.
  std::optional<double> of(const std::string& component) const;
};

/// One iteration, over all inputs that ran it.
struct StoredIteration {
  double fraction_of_weights = 0;
  std::uint64_t inputs_run = 0;
  std::uint64_t inputs_stopped = 0;
  std::optional<double> accuracy_if_all_stop_here;
  std::optional<double> accuracy_of_stopped;
  PhaseCycles cycles;
  Counts counts;
  StoredEnergy energy;
};

/// Multiplications of one type.
struct StoredMultiplier {
  std::string type;            ///< the price class of its multiplications, unless it is the usual
  double relative_energy = 1;  ///< of a multiplication, of the exact multiplier's
  std::uint64_t multiplications = 0;
};

/// Products of a machine with associative memories.
struct StoredProducts {
  ProductEnds ends;
  double relative_energy = 0;        ///< of multipliers that work for every product
  double relative_energy_gated = 0;  ///< of multipliers that are gated for zeros
};

/// A link whose streams share wires, as results.json tells.
struct StoredLink {
  LinkRecord record;
  std::uint64_t cycles = 0;  ///< of the run
};

/// A run as its results.json tells (docs/results_format.md): whoever reads results reads this.
/// Numbers that nobody asks for are not looked at.
struct StoredRun {
  std::string version;            ///< of the program that wrote it
  nlohmann::ordered_json config;  ///< as it took effect
  std::string network;
  std::string scheme;
  std::string image_checksum;
  std::uint64_t inputs = 0;
  std::optional<std::uint64_t> inputs_wanted;  ///< of a run that ended too early
  std::optional<double> accuracy;
  double mean_iterations = 0;
  double mean_cycles_per_input = 0;
  std::uint64_t bytes_read = 0;
  std::vector<PricedAction> counted;  ///< what the machine counts
  Counts counts;                      ///< of the whole run, boot included; likewise `energy`
  StoredEnergy energy;
  std::vector<StoredMultiplier> multipliers;  ///< of a machine with elements
  std::optional<double> relative_multiplication_energy;
  std::optional<StoredProducts> products;
  std::vector<StoredIteration> iterations;
  Saturation input_saturation;
  /// Of the results of each layer in all iterations together, with its name.
  std::vector<std::pair<std::string, Saturation>> layer_saturation;
  std::vector<UnitRecord> units;
  std::uint64_t unit_cycles = 0;  ///< working, waiting and idle ones of each unit
  std::optional<StoredLink> link;

  /// The memory has rows, and commands that open and close them.
  bool has_channel() const;

  /// Throws UserError with the place of what is missing or damaged; `file` begins the message.
  static StoredRun parse(const std::string& text, const std::string& file);
  static StoredRun read(const nlohmann::ordered_json& document, const std::string& file);
};

/// A text that should be results.json, parsed; else a UserError.
nlohmann::ordered_json results_document(const std::string& text, const std::string& file);

}  // namespace airnn
