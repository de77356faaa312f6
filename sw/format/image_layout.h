// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/encoding/array_info.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// The three machines that are compared (docs/architecture.md).
enum class Scheme : std::uint8_t { base, iterative, interleaved };

const char* to_string(Scheme scheme);
inline constexpr std::uint16_t kAllLayers = 0xFFFF;
inline constexpr std::uint64_t kSectionAlignment = 64;

/// Where an array lies. `iteration` counts from 1 (0: not part of a batch); `cluster` is 0 or 1.
struct Section {
  SectionKind kind = SectionKind::network;
  std::uint16_t layer = kAllLayers;
  std::uint16_t iteration = 0;
  std::uint16_t cluster = 0;
  std::uint16_t blocks = 0;  ///< kernel_block: blocks of a channel unit of the layer (BlockSplit)
  std::uint64_t offset = 0;  ///< address in DRAM, a multiple of 64
  std::uint64_t bytes = 0;   ///< without the padding to the next section
  std::uint32_t crc32c = 0;
  const ArrayInfo* array = nullptr;  ///< null: of an unknown kind, or not looked up yet

  std::string name() const;  ///< "value, iteration 2, cluster 1"
};

/// What the header says of the whole file.
struct ImageInfo {
  Scheme scheme = Scheme::iterative;
  CrsWidths widths;
  int iterations = 1;
  InterleavePolicy policy = InterleavePolicy::block;  ///< scheme interleaved
  std::uint8_t encoding = 0;                          ///< of the weights (Encodings)
  std::uint32_t version = 1;                          ///< of the format (format_version())
  bool is_sparse = false;  ///< scheme base: only weights that are not zero, as clusters are stored

  /// Whether the weights are matrices, zeros included.
  bool is_dense() const { return scheme == Scheme::base && !is_sparse; }
  /// Of the two, what the weights are.
  ArrayPart weights() const { return is_dense() ? ArrayPart::matrix : ArrayPart::cluster; }
};

/// CRC-32C (Castagnoli), the checksum of every section.
std::uint32_t crc32c(ByteView bytes);

/// The first 64 bytes of an image.
struct ImageHeader {
  std::uint64_t file_bytes = 0;
  std::uint32_t sections = 0;
  std::uint32_t table_crc = 0;
  ImageInfo info;
};

/// Header and section table of an image as bytes. Offsets and checksums must be set.
std::vector<std::uint8_t> encode_layout(ImageHeader header, const std::vector<Section>& sections);

/// Reads and verifies them. Throws ImageError naming the part.
ImageHeader decode_header(ByteView file);
/// Sections know their array if it is built in, or one of `more`, which must outlive them.
std::vector<Section> decode_table(ByteView file, const ImageHeader& header,
                                  const std::vector<ArrayInfo>& more);

/// Throws ImageError unless the sections follow each other without holes other than zero padding,
/// fill the file, and have their checksums.
void verify_sections(ByteView file, const ImageHeader& header,
                     const std::vector<Section>& sections);

/// Bytes of header and table of so many sections.
std::uint64_t layout_bytes(std::size_t sections);
/// The next multiple of kSectionAlignment.
std::uint64_t aligned_offset(std::uint64_t offset);

}  // namespace airnn
