// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"

namespace airnn {

namespace {

// Header, 64 bytes, little endian:
//   0 magic, 8 version, 12 header bytes, 16 file bytes, 24 sections, 28 scheme, 29 value bytes,
//   30 index bytes, 31 zero, 32 iterations, 36 CRC of the section table, 40..59 zero, 60 CRC of
//   0..59
constexpr char kMagic[8] = {'A', 'I', 'R', 'N', 'N', 'I', 'M', 'G'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 64;
// Section table entry, 32 bytes: 0 kind, 2 layer, 4 iteration, 6 cluster, 8 offset, 16 bytes, 24
// CRC, 28 zero
constexpr std::size_t kEntryBytes = 32;

std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

bool is_width(int bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4;
}

struct Header {
  std::uint64_t file_bytes = 0;
  std::uint32_t sections = 0;
  std::uint32_t table_crc = 0;
  ImageInfo info;
};

std::vector<std::uint8_t> encode_header(const Header& header) {
  std::vector<std::uint8_t> bytes(kHeaderBytes, 0);
  std::memcpy(bytes.data(), kMagic, sizeof kMagic);
  store_little_endian(&bytes[8], kVersion, 4);
  store_little_endian(&bytes[12], kHeaderBytes, 4);
  store_little_endian(&bytes[16], header.file_bytes, 8);
  store_little_endian(&bytes[24], header.sections, 4);
  bytes[28] = static_cast<std::uint8_t>(header.info.scheme);
  bytes[29] = static_cast<std::uint8_t>(header.info.widths.value_bytes);
  bytes[30] = static_cast<std::uint8_t>(header.info.widths.index_bytes);
  store_little_endian(&bytes[32], static_cast<std::uint64_t>(header.info.iterations), 4);
  store_little_endian(&bytes[36], header.table_crc, 4);
  store_little_endian(&bytes[60], crc32c({bytes.data(), 60}), 4);
  return bytes;
}

Header decode_header(ByteView file) {
  const std::uint8_t* b = file.data;
  if (file.size < sizeof kMagic || std::memcmp(b, kMagic, sizeof kMagic) != 0) {
    throw ImageError("not a memory image of this program (its first 8 bytes are not AIRNNIMG)");
  }
  if (file.size < kHeaderBytes) {
    throw ImageError("header: truncated, " + std::to_string(file.size) + " of 64 bytes");
  }
  const auto version = load_little_endian(b + 8, 4);
  if (load_little_endian(b + 60, 4) != crc32c({b, 60})) {
    throw ImageError("header: damaged, its checksum does not match");
  }
  if (version != kVersion) {
    throw ImageError("header: image format " + std::to_string(version) +
                     ", this program reads format " + std::to_string(kVersion));
  }
  Header header;
  header.file_bytes = load_little_endian(b + 16, 8);
  header.sections = static_cast<std::uint32_t>(load_little_endian(b + 24, 4));
  header.table_crc = static_cast<std::uint32_t>(load_little_endian(b + 36, 4));
  header.info.scheme = static_cast<Scheme>(b[28]);
  header.info.widths.value_bytes = b[29];
  header.info.widths.index_bytes = b[30];
  header.info.iterations = static_cast<int>(load_little_endian(b + 32, 4));
  if (b[28] > static_cast<std::uint8_t>(Scheme::interleaved) || !is_width(b[29]) ||
      !is_width(b[30]) || header.info.iterations < 1 || header.info.iterations > 0x7FFF) {
    throw ImageError("header: impossible scheme, width or number of iterations");
  }
  return header;
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
}

std::vector<Section> decode_table(ByteView file, const Header& header) {
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
    sections.push_back(decode_entry(table.data + i * kEntryBytes));
  }
  return sections;
}

/// Sections follow each other without holes other than zero padding, and have their checksum.
void verify_sections(ByteView file, const Header& header, const std::vector<Section>& sections) {
  std::uint64_t end = kHeaderBytes + sections.size() * kEntryBytes;
  for (const Section& section : sections) {
    if (section.offset != aligned(end) || section.offset > header.file_bytes ||
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
  if (header.file_bytes != aligned(end) || file.size < header.file_bytes) {
    throw ImageError("section " + sections.back().name() + ": truncated, the file ends after " +
                     std::to_string(file.size) + " of " + std::to_string(header.file_bytes) +
                     " bytes");
  }
  if (file.size > header.file_bytes || !all_zero(file.subview(end, file.size - end))) {
    throw ImageError("section " + sections.back().name() +
                     ": followed by bytes that belong to none");
  }
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

const char* to_string(SectionKind kind) {
  switch (kind) {
    case SectionKind::network:
      return "network";
    case SectionKind::bias:
      return "bias";
    case SectionKind::dense_value:
      return "dense_value";
    case SectionKind::value:
      return "value";
    case SectionKind::column:
      return "column";
    case SectionKind::row:
      return "row";
    case SectionKind::layer:
      return "layer";
    case SectionKind::kernel_index:
      return "kernel_index";
    case SectionKind::group_index:
      return "group_index";
    case SectionKind::kernel_block:
      return "kernel_block";
  }
  return "unknown";
}

std::string Section::name() const {
  std::string text = to_string(kind);
  if (layer != kAllLayers) {
    text += ", layer " + std::to_string(layer);
  }
  if (iteration != 0) {
    text += ", iteration " + std::to_string(iteration) + ", cluster " + std::to_string(cluster);
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

MemoryImage MemoryImage::read(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw ImageError(path + ": is a folder, not a memory image");
  }
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    throw ImageError(path + ": cannot open the memory image: " + std::strerror(errno));
  }
  const std::streamoff size = file.tellg();
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)));
  file.seekg(0);
  if (size < 0 || !file.read(reinterpret_cast<char*>(bytes.data()), size)) {
    throw ImageError(path + ": cannot read the memory image");
  }
  return parse(std::move(bytes), path);
}

MemoryImage MemoryImage::parse(std::vector<std::uint8_t> bytes, const std::string& origin) {
  MemoryImage image;
  image.bytes_ = std::move(bytes);
  try {
    const Header header = decode_header(image.bytes());
    image.info_ = header.info;
    image.sections_ = decode_table(image.bytes(), header);
    if (image.sections_.empty()) {
      throw ImageError("section table: empty");
    }
    verify_sections(image.bytes(), header, image.sections_);
    const Section* network = image.find(SectionKind::network, kAllLayers, 0, 0);
    if (network == nullptr) {
      throw ImageError("section network: missing");
    }
    image.network_ = decode_network(image.content(*network));
    image.check_contents();
  } catch (const ImageError& error) {
    throw ImageError(origin + ": " + error.what());
  }
  image.checksum_ = crc32c(image.bytes());
  return image;
}

void MemoryImage::check_contents() const {
  for (std::size_t i = 0; i < network_.layers.size(); ++i) {
    const Layer& layer = network_.layers[i];
    if (!layer.has_weights()) {
      continue;
    }
    const auto index = static_cast<std::uint16_t>(i);
    const Section* bias = find(SectionKind::bias, index, 0, 0);
    if (bias == nullptr || bias->bytes != std::uint64_t{8} * static_cast<unsigned>(layer.kernels)) {
      throw ImageError("section bias, layer " + std::to_string(i) + ": missing or of a wrong size");
    }
    if (info_.scheme == Scheme::base) {
      const Section* dense = find(SectionKind::dense_value, index, 0, 0);
      const std::uint64_t weights =
          static_cast<std::uint64_t>(layer.kernels) * static_cast<std::uint64_t>(layer.columns);
      if (dense == nullptr ||
          dense->bytes != weights * static_cast<unsigned>(info_.widths.value_bytes)) {
        throw ImageError("section dense_value, layer " + std::to_string(i) +
                         ": missing or of a wrong size");
      }
    }
  }
  if (info_.scheme == Scheme::base) {
    return;
  }
  for (int iteration = 1; iteration <= info_.iterations; ++iteration) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& weight : cluster(static_cast<std::uint16_t>(iteration), c).weights()) {
        const bool known = weight.layer < network_.layers.size();
        const Layer* layer = known ? &network_.layers[weight.layer] : nullptr;
        if (layer == nullptr || weight.row >= static_cast<std::uint32_t>(layer->kernels) ||
            weight.column >= layer->columns) {
          throw ImageError("section value, iteration " + std::to_string(iteration) + ", cluster " +
                           std::to_string(c) + ": a weight lies outside of every layer");
        }
      }
    }
  }
}

