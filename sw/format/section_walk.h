// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/encoding/weight_encoding.h"
#include "sw/format/image_layout.h"
#include "sw/format/network.h"

namespace airnn {

/// Goes through the section table in the one order that docs/memory_image.md allows. What is not at
/// its place is refused with an ImageError that names the section and says what is wrong with it.
class SectionWalk {
 public:
  /// All of them must outlive the walk.
  SectionWalk(const std::vector<Section>& sections, const ImageInfo& info,
              const WeightEncoding& encoding, const Network& network);

  /// Whether the next section is this one.
  bool is_next(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
               std::uint16_t cluster) const;
  /// The next section, which must be this one.
  const Section& expect(SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                        std::uint16_t cluster);
  /// Throws if there are more sections.
  void finish() const;

 private:
  [[noreturn]] void refuse_next() const;
  bool is_part_of_image(const ArrayInfo& array) const;
  bool is_plain_beside_lines(const ArrayInfo& array) const;
  std::string fault_of(std::size_t index) const;
  std::string fault_of_place(const Section& section) const;

  const std::vector<Section>& sections_;
  const ImageInfo& info_;
  const WeightEncoding& encoding_;
  const Network& network_;
  std::size_t next_ = 0;
};

}  // namespace airnn
