// SPDX-License-Identifier: Apache-2.0
#include "sw/format/image_layout.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstring>

#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

// Header, 64 bytes, little endian:
//   0 magic, 8 version, 12 header bytes, 16 file bytes, 24 sections, 28 scheme, 29 value bytes,
//   30 index bytes, 31 policy, 32 iterations, 36 CRC of the section table, 40 weight encoding,
//   41 bits of the start of a line, 42 base without zeros, 43..59 zero, 60 CRC of 0..59
constexpr char kMagic[8] = {'A', 'I', 'R', 'N', 'N', 'I', 'M', 'G'};
constexpr std::uint32_t kLastVersion = 2;
constexpr std::size_t kHeaderBytes = 64;
// Section table entry, 32 bytes: 0 kind, 2 layer, 4 iteration, 6 cluster, 8 offset, 16 bytes, 24
// CRC, 28 blocks, 30 zero
constexpr std::size_t kEntryBytes = 32;

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// Byte 41: bits of the start of a line, where weights are lines.
int header_line_bits(const ImageInfo& info) {
  return info.encoding == kLineEncoding ? line_bits(info.widths) : 0;
}

bool is_width(int bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4;
}

std::vector<std::uint8_t> encode_header(const ImageHeader& header) {
  std::vector<std::uint8_t> bytes(kHeaderBytes, 0);
  std::memcpy(bytes.data(), kMagic, sizeof kMagic);
  store_little_endian(&bytes[8], header.info.version, 4);
  store_little_endian(&bytes[12], kHeaderBytes, 4);
  store_little_endian(&bytes[16], header.file_bytes, 8);
  store_little_endian(&bytes[24], header.sections, 4);
  bytes[28] = static_cast<std::uint8_t>(header.info.scheme);
  bytes[29] = static_cast<std::uint8_t>(header.info.widths.value_bytes);
  bytes[30] = static_cast<std::uint8_t>(header.info.widths.index_bytes);
  bytes[31] = static_cast<std::uint8_t>(header.info.policy);
  store_little_endian(&bytes[32], static_cast<std::uint64_t>(header.info.iterations), 4);
  store_little_endian(&bytes[36], header.table_crc, 4);
  bytes[40] = header.info.encoding;
  bytes[41] = static_cast<std::uint8_t>(header_line_bits(header.info));
  bytes[42] = header.info.is_sparse ? 1 : 0;
  store_little_endian(&bytes[60], crc32c({bytes.data(), 60}), 4);
  return bytes;
}

Section decode_entry(const std::uint8_t* b) {
  Section section;
  section.kind = static_cast<SectionKind>(load_little_endian(b, 2));
  section.layer = static_cast<std::uint16_t>(load_little_endian(b + 2, 2));
  section.iteration = static_cast<std::uint16_t>(load_little_endian(b + 4, 2));
  section.cluster = static_cast<std::uint16_t>(load_little_endian(b + 6, 2));
  section.offset = load_little_endian(b + 8, 8);
  section.bytes = load_little_endian(b + 16, 8);
  section.crc32c = static_cast<std::uint32_t>(load_little_endian(b + 24, 4));
  section.blocks = static_cast<std::uint16_t>(load_little_endian(b + 28, 2));
  return section;
}

void encode_entry(const Section& section, std::uint8_t* b) {
  store_little_endian(b, static_cast<std::uint64_t>(section.kind), 2);
  store_little_endian(b + 2, section.layer, 2);
  store_little_endian(b + 4, section.iteration, 2);
  store_little_endian(b + 6, section.cluster, 2);
  store_little_endian(b + 8, section.offset, 8);
  store_little_endian(b + 16, section.bytes, 8);
  store_little_endian(b + 24, section.crc32c, 4);
  store_little_endian(b + 28, section.blocks, 2);
}

}  // namespace

const char* to_string(Scheme scheme) {
  switch (scheme) {
    case Scheme::base:
      return "base";
    case Scheme::iterative:
      return "iterative";
    case Scheme::interleaved:
      return "interleaved";
  }
  return "unknown";
}

std::string Section::name() const {
  std::string text = array != nullptr ? array->name : to_string(kind);
  if (layer != kAllLayers) {
    text += ", layer " + std::to_string(layer);
  }
  if (iteration != 0) {
    text += ", iteration " + std::to_string(iteration);
  }
  if (iteration != 0 && layer == kAllLayers) {
    text += ", cluster " + std::to_string(cluster);
  }
  return text;
}

std::uint32_t crc32c(ByteView bytes) {
  std::uint32_t state = 0xFFFFFFFFU;
  std::size_t at = 0;
  while (at < bytes.size) {
    const auto step = static_cast<int>(std::min<std::size_t>(bytes.size - at, 1U << 30));
    // The library's signature lacks const; it only reads.
    state = crc32_iscsi(const_cast<unsigned char*>(bytes.data + at), step, state);
    at += static_cast<std::size_t>(step);
  }
  return ~state;
}
std::uint64_t aligned_offset(std::uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

std::uint64_t layout_bytes(std::size_t sections) {
  return kHeaderBytes + sections * kEntryBytes;
}

std::vector<std::uint8_t> encode_layout(ImageHeader header, const std::vector<Section>& sections) {
  std::vector<std::uint8_t> table(sections.size() * kEntryBytes, 0);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    encode_entry(sections[i], &table[i * kEntryBytes]);
  }
  header.sections = static_cast<std::uint32_t>(sections.size());
  header.table_crc = crc32c({table.data(), table.size()});
  std::vector<std::uint8_t> bytes = encode_header(header);
  bytes.insert(bytes.end(), table.begin(), table.end());
  return bytes;
}

