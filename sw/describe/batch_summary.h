// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/compiler/compile_report.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Bytes of the four arrays of Figure 7 and the interleave tables. Scheme base has values only.
struct ArrayBytes {
  std::int64_t value = 0;
  std::int64_t column = 0;
  std::int64_t row = 0;
  std::int64_t layer = 0;
  std::int64_t kernel_index = 0;
  std::int64_t group_index = 0;
  std::int64_t kernel_block = 0;

  std::int64_t tables() const { return kernel_index + group_index + kernel_block; }
  std::int64_t index() const { return column + row + layer + tables(); }
  ArrayBytes& operator+=(const ArrayBytes& other);
};

/// What one batch brings to one layer.
struct LayerShare {
  std::size_t layer = 0;
  std::string name;
  std::int64_t weights = 0;
  double fraction = 0;               ///< of the layer's stored weights
  std::int64_t kernels = 0;          ///< of the layer
  std::int64_t nonzero_kernels = 0;  ///< with a weight in this batch or an earlier one
  std::int64_t groups = 0;           ///< that these form; 0: not interleaved
  ArrayBytes bytes;
};

/// One batch: what iteration `iteration` fetches.
struct BatchSummary {
  int iteration = 1;
  bool interleaved = false;  ///< the image has scheme interleaved
  std::int64_t weights = 0;
  double fraction = 0;             ///< of all stored weights
  double cumulative_fraction = 0;  ///< with all earlier batches
  ArrayBytes bytes;
  std::vector<LayerShare> layers;  ///< every layer with weights
};

/// The batches as the compiler counted them.
std::vector<BatchSummary> summarise(const CompileReport& report, const Network& network);
/// The batches as they lie in an image.
std::vector<BatchSummary> summarise(const MemoryImage& image);

/// A line per layer and batch, and one per batch for all layers.
std::string batch_table(const std::vector<BatchSummary>& batches);

}  // namespace airnn
