// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sw/describe/batch_summary.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Which part of an image `airnn inspect` shows.
struct ImageSelection {
  std::optional<std::size_t> layer;  ///< all layers without it
  std::optional<int> batch;          ///< all batches without it
  bool crs = false;                  ///< the arrays themselves too
  bool interleaving = false;         ///< the groups too
  bool lines = false;                ///< the lines of the layers too

  bool shows_layer(std::size_t index) const { return !layer || *layer == index; }
  bool shows_batch(int iteration) const { return !batch || *batch == iteration; }
  /// Sections of other layers or batches are left out; those of all layers belong to each.
  bool shows(const Section& section) const;
};

/// The batches that are shown, each with the layers that are shown; sums remain those of all
/// layers.
std::vector<BatchSummary> selected_batches(const MemoryImage& image,
                                           const ImageSelection& selection);

}  // namespace airnn