ImageHeader decode_header(ByteView file) {
  const std::uint8_t* b = file.data;
  if (file.size < sizeof kMagic || std::memcmp(b, kMagic, sizeof kMagic) != 0) {
    throw ImageError("not a memory image of this program (its first 8 bytes are not AIRNNIMG)");
  }
  if (file.size < kHeaderBytes) {
    throw ImageError("header: truncated, " + std::to_string(file.size) + " of 64 bytes");
  }
  const auto version = static_cast<std::uint32_t>(load_little_endian(b + 8, 4));
  if (load_little_endian(b + 60, 4) != crc32c({b, 60})) {
    throw ImageError("header: damaged, its checksum does not match");
  }
  if (version < 1 || version > kLastVersion) {
    throw ImageError("header: image format " + std::to_string(version) +
                     ", this program reads formats 1 to " + std::to_string(kLastVersion));
  }
  const bool has_unused_line_bits = b[40] != kLineEncoding && b[41] != 0;
  if (load_little_endian(b + 12, 4) != kHeaderBytes || has_unused_line_bits ||
      !all_zero({b + 43, 17})) {
    throw ImageError("header: another size than 64 bytes, or unused bytes that are not zero");
  }
  ImageHeader header;
  header.file_bytes = load_little_endian(b + 16, 8);
  header.sections = static_cast<std::uint32_t>(load_little_endian(b + 24, 4));
  header.table_crc = static_cast<std::uint32_t>(load_little_endian(b + 36, 4));
  header.info.scheme = static_cast<Scheme>(b[28]);
  header.info.widths.value_bytes = b[29];
  header.info.widths.index_bytes = b[30];
  header.info.policy = static_cast<InterleavePolicy>(b[31]);
  header.info.encoding = b[40];
  header.info.version = version;
  header.info.is_sparse = b[42] == 1;
  header.info.iterations = static_cast<int>(load_little_endian(b + 32, 4));
  if (b[28] > static_cast<std::uint8_t>(Scheme::interleaved) || !is_width(b[29]) ||
      !is_width(b[30]) || b[31] > static_cast<std::uint8_t>(InterleavePolicy::position) ||
      header.info.iterations < 1 || header.info.iterations > 0x7FFF) {
    throw ImageError("header: impossible scheme, width, policy or number of iterations");
  }
  if (b[42] > (header.info.scheme == Scheme::base ? 1 : 0)) {
    throw ImageError("header: " + std::to_string(b[42]) +
                     " for weights without zeros, which are 1 in scheme base, and else 0");
  }
  if (b[41] != header_line_bits(header.info)) {
    throw ImageError("header: lines whose start has " + std::to_string(b[41]) + " bits, expected " +
                     std::to_string(header_line_bits(header.info)) + " beside weights of " +
                     std::to_string(8 * header.info.widths.value_bytes));
  }
  return header;
}

std::vector<Section> decode_table(ByteView file, const ImageHeader& header,
                                  const std::vector<ArrayInfo>& more) {
  const std::uint64_t table_bytes = std::uint64_t{header.sections} * kEntryBytes;
  if (table_bytes > file.size - kHeaderBytes) {
    throw ImageError("section table: truncated");
  }
  const ByteView table = file.subview(kHeaderBytes, table_bytes);
  if (crc32c(table) != header.table_crc) {
    throw ImageError("section table: damaged, its checksum does not match");
  }
  std::vector<Section> sections;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    const std::uint8_t* entry = table.data + std::size_t{i} * kEntryBytes;
    sections.push_back(decode_entry(entry));
    Section& section = sections.back();
    section.array = find_array(built_in_arrays(), section.kind);
    if (section.array == nullptr) {
      section.array = find_array(more, section.kind);
    }
    const bool has_blocks = section.kind == SectionKind::kernel_block;
    if (!all_zero({entry + (has_blocks ? 30 : 28), has_blocks ? 2U : 4U})) {
      throw ImageError("section " + section.name() +
                       ": unused bytes of its entry in the table are not zero");
    }
  }
  return sections;
}

void verify_sections(ByteView file, const ImageHeader& header,
                     const std::vector<Section>& sections) {
  std::uint64_t end = kHeaderBytes + sections.size() * kEntryBytes;
  for (const Section& section : sections) {
    if (section.offset != aligned_offset(end) || section.offset > header.file_bytes ||
        section.bytes > header.file_bytes - section.offset) {
      throw ImageError("section " + section.name() + ": lies at an impossible place");
    }
    if (section.offset > file.size || section.bytes > file.size - section.offset) {
      throw ImageError("section " + section.name() + ": truncated, the file ends after " +
                       std::to_string(file.size) + " of " + std::to_string(header.file_bytes) +
                       " bytes");
    }
    if (!all_zero(file.subview(end, section.offset - end))) {
      throw ImageError("section " + section.name() +
                       ": damaged, the padding before it is not zero");
    }
    if (crc32c(file.subview(section.offset, section.bytes)) != section.crc32c) {
      throw ImageError("section " + section.name() + ": damaged, its checksum does not match");
    }
    end = section.offset + section.bytes;
  }
  if (header.file_bytes != aligned_offset(end) || file.size < header.file_bytes) {
    throw ImageError("section " + sections.back().name() + ": truncated, the file ends after " +
                     std::to_string(file.size) + " of " + std::to_string(header.file_bytes) +
                     " bytes");
  }
  if (file.size > header.file_bytes || !all_zero(file.subview(end, file.size - end))) {
    throw ImageError("section " + sections.back().name() +
                     ": followed by bytes that belong to none");
  }
}

}  // namespace airnn
