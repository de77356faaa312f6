// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hw/common/replay.h"
#include "hw/link/stream_view.h"
#include "hw/monitor/decode/weight_decoder.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P3: the words that pass from Buffer Address Calculation to the layers are those of the
/// batch, every one once, in the slot and with the value that the image says.
///
/// Words with a content name are compared once: equal names promise equal data (ContentId), and
/// what is behind the same name, pointer and count lies where it was when it was compared. A train
/// that nobody can change and that was right is not even looked through again.
class PlacementRule {
 public:
  /// `units`: names of the layers.
  PlacementRule(const RuleReporter& reporter, const MemoryImage& image,
                const WeightDecoder& decoder, std::vector<std::string> units);

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void placed(std::uint32_t layer, const Timed<PlacedWeights>& words);
  void placed(std::uint32_t layer, const ItemTrain<PlacedWeights>& train);
  /// Buffer Address Calculation says that the batch is placed.
  void acknowledged(const Timed<BatchPlaced>& batch);

 private:
  /// A layer's words of a batch, as they came in one train and were right.
  struct Known {
    ContentId content = 0;
    const PlacedWord* words = nullptr;
    std::uint64_t count = 0;
    std::array<KeptTrain<PlacedWeights>, 4> trains;  ///< of these words, with different cycles
    std::size_t next_train = 0;                      ///< to be forgotten
  };
  struct Progress {
    std::uint64_t done = 0;
    BatchWords::Cursor cursor;
  };

  void begin(std::uint32_t batch);
  void finish(Cycle cycle);
  void check_train(std::uint32_t layer, const ItemTrain<PlacedWeights>& train);
  void check_moment(std::uint32_t layer, const Timed<PlacedWeights>& words) const;
  bool check_words(std::uint32_t layer, const Timed<PlacedWeights>& words);
  std::string text_of(const PlacedWord& word, std::uint32_t layer) const;

  const RuleReporter& reporter_;
  const MemoryImage& image_;
  const WeightDecoder& decoder_;
  std::vector<std::string> units_;
  std::uint32_t batch_ = 0;  ///< that is being placed; 0: the biases
  std::vector<std::unique_ptr<BatchWords>> batches_;
  std::vector<Progress> progress_;  ///< by layer
  Replay<std::pair<std::uint32_t, std::uint32_t>, Known> known_{"words in order",
                                                                2 * kMostContents};
};

}  // namespace airnn
