// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/buffer_map.h"
#include "hw/common/replay.h"
#include "hw/compute/mac/sparse_kernels.h"

namespace airnn {

/// A layer's on-chip weights, and the tables of their bins. A reset clears the valid bits of all
/// weights and leaves the biases (paper, III, step 0).
///
/// Words whose content has a name are equal whenever the name is. A state of the buffer is then
/// known by the names that led to it, and what was made of such a state once is used again instead
/// of writing the same words.
class WeightBuffer {
 public:
  /// `by_inputs`: of a fully connected layer (SparseKernels). `bins`: words are numbers of so many
  /// bins, whose centres come first in the map's tables; 0: they are weights.
  explicit WeightBuffer(const BufferMap& map, bool by_inputs = false, std::uint32_t bins = 0);

  void reset();
  /// Slots must lie in the buffer. Words with a content name come complete for that content.
  void place(const PlacedWeights& words);
  /// Keeps words of a later iteration aside; a reset drops them.
  void stage(const PlacedWeights& words);
  /// The iteration begins: what was staged for it is placed.
  void configure(std::uint32_t iteration);

  /// The present content, ready for arithmetic; good until the next change.
  const SparseKernels& kernels() { return *shared_kernels(); }
  /// The same; while it is held, other content has another address.
  const std::shared_ptr<const SparseKernels>& shared_kernels();
  /// Of the layer's bins, as they were placed at boot.
  std::vector<std::int32_t> centres() const;
  /// The words behind them.
  std::vector<std::int32_t> table_rows() const;
  /// Another number, other tables.
  std::uint64_t table_version() const { return table_version_; }
  /// Weights placed since the last reset; biases do not count.
  std::uint64_t weights() const { return weights_; }

 private:
  using Name = std::uint64_t;
  static constexpr Name kNameless = 0;
  static constexpr Name kEmpty = 1;
  static constexpr std::size_t kMostKnown = 64;

  bool holds_table(std::uint32_t slot) const { return slot >= map_.slots(); }
  bool comes_at_boot(std::uint32_t slot) const {
    return holds_table(slot) || slot % map_.pitch() + 2 >= map_.pitch();
  }
  void write(const PlacedWeights& words);
  void write(const PlacedWord& word);
  void settle();
  void clear_weights();
  Name successor(Name name, ContentId content);

  BufferMap map_;
  bool by_inputs_;
  std::uint32_t bins_;
  std::vector<std::int32_t> slots_;  ///< of weights, in bins their centres
  std::vector<std::uint8_t> bin_of_slot_;
  std::vector<std::int32_t> tables_;
  std::uint64_t table_version_ = 0;
  bool stale_ = false;                  ///< slots_ still hold weights from before the reset
  std::vector<PlacedWeights> pending_;  ///< placed, but not in slots_ yet
  std::vector<PlacedWord> staged_;
  std::uint32_t staged_for_ = 0;  ///< iteration of the staged words
  std::uint64_t weights_ = 0;
  Name name_ = kEmpty;
  Name last_name_ = kEmpty;
  Replay<std::pair<Name, ContentId>, Name> successors_{"names of weight buffers", kMostContents};
  Replay<Name, std::shared_ptr<const SparseKernels>> known_{"weight buffers", kMostKnown};
  std::shared_ptr<const SparseKernels> current_;
};

}  // namespace airnn
