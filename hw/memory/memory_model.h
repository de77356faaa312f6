// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "hw/common/clock_domain.h"
#include "hw/memory/ddr3/ddr3_channel_params.h"
#include "hw/memory/memory_unit.h"

namespace airnn {

/// A memory with its parameters, before it is built. How many bytes it holds follows from the
/// image.
struct MemoryModel {
  /// `name` is that of the unit; it holds `capacity_bytes` from address 0.
  using Make = std::function<std::unique_ptr<MemoryUnit>(
      const char* name, std::uint64_t capacity_bytes, const ClockDomain& fabric)>;

  std::string name;  ///< of its kind, as in a configuration: "flat"
  Make make;
  /// Of a memory with commands: what their rules and their energy follow from.
  std::optional<Ddr3ChannelParams> channel;
  std::string unit = "memory";  ///< what a user meets its unit as
};

/// The paper's: a constant latency (Table VII).
MemoryModel paper_memory();

}  // namespace airnn
