// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// A word per weight of the matrix.
class DenseEncoding final : public MatrixEncoding {
 public:
  /// `name` must outlive this.
  DenseEncoding(std::uint8_t number, const char* name) : number_(number), name_(name) {}

  std::uint8_t number() const override { return number_; }
  const char* name() const override { return name_; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const std::vector<std::int32_t>& weights,
                                   const MatrixShape& shape) const override;
  EncodedArrays encode(const std::vector<std::int32_t>& weights,
                       const MatrixShape& shape) const override;
  std::vector<std::int32_t> decode(const std::vector<ByteView>& arrays,
                                   const MatrixShape& shape) const override;

 private:
  std::uint8_t number_;
  const char* name_;
};

}  // namespace airnn
