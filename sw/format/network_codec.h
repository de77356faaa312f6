// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/network.h"

namespace airnn {

/// The bytes of the image's `network` section (docs/memory_image.md).
std::vector<std::uint8_t> encode_network(const Network& network);

/// Reads them back. Throws ImageError where the bytes do not describe a possible network: every
/// shape, source and format is checked, so that what follows may rely on them.
Network decode_network(ByteView bytes);

}  // namespace airnn
