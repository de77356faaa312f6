// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace airnn {

/// A simulation ended before it was meant to: a rule was broken, or a unit hangs. Exit code 3.
class SimulationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// No unit was at work for too long.
class HangError : public SimulationError {
 public:
  using SimulationError::SimulationError;
};

}  // namespace airnn
