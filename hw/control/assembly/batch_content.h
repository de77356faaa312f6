// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/control/assembly/assembler.h"
#include "hw/control/assembly/fetch_bytes.h"

namespace airnn {

/// What one fetch reads, and what its assembler makes of the bytes that are known: words with their
/// coordinates, and the beats in which they leave.
class BatchContent {
 public:
  /// `assembler` must outlive this.
  BatchContent(const Assembler& assembler, FetchBytes bytes);

  /// Bytes of a burst as they came. Returns true if they differ from what was known.
  bool update(FetchStream stream, std::uint64_t burst, const std::uint8_t* bytes) {
    return bytes_.update(stream, burst, bytes);
  }
  /// A fetch begins: no burst was delivered by it yet.
  void begin_delivery();
  void deliver(FetchStream stream, std::uint64_t burst) {
    delivered_[static_cast<std::size_t>(stream)][burst] = true;
  }
  /// Makes words and beats of the bytes that are known now, as many beats as they tell. There are
  /// always as many words as the arrays have; those behind a damage mean nothing.
  void decode();
  /// The known bytes contradict themselves. That may come from bytes that were only predicted.
  bool damaged() const { return !damages_.empty(); }
  /// What is wrong with bytes that were delivered; empty while the damage is not certain.
  std::string certain_damage() const;

  BatchKind kind() const { return assembler_->kind(); }
  const FetchPlan& plan() const { return bytes_.plan(); }
  std::uint64_t address(FetchStream stream, std::uint64_t burst) const {
    return bytes_.address(stream, burst);
  }
  const std::array<std::uint64_t, kStreams>& bursts() const { return bytes_.bursts(); }
  /// A new vector with every decode(): what was handed out stays as it was.
  const std::shared_ptr<const std::vector<WeightWord>>& words() const { return words_; }
  /// Lines that the words are; likewise.
  const std::shared_ptr<const std::vector<LineSegment>>& segments() const { return segments_; }
  const std::vector<BeatNeed>& beats() const { return beats_; }
  ByteView bytes(FetchStream stream) const { return bytes_.bytes(stream); }
  /// The used bytes of one range of the plan.
  ByteView range(FetchStream stream, std::size_t index) const {
    return bytes_.range(stream, index);
  }
  const std::vector<std::uint32_t>& layers_of_ranges() const { return bytes_.layers_of_ranges(); }
  const CrsWidths& widths() const { return bytes_.widths(); }
  ContentId content() const { return content_; }
  void set_content(ContentId content) { content_ = content; }

 private:
  const Assembler* assembler_;
  FetchBytes bytes_;
  std::array<std::vector<bool>, kStreams> delivered_;  ///< by the fetch that runs
  std::vector<Assembly::Damage> damages_;
  std::shared_ptr<const std::vector<WeightWord>> words_;
  std::shared_ptr<const std::vector<LineSegment>> segments_;
  std::vector<BeatNeed> beats_;
  ContentId content_ = 0;
};

}  // namespace airnn
