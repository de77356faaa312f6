// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"

namespace airnn {

/// Widths of the entries of the four arrays, in bytes. Positions are always 4 bytes.
struct CrsWidths {
  int value_bytes = 4;  ///< 4, 2 or 1: the precision of the weights
  int index_bytes = 2;  ///< 4, 2 or 1: column, row number and layer number

  int row_entry_bytes() const { return index_bytes + 4; }
  int layer_entry_bytes() const { return index_bytes + 4; }
};

/// The row number changes (or a new layer begins) at this position of the value array.
struct RowEntry {
  std::uint32_t row = 0;
  std::uint32_t position = 0;
};

/// The layer number changes at this position of the row array.
struct LayerEntry {
  std::uint32_t layer = 0;
  std::uint32_t position = 0;
};

/// One weight with its three coordinates: row = kernel or output neuron, column = place in it.
struct CrsWeight {
  std::int32_t value = 0;
  std::uint32_t column = 0;
  std::uint32_t row = 0;
  std::uint32_t layer = 0;

  friend bool operator==(const CrsWeight& a, const CrsWeight& b) {
    return a.value == b.value && a.column == b.column && a.row == b.row && a.layer == b.layer;
  }
};

/// One cluster of all layers as compressed row storage (Figure 7): `value` and `column` have an
/// entry per weight, `row` one where the row changes, `layer` one where the layer changes.
/// Weights are in the order layer, row, column.
struct CrsCluster {
  std::vector<std::int32_t> value;
  std::vector<std::uint32_t> column;
  std::vector<RowEntry> row;
  std::vector<LayerEntry> layer;

  /// Adds a weight; weights must come in order of layer, row, column.
  void append(const CrsWeight& weight);
  /// All weights in stored order.
  std::vector<CrsWeight> weights() const;
};

/// The cluster's arrays as they lie in memory, little endian.
struct CrsBytes {
  std::vector<std::uint8_t> value;
  std::vector<std::uint8_t> column;
  std::vector<std::uint8_t> row;
  std::vector<std::uint8_t> layer;
};

CrsBytes encode_crs(const CrsCluster& cluster, const CrsWidths& widths);

/// Throws ImageError where lengths are no multiple of the entry, or positions do not ascend from 0.
CrsCluster decode_crs(ByteView value, ByteView column, ByteView row, ByteView layer,
                      const CrsWidths& widths);

}  // namespace airnn
