// SPDX-License-Identifier: Apache-2.0
#include "sw/data/idx_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>

#include "sw/data/idx_types.h"
#include "sw/format/byte_view.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace {

std::vector<std::uint8_t> make_header(std::uint8_t type,
                                      const std::vector<std::int32_t>& dimensions) {
  std::vector<std::uint8_t> header{0, 0, type, static_cast<std::uint8_t>(dimensions.size())};
  for (const std::int32_t dimension : dimensions) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      header.push_back(static_cast<std::uint8_t>(dimension >> shift));
    }
  }
  return header;
}

void write(OutputFile& file, const std::vector<std::uint8_t>& header,
           const std::vector<std::uint8_t>& body) {
  file.write(ByteView{header.data(), header.size()});
  file.write(ByteView{body.data(), body.size()});
}

void write_images(const ImageSet& images, const std::string& path, OutputFile& file) {
  if (images.is_preprocessed()) {
    throw DataError(fmt::format("{}: images are preprocessed, IDX holds pixels of 0..255", path));
  }
  std::vector<std::int32_t> dimensions{images.count, images.channels, images.height, images.width};
  if (images.channels == 1) {
    dimensions.erase(dimensions.begin() + 1);
  }
  write(file, make_header(kIdxUnsignedByte, dimensions), images.pixels);
}

void write_labels(const std::vector<std::int32_t>& labels, const std::string& path,
                  OutputFile& file) {
  std::int32_t largest = 0;
  for (const std::int32_t label : labels) {
    if (label < 0 || label > std::numeric_limits<std::int16_t>::max()) {
      throw DataError(fmt::format("{}: label {}, expected 0..32767", path, label));
    }
    largest = std::max(largest, label);
  }
  const bool wide = largest > 255;
  std::vector<std::uint8_t> body;
  body.reserve(labels.size() * (wide ? 2 : 1));
  for (const std::int32_t label : labels) {
    if (wide) {
      body.push_back(static_cast<std::uint8_t>(label >> 8));
    }
    body.push_back(static_cast<std::uint8_t>(label));
  }
  write(
      file,
      make_header(wide ? kIdxShort : kIdxUnsignedByte, {static_cast<std::int32_t>(labels.size())}),
      body);
}

}  // namespace

void write_idx_images(const ImageSet& images, const std::string& path) {
  OutputFile file(path);
  write_images(images, path, file);
  file.commit();
}

void write_idx_labels(const std::vector<std::int32_t>& labels, const std::string& path) {
  OutputFile file(path);
  write_labels(labels, path, file);
  file.commit();
}

void write_labelled_set(const LabelledSet& set, const std::string& prefix) {
  const std::string images_path = prefix + "-images.idx";
  const std::string labels_path = prefix + "-labels.idx";
  OutputFile images(images_path);
  OutputFile labels(labels_path);
  write_images(set.images, images_path, images);
  write_labels(set.labels, labels_path, labels);
  images.commit();
  labels.commit();
}

}  // namespace airnn
