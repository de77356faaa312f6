// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/dense_encoding.h"

#include <string>

#include "sw/format/errors.h"

namespace airnn {

const std::vector<ArrayInfo>& DenseEncoding::arrays() const {
  static const std::vector<ArrayInfo> arrays = {array_of(SectionKind::dense_value)};
  return arrays;
}

std::vector<std::uint64_t> DenseEncoding::bytes(const std::vector<std::int32_t>& weights,
                                                const MatrixShape& shape) const {
  return {arrays()[0].bytes(weights.size(), shape.widths)};
}

EncodedArrays DenseEncoding::encode(const std::vector<std::int32_t>& weights,
                                    const MatrixShape& shape) const {
  const auto width = static_cast<std::size_t>(shape.widths.value_bytes);
  std::vector<std::uint8_t> bytes(weights.size() * width);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    store_little_endian(&bytes[i * width], static_cast<std::uint32_t>(weights[i]),
                        shape.widths.value_bytes);
  }
  return {bytes};
}

std::vector<std::int32_t> DenseEncoding::decode(const std::vector<ByteView>& arrays,
                                                const MatrixShape& shape) const {
  const ByteView values = arrays[0];
  const int width = shape.widths.value_bytes;
  const std::uint64_t due = this->arrays()[0].bytes(shape.weights(), shape.widths);
  if (values.size != due) {
    throw ImageError("dense_value array: has " + std::to_string(values.size) + " bytes, expected " +
                     std::to_string(due));
  }
  const int unused = 64 - 8 * width;
  std::vector<std::int32_t> weights(shape.weights());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::uint64_t bits =
        load_little_endian(values.data + i * static_cast<std::size_t>(width), width);
    weights[i] = static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
  }
  return weights;
}

}  // namespace airnn
