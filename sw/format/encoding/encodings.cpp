// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/encodings.h"

#include <algorithm>
#include <string>

#include "sw/format/encoding/clustered_encoding.h"
#include "sw/format/encoding/dense_encoding.h"
#include "sw/format/errors.h"

namespace airnn {

const MatrixEncoding& dense_encoding() {
  static const DenseEncoding encoding(kPlainEncoding, "dense");
  return encoding;
}

const ClusterEncoding& clustered_encoding() {
  static const ClusteredEncoding encoding(kPlainEncoding, "clustered");
  return encoding;
}

const LineMatrixEncoding& line_matrix_encoding() {
  static const LineMatrixEncoding encoding;
  return encoding;
}

const LineClusterEncoding& line_cluster_encoding() {
  static const LineClusterEncoding encoding;
  return encoding;
}

const Encodings& built_in_encodings() {
  static const DenseEncoding dense_bins(kBinnedEncoding, "dense bins");
  static const ClusteredEncoding clustered_bins(kBinnedEncoding, "clustered bins");
  static const Encodings encodings = {
      &dense_encoding(), &clustered_encoding(),   &dense_bins,
      &clustered_bins,   &line_matrix_encoding(), &line_cluster_encoding()};
  return encodings;
}

const WeightEncoding& find_encoding(const Encodings& encodings, std::uint8_t number,
                                    ArrayPart part) {
  std::string known;
  for (const WeightEncoding* encoding : encodings) {
    if (encoding->part() != part) {
      continue;
    }
    if (encoding->number() == number) {
      return *encoding;
    }
    known += (known.empty() ? "" : ", ") + std::to_string(encoding->number()) + " (" +
             encoding->name() + ")";
  }
  throw ImageError("header: weight encoding " + std::to_string(number) + " is unknown, expected " +
                   known);
}

}  // namespace airnn
