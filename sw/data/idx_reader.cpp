// SPDX-License-Identifier: Apache-2.0
#include "sw/data/idx_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "sw/data/element_count.h"
#include "sw/data/idx_types.h"

namespace airnn {

namespace {

constexpr std::size_t kLargestRank = 4;

struct IdxHeader {
  std::uint8_t type = 0;
  std::vector<std::uint64_t> dimensions;
};

const char* type_name(std::uint8_t type) {
  switch (type) {
    case kIdxUnsignedByte:
      return "unsigned byte";
    case 0x09:
      return "signed byte";
    case kIdxShort:
      return "16-bit integer";
    case 0x0C:
      return "32-bit integer";
    case 0x0D:
      return "float";
    case 0x0E:
      return "double";
    default:
      return nullptr;
  }
}

IdxHeader read_header(DataFile& file) {
  const std::vector<std::uint8_t> magic = file.read_exactly(4, "the IDX magic number");
  IdxHeader header;
  header.type = magic[2];
  const std::size_t rank = magic[3];
  const std::vector<std::uint8_t> sizes =
      file.read_exactly(4 * rank, fmt::format("an IDX header with {} dimensions", rank));
  for (std::size_t i = 0; i < sizes.size(); i += 4) {
    header.dimensions.push_back((std::uint64_t{sizes[i]} << 24) |
                                (std::uint64_t{sizes[i + 1]} << 16) |
                                (std::uint64_t{sizes[i + 2]} << 8) | sizes[i + 3]);
  }
  return header;
}

/// `most` along the first dimension.
std::vector<std::uint8_t> read_body(DataFile& file, const IdxHeader& header,
                                    std::uint64_t element_bytes, const char* what,
                                    std::int64_t most) {
  const std::uint64_t elements = element_count(file, header.dimensions, element_bytes);
  return read_elements(file, {header.dimensions[0], elements, element_bytes}, most,
                       fmt::format("{} {}", describe(header.dimensions), what));
}

}  // namespace

bool looks_like_idx(DataFile& file) {
  const std::vector<std::uint8_t>& head = file.peek(4);
  return head.size() >= 4 && head[0] == 0 && head[1] == 0 && type_name(head[2]) != nullptr &&
         head[3] >= 1 && head[3] <= kLargestRank;
}

ImageSet read_idx_images(DataFile& file, std::int64_t most) {
  const IdxHeader header = read_header(file);
  const std::size_t rank = header.dimensions.size();
  if (header.type != kIdxUnsignedByte || rank < 3) {
    file.fail(
        fmt::format("IDX of {}, {} dimension(s); expected images: unsigned byte, 3 (N,H,W) or 4 "
                    "(N,C,H,W) dimensions",
                    type_name(header.type), rank));
  }
  ImageSet set;
  set.name = file.path();
  set.pixels = read_body(file, header, 1, "pixels", most);
  const auto in_file = static_cast<std::int64_t>(header.dimensions[0]);
  set.count = static_cast<std::int32_t>(std::min(in_file, most));
  set.unread = in_file - set.count;
  set.channels = rank == 4 ? static_cast<std::int32_t>(header.dimensions[1]) : 1;
  set.height = static_cast<std::int32_t>(header.dimensions[rank - 2]);
  set.width = static_cast<std::int32_t>(header.dimensions[rank - 1]);
  return set;
}

std::vector<std::int32_t> read_idx_labels(DataFile& file) {
  const IdxHeader header = read_header(file);
  if ((header.type != kIdxUnsignedByte && header.type != kIdxShort) ||
      header.dimensions.size() != 1) {
    file.fail(
        fmt::format("IDX of {}, {} dimension(s); expected labels: unsigned byte or 16-bit "
                    "integer, 1 dimension",
                    type_name(header.type), header.dimensions.size()));
  }
  const std::size_t width = header.type == kIdxShort ? 2 : 1;
  const std::vector<std::uint8_t> body = read_body(file, header, width, "labels", kAllImages);
  std::vector<std::int32_t> labels;
  labels.reserve(body.size() / width);
  for (std::size_t i = 0; i < body.size(); i += width) {
    labels.push_back(width == 1 ? body[i]
                                : static_cast<std::int16_t>((body[i] << 8) | body[i + 1]));
  }
  return labels;
}

}  // namespace airnn
