// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/encoding/array_info.h"
#include "sw/format/network.h"

namespace airnn {

/// The bytes of a part's arrays, in the order of WeightEncoding::arrays().
using EncodedArrays = std::vector<std::vector<std::uint8_t>>;

/// A way in which the weights of an image lie in memory. An image names it by a number in its
/// header and by its scheme, which says whether its parts are matrices or clusters.
class WeightEncoding {
 public:
  virtual ~WeightEncoding() = default;

  virtual std::uint8_t number() const = 0;
  virtual const char* name() const = 0;
  virtual ArrayPart part() const = 0;  ///< matrix or cluster
  /// Of a part, in the order of their sections. Kinds ascend, and are built in, or from
  /// kFirstOtherKind on; streams differ.
  virtual const std::vector<ArrayInfo>& arrays() const = 0;
};

/// All weights of a layer, kernel by kernel, zeros included.
struct MatrixShape {
  std::uint64_t kernels = 0;
  std::uint64_t columns = 0;
  CrsWidths widths;

  std::uint64_t weights() const { return kernels * columns; }
};

inline MatrixShape matrix_shape(const Layer& layer, const CrsWidths& widths) {
  return {static_cast<std::uint64_t>(layer.kernels), static_cast<std::uint64_t>(layer.columns),
          widths};
}

/// An encoding of matrices.
class MatrixEncoding : public WeightEncoding {
 public:
  ArrayPart part() const final { return ArrayPart::matrix; }
  /// Bytes of each array of this matrix.
  virtual std::vector<std::uint64_t> bytes(const std::vector<std::int32_t>& weights,
                                           const MatrixShape& shape) const = 0;
  virtual EncodedArrays encode(const std::vector<std::int32_t>& weights,
                               const MatrixShape& shape) const = 0;
  /// Throws ImageError that begins with the name of the array, unless there are as many weights as
  /// the shape has.
  virtual std::vector<std::int32_t> decode(const std::vector<ByteView>& arrays,
                                           const MatrixShape& shape) const = 0;
};

/// An encoding of clusters: those weights of all layers that are in them, with coordinates.
class ClusterEncoding : public WeightEncoding {
 public:
  ArrayPart part() const final { return ArrayPart::cluster; }
  virtual std::vector<std::uint64_t> bytes(const CrsCluster& cluster,
                                           const CrsWidths& widths) const = 0;
  virtual EncodedArrays encode(const CrsCluster& cluster, const CrsWidths& widths) const = 0;
  /// Throws ImageError that begins with the name of the array.
  virtual CrsCluster decode(const std::vector<ByteView>& arrays, const CrsWidths& widths) const = 0;
};

}  // namespace airnn
