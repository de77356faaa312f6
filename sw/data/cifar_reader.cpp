// SPDX-License-Identifier: Apache-2.0
#include "sw/data/cifar_reader.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace airnn {

namespace {
constexpr std::int32_t kChannels = 3;
constexpr std::int32_t kSide = 32;
constexpr std::size_t kPixels = std::size_t{kChannels} * kSide * kSide;
constexpr std::size_t kRecord = 1 + kPixels;
constexpr int kClasses = 10;
// Nothing in the file says how large it is: no packed file and no pipe may give more than this.
// CIFAR-10 has 60,000 images.
constexpr std::size_t kMostRecords = 100000;
}  // namespace

ImageSet read_cifar(DataFile& file, std::int64_t most) {
  ImageSet set;
  set.name = file.path();
  set.channels = kChannels;
  set.height = kSide;
  set.width = kSide;
  std::size_t bytes = 0;
  while (set.count < most) {
    const std::vector<std::uint8_t> record = file.read(kRecord);
    bytes += record.size();
    if (record.empty() && bytes > 0) {
      break;
    }
    // The first record decides whether this is CIFAR-10 at all.
    const bool first = bytes <= kRecord;
    if (record.size() < kRecord || record[0] >= kClasses) {
      if (first) {
        file.fail(
            "unknown format; expected IDX (begins with 00 00), NumPy .npy (begins with 93 4E 55 4D "
            "50 59) or CIFAR-10 binary (records of 3073 bytes that begin with a label 0..9), plain "
            "or gzip");
      }
      if (record.size() < kRecord) {
        file.fail(
            fmt::format("too short: CIFAR-10 binary has records of {} bytes, found {} bytes "
                        "after record {}",
                        kRecord, record.size(), set.count - 1));
      }
      file.fail(fmt::format("record {} of CIFAR-10 binary has the label {}, expected 0..{}",
                            set.count, record[0], kClasses - 1));
    }
    if (set.labels.size() == kMostRecords) {
      file.fail(fmt::format("too long: more than {} records of CIFAR-10", kMostRecords));
    }
    set.labels.push_back(record[0]);
    set.pixels.insert(set.pixels.end(), record.begin() + 1, record.end());
    ++set.count;
  }
  set.unread = set.count < most ? 0 : ImageSet::kUnknown;
  return set;
}

}  // namespace airnn
