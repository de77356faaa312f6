// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// Most layers of a network, bytes of a name, and elements of one feature map and of all together.
inline constexpr std::size_t kMaxLayers = 4096;
inline constexpr std::size_t kMaxNameBytes = 65536;
inline constexpr std::int64_t kMaxMapElements = std::int64_t{1} << 24;
inline constexpr std::int64_t kMaxAllElements = std::int64_t{1} << 26;
/// Most fraction bits of weights, and of inputs and outputs.
inline constexpr std::int32_t kMaxWeightFraction = 62;
inline constexpr std::int32_t kMaxActivationFraction = 31;

/// Throws ImageError naming the layer unless shapes, sources, windows and formats fit each other
/// and keep the limits above.
void check_network(const Network& network);

/// Throws ImageError unless memory and time that the network asks for suit a file of so many bytes:
/// weights with zeros, at most 2^24 and 64 for each byte; operations of all iterations (products,
/// pooled elements, elements delivered), at most 2^31 and 2^13 for each byte. check_network() must
/// have let it pass.
void check_claims(const Network& network, int iterations, std::uint64_t file_bytes);

}  // namespace airnn
