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
    if (!content.lines.empty() && content.lines[i].is_coded) {
      const CodedWords& lines = content.lines[i].matrix;
      reports.add_dense(entry, lines.words);
      reports.set_lines(entry++, 1, lines.segments.size());
      builder.add_arrays(line_matrix_encoding(), static_cast<std::uint16_t>(i), 0, 0,
                         {segment_array(lines.segments, content.info.widths)});
      continue;
    }
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

/// Of a cluster over all layers: its values become those of their lines.
void add_lines(const ImageContent& content, int iteration, std::size_t slot, ClusterArrays& cluster,
               MemoryImageBuilder& builder, BatchReports& reports) {
  std::vector<LineSegment> segments;
  std::vector<std::size_t> of_layers;
  cluster.arrays.value.clear();
  for (const std::size_t i : weighted_layers(content.network)) {
    const CodedWords& lines =
        content.lines[i].batches[static_cast<std::size_t>(iteration - 1)][slot];
    segments.insert(segments.end(), lines.segments.begin(), lines.segments.end());
    cluster.arrays.value.insert(cluster.arrays.value.end(), lines.words.begin(), lines.words.end());
    of_layers.push_back(lines.segments.size());
  }
  reports.add_cluster(iteration, cluster, &of_layers);
  if (!segments.empty()) {
    builder.add_arrays(
        line_cluster_encoding(), kAllLayers, static_cast<std::uint16_t>(iteration),
        static_cast<std::uint16_t>(slot),
        line_cluster_encoding().encode(cluster.arrays, segments, content.info.widths));
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
      if (content.lines.empty()) {
        reports.add_cluster(iteration, clusters[slot]);
        builder.add_cluster(static_cast<std::uint16_t>(iteration), static_cast<std::uint16_t>(slot),
                            clusters[slot].arrays);
      } else {
        add_lines(content, iteration, slot, clusters[slot], builder, reports);
      }
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
  if (content.info.is_dense()) {
    add_dense(content, builder, reports);
  } else {
    add_clusters(content, threads, checkpoint, builder, reports);
  }
  return {builder.finish(), std::move(reports)};
}

}  // namespace airnn
