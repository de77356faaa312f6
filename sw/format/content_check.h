// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/encoding/weight_encoding.h"
#include "sw/format/image_layout.h"
#include "sw/format/network.h"

namespace airnn {

/// The one strict check of what an image holds: whatever docs/memory_image.md does not say is
/// refused by an ImageError that names the section. Layout and checksums have been verified, and
/// the network is the one of the first section. Interleave tables are there and in their order;
/// what is in them is left to InterleaveCheck.
void check_contents(ByteView file, const ImageInfo& info, const WeightEncoding& encoding,
                    const std::vector<Section>& sections, const Network& network);

}  // namespace airnn
