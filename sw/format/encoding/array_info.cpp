// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/array_info.h"

#include <algorithm>

#include "sw/format/encoding/line_segment.h"

namespace airnn {

namespace {

std::uint64_t value_entry(const CrsWidths& widths) {
  return static_cast<std::uint64_t>(widths.value_bytes);
}
std::uint64_t index_entry(const CrsWidths& widths) {
  return static_cast<std::uint64_t>(widths.index_bytes);
}
std::uint64_t row_entry(const CrsWidths& widths) {
  return static_cast<std::uint64_t>(widths.row_entry_bytes());
}
std::uint64_t layer_entry(const CrsWidths& widths) {
  return static_cast<std::uint64_t>(widths.layer_entry_bytes());
}
template <std::uint64_t Bytes>
std::uint64_t fixed_entry(const CrsWidths&) {
  return Bytes;
}

}  // namespace

const std::vector<ArrayInfo>& built_in_arrays() {
  using Kind = SectionKind;
  using Part = ArrayPart;
  using Stream = FetchStream;
  // An entry is: a byte; a kernel's bias; a weight; a weight, its column, a row, a layer; of each
  // kernel in a group its number, its group, its blocks; a line. Tables of bins are bytes: their
  // entries are as long as the weights that they stand for, which these widths do not tell.
  static const std::vector<ArrayInfo> arrays = {
      {Kind::network, "network", Part::network, Stream::value, fixed_entry<1>},
      {Kind::bias, "bias", Part::boot, Stream::value, fixed_entry<8>},
      {Kind::dense_value, "dense_value", Part::matrix, Stream::value, value_entry},
      {Kind::value, "value", Part::cluster, Stream::value, value_entry},
      {Kind::column, "column", Part::cluster, Stream::column, index_entry},
      {Kind::row, "row", Part::cluster, Stream::row, row_entry},
      {Kind::layer, "layer", Part::cluster, Stream::layer, layer_entry},
      {Kind::kernel_index, "kernel_index", Part::tables, Stream::column, index_entry},
      {Kind::group_index, "group_index", Part::tables, Stream::row, index_entry},
      {Kind::kernel_block, "kernel_block", Part::tables, Stream::layer, fixed_entry<2>},
      {Kind::codebook, "codebook", Part::boot, Stream::value, fixed_entry<1>},
      {Kind::match_row, "match_row", Part::boot, Stream::value, fixed_entry<1>},
      {Kind::line_dense, "line_dense", Part::matrix, Stream::value, segment_bytes},
      {Kind::line_value, "line_value", Part::cluster, Stream::value, segment_bytes},
  };
  return arrays;
}

const ArrayInfo* find_array(const std::vector<ArrayInfo>& arrays, SectionKind kind) {
  const auto found = std::find_if(arrays.begin(), arrays.end(),
                                  [kind](const ArrayInfo& array) { return array.kind == kind; });
  return found == arrays.end() ? nullptr : &*found;
}

const ArrayInfo& array_of(SectionKind kind) {
  return *find_array(built_in_arrays(), kind);
}

const char* to_string(SectionKind kind) {
  const ArrayInfo* array = find_array(built_in_arrays(), kind);
  return array == nullptr ? "unknown" : array->name;
}

}  // namespace airnn
