// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image_builder.h"

#include <algorithm>
#include <stdexcept>
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

void MemoryImageBuilder::add_codebook(std::uint16_t layer,
                                      const std::vector<std::int32_t>& centres) {
  info_.encoding = kBinnedEncoding;
  codebooks_[layer] = centres;
  add(SectionKind::codebook, layer, 0, 0, encode_codebook(centres, info_.widths.value_bytes));
}

void MemoryImageBuilder::add_match_rows(std::uint16_t layer, const std::vector<MatchRow>& rows) {
  add(SectionKind::match_row, layer, 0, 0, encode_match_rows(rows, info_.widths.value_bytes));
}

/// What lies in memory in the place of a weight.
std::int32_t MemoryImageBuilder::stored(std::uint32_t layer, std::int32_t weight) const {
  const auto found = codebooks_.find(layer);
  if (found == codebooks_.end()) {
    return weight;
  }
  const std::vector<std::int32_t>& centres = found->second;
  const auto bin = std::lower_bound(centres.begin(), centres.end(), weight);
  if (bin == centres.end() || *bin != weight) {
    throw std::logic_error("a weight that is no centre");
  }
  return static_cast<std::int32_t>(bin - centres.begin());
}

CrsWidths MemoryImageBuilder::stored_widths() const {
  CrsWidths widths = info_.widths;
  widths.value_bytes = codebooks_.empty() ? widths.value_bytes : 1;
  return widths;
}

void MemoryImageBuilder::add_cluster(std::uint16_t iteration, std::uint16_t cluster,
                                     const CrsCluster& arrays) {
  if (arrays.value.empty()) {
    return;
  }
  CrsCluster cluster_of_bins = arrays;
  if (!codebooks_.empty()) {
    const std::vector<CrsWeight> weights = arrays.weights();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      cluster_of_bins.value[i] = stored(weights[i].layer, weights[i].value);
    }
  }
  add_arrays(clustered_encoding(), kAllLayers, iteration, cluster,
             clustered_encoding().encode(cluster_of_bins, stored_widths()));
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
  const MatrixShape shape = {1, weights.size(), stored_widths()};
  std::vector<std::int32_t> words = weights;
  for (std::int32_t& word : words) {
    word = stored(layer, word);
  }
  add_arrays(dense_encoding(), layer, 0, 0, dense_encoding().encode(words, shape));
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
  header.info.widths = stored_widths();
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
