// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/compute/mac/kernel_sums.h"
#include "hw/compute/mac/requantise_tile.h"
#include "hw/compute/mac/sparse_kernels.h"
#include "hw/compute/product/product.h"
#include "sw/format/network.h"

namespace airnn {

/// The values of a layer; no time. With exact products they are, bit by bit, what docs/numbers.md
/// says. Sums of products come from elsewhere (KernelSums).
class LayerArithmetic {
 public:
  /// `input` and `skip` are the formats of the maps read (skip: unused without second operand).
  /// `product` must outlive the arithmetic.
  LayerArithmetic(const Layer& layer, const FixedFormat& input, const FixedFormat& skip,
                  const Product& product);
  LayerArithmetic(const Layer& layer, const FixedFormat& input, const FixedFormat& skip,
                  std::unique_ptr<KernelSums> sums);

  /// Maps are CHW. `kernels` may be null for layers without weights, `skip` without second operand.
  /// The result stays valid until the next call.
  const std::vector<std::int32_t>& compute(const SparseKernels* kernels, const std::int32_t* input,
                                           const std::int32_t* skip);

  /// Of the sums of the last call, those whose result is another because the output format cannot
  /// hold it: beyond the format, where the activation would have let them be (docs/numbers.md,
  /// "Saturation").
  std::uint64_t saturated() const { return saturated_; }

 private:
  void convolve(const SparseKernels& kernels, const std::int32_t* skip);
  void fill_kernel(std::uint32_t kernel, std::int64_t bias, const std::int32_t* skip);
  void connect(const SparseKernels& kernels, const std::int32_t* skip);
  void add(const std::int32_t* input, const std::int32_t* skip);
  void clamp(std::vector<std::int32_t>& map) const;
  void finish_tile(std::int64_t* sums, const std::int32_t* skip, std::int64_t place,
                   std::int64_t count, std::int32_t* to);
  std::int32_t finish(std::int64_t sum, const std::int32_t* skip, std::int64_t place);
  std::int32_t requantise(std::int64_t sum, std::uint64_t elements);

  Layer layer_;
  FixedFormat input_format_;
  FixedFormat skip_format_;
  std::unique_ptr<KernelSums> sums_;
  int sum_fraction_bits_ = 0;
  Requantisation requantisation_;
  bool saturates_low_ = false;   ///< the lower bound is the format's, not the activation's
  bool saturates_high_ = false;  ///< ... the upper
  std::uint64_t saturated_ = 0;
  std::vector<std::int32_t> result_;
  std::vector<std::int32_t> pooled_;
};

}  // namespace airnn
