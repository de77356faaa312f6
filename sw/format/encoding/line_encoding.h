// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/format/encoding/line_segment.h"
#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

/// Segments as they lie in memory.
std::vector<std::uint8_t> segment_array(const std::vector<LineSegment>& segments,
                                        const CrsWidths& widths);
/// Throws ImageError that begins with `array`, unless these are whole segments of at most `longest`
/// weights each, and of so many in all.
std::vector<LineSegment> segments_of(ByteView bytes, const CrsWidths& widths, std::size_t longest,
                                     std::uint64_t weights, const char* array);
/// All weights that they stand for.
std::vector<std::int32_t> line_weights(const std::vector<LineSegment>& segments,
                                       const CrsWidths& widths);

/// The weights of a matrix as lines, kernel after kernel. In an image with this encoding some
/// layers may be plain: these have a section `dense_value` instead.
class LineMatrixEncoding final : public MatrixEncoding {
 public:
  std::uint8_t number() const override;
  const char* name() const override { return "dense lines"; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const std::vector<std::int32_t>& weights,
                                   const MatrixShape& shape) const override;
  /// Without a tolerance each weight is a segment of its own. Throws std::logic_error for a weight
  /// of 32 bits whose lower half is not zero, which no segment has. Lines are the compiler's.
  EncodedArrays encode(const std::vector<std::int32_t>& weights,
                       const MatrixShape& shape) const override;
  std::vector<std::int32_t> decode(const std::vector<ByteView>& arrays,
                                   const MatrixShape& shape) const override;
};

/// The arrays of compressed row storage with lines in the place of values. No segment crosses a
/// layer, and none has more than kLongestClusterSegment weights.
class LineClusterEncoding final : public ClusterEncoding {
 public:
  std::uint8_t number() const override;
  const char* name() const override { return "clustered lines"; }
  const std::vector<ArrayInfo>& arrays() const override;
  std::vector<std::uint64_t> bytes(const CrsCluster& cluster,
                                   const CrsWidths& widths) const override;
  /// As LineMatrixEncoding::encode().
  EncodedArrays encode(const CrsCluster& cluster, const CrsWidths& widths) const override;
  EncodedArrays encode(const CrsCluster& cluster, const std::vector<LineSegment>& segments,
                       const CrsWidths& widths) const;
  CrsCluster decode(const std::vector<ByteView>& arrays, const CrsWidths& widths) const override;
};

}  // namespace airnn
