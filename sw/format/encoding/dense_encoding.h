// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// A word per weight of the matrix.
class DenseEncoding final : public MatrixEncoding {
 public:
  std::uint8_t number() const override;
  const char* name() const override { return "dense"; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const std::vector<std::int32_t>& weights,
                                   const MatrixShape& shape) const override;
  EncodedArrays encode(const std::vector<std::int32_t>& weights,
                       const MatrixShape& shape) const override;
  std::vector<std::int32_t> decode(const std::vector<ByteView>& arrays,
                                   const MatrixShape& shape) const override;
};

}  // namespace airnn
