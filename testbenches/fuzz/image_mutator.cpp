// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/image_mutator.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sw/format/bin_tables.h"
#include "sw/format/errors.h"
#include "sw/format/network_codec.h"

namespace airnn::test {

std::int64_t ImageMutator::odd_number() {
  static const std::vector<std::int64_t> numbers = {0,
                                                    1,
                                                    2,
                                                    3,
                                                    -1,
                                                    -2,
                                                    4,
                                                    5,
                                                    7,
                                                    8,
                                                    9,
                                                    15,
                                                    16,
                                                    17,
                                                    31,
                                                    32,
                                                    33,
                                                    62,
                                                    63,
                                                    64,
                                                    65,
                                                    96,
                                                    127,
                                                    128,
                                                    255,
                                                    256,
                                                    257,
                                                    1023,
                                                    1024,
                                                    4095,
                                                    4096,
                                                    4097,
                                                    32767,
                                                    32768,
                                                    65534,
                                                    65535,
                                                    65536,
                                                    1 << 20,
                                                    (1 << 20) + 1,
                                                    1 << 24,
                                                    std::numeric_limits<std::int32_t>::max(),
                                                    std::numeric_limits<std::int32_t>::min(),
                                                    std::int64_t{1} << 32,
                                                    std::int64_t{1} << 44,
                                                    std::numeric_limits<std::int64_t>::max(),
                                                    std::numeric_limits<std::int64_t>::min()};
  return below(3) == 0 ? static_cast<std::int64_t>(random_() >> below(64))
                       : numbers[below(numbers.size())];
}

std::int32_t ImageMutator::near(std::int32_t value) {
  return static_cast<std::int32_t>(std::int64_t{value} + static_cast<std::int64_t>(below(5)) - 2);
}

std::vector<std::uint8_t> ImageMutator::mutate(ImageParts parts) {
  for (std::uint64_t n = 1 + below(3); n > 0 && !parts.parts.empty(); --n) {
    switch (below(11)) {
      case 0:
        mutate_header(parts);
        break;
      case 1:
        mutate_entry(parts);
        break;
      case 2:
        mutate_order(parts);
        break;
      case 3:
        mutate_size(parts);
        break;
      case 4:
        mutate_bytes(parts);
        break;
      case 5:
      case 6:
        mutate_array(parts);
        break;
      case 7:
        move_weights(parts);
        break;
      case 8:
        mutate_tables(parts);
        break;
      default:
        mutate_network(parts);
    }
  }
  std::vector<std::uint8_t> file = parts.build();
  if (below(20) == 0) {
    mutate_raw(file);
  }
  return file;
}

void ImageMutator::mutate_header(ImageParts& parts) {
  switch (below(6)) {
    case 0:
      parts.info.scheme = static_cast<Scheme>(below(4));
      parts.info.is_sparse = below(3) == 0;
      break;
    case 1:
      parts.info.widths.value_bytes = 1 << below(4);
      break;
    case 2:
      parts.info.widths.index_bytes = 1 << below(4);
      break;
    case 3:
      parts.info.policy = static_cast<InterleavePolicy>(below(4));
      break;
    case 4:
      parts.info.encoding = static_cast<std::uint8_t>(below(3));
      break;
    default:
      parts.info.iterations = static_cast<int>(odd_number());
  }
}

void ImageMutator::mutate_entry(ImageParts& parts) {
  Section& section = parts.parts[any_part(parts)].section;
  const auto value = below(2) == 0 ? static_cast<std::uint16_t>(below(14))
                                   : static_cast<std::uint16_t>(odd_number());
  switch (below(5)) {
    case 0:
      section.kind = static_cast<SectionKind>(value);
      break;
    case 1:
      section.layer = value;
      break;
    case 2:
      section.iteration = value;
      break;
    case 3:
      section.cluster = value;
      break;
    default:
      section.blocks = value;
  }
}

void ImageMutator::mutate_order(ImageParts& parts) {
  const std::size_t a = any_part(parts);
  const auto at = parts.parts.begin() + static_cast<std::ptrdiff_t>(a);
  switch (below(4)) {
    case 0:
      parts.parts.erase(at);
      break;
    case 1:
      parts.parts.insert(parts.parts.begin() + static_cast<std::ptrdiff_t>(any_part(parts)),
                         ImageParts::Part(*at));
      break;
    case 2:
      std::swap(*at, parts.parts[any_part(parts)]);
      break;
    default:
      parts.parts.resize(a + 1);
  }
}

void ImageMutator::mutate_size(ImageParts& parts) {
  std::vector<std::uint8_t>& bytes = parts.parts[any_part(parts)].bytes;
  const std::size_t size = below(2) == 0
                               ? below(2 * bytes.size() + 2)
                               : bytes.size() + below(9) - std::min<std::size_t>(4, bytes.size());
  bytes.resize(size, static_cast<std::uint8_t>(random_()));
}

void ImageMutator::mutate_bytes(ImageParts& parts) {
  std::vector<std::uint8_t>& bytes = parts.parts[any_part(parts)].bytes;
  for (std::uint64_t n = 1 + below(4); n > 0 && !bytes.empty(); --n) {
    bytes[below(bytes.size())] ^= static_cast<std::uint8_t>(1U << below(8));
  }
}

/// A whole entry of an array becomes an odd number, or a neighbour's.
void ImageMutator::mutate_array(ImageParts& parts) {
  ImageParts::Part& part = parts.parts[any_part(parts)];
  const auto index = static_cast<std::size_t>(parts.info.widths.index_bytes);
  const std::vector<std::size_t> widths = {1, 2, 4, 8, index, index + 4};
  const std::size_t width = widths[below(widths.size())];
  const std::size_t entries = part.bytes.size() / width;
  if (entries == 0) {
    return;
  }
  const std::size_t at = below(entries) * width;
  if (below(2) == 0) {
    store_little_endian(&part.bytes[at], static_cast<std::uint64_t>(odd_number()),
                        static_cast<int>(std::min<std::size_t>(width, 8)));
  } else {
    const auto from = part.bytes.begin() + static_cast<std::ptrdiff_t>(below(entries) * width);
    std::swap_ranges(from, from + static_cast<std::ptrdiff_t>(width),
                     part.bytes.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

/// Tables of bins that are nearly right: centres, and rows whose products fit what else they say.
void ImageMutator::mutate_tables(ImageParts& parts) {
  std::vector<std::size_t> tables;
  for (std::size_t i = 0; i < parts.parts.size(); ++i) {
    const SectionKind kind = parts.parts[i].section.kind;
    if (kind == SectionKind::codebook || kind == SectionKind::match_row) {
      tables.push_back(i);
    }
  }
  if (tables.empty()) {
    return mutate_lines(parts);
  }
  const std::size_t at = tables[below(tables.size())];
  std::vector<std::uint8_t>& bytes = parts.parts[at].bytes;
  const int weight_bytes = 2 << below(2);
  if (parts.parts[at].section.kind == SectionKind::codebook) {
    std::vector<std::int32_t> centres = decode_codebook({bytes.data(), bytes.size()}, weight_bytes);
    if (!centres.empty()) {
      std::int32_t& centre = centres[below(centres.size())];
      centre = near(centre);
    }
    bytes = encode_codebook(centres, weight_bytes);
    return;
  }
  std::vector<MatchRow> rows = decode_match_rows({bytes.data(), bytes.size()}, weight_bytes);
  if (rows.empty() || at == 0) {
    return;
  }
  MatchRow& row = rows[below(rows.size())];
  switch (below(5)) {
    case 0:
      row = rows[below(rows.size())];
      break;
    case 1:
      row = MatchRow();
      break;
    case 2:
      rows.resize(below(2) == 0 ? 2 * rows.size() : rows.size() / 2);
      bytes = encode_match_rows(rows, weight_bytes);
      return;
    case 3:
      row.bin = static_cast<std::uint8_t>(near(row.bin));
      break;
    default:
      row.value = below(2) == 0 ? near(row.value) : static_cast<std::int32_t>(odd_number());
      row.free_bits = static_cast<std::uint8_t>(below(35));
  }
  const std::vector<std::uint8_t>& codebook = parts.parts[at - 1].bytes;
  const std::vector<std::int32_t> centres =
      decode_codebook({codebook.data(), codebook.size()}, weight_bytes);
  if (row.bin < centres.size() && row.free_bits < 32 && below(4) > 0) {
    row.product = std::int64_t{centres[row.bin]} * row.operand();
  }
  bytes = encode_match_rows(rows, weight_bytes);
}

/// Lines that are nearly right: a weight goes from one to another, or one is cut in two.
void ImageMutator::mutate_lines(ImageParts& parts) {
  std::vector<std::size_t> arrays;
  for (std::size_t i = 0; i < parts.parts.size(); ++i) {
    const SectionKind kind = parts.parts[i].section.kind;
    if ((kind == SectionKind::line_dense || kind == SectionKind::line_value) &&
        parts.parts[i].bytes.size() >= segment_bytes(parts.info.widths)) {
      arrays.push_back(i);
    }
  }
  if (arrays.empty()) {
    return mutate_array(parts);
  }
  std::vector<std::uint8_t>& bytes = parts.parts[arrays[below(arrays.size())]].bytes;
  const CrsWidths& widths = parts.info.widths;
  const auto size = static_cast<std::size_t>(segment_bytes(widths));
  std::vector<LineSegment> lines;
  for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
    lines.push_back(load_segment(&bytes[at], widths));
  }
  LineSegment& line = lines[below(lines.size())];
  LineSegment& other = lines[below(lines.size())];
  switch (below(4)) {
    case 0:
      if (line.length > 1 && other.length < kLongestSegment) {
        --line.length;
        ++other.length;
      }
      break;
    case 1:
      line.length = static_cast<std::uint32_t>(1 + below(kLongestSegment));
      break;
    case 2:
      if (line.length > 1) {
        LineSegment rest = line;
        rest.length = 1;
        --line.length;
        lines.insert(lines.begin() + (&line - lines.data()) + 1, rest);
      }
      break;
    default:
      line.start = below(2) == 0 ? 0 : other.start;
      line.slope = below(2) == 0 ? 0 : other.slope;
  }
  bytes = segment_array(lines, widths);
}

/// The arrays of one cluster stand for another's.
void ImageMutator::move_weights(ImageParts& parts) {
  std::vector<std::size_t> values;
  for (std::size_t i = 0; i + 3 < parts.parts.size(); ++i) {
    const SectionKind kind = parts.parts[i].section.kind;
    const bool begins_lines =
        kind == SectionKind::column && parts.parts[i + 3].section.kind == SectionKind::line_value;
    if (kind == SectionKind::value || begins_lines) {
      values.push_back(i);
    }
  }
  if (values.size() < 2) {
    return;
  }
  const std::size_t from = values[below(values.size())];
  const std::size_t to = values[below(values.size())];
  for (std::size_t i = 0; i < 4; ++i) {
    if (below(2) == 0) {
      std::swap(parts.parts[from + i].bytes, parts.parts[to + i].bytes);
    } else {
      parts.parts[to + i].bytes = parts.parts[from + i].bytes;
    }
  }
}

void ImageMutator::mutate_network(ImageParts& parts) {
  Network network;
  try {
    network = parts.network();
  } catch (const ImageError&) {
    return mutate_bytes(parts);  // an earlier step made it unreadable
  }
  switch (below(8)) {
    case 0:
      (below(2) == 0 ? network.input_format.bits : network.input_format.fraction_bits) =
          static_cast<std::int32_t>(odd_number());
      break;
    case 1:
      (below(2) == 0 ? network.input.height : network.input.width) =
          static_cast<std::int32_t>(odd_number());
      break;
    case 2:
      network.layers.insert(
          network.layers.begin() + static_cast<std::ptrdiff_t>(below(network.layers.size())),
          Layer(network.layers[below(network.layers.size())]));
      break;
    case 3:
      mutate_counts(network);
      break;
    case 4:
      network.preprocess.scale = std::numeric_limits<double>::quiet_NaN();
      break;
    default:
      mutate_layer(network);
  }
  parts.set_network(network);
}

/// Counts that agree with each other, and with nothing else.
void ImageMutator::mutate_counts(Network& network) {
  Layer& layer = network.layers[below(network.layers.size())];
  const std::int64_t moved = static_cast<std::int64_t>(below(3)) - 1;
  if (layer.weights < 1 || layer.zeros < 1) {
    return;
  }
  layer.weights += moved;
  layer.zeros -= moved;
  if (below(2) == 0) {
    layer.clusters = near(layer.clusters);
  }
}

void ImageMutator::mutate_layer(Network& network) {
  Layer& layer = network.layers[below(network.layers.size())];
  const std::int64_t number = odd_number();
  const auto small = static_cast<std::int32_t>(number);
  Window& window = below(2) == 0 ? layer.window : layer.pool_window;
  const std::vector<std::int32_t*> fields = {&layer.source,
                                             &layer.skip,
                                             &layer.input.channels,
                                             &layer.input.height,
                                             &layer.input.width,
                                             &layer.result.channels,
                                             &layer.result.height,
                                             &layer.result.width,
                                             &layer.output.channels,
                                             &layer.output.height,
                                             &layer.output.width,
                                             &window.kernel_h,
                                             &window.kernel_w,
                                             &window.stride_h,
                                             &window.stride_w,
                                             &window.pad_top,
                                             &window.pad_left,
                                             &window.pad_bottom,
                                             &window.pad_right,
                                             &layer.groups,
                                             &layer.kernels,
                                             &layer.weight_format.bits,
                                             &layer.weight_format.fraction_bits,
                                             &layer.output_format.bits,
                                             &layer.output_format.fraction_bits,
                                             &layer.clusters};
  const std::uint64_t field = below(fields.size() + 12);
  if (field < fields.size()) {
    *fields[field] = below(2) == 0 ? small : near(*fields[field]);
    return;
  }
  switch (field - fields.size()) {
    case 0:
      layer.columns = number;
      break;
    case 1:
      layer.weights = number;
      break;
    case 2:
      layer.zeros = number;
      break;
    case 3:
      layer.clamp_low = number;
      break;
    case 4:
      layer.clamp_high = number;
      break;
    case 5:
      layer.kind = static_cast<LayerKind>(below(6));
      break;
    case 6:
      layer.pool = static_cast<PoolKind>(below(4));
      break;
    case 7:
      layer.product_table = static_cast<std::uint32_t>(number);
      break;
    case 8:
      layer.is_tuned = !layer.is_tuned;
      break;
    case 9:
      layer.weight_format.is_unsigned = !layer.weight_format.is_unsigned;
      break;
    case 10:
      layer.output_format.is_unsigned = !layer.output_format.is_unsigned;
      break;
    default:
      layer.name.assign(below(300), static_cast<char>(below(256)));
  }
}

/// Behind the checksums: what damage in a file does.
void ImageMutator::mutate_raw(std::vector<std::uint8_t>& file) {
  if (below(2) == 0) {
    file.resize(below(file.size() + 200), 0);
  } else {
    file[below(file.size())] ^= static_cast<std::uint8_t>(1U << below(8));
  }
}

}  // namespace airnn::test
