// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image_builder.h"

#include <algorithm>
#include <utility>

#include "sw/format/encoding/encodings.h"
#include "sw/format/network_codec.h"

namespace airnn {

void MemoryImageBuilder::add(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                             std::uint16_t cluster, std::vector<std::uint8_t> bytes) {
  Section section;
  section.kind = kind;
  section.layer = layer;
  section.iteration = iteration;
  section.cluster = cluster;
  section.bytes = bytes.size();
  pending_.push_back({section, std::move(bytes)});
}

void MemoryImageBuilder::add_network(const Network& network) {
  info_.version = format_version(network);
  add(SectionKind::network, kAllLayers, 0, 0, encode_network(network));
}

void MemoryImageBuilder::add_biases(std::uint16_t layer, const std::vector<std::int64_t>& biases) {
  std::vector<std::uint8_t> bytes(biases.size() * 8);
  for (std::size_t i = 0; i < biases.size(); ++i) {
    store_little_endian(&bytes[8 * i], static_cast<std::uint64_t>(biases[i]), 8);
  }
  add(SectionKind::bias, layer, 0, 0, std::move(bytes));
}

void MemoryImageBuilder::add_cluster(std::uint16_t iteration, std::uint16_t cluster,
                                     const CrsCluster& arrays) {
  if (arrays.value.empty()) {
    return;
  }
  add_arrays(clustered_encoding(), kAllLayers, iteration, cluster,
             clustered_encoding().encode(arrays, info_.widths));
}

void MemoryImageBuilder::add_groups(std::uint16_t layer, std::uint16_t iteration,
                                    std::uint32_t blocks, const KernelGroups& groups) {
  InterleaveTables tables = encode_groups(groups, info_.widths.index_bytes);
  add(SectionKind::kernel_index, layer, iteration, 0, std::move(tables.kernel_index));
  add(SectionKind::group_index, layer, iteration, 0, std::move(tables.group_index));
  add(SectionKind::kernel_block, layer, iteration, 0, std::move(tables.kernel_block));
  pending_.back().section.blocks = static_cast<std::uint16_t>(blocks);
}

void MemoryImageBuilder::add_dense_weights(std::uint16_t layer,
                                           const std::vector<std::int32_t>& weights) {
  // Words follow each other, whatever the shape.
  const MatrixShape shape = {1, weights.size(), info_.widths};
  add_arrays(dense_encoding(), layer, 0, 0, dense_encoding().encode(weights, shape));
}

void MemoryImageBuilder::add_arrays(const WeightEncoding& encoding, std::uint16_t layer,
                                    std::uint16_t iteration, std::uint16_t cluster,
                                    EncodedArrays arrays) {
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    add(encoding.arrays()[i].kind, layer, iteration, cluster, std::move(arrays[i]));
  }
}

std::vector<std::uint8_t> MemoryImageBuilder::finish() {
  std::vector<Section> sections;
  std::uint64_t end = layout_bytes(pending_.size());
  for (Pending& pending : pending_) {
    pending.section.offset = aligned_offset(end);
    pending.section.crc32c = crc32c({pending.bytes.data(), pending.bytes.size()});
    end = pending.section.offset + pending.section.bytes;
    sections.push_back(pending.section);
  }
  ImageHeader header;
  header.info = info_;
  header.file_bytes = aligned_offset(end);
  std::vector<std::uint8_t> file = encode_layout(header, sections);
  file.resize(header.file_bytes, 0);
  for (Pending& pending : pending_) {
    std::copy(pending.bytes.begin(), pending.bytes.end(),
              file.begin() + static_cast<std::ptrdiff_t>(pending.section.offset));
    std::vector<std::uint8_t>().swap(pending.bytes);
  }
  pending_.clear();
  return file;
}

}  // namespace airnn
