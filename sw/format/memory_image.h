// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/network.h"

namespace airnn {

/// The three machines that are compared (docs/architecture.md).
enum class Scheme : std::uint8_t { base, iterative, interleaved };

enum class SectionKind : std::uint8_t {
  network = 1,      ///< topology and formats
  bias = 2,         ///< of one layer: 8 bytes per kernel, accumulator format
  dense_value = 3,  ///< scheme base: all weights of one layer, row by row, zeros included
  value = 4,        ///< the four arrays of one cluster of one batch, all layers
  column = 5,
  row = 6,
  layer = 7,
  kernel_index = 8,  ///< interleaving of one layer and iteration (Figure 8c)
  group_index = 9,
  kernel_block = 10,
};

const char* to_string(Scheme scheme);
const char* to_string(SectionKind kind);

inline constexpr std::uint16_t kAllLayers = 0xFFFF;
inline constexpr std::uint64_t kSectionAlignment = 64;

/// Where an array lies. `iteration` counts from 1 (0: not part of a batch); `cluster` is 0 or 1.
struct Section {
  SectionKind kind = SectionKind::network;
  std::uint16_t layer = kAllLayers;
  std::uint16_t iteration = 0;
  std::uint16_t cluster = 0;
  std::uint64_t offset = 0;  ///< address in DRAM, a multiple of 64
  std::uint64_t bytes = 0;   ///< without the padding to the next section
  std::uint32_t crc32c = 0;

  std::string name() const;  ///< "value, iteration 2, cluster 1"
};

/// What the header says of the whole file.
struct ImageInfo {
  Scheme scheme = Scheme::iterative;
  CrsWidths widths;
  int iterations = 1;
};

/// CRC-32C (Castagnoli), the checksum of every section.
std::uint32_t crc32c(ByteView bytes);

/// The compiled network as it lies in DRAM from address 0: header, section table, sections
/// (docs/memory_image.md). Immutable; what exists has been verified to the last byte.
class MemoryImage {
 public:
  /// Reads and verifies a file. Throws ImageError that names the file and the damaged section.
  static MemoryImage read(const std::string& path);
  /// Verifies bytes that are already in memory; `origin` stands in messages.
  static MemoryImage parse(std::vector<std::uint8_t> bytes, const std::string& origin);

  const ImageInfo& info() const { return info_; }
  const Network& network() const { return network_; }
  const std::vector<Section>& sections() const { return sections_; }
  ByteView bytes() const { return {bytes_.data(), bytes_.size()}; }
  /// Over the whole file: what results name.
  std::uint32_t checksum() const { return checksum_; }

  /// Null if the image has none such.
  const Section* find(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                      std::uint16_t cluster) const;
  ByteView content(const Section& section) const;
  /// Biases of a layer, one per kernel.
  std::vector<std::int64_t> biases(std::uint16_t layer) const;
  /// One of the two clusters of a batch (empty if the batch has only one).
  CrsCluster cluster(std::uint16_t iteration, std::uint16_t cluster) const;
  /// Scheme base: the dense weights of a layer, kernels x columns.
  std::vector<std::int32_t> dense_weights(std::uint16_t layer) const;

 private:
  MemoryImage() = default;
  void check_contents() const;

  std::vector<std::uint8_t> bytes_;
  ImageInfo info_;
  std::vector<Section> sections_;
  Network network_;
  std::uint32_t checksum_ = 0;
};

/// Collects sections and lays them out.
class MemoryImageBuilder {
 public:
  explicit MemoryImageBuilder(const ImageInfo& info) : info_(info) {}

  void add(SectionKind kind, std::uint16_t layer, std::uint16_t iteration, std::uint16_t cluster,
           std::vector<std::uint8_t> bytes);
  void add_biases(std::uint16_t layer, const std::vector<std::int64_t>& biases);
  void add_cluster(std::uint16_t iteration, std::uint16_t cluster, const CrsCluster& arrays);
  void add_dense_weights(std::uint16_t layer, const std::vector<std::int32_t>& weights);

  /// The finished file. The builder is empty afterwards.
  std::vector<std::uint8_t> finish();

 private:
  struct Pending {
    Section section;
    std::vector<std::uint8_t> bytes;
  };
  ImageInfo info_;
  std::vector<Pending> pending_;
};

}  // namespace airnn
