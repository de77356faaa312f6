// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"

namespace airnn {

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
    const ImageHeader header = decode_header(image.bytes());
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
  check_interleaving();
}

void MemoryImage::check_interleaving() const {
  for (const Section& section : sections_) {
    if (section.kind != SectionKind::kernel_index && section.kind != SectionKind::group_index &&
        section.kind != SectionKind::kernel_block) {
      continue;
    }
    const auto refuse = [&](const std::string& why) {
      throw ImageError("section " + section.name() + ": " + why);
    };
    if (info_.scheme != Scheme::interleaved || section.layer >= network_.layers.size() ||
        network_.layers[section.layer].kind != LayerKind::convolution || section.iteration < 1 ||
        section.iteration > info_.iterations) {
      refuse("belongs to nothing that is interleaved");
    }
    if (!is_interleaved(section.layer, section.iteration)) {
      refuse("the tables of this layer and iteration are not complete");
    }
    const Layer& layer = network_.layers[section.layer];
    const BlockSplit split = {static_cast<std::uint32_t>(layer.window.area()),
                              blocks(section.layer)};
    if (section.kind == SectionKind::kernel_block &&
        (section.blocks != split.blocks || split.blocks == 0 ||
         (split.blocks & (split.blocks - 1)) != 0 || split.blocks > split.multipliers ||
         split.blocks > kMaxBlocks)) {
      refuse("impossible number of blocks, " + std::to_string(section.blocks));
    }
    if (section.kind == SectionKind::kernel_block) {
      try {
        check_groups(groups(section.layer, section.iteration), info_.policy, split,
                     static_cast<std::uint32_t>(layer.kernels));
      } catch (const ImageError& error) {
        refuse(error.what());
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
  for (const Section& section : sections_) {
    if (section.kind == SectionKind::kernel_block && section.layer == layer) {
      return section.blocks;
    }
  }
  return 1;
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

}  // namespace airnn
