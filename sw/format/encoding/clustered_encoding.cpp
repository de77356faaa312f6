// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/clustered_encoding.h"

#include <utility>

namespace airnn {

const std::vector<ArrayInfo>& ClusteredEncoding::arrays() const {
  static const std::vector<ArrayInfo> arrays = {
      array_of(SectionKind::value), array_of(SectionKind::column), array_of(SectionKind::row),
      array_of(SectionKind::layer)};
  return arrays;
}

std::vector<std::uint64_t> ClusteredEncoding::bytes(const CrsCluster& cluster,
                                                    const CrsWidths& widths) const {
  return {arrays()[0].bytes(cluster.value.size(), widths),
          arrays()[1].bytes(cluster.column.size(), widths),
          arrays()[2].bytes(cluster.row.size(), widths),
          arrays()[3].bytes(cluster.layer.size(), widths)};
}

EncodedArrays ClusteredEncoding::encode(const CrsCluster& cluster, const CrsWidths& widths) const {
  CrsBytes bytes = encode_crs(cluster, widths);
  EncodedArrays arrays;
  arrays.push_back(std::move(bytes.value));
  arrays.push_back(std::move(bytes.column));
  arrays.push_back(std::move(bytes.row));
  arrays.push_back(std::move(bytes.layer));
  return arrays;
}

CrsCluster ClusteredEncoding::decode(const std::vector<ByteView>& arrays,
                                     const CrsWidths& widths) const {
  return decode_crs(arrays[0], arrays[1], arrays[2], arrays[3], widths);
}

}  // namespace airnn
