// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/multiplier/error_figures.h"
#include "sw/multiplier/multiplier_library.h"

namespace airnn {

/// What can be said of a multiplier without a network.
struct MultiplierFigures {
  Multiplier multiplier;
  std::uint32_t crc32c = 0;
  bool zero_preserving = true;
  ErrorFigures errors;
  int weights_remapped = 0;      ///< of 256, tuned for activations 0..255
  double tuned_mae_percent = 0;  ///< the mean error with these weights
  /// No other multiplier of the library is at least as good in both and better in one: mean error
  /// and energy, mean relative error and energy.
  bool on_front = false;
  bool on_relative_front = false;
};

/// Of every multiplier, in the order of the library. Makes or reads all tables; throws ConfigError.
std::vector<MultiplierFigures> library_figures(const MultiplierLibrary& library);

}  // namespace airnn
