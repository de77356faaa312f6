// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/crs.h"
#include "sw/format/encoding/fetch_stream.h"
#include "sw/format/encoding/section_kind.h"

namespace airnn {

/// What the sections of an array are of, in the order in which the parts lie in an image: of the
/// matrices all layers come one after the other; clusters and tables are in the order of
/// iterations, in one of them clusters first.
enum class ArrayPart : std::uint8_t {
  network,  ///< of the image
  boot,     ///< of a layer, read before the first input: biases, and what else there is
  matrix,   ///< of a layer: scheme base, iteration 1 fetches all
  cluster,  ///< of all layers in one cluster of an iteration
  tables,   ///< interleaving, of a layer in an iteration
};
/// Its sections are of one layer, not of all.
constexpr bool is_of_layer(ArrayPart part) {
  return part != ArrayPart::network && part != ArrayPart::cluster;
}
/// Its sections are of one iteration.
constexpr bool is_of_iteration(ArrayPart part) {
  return part == ArrayPart::cluster || part == ArrayPart::tables;
}

/// One array: its section, who reads it, and how long an entry is.
struct ArrayInfo {
  SectionKind kind;
  const char* name;  ///< of the section
  ArrayPart part;
  FetchStream stream;  ///< that reads it; of the network's description, nobody does
  std::uint64_t (*entry_bytes)(const CrsWidths& widths);

  /// Bytes of so many entries.
  std::uint64_t bytes(std::uint64_t entries, const CrsWidths& widths) const {
    return entries * entry_bytes(widths);
  }
  std::uint64_t entries(std::uint64_t bytes, const CrsWidths& widths) const {
    return bytes / entry_bytes(widths);
  }
};

/// Elements of an input map have no section: the host puts them behind the image.
inline constexpr std::uint64_t kInputElementBytes = 4;

/// The arrays that are in every image, or in those of this program's encodings.
const std::vector<ArrayInfo>& built_in_arrays();
/// Null if there is none such.
const ArrayInfo* find_array(const std::vector<ArrayInfo>& arrays, SectionKind kind);
/// Of a built-in array.
const ArrayInfo& array_of(SectionKind kind);

}  // namespace airnn
