// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "hw/control/assembly/assembler.h"
#include "hw/sim/simulation.h"
#include "testbenches/support/inputs_in_turn.h"

namespace airnn::test {

/// Assembles as `Right` does, but for what a test spoils.
template <typename Right>
class FlawedAssembler final : public Assembler {
 public:
  using Spoil = void (*)(Assembly&);

  explicit FlawedAssembler(Spoil spoil) : spoil_(spoil) {}

  BatchKind kind() const override { return right_.kind(); }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override {
    right_.assemble(fetch, assembly);
    spoil_(assembly);
  }

 private:
  const Right right_;
  const Spoil spoil_;
};

/// What ends the run of an input of ones; "" if nothing does.
inline std::string end_of_run(const AcceleratorParams& params, const MemoryImage& image,
                              const SimulationOptions& options = {}) {
  const std::vector<std::vector<std::int32_t>> inputs = {
      std::vector<std::int32_t>(static_cast<std::size_t>(image.network().input.size()), 1)};
  try {
    Simulation(params, image, in_turn(inputs), options).run();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace airnn::test
