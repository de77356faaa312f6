// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/line_encoding.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

std::vector<LineSegment> single_segments(const std::vector<std::int32_t>& weights,
                                         const CrsWidths& widths) {
  std::vector<LineSegment> segments;
  for (const std::int32_t weight : weights) {
    const LineSegment segment = {weight >> line_shift(widths), 0, 1};
    if (line_weight(segment, 0, widths) != weight) {
      throw std::logic_error("a weight that no segment has");
    }
    segments.push_back(segment);
  }
  return segments;
}

std::uint64_t begin_of_layer(const CrsCluster& cluster, std::size_t layer) {
  return cluster.row[cluster.layer[layer].position].position;
}

/// Segments begin wherever a layer does.
void check_layers(const CrsCluster& cluster, const std::vector<LineSegment>& segments) {
  std::size_t layer = 0;
  std::uint64_t at = 0;
  for (const LineSegment& segment : segments) {
    if (layer < cluster.layer.size() && begin_of_layer(cluster, layer) == at) {
      ++layer;
    }
    at += segment.length;
    if (layer < cluster.layer.size() && begin_of_layer(cluster, layer) < at) {
      throw ImageError("line_value array: a segment crosses from layer " +
                       std::to_string(cluster.layer[layer - 1].layer) + " to layer " +
                       std::to_string(cluster.layer[layer].layer));
    }
  }
}

}  // namespace

std::vector<std::uint8_t> segment_array(const std::vector<LineSegment>& segments,
                                        const CrsWidths& widths) {
  const std::uint64_t size = segment_bytes(widths);
  std::vector<std::uint8_t> bytes(segments.size() * size);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    store_segment(segments[i], widths, &bytes[i * size]);
  }
  return bytes;
}

std::vector<LineSegment> segments_of(ByteView bytes, const CrsWidths& widths, std::size_t longest,
                                     std::uint64_t weights, const char* array) {
  const std::string name = std::string(array) + " array: ";
  const std::uint64_t size = segment_bytes(widths);
  if (bytes.size % size != 0) {
    throw ImageError(name + std::to_string(bytes.size) + " bytes are no multiple of a segment of " +
                     std::to_string(size));
  }
  std::vector<LineSegment> segments;
  std::uint64_t found = 0;
  for (std::uint64_t at = 0; at < bytes.size; at += size) {
    segments.push_back(load_segment(bytes.data + at, widths));
    if (segments.back().length > longest) {
      throw ImageError(name + "a segment of " + std::to_string(segments.back().length) +
                       " weights, expected at most " + std::to_string(longest));
    }
    found += segments.back().length;
  }
  if (found != weights) {
    throw ImageError(name + "its segments have " + std::to_string(found) + " weights, expected " +
                     std::to_string(weights));
  }
  return segments;
}

std::vector<std::int32_t> line_weights(const std::vector<LineSegment>& segments,
                                       const CrsWidths& widths) {
  std::vector<std::int32_t> weights;
  for (const LineSegment& segment : segments) {
    for (std::uint32_t place = 0; place < segment.length; ++place) {
      weights.push_back(line_weight(segment, place, widths));
    }
  }
  return weights;
}

std::uint8_t LineMatrixEncoding::number() const {
  return kLineEncoding;
}

const std::vector<ArrayInfo>& LineMatrixEncoding::arrays() const {
  static const std::vector<ArrayInfo> arrays = {array_of(SectionKind::line_dense)};
  return arrays;
}

std::vector<std::uint64_t> LineMatrixEncoding::bytes(const std::vector<std::int32_t>& weights,
                                                     const MatrixShape& shape) const {
  return {arrays()[0].bytes(weights.size(), shape.widths)};
}

EncodedArrays LineMatrixEncoding::encode(const std::vector<std::int32_t>& weights,
                                         const MatrixShape& shape) const {
  return {segment_array(single_segments(weights, shape.widths), shape.widths)};
}

std::vector<std::int32_t> LineMatrixEncoding::decode(const std::vector<ByteView>& arrays,
                                                     const MatrixShape& shape) const {
  return line_weights(
      segments_of(arrays[0], shape.widths, kLongestSegment, shape.weights(), "line_dense"),
      shape.widths);
}

std::uint8_t LineClusterEncoding::number() const {
  return kLineEncoding;
}

const std::vector<ArrayInfo>& LineClusterEncoding::arrays() const {
  // Kinds ascend, so the values come last.
  static const std::vector<ArrayInfo> arrays = {
      array_of(SectionKind::column), array_of(SectionKind::row), array_of(SectionKind::layer),
      array_of(SectionKind::line_value)};
  return arrays;
}

std::vector<std::uint64_t> LineClusterEncoding::bytes(const CrsCluster& cluster,
                                                      const CrsWidths& widths) const {
  return {arrays()[0].bytes(cluster.column.size(), widths),
          arrays()[1].bytes(cluster.row.size(), widths),
          arrays()[2].bytes(cluster.layer.size(), widths),
          arrays()[3].bytes(cluster.value.size(), widths)};
}

EncodedArrays LineClusterEncoding::encode(const CrsCluster& cluster,
                                          const CrsWidths& widths) const {
  return encode(cluster, single_segments(cluster.value, widths), widths);
}

EncodedArrays LineClusterEncoding::encode(const CrsCluster& cluster,
                                          const std::vector<LineSegment>& segments,
                                          const CrsWidths& widths) const {
  CrsBytes bytes = encode_crs(cluster, widths);
  EncodedArrays arrays;
  arrays.push_back(std::move(bytes.column));
  arrays.push_back(std::move(bytes.row));
  arrays.push_back(std::move(bytes.layer));
  arrays.push_back(segment_array(segments, widths));
  return arrays;
}

CrsCluster LineClusterEncoding::decode(const std::vector<ByteView>& arrays,
                                       const CrsWidths& widths) const {
  const std::uint64_t columns = arrays[0].size / static_cast<unsigned>(widths.index_bytes);
  const std::vector<LineSegment> segments =
      segments_of(arrays[3], widths, kLongestClusterSegment, columns, "line_value");
  const std::vector<std::int32_t> weights = line_weights(segments, widths);
  const auto width = static_cast<std::size_t>(widths.value_bytes);
  std::vector<std::uint8_t> values(weights.size() * width);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    store_little_endian(&values[i * width], static_cast<std::uint32_t>(weights[i]),
                        widths.value_bytes);
  }
  CrsCluster cluster =
      decode_crs({values.data(), values.size()}, arrays[0], arrays[1], arrays[2], widths);
  check_layers(cluster, segments);
  return cluster;
}

}  // namespace airnn
