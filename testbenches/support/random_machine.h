// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <random>
#include <string>

#include "testbenches/reference/machine_twin.h"
#include "testbenches/support/control_bench.h"

namespace airnn::test {

/// How the surroundings of the control units behave.
enum class World {
  trains,        ///< flat memory, receivers take trains: fetches are computed ahead
  single_items,  ///< flat memory, receivers refuse trains: fetches are stepped
  stalling,      ///< flat memory, receivers stall at random
  deferring,     ///< a memory that defers, answers out of order and holds requests back
  crossing,      ///< the same, with a clock of its own, and receivers stall
};

const char* to_string(World world);

/// Control units with random content, parameters and surroundings, and the same as parameters of
/// the twin.
class RandomMachine {
 public:
  /// `is_grouped`: inputs may share batches.
  RandomMachine(std::uint64_t number, World world, bool is_grouped = false);

  /// Makes the SystemC side, after changes of `params`.
  void build(const ClockDomain& clock);
  /// What was drawn, for messages.
  std::string text() const;

  MemoryImage image;
  ControlBenchParams params;
  MachineTwinParams twin;
  std::unique_ptr<ControlBench> bench;

 private:
  RandomMachine(std::uint64_t number, World world, bool is_grouped, std::mt19937_64 random);
  void choose_parameters(World world);
  void choose_group();
  void choose_scores();

  std::mt19937_64 random_;
  std::uint64_t number_;
};

}  // namespace airnn::test
