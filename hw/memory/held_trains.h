// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/read_train.h"
#include "hw/common/replay.h"
#include "hw/memory/storage.h"

namespace airnn {

/// Whether a storage holds the bytes that trains of reads expect. Bytes that were compared once are
/// compared again only if something was written among them.
class HeldTrains {
 public:
  /// The storage must outlive this.
  explicit HeldTrains(const Storage& storage) : storage_(storage) {}

  /// `reads`: at least one.
  bool holds(const KeptReads& reads);

 private:
  /// What was compared, in the state behind so many writes.
  struct Compared {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t writes = 0;
  };

  bool compare(const std::vector<TimedRead>& reads) const;

  const Storage& storage_;
  Replay<KeptReads, Compared> compared_{"bytes of read trains", kMostContents};
};

}  // namespace airnn
