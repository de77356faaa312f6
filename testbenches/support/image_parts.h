// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/memory_image.h"

namespace airnn::test {

/// A memory image taken apart: whatever is changed, build() makes a file of it whose layout and
/// checksums are right, so that only a check of the contents can find it.
struct ImageParts {
  struct Part {
    Section section;  ///< place, size and checksum are made anew
    std::vector<std::uint8_t> bytes;
  };

  ImageInfo info;
  std::vector<Part> parts;

  static ImageParts of(const MemoryImage& image);
  Part& part(SectionKind kind, std::uint16_t layer, std::uint16_t iteration, std::uint16_t cluster);
  Network network() const;
  void set_network(const Network& network);
  std::vector<std::uint8_t> build() const;
};

}  // namespace airnn::test
