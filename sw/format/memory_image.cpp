// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>

#include "sw/format/content_check.h"
#include "sw/format/errors.h"
#include "sw/format/interleave_check.h"
#include "sw/format/network_codec.h"

namespace airnn {

namespace {

/// The order of sections, which a section table keeps: network, biases, matrices; then by iteration
/// the clusters and the tables.
std::array<int, 5> place_of(const Section& section) {
  const ArrayPart part = section.array->part;
  const bool is_table = part == ArrayPart::tables;
  return {static_cast<int>(is_table ? ArrayPart::cluster : part), section.iteration,
          is_table ? 2 : section.cluster, section.layer, static_cast<int>(section.kind)};
}

}  // namespace

MemoryImage MemoryImage::read(const std::string& path, const Encodings& encodings) {
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
  return parse(std::move(bytes), path, encodings);
}

MemoryImage MemoryImage::parse(std::vector<std::uint8_t> bytes, const std::string& origin,
                               const Encodings& encodings) {
  MemoryImage image;
  image.bytes_ = std::move(bytes);
  try {
    const ImageHeader header = decode_header(image.bytes());
    image.info_ = header.info;
    image.encoding_ = &find_encoding(encodings, header.info.encoding, header.info.weights());
    image.sections_ = decode_table(image.bytes(), header, image.encoding_->arrays());
    if (image.sections_.empty()) {
      throw ImageError("section table: empty");
    }
    verify_sections(image.bytes(), header, image.sections_);
    const Section& first = image.sections_.front();
    if (first.kind != SectionKind::network) {
      throw ImageError("section network: missing, the first section is " + first.name());
    }
    image.network_ = decode_network(image.content(first), header.info.version);
    image.check_contents();
    image.tell_tables();
  } catch (const ImageError& error) {
    throw ImageError(origin + ": " + error.what());
  }
  image.checksum_ = crc32c(image.bytes());
  return image;
}

void MemoryImage::check_contents() const {
  airnn::check_contents(bytes(), info_, *encoding_, sections_, network_);
  if (info_.scheme == Scheme::interleaved) {
    check_interleaving();
  }
}

/// The sections are those of the page, in its order.
void MemoryImage::check_interleaving() const {
  std::map<std::uint32_t, InterleaveCheck> layers;
  for (std::uint32_t i = 0; i < network_.layers.size(); ++i) {
    if (can_be_interleaved(network_.layers[i])) {
      layers.emplace(i, InterleaveCheck(network_.layers[i], info_.policy));
    }
  }
  std::size_t end = sections_.size();  // behind the last table
  while (end > 0 && sections_[end - 1].kind != SectionKind::kernel_block) {
    --end;
  }
  for (std::size_t i = 0; i < end; ++i) {
    const auto part = [&](std::size_t ahead) { return content(sections_[i + ahead]); };
    if (sections_[i].kind == encoding_->arrays().front().kind) {
      const CrsCluster arrays = cluster(sections_[i].iteration, sections_[i].cluster);
      for (std::size_t l = 0; l < arrays.layer.size(); ++l) {
        const auto found = layers.find(arrays.layer[l].layer);
        if (found != layers.end()) {
          found->second.add(arrays, l);
        }
      }
    } else if (sections_[i].kind == SectionKind::kernel_index) {
      const Section& last = sections_[i + 2];
      try {
        layers.at(last.layer)
            .check(decode_groups(part(0), part(1), part(2), info_.widths.index_bytes), last.blocks);
      } catch (const ImageError& error) {
        throw ImageError("section " + last.name() + ": " + error.what());
      }
    }
  }
}

bool MemoryImage::is_interleaved(std::uint16_t layer, std::uint16_t iteration) const {
  return find(SectionKind::kernel_index, layer, iteration, 0) != nullptr &&
         find(SectionKind::group_index, layer, iteration, 0) != nullptr &&
         find(SectionKind::kernel_block, layer, iteration, 0) != nullptr;
}

KernelGroups MemoryImage::groups(std::uint16_t layer, std::uint16_t iteration) const {
  const auto bytes_of = [&](SectionKind kind) { return content(*find(kind, layer, iteration, 0)); };
  return decode_groups(bytes_of(SectionKind::kernel_index), bytes_of(SectionKind::group_index),
                       bytes_of(SectionKind::kernel_block), info_.widths.index_bytes);
}

std::uint32_t MemoryImage::blocks(std::uint16_t layer) const {
  // The same in every iteration that has tables, of which the first is one.
  const Section* section = find(SectionKind::kernel_block, layer, 1, 0);
  return section == nullptr ? 1 : section->blocks;
}

const Section* MemoryImage::find(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                                 std::uint16_t cluster) const {
  Section wanted;
  wanted.kind = kind;
  wanted.layer = layer;
  wanted.iteration = iteration;
  wanted.cluster = cluster;
  wanted.array = find_array(built_in_arrays(), kind);
  if (wanted.array == nullptr) {
    wanted.array = find_array(encoding_->arrays(), kind);
  }
  if (wanted.array == nullptr) {
    return nullptr;
  }
  const auto found = std::lower_bound(
      sections_.begin(), sections_.end(), wanted,
      [](const Section& a, const Section& b) { return place_of(a) < place_of(b); });
  const bool is_there =
      found != sections_.end() && found->cluster == cluster && place_of(*found) == place_of(wanted);
  return is_there ? &*found : nullptr;
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

int MemoryImage::weight_bits() const {
  int bits = 0;
  for (const Layer& layer : network_.layers) {
    bits = layer.has_weights() ? std::max(bits, layer.weight_format.bits) : bits;
  }
  return has_bins() && bits > 0 ? bits : 8 * info_.widths.value_bytes;
}

std::vector<std::int32_t> MemoryImage::codebook(std::uint16_t layer) const {
  const Section* section = find(SectionKind::codebook, layer, 0, 0);
  return section == nullptr
             ? std::vector<std::int32_t>()
             : decode_codebook(content(*section), network_.layers[layer].weight_format.bits / 8);
}

std::vector<MatchRow> MemoryImage::match_rows(std::uint16_t layer) const {
  const Section* section = find(SectionKind::match_row, layer, 0, 0);
  return section == nullptr
             ? std::vector<MatchRow>()
             : decode_match_rows(content(*section), network_.layers[layer].weight_format.bits / 8);
}

std::size_t MemoryImage::associative_rows() const {
  std::size_t rows = 0;
  for (const Layer& layer : network_.layers) {
    rows = std::max<std::size_t>(rows, layer.match_rows);
  }
  return rows;
}

/// Layers know the size of their tables, and whether they have lines.
void MemoryImage::tell_tables() {
  for (std::uint16_t i = 0; i < network_.layers.size(); ++i) {
    network_.layers[i].bins = static_cast<std::uint32_t>(codebook(i).size());
    network_.layers[i].match_rows = static_cast<std::uint32_t>(match_rows(i).size());
    network_.layers[i].has_lines =
        has_lines() && network_.layers[i].has_weights() &&
        (!info_.is_dense() || find(SectionKind::line_dense, i, 0, 0) != nullptr);
  }
}

/// Of a part of the weights; empty if the image has none such.
std::vector<ByteView> MemoryImage::arrays_of(std::uint16_t layer, std::uint16_t iteration,
                                             std::uint16_t cluster) const {
  std::vector<ByteView> arrays;
  for (const ArrayInfo& array : encoding_->arrays()) {
    const Section* section = find(array.kind, layer, iteration, cluster);
    if (section == nullptr) {
      return {};
    }
    arrays.push_back(content(*section));
  }
  return arrays;
}

CrsCluster MemoryImage::cluster(std::uint16_t iteration, std::uint16_t cluster) const {
  const auto* encoding = dynamic_cast<const ClusterEncoding*>(encoding_);
  const std::vector<ByteView> arrays = arrays_of(kAllLayers, iteration, cluster);
  if (encoding == nullptr || arrays.empty()) {
    return {};
  }
  CrsCluster found = encoding->decode(arrays, info_.widths);
  if (has_bins()) {
    put_centres(found);
  }
  return found;
}

std::vector<std::int32_t> MemoryImage::dense_weights(std::uint16_t layer) const {
  const auto* encoding = dynamic_cast<const MatrixEncoding*>(encoding_);
  std::vector<ByteView> arrays = arrays_of(layer, 0, 0);
  if (has_lines() && arrays.empty()) {
    encoding = &dense_encoding();
    if (const Section* plain = find(SectionKind::dense_value, layer, 0, 0)) {
      arrays.push_back(content(*plain));
    }
  }
  if (encoding == nullptr || arrays.empty()) {
    return {};
  }
  std::vector<std::int32_t> weights =
      encoding->decode(arrays, matrix_shape(network_.layers[layer], info_.widths));
  if (has_bins()) {
    const std::vector<std::int32_t> centres = codebook(layer);
    for (std::int32_t& weight : weights) {
      weight = centres[static_cast<std::uint8_t>(weight)];
    }
  }
  return weights;
}

std::vector<LineSegment> MemoryImage::segments(std::uint16_t layer, std::uint16_t iteration,
                                               std::uint16_t cluster) const {
  const Section* section = find(iteration == 0 ? SectionKind::line_dense : SectionKind::line_value,
                                layer, iteration, cluster);
  std::vector<LineSegment> segments;
  for (std::uint64_t at = 0; section != nullptr && at < section->bytes;
       at += segment_bytes(info_.widths)) {
    segments.push_back(load_segment(content(*section).data + at, info_.widths));
  }
  return segments;
}

/// Numbers of bins become weights.
void MemoryImage::put_centres(CrsCluster& cluster) const {
  for (std::size_t l = 0; l < cluster.layer.size(); ++l) {
    const std::vector<std::int32_t> centres =
        codebook(static_cast<std::uint16_t>(cluster.layer[l].layer));
    const auto begin = [&](std::size_t next) {
      return next < cluster.layer.size() ? cluster.row[cluster.layer[next].position].position
                                         : cluster.value.size();
    };
    for (std::size_t i = begin(l); i < begin(l + 1); ++i) {
      cluster.value[i] = centres[static_cast<std::uint8_t>(cluster.value[i])];
    }
  }
}

}  // namespace airnn
