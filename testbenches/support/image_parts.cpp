// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/image_parts.h"

#include <algorithm>
#include <stdexcept>

#include "sw/format/network_codec.h"

namespace airnn::test {

ImageParts ImageParts::of(const MemoryImage& image) {
  ImageParts taken;
  taken.info = image.info();
  for (const Section& section : image.sections()) {
    const ByteView bytes = image.content(section);
    taken.parts.push_back({section, {bytes.begin(), bytes.end()}});
  }
  return taken;
}

ImageParts::Part& ImageParts::part(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                                   std::uint16_t cluster) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) {
    const Section& s = part.section;
    return s.kind == kind && s.layer == layer && s.iteration == iteration && s.cluster == cluster;
  });
  if (found == parts.end()) {
    throw std::out_of_range("the image has no such section");
  }
  return *found;
}

Network ImageParts::network() const {
  return decode_network({parts.front().bytes.data(), parts.front().bytes.size()}, info.version);
}

void ImageParts::set_network(const Network& network) {
  info.version = format_version(network);
  parts.front().bytes = encode_network(network);
}

std::vector<std::uint8_t> ImageParts::build() const {
  std::vector<Section> sections;
  std::uint64_t end = layout_bytes(parts.size());
  for (const Part& part : parts) {
    Section section = part.section;
    section.offset = aligned_offset(end);
    section.bytes = part.bytes.size();
    section.crc32c = crc32c({part.bytes.data(), part.bytes.size()});
    end = section.offset + section.bytes;
    sections.push_back(section);
  }
  ImageHeader header;
  header.info = info;
  header.file_bytes = aligned_offset(end);
  std::vector<std::uint8_t> file = encode_layout(header, sections);
  file.resize(header.file_bytes, 0);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::copy(parts[i].bytes.begin(), parts[i].bytes.end(),
              file.begin() + static_cast<std::ptrdiff_t>(sections[i].offset));
  }
  return file;
}

}  // namespace airnn::test
