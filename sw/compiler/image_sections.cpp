// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/image_sections.h"

#include <array>
#include <cstddef>

#include "sw/compiler/binned_model.h"
#include "sw/compiler/cluster_arrays.h"
#include "sw/compiler/formats.h"
#include "sw/compiler/parallel_for.h"
#include "sw/compiler/weighted_layers.h"
#include "sw/format/memory_image_builder.h"

namespace airnn {

namespace {

void add_dense(const ImageContent& content, MemoryImageBuilder& builder, BatchReports& reports) {
  std::size_t entry = 0;
  for (const std::size_t i : weighted_layers(content.network)) {
    const std::vector<std::int32_t> weights = dense_weights(
        content.network.layers[i], content.parameters[i].weights, tuning_of(content.tuning, i));
    reports.add_dense(entry++, weights);
    builder.add_dense_weights(static_cast<std::uint16_t>(i), weights);
  }
}

/// The tables of all layers that are interleaved in this iteration.
void add_groups(const ImageContent& content, int iteration, MemoryImageBuilder& builder,
                BatchReports& reports) {
  const auto place = static_cast<std::size_t>(iteration - 1);
  std::size_t entry = 0;
  for (const std::size_t i : weighted_layers(content.network)) {
    const LayerInterleaving& layer = content.groups[i];
    if (place < layer.iterations.size() && !layer.iterations[place].groups.empty()) {
      const InterleavedIteration& found = layer.iterations[place];
      builder.add_groups(static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(iteration),
                         layer.blocks, found.groups);
      reports.add_groups(entry, iteration, found, layer.blocks);
    }
    ++entry;
  }
}

void add_clusters(const ImageContent& content, int threads, const Checkpoint& checkpoint,
                  MemoryImageBuilder& builder, BatchReports& reports) {
  for (int iteration = 1; iteration <= content.info.iterations; ++iteration) {
    pass(checkpoint);
    std::array<ClusterArrays, kSlots> clusters;
    parallel_for(kSlots, threads, [&](std::size_t slot) {
      clusters[slot] = cluster_arrays(content.network, content.parameters, content.plan, iteration,
                                      slot, content.tuning);
    });
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      reports.add_cluster(iteration, clusters[slot]);
      builder.add_cluster(static_cast<std::uint16_t>(iteration), static_cast<std::uint16_t>(slot),
                          clusters[slot].arrays);
      clusters[slot] = {};
    }
    if (!content.groups.empty()) {
      add_groups(content, iteration, builder, reports);
    }
  }
}

}  // namespace

ImageSections image_sections(const ImageContent& content, int threads,
                             const Checkpoint& checkpoint) {
  CrsWidths widths = content.info.widths;
  widths.value_bytes = content.has_bins ? 1 : widths.value_bytes;
  BatchReports reports(content.network, widths, content.info.iterations);
  MemoryImageBuilder builder(content.info);
  builder.add_network(content.network);
  for (const std::size_t i : weighted_layers(content.network)) {
    builder.add_biases(static_cast<std::uint16_t>(i),
                       integer_biases(content.network, i, content.parameters[i]));
    if (content.has_bins) {
      builder.add_codebook(static_cast<std::uint16_t>(i),
                           codebook_of(content.network.layers[i], content.parameters[i].weights));
    }
    if (!content.rows.empty()) {
      builder.add_match_rows(static_cast<std::uint16_t>(i), content.rows[i]);
    }
  }
  if (content.info.scheme == Scheme::base) {
    add_dense(content, builder, reports);
  } else {
    add_clusters(content, threads, checkpoint, builder, reports);
  }
  return {builder.finish(), std::move(reports)};
}

}  // namespace airnn
