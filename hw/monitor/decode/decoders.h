// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/monitor/decode/weight_decoder.h"
#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// Who reads the arrays of an encoding for the monitors.
struct DecoderOfEncoding {
  std::uint8_t number = 0;  ///< of the encoding
  ArrayPart part = ArrayPart::matrix;
  const WeightDecoder* decoder = nullptr;
};
using WeightDecoders = std::vector<DecoderOfEncoding>;

/// Of the built-in encodings. Monitors of more of them are given a larger table.
const WeightDecoders& built_in_decoders();
/// Throws ImageError if there is none.
const WeightDecoder& find_decoder(const WeightDecoders& decoders, const WeightEncoding& encoding);

}  // namespace airnn
