// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/image_selection.h"

#include <algorithm>

namespace airnn {

bool ImageSelection::shows(const Section& section) const {
  const bool of_layer =
      !layer || section.layer == *layer || (section.layer == kAllLayers && section.iteration > 0);
  return of_layer && (!batch || section.iteration == *batch);
}

std::vector<BatchSummary> selected_batches(const MemoryImage& image,
                                           const ImageSelection& selection) {
  std::vector<BatchSummary> batches;
  for (BatchSummary& batch : summarise(image)) {
    if (!selection.shows_batch(batch.iteration)) {
      continue;
    }
    auto& layers = batch.layers;
    layers.erase(std::remove_if(
                     layers.begin(), layers.end(),
                     [&](const LayerShare& share) { return !selection.shows_layer(share.layer); }),
                 layers.end());
    batches.push_back(std::move(batch));
  }
  return batches;
}

}  // namespace airnn
