// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/decoders.h"

#include <string>

#include "hw/monitor/decode/cluster_decoder.h"
#include "hw/monitor/decode/dense_decoder.h"
#include "hw/monitor/decode/line_decoder.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"

namespace airnn {

const WeightDecoders& built_in_decoders() {
  static const DenseDecoder dense;
  static const ClusterDecoder clusters;
  static const LineDecoder lines;
  static const WeightDecoders decoders = {{kPlainEncoding, ArrayPart::matrix, &dense},
                                          {kPlainEncoding, ArrayPart::cluster, &clusters},
                                          {kBinnedEncoding, ArrayPart::matrix, &dense},
                                          {kBinnedEncoding, ArrayPart::cluster, &clusters},
                                          {kLineEncoding, ArrayPart::matrix, &lines},
                                          {kLineEncoding, ArrayPart::cluster, &lines}};
  return decoders;
}

const WeightDecoder& find_decoder(const WeightDecoders& decoders, const WeightEncoding& encoding) {
  for (const DecoderOfEncoding& row : decoders) {
    if (row.number == encoding.number() && row.part == encoding.part()) {
      return *row.decoder;
    }
  }
  throw ImageError("header: the monitors cannot read weight encoding " +
                   std::to_string(encoding.number()) + " (" + encoding.name() + ")");
}

}  // namespace airnn
