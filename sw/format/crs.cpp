// SPDX-License-Identifier: Apache-2.0
#include "sw/format/crs.h"

#include <string>

#include "sw/format/errors.h"

namespace airnn {

namespace {

std::int32_t sign_extend(std::uint64_t bits, int bytes) {
  const int unused = 64 - 8 * bytes;
  return static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
}

std::size_t entries(ByteView bytes, int entry_bytes, const char* array) {
  const auto size = static_cast<std::size_t>(entry_bytes);
  if (bytes.size % size != 0) {
    throw ImageError(std::string(array) + " array: " + std::to_string(bytes.size) +
                     " bytes are no multiple of its entry of " + std::to_string(size));
  }
  return bytes.size / size;
}

/// Positions say where something changes: they start at 0, ascend, and stay inside the next array.
void check_position(std::size_t index, std::uint32_t previous, std::uint32_t position,
                    std::size_t limit, const char* array) {
  const bool good = index == 0 ? position == 0 : position > previous;
  if (!good || position >= limit) {
    throw ImageError(std::string(array) + " array: entry " + std::to_string(index) +
                     " has the impossible position " + std::to_string(position));
  }
}

}  // namespace

void CrsCluster::append(const CrsWeight& weight) {
  const bool new_layer = layer.empty() || layer.back().layer != weight.layer;
  if (new_layer) {
    layer.push_back({weight.layer, static_cast<std::uint32_t>(row.size())});
  }
  if (new_layer || row.back().row != weight.row) {
    row.push_back({weight.row, static_cast<std::uint32_t>(value.size())});
  }
  value.push_back(weight.value);
  column.push_back(weight.column);
}

std::vector<CrsWeight> CrsCluster::weights() const {
  std::vector<CrsWeight> all;
  all.reserve(value.size());
  std::size_t next_layer = 0;
  for (std::size_t r = 0; r < row.size(); ++r) {
    if (next_layer < layer.size() && layer[next_layer].position == r) {
      ++next_layer;
    }
    const std::size_t end = r + 1 < row.size() ? row[r + 1].position : value.size();
    for (std::size_t i = row[r].position; i < end; ++i) {
      all.push_back({value[i], column[i], row[r].row, layer[next_layer - 1].layer});
    }
  }
  return all;
}

CrsBytes encode_crs(const CrsCluster& cluster, const CrsWidths& widths) {
  const auto value_bytes = static_cast<std::size_t>(widths.value_bytes);
  const auto index_bytes = static_cast<std::size_t>(widths.index_bytes);
  const auto entry_bytes = static_cast<std::size_t>(widths.row_entry_bytes());
  CrsBytes bytes;
  bytes.value.resize(cluster.value.size() * value_bytes);
  bytes.column.resize(cluster.column.size() * index_bytes);
  for (std::size_t i = 0; i < cluster.value.size(); ++i) {
    store_little_endian(&bytes.value[i * value_bytes], static_cast<std::uint32_t>(cluster.value[i]),
                        widths.value_bytes);
    store_little_endian(&bytes.column[i * index_bytes], cluster.column[i], widths.index_bytes);
  }
  bytes.row.resize(cluster.row.size() * entry_bytes);
  for (std::size_t i = 0; i < cluster.row.size(); ++i) {
    store_little_endian(&bytes.row[i * entry_bytes], cluster.row[i].row, widths.index_bytes);
    store_little_endian(&bytes.row[i * entry_bytes + index_bytes], cluster.row[i].position, 4);
  }
  bytes.layer.resize(cluster.layer.size() * entry_bytes);
  for (std::size_t i = 0; i < cluster.layer.size(); ++i) {
    store_little_endian(&bytes.layer[i * entry_bytes], cluster.layer[i].layer, widths.index_bytes);
    store_little_endian(&bytes.layer[i * entry_bytes + index_bytes], cluster.layer[i].position, 4);
  }
  return bytes;
}

CrsCluster decode_crs(ByteView value, ByteView column, ByteView row, ByteView layer,
                      const CrsWidths& widths) {
  CrsCluster cluster;
  const std::size_t weights = entries(value, widths.value_bytes, "value");
  if (entries(column, widths.index_bytes, "column") != weights) {
    throw ImageError("column array: not as many entries as the value array");
  }
  const std::size_t rows = entries(row, widths.row_entry_bytes(), "row");
  const std::size_t layers = entries(layer, widths.layer_entry_bytes(), "layer");
  if ((weights == 0) != (rows == 0) || (rows == 0) != (layers == 0)) {
    throw ImageError("row and layer arrays do not cover the value array");
  }
  cluster.value.resize(weights);
  cluster.column.resize(weights);
  for (std::size_t i = 0; i < weights; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    cluster.value[i] =
        sign_extend(load_little_endian(value.data + at * widths.value_bytes, widths.value_bytes),
                    widths.value_bytes);
    cluster.column[i] = static_cast<std::uint32_t>(
        load_little_endian(column.data + at * widths.index_bytes, widths.index_bytes));
  }
  cluster.row.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint8_t* entry =
        row.data + static_cast<std::ptrdiff_t>(i) * widths.row_entry_bytes();
    cluster.row[i].row = static_cast<std::uint32_t>(load_little_endian(entry, widths.index_bytes));
    cluster.row[i].position =
        static_cast<std::uint32_t>(load_little_endian(entry + widths.index_bytes, 4));
    check_position(i, i == 0 ? 0 : cluster.row[i - 1].position, cluster.row[i].position, weights,
                   "row");
  }
  cluster.layer.resize(layers);
  for (std::size_t i = 0; i < layers; ++i) {
    const std::uint8_t* entry =
        layer.data + static_cast<std::ptrdiff_t>(i) * widths.layer_entry_bytes();
    cluster.layer[i].layer =
        static_cast<std::uint32_t>(load_little_endian(entry, widths.index_bytes));
    cluster.layer[i].position =
        static_cast<std::uint32_t>(load_little_endian(entry + widths.index_bytes, 4));
    check_position(i, i == 0 ? 0 : cluster.layer[i - 1].position, cluster.layer[i].position, rows,
                   "layer");
  }
  return cluster;
}

}  // namespace airnn