const Section* MemoryImage::find(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                                 std::uint16_t cluster) const {
  for (const Section& section : sections_) {
    if (section.kind == kind && section.layer == layer && section.iteration == iteration &&
        section.cluster == cluster) {
      return &section;
    }
  }
  return nullptr;
}

ByteView MemoryImage::content(const Section& section) const {
  return bytes().subview(section.offset, section.bytes);
}

std::vector<std::int64_t> MemoryImage::biases(std::uint16_t layer) const {
  const Section* section = find(SectionKind::bias, layer, 0, 0);
  std::vector<std::int64_t> biases(section == nullptr ? 0 : section->bytes / 8);
  for (std::size_t i = 0; i < biases.size(); ++i) {
    biases[i] = static_cast<std::int64_t>(load_little_endian(content(*section).data + 8 * i, 8));
  }
  return biases;
}

CrsCluster MemoryImage::cluster(std::uint16_t iteration, std::uint16_t cluster) const {
  const auto part = [&](SectionKind kind) {
    const Section* section = find(kind, kAllLayers, iteration, cluster);
    return section == nullptr ? ByteView{} : content(*section);
  };
  return decode_crs(part(SectionKind::value), part(SectionKind::column), part(SectionKind::row),
                    part(SectionKind::layer), info_.widths);
}

