// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/dram/ddr3_channel_params.h"
#include "hw/memory/flat_memory.h"
#include "sw/config/config_reader.h"

namespace airnn {

enum class MemoryModel : std::uint8_t { flat, ddr3 };

/// A file of configs/memory, or the section `memory` of a run.
struct MemoryConfig {
  MemoryModel model = MemoryModel::flat;
  FlatMemoryParams flat;  ///< of model flat; its capacity follows from the image
  Ddr3ChannelParams ddr3;
  /// Fabric cycles that a request, and an answer, takes to the channel's clock; of model ddr3.
  Cycle crossing_cycles = 1;
};

/// Reads and checks it; throws ConfigError. The syntax of `controller.mapping` is left to
/// AddressMap.
MemoryConfig read_memory_config(const ConfigReader& reader);

}  // namespace airnn
