// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/rtl/rtl_library.h"
#include "hw/top/accelerator_params.h"
#include "sw/format/network.h"

namespace airnn {

/// A unit in RTL, as a run wants it.
struct RtlChoice {
  std::shared_ptr<const RtlLibrary> library;
  std::uint64_t seed = 0;  ///< of what registers hold before the reset; 0: 0
};

/// A slot of the machine that RTL can fill.
struct RtlUnit {
  std::string name;  ///< of keys and libraries: "addresses"
  /// Throws UserError unless the library has the unit's pins.
  void (*check_pins)(const std::shared_ptr<const RtlLibrary>& library) = nullptr;
  /// Adds a row to the machine's units and chooses it; throws UserError if the library does not fit
  /// the machine, of which everything else is known.
  void (*put)(const RtlChoice& choice, const Network& network, AcceleratorParams& params) = nullptr;
};
using RtlTable = std::vector<RtlUnit>;

/// All slots that RTL can fill.
const RtlTable& built_in_rtl();

}  // namespace airnn
