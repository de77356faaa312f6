// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/group_tables.h"

#include <string>

#include "sw/format/errors.h"

namespace airnn {

GroupTables::GroupTables(const BatchContent& content) {
  for (std::size_t i = 0; i < content.layers_of_ranges().size(); ++i) {
    const std::uint32_t layer = content.layers_of_ranges()[i];
    try {
      layers_[layer] =
          decode_groups(content.range(FetchStream::column, i), content.range(FetchStream::row, i),
                        content.range(FetchStream::layer, i), content.widths().index_bytes);
    } catch (const ImageError& error) {
      throw ImageError("layer " + std::to_string(layer) + ": " + error.what());
    }
  }
}

const KernelGroups* GroupTables::of(std::uint32_t layer) const {
  const auto found = layers_.find(layer);
  return found == layers_.end() ? nullptr : &found->second;
}

}  // namespace airnn
