// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/data/image_set.h"
#include "sw/format/network.h"

namespace airnn {

/// Turns images into network inputs as docs/numbers.md ("Input") says. A pixel has 256 values, so
/// each channel's conversion is a table; one object serves all images of a network.
class InputConverter {
 public:
  /// Throws DataError unless mean and deviation have one entry per channel, all finite, deviations
  /// not 0.
  explicit InputConverter(const Network& network);

  /// One image of pixels, CHW: integers of the network's input format.
  std::vector<std::int32_t> quantise(const std::uint8_t* pixels) const;
  /// One preprocessed image: round(x * 2^fraction_bits), halves away from zero, saturated.
  std::vector<std::int32_t> quantise(const float* values) const;
  /// Image `index` of a set that fits the network (check_fits).
  std::vector<std::int32_t> quantise(const ImageSet& images, std::int32_t index) const;

  /// How many elements of `count` images from `first` on the input format cannot hold: they
  /// saturate.
  std::uint64_t saturated(const ImageSet& images, std::size_t first, std::size_t count) const;

  /// The same input as real numbers, before quantisation.
  std::vector<float> to_float(const std::uint8_t* pixels) const;
  std::vector<float> to_float(const ImageSet& images, std::int32_t index) const;

 private:
  struct ChannelTable {
    std::array<std::int32_t, 256> integers;
    std::array<float, 256> reals;
    std::array<bool, 256> saturates;
  };

  FixedFormat format_;
  std::size_t channels_;
  std::size_t plane_;                 ///< elements of one channel
  std::vector<ChannelTable> tables_;  ///< one per channel, or one that all share
  bool pixels_saturate_ = false;      ///< at least one of the 256, in one of the tables
};

/// x in fixed point: round(x * 2^fraction_bits), halves away from zero, saturated.
std::int32_t quantise(double x, const FixedFormat& format);

/// Whether quantise() saturates: x, rounded to the format's last place, is beyond its integers.
bool saturates(double x, const FixedFormat& format);

/// One image without keeping a converter; see InputConverter.
std::vector<std::int32_t> quantise_input(const std::uint8_t* pixels, const Network& network);
std::vector<float> float_input(const std::uint8_t* pixels, const Network& network);

}  // namespace airnn
