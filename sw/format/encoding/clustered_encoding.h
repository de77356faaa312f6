// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// The four arrays of compressed row storage (paper, Figure 7).
class ClusteredEncoding final : public ClusterEncoding {
 public:
  /// `name` must outlive this.
  ClusteredEncoding(std::uint8_t number, const char* name) : number_(number), name_(name) {}

  std::uint8_t number() const override { return number_; }
  const char* name() const override { return name_; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const CrsCluster& cluster,
                                   const CrsWidths& widths) const override;
  EncodedArrays encode(const CrsCluster& cluster, const CrsWidths& widths) const override;
  CrsCluster decode(const std::vector<ByteView>& arrays, const CrsWidths& widths) const override;

 private:
  std::uint8_t number_;
  const char* name_;
};

}  // namespace airnn
