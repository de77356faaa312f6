// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "sw/data/image_set.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

std::string describe(const MapShape& shape) {
  return fmt::format("{}x{}x{}", shape.channels, shape.height, shape.width);
}

/// A plain vector: only the number of elements counts.
bool is_flat(const MapShape& shape) {
  return shape.height == 1 && (shape.channels == 1 || shape.width == 1);
}

}  // namespace

void check_fits(const ImageSet& images, const Network& network) {
  const MapShape shape = images.shape();
  const MapShape& wanted = network.input;
  const bool either_flat = is_flat(wanted) || is_flat(shape);
  if (shape == wanted || (either_flat && shape.size() == wanted.size())) {
    return;
  }
  // Libraries differ in the order of dimensions: say so where that is all that is wrong.
  const bool channels_last = shape.channels == wanted.height && shape.height == wanted.width &&
                             shape.width == wanted.channels;
  throw DataError(fmt::format(
      "{}: images of {} (channels x height x width), the network {} takes {}{}", images.name,
      describe(shape), network.name, describe(wanted),
      channels_last ? "; the images seem to have their channels last, expected N,C,H,W" : ""));
}

void check_labels(const std::vector<std::int32_t>& labels, const std::string& labels_name,
                  const ImageSet& images, const Network& network) {
  const auto count = static_cast<std::int64_t>(labels.size());
  const std::int64_t wanted = images.count + std::max<std::int64_t>(images.unread, 0);
  if (images.unread == ImageSet::kUnknown ? count < wanted : count != wanted) {
    throw DataError(fmt::format("{}: {} labels, but {} has {} images", labels_name, count,
                                images.name, wanted));
  }
  const std::int64_t classes = network.classes();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0 || labels[i] >= classes) {
      throw DataError(fmt::format("{}: label {} is {}, expected 0..{} (classes of the network {})",
                                  labels_name, i, labels[i], classes - 1, network.name));
    }
  }
}

}  // namespace airnn
