// SPDX-License-Identifier: Apache-2.0
#include "sw/data/image_set.h"

#include "sw/data/cifar_reader.h"
#include "sw/data/data_file.h"
#include "sw/data/idx_reader.h"
#include "sw/data/npy_header.h"
#include "sw/data/npy_reader.h"

namespace airnn {

ImageSet read_images(const std::string& path, std::int64_t most) {
  DataFile file(path);
  if (file.peek(1).empty()) {
    file.fail("is empty, expected images");
  }
  if (looks_like_idx(file)) {
    return read_idx_images(file, most);
  }
  if (looks_like_npy(file)) {
    return read_npy_images(file, most);
  }
  return read_cifar(file, most);
}

std::vector<std::int32_t> read_labels(const std::string& path) {
  DataFile file(path);
  if (file.peek(1).empty()) {
    file.fail("is empty, expected labels");
  }
  if (looks_like_idx(file)) {
    return read_idx_labels(file);
  }
  if (looks_like_npy(file)) {
    return read_npy_labels(file);
  }
  return read_cifar(file, kAllImages).labels;
}

LabelledSet read_labelled_set(const std::string& images_path, const std::string& labels_path,
                              const Network& network, std::int64_t most) {
  LabelledSet set;
  set.images = read_images(images_path, most);
  check_fits(set.images, network);
  set.labels = labels_path.empty() ? set.images.labels : read_labels(labels_path);
  if (!set.labels.empty()) {
    check_labels(set.labels, labels_path.empty() ? images_path : labels_path, set.images, network);
    set.labels.resize(static_cast<std::size_t>(set.images.count));
  }
  return set;
}

}  // namespace airnn
