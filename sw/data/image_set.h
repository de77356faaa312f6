// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// Images of one size, in memory: either pixels of 0..255, or real numbers that are network inputs
/// already.
struct ImageSet {
  std::string name;  ///< the file, for messages
  std::int32_t count = 0;
  std::int64_t unread =
      0;  ///< images of the file that were not read; kUnknown: it does not say how many
  static constexpr std::int64_t kUnknown = -1;
  std::int32_t channels = 0;
  std::int32_t height = 0;
  std::int32_t width = 0;
  std::vector<std::uint8_t>
      pixels;                 ///< count x channels x height x width; empty if `values` is not
  std::vector<float> values;  ///< same order, preprocessed: a .npy file of floats
  std::vector<std::int32_t> labels;  ///< where the file holds labels too (CIFAR-10), else empty

  MapShape shape() const { return {channels, height, width}; }
  std::size_t image_size() const { return static_cast<std::size_t>(shape().size()); }
  bool is_preprocessed() const { return !values.empty(); }
  const std::uint8_t* pixels_of(std::int32_t image) const {
    return pixels.data() + static_cast<std::size_t>(image) * image_size();
  }
  const float* values_of(std::int32_t image) const {
    return values.data() + static_cast<std::size_t>(image) * image_size();
  }
};

/// Images and what they show.
struct LabelledSet {
  ImageSet images;
  std::vector<std::int32_t> labels;  ///< one per image, or empty: unknown
};

/// All images of a file.
inline constexpr std::int64_t kAllImages = std::numeric_limits<std::int64_t>::max();

/// Reads images, `most` from the first on; of what follows these nothing is looked at. The content
/// decides the format, and gzip is unpacked on the fly: IDX of bytes (N,H,W grey or N,C,H,W),
/// CIFAR-10 binary (3x32x32 with labels), NumPy .npy in C order (uint8 pixels; float32 or float64,
/// held as float, are taken as preprocessed; N,D or N,H,W or N,C,H,W). Throws DataError with the
/// file's name and what was expected.
ImageSet read_images(const std::string& path, std::int64_t most = kAllImages);

/// Reads labels: IDX of bytes or big-endian 16-bit integers, .npy of int64, int32 or uint8 (one
/// dimension), or those inside a CIFAR-10 binary file. Throws DataError.
std::vector<std::int32_t> read_labels(const std::string& path);

/// Throws DataError unless the network can take the images: equal shape, or equally many elements
/// where one of both is flat (a plain vector).
void check_fits(const ImageSet& images, const Network& network);

/// Throws DataError unless there is one label per image of the file and each is a class of the
/// network.
void check_labels(const std::vector<std::int32_t>& labels, const std::string& labels_name,
                  const ImageSet& images, const Network& network);

/// Images, `most` from the first on, with labels, checked against the network. An empty
/// `labels_path` takes the labels inside the image file, and none if there are none.
LabelledSet read_labelled_set(const std::string& images_path, const std::string& labels_path,
                              const Network& network, std::int64_t most = kAllImages);

}  // namespace airnn