std::vector<std::int32_t> MemoryImage::dense_weights(std::uint16_t layer) const {
  const Section* section = find(SectionKind::dense_value, layer, 0, 0);
  if (section == nullptr) {
    return {};
  }
  const int width = info_.widths.value_bytes;
  const int unused = 64 - 8 * width;
  std::vector<std::int32_t> weights(section->bytes / static_cast<unsigned>(width));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::uint64_t bits =
        load_little_endian(content(*section).data + i * static_cast<std::size_t>(width), width);
    weights[i] = static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
  }
  return weights;
}

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
  CrsBytes bytes = encode_crs(arrays, info_.widths);
  add(SectionKind::value, kAllLayers, iteration, cluster, std::move(bytes.value));
  add(SectionKind::column, kAllLayers, iteration, cluster, std::move(bytes.column));
  add(SectionKind::row, kAllLayers, iteration, cluster, std::move(bytes.row));
  add(SectionKind::layer, kAllLayers, iteration, cluster, std::move(bytes.layer));
}

void MemoryImageBuilder::add_dense_weights(std::uint16_t layer,
                                           const std::vector<std::int32_t>& weights) {
  const auto width = static_cast<std::size_t>(info_.widths.value_bytes);
  std::vector<std::uint8_t> bytes(weights.size() * width);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    store_little_endian(&bytes[i * width], static_cast<std::uint32_t>(weights[i]),
                        info_.widths.value_bytes);
  }
  add(SectionKind::dense_value, layer, 0, 0, std::move(bytes));
}

std::vector<std::uint8_t> MemoryImageBuilder::finish() {
  std::uint64_t end = kHeaderBytes + pending_.size() * kEntryBytes;
  for (Pending& pending : pending_) {
    pending.section.offset = aligned(end);
    pending.section.crc32c = crc32c({pending.bytes.data(), pending.bytes.size()});
    end = pending.section.offset + pending.section.bytes;
  }
  std::vector<std::uint8_t> file(aligned(end), 0);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    encode_entry(pending_[i].section, &file[kHeaderBytes + i * kEntryBytes]);
    std::copy(pending_[i].bytes.begin(), pending_[i].bytes.end(),
              file.begin() + static_cast<std::ptrdiff_t>(pending_[i].section.offset));
    std::vector<std::uint8_t>().swap(pending_[i].bytes);
  }
  Header header;
  header.file_bytes = file.size();
  header.sections = static_cast<std::uint32_t>(pending_.size());
  header.table_crc = crc32c({file.data() + kHeaderBytes, pending_.size() * kEntryBytes});
  header.info = info_;
  const std::vector<std::uint8_t> head = encode_header(header);
  std::copy(head.begin(), head.end(), file.begin());
  pending_.clear();
  return file;
}

}  // namespace airnn
