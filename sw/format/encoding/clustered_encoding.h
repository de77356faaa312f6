// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// The four arrays of compressed row storage (paper, Figure 7).
class ClusteredEncoding final : public ClusterEncoding {
 public:
  std::uint8_t number() const override;
  const char* name() const override { return "clustered"; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const CrsCluster& cluster,
                                   const CrsWidths& widths) const override;
  EncodedArrays encode(const CrsCluster& cluster, const CrsWidths& widths) const override;
  CrsCluster decode(const std::vector<ByteView>& arrays, const CrsWidths& widths) const override;
};

}  // namespace airnn
