// SPDX-License-Identifier: Apache-2.0
#include "sw/data/npy_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>

#include "sw/data/element_count.h"
#include "sw/data/npy_header.h"
#include "sw/format/byte_view.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

/// Kind (u, i, f) and size of an element; NumPy's byte-order mark in front is resolved. Kind 0: not
/// as numpy.save writes it.
struct ElementType {
  char kind = 0;
  int bytes = 0;
  bool big_endian = false;

  bool is(char kind_wanted, int bytes_wanted) const {
    return kind == kind_wanted && bytes == bytes_wanted;
  }
};

ElementType element_type(const std::string& descr) {
  if (descr.size() != 3 || descr[2] < '1' || descr[2] > '8') {
    return {};
  }
  // "|" says that there is no order, which only single bytes can do without.
  const bool has_order = descr[0] == '<' || descr[0] == '>';
  if (!has_order && !(descr[0] == '|' && descr[2] == '1')) {
    return {};
  }
  return {descr[1], descr[2] - '0', descr[0] == '>'};
}

std::string python_name(const std::string& descr) {
  const ElementType type = element_type(descr);
  const std::string name = shown(descr);
  const char* kind = type.kind == 'u' ? "uint" : type.kind == 'i' ? "int" : "float";
  const bool plain = type.kind == 'u' || type.kind == 'i' || type.kind == 'f';
  return plain ? fmt::format("{}{} ('{}')", kind, 8 * type.bytes, name) : fmt::format("'{}'", name);
}

/// `most` along the first dimension.
std::vector<std::uint8_t> read_body(DataFile& file, const NpyHeader& header, int element_bytes,
                                    std::int64_t most) {
  if (header.fortran_order) {
    file.fail("the .npy array is in Fortran order, expected C order (numpy.ascontiguousarray)");
  }
  const auto width = static_cast<std::uint64_t>(element_bytes);
  const std::uint64_t elements = element_count(file, header.shape, width);
  return read_elements(
      file, {header.shape[0], elements, width}, most,
      fmt::format("{} elements of {}", describe(header.shape), python_name(header.descr)));
}

std::uint64_t load_bits(const std::uint8_t* from, const ElementType& type) {
  std::uint8_t little[8];
  std::memcpy(little, from, static_cast<std::size_t>(type.bytes));
  if (type.big_endian) {
    std::reverse(little, little + type.bytes);
  }
  return load_little_endian(little, type.bytes);
}

double load_real(const std::uint8_t* from, const ElementType& type) {
  const std::uint64_t bits = load_bits(from, type);
  if (type.bytes == 8) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  const auto low = static_cast<std::uint32_t>(bits);
  float value = 0;
  std::memcpy(&value, &low, sizeof value);
  return double{value};
}

std::vector<float> to_floats(const DataFile& file, const std::vector<std::uint8_t>& body,
                             const ElementType& type) {
  const auto width = static_cast<std::size_t>(type.bytes);
  std::vector<float> values;
  values.reserve(body.size() / width);
  for (std::size_t at = 0; at < body.size(); at += width) {
    const double value = load_real(&body[at], type);
    // The comparison is false for NaN too.
    if (!(std::fabs(value) <= double{std::numeric_limits<float>::max()})) {
      file.fail(fmt::format("element {} is {}, expected a finite float", at / width, value));
    }
    values.push_back(static_cast<float>(value));
  }
  return values;
}

std::int32_t to_label(const DataFile& file, std::uint64_t bits, const ElementType& type,
                      std::size_t index) {
  std::int64_t value = static_cast<std::int64_t>(bits);
  if (type.is('i', 4)) {
    value = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
  }
  if (value < 0 || value > std::numeric_limits<std::int32_t>::max()) {
    file.fail(fmt::format("label {} is {}, expected a class of 0 or more", index, value));
  }
  return static_cast<std::int32_t>(value);
}

}  // namespace

ImageSet read_npy_images(DataFile& file, std::int64_t most) {
  const NpyHeader header = read_npy_header(file);
  const ElementType type = element_type(header.descr);
  if (!type.is('u', 1) && !type.is('f', 4) && !type.is('f', 8)) {
    file.fail(fmt::format(".npy elements are {}; expected images of uint8, float32 or float64",
                          python_name(header.descr)));
  }
  const std::size_t rank = header.shape.size();
  if (rank < 2 || rank > 4) {
    file.fail(
        fmt::format(".npy array with {} dimension(s); expected images: 2 (N,D), 3 (N,H,W) or 4 "
                    "(N,C,H,W)",
                    rank));
  }
  const std::vector<std::uint8_t> body = read_body(file, header, type.bytes, most);
  ImageSet set;
  set.name = file.path();
  const auto in_file = static_cast<std::int64_t>(header.shape[0]);
  set.count = static_cast<std::int32_t>(std::min(in_file, most));
  set.unread = in_file - set.count;
  set.channels = rank == 4 ? static_cast<std::int32_t>(header.shape[1]) : 1;
  set.height = rank >= 3 ? static_cast<std::int32_t>(header.shape[rank - 2]) : 1;
  set.width = static_cast<std::int32_t>(header.shape[rank - 1]);
  if (type.kind == 'u') {
    set.pixels = body;
  } else {
    set.values = to_floats(file, body, type);
  }
  return set;
}

std::vector<std::int32_t> read_npy_labels(DataFile& file) {
  const NpyHeader header = read_npy_header(file);
  const ElementType type = element_type(header.descr);
  if (!type.is('u', 1) && !type.is('i', 4) && !type.is('i', 8)) {
    file.fail(fmt::format(".npy elements are {}; expected labels of uint8, int32 or int64",
                          python_name(header.descr)));
  }
  if (header.shape.size() != 1) {
    file.fail(fmt::format(".npy array with {} dimensions; expected labels: 1 dimension",
                          header.shape.size()));
  }
  const std::vector<std::uint8_t> body = read_body(file, header, type.bytes, kAllImages);
  const auto width = static_cast<std::size_t>(type.bytes);
  std::vector<std::int32_t> labels;
  labels.reserve(body.size() / width);
  for (std::size_t at = 0; at < body.size(); at += width) {
    labels.push_back(to_label(file, load_bits(&body[at], type), type, at / width));
  }
  return labels;
}

}  // namespace airnn
