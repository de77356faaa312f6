// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/network.h"

namespace airnn {

/// The version of the image's format that says all of the network: 2 if a tensor has no sign, or a
/// layer a table of products; else 1.
std::uint32_t format_version(const Network& network);

/// The bytes of the image's `network` section (docs/memory_image.md), in that version.
std::vector<std::uint8_t> encode_network(const Network& network);

/// Reads them back. Throws ImageError where the bytes do not describe a possible network: every
/// shape, source and format is checked, so that what follows may rely on them. `version`: of the
/// image's format.
Network decode_network(ByteView bytes, std::uint32_t version = 1);

}  // namespace airnn
