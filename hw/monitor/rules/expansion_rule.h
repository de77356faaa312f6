// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/control/control_events.h"
#include "hw/monitor/decode/weight_decoder.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P15: the words that decompressors write are those of the lines that were fetched: of every
/// batch all of them, in their order, with slot and value as the image says.
class ExpansionRule {
 public:
  /// `units`: names of the layers.
  ExpansionRule(const RuleReporter& reporter, const MemoryImage& image,
                const WeightDecoder& decoder, std::vector<std::string> units);

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void expanded(const LinesExpanded& event);

 private:
  struct Progress {
    std::uint64_t done = 0;
    BatchWords::Cursor cursor;
  };

  void begin(std::uint32_t batch);
  void finish(Cycle cycle);

  const RuleReporter& reporter_;
  const MemoryImage& image_;
  const WeightDecoder& decoder_;
  std::vector<std::string> units_;
  std::uint32_t batch_ = 0;
  std::vector<std::unique_ptr<BatchWords>> batches_;  ///< by iteration
  std::vector<Progress> progress_;                    ///< by layer
};

}  // namespace airnn
