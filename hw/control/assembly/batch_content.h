// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"
#include "sw/format/byte_view.h"
#include "sw/format/crs.h"
#include "sw/format/network.h"

namespace airnn {

/// How the bytes of a fetch become words.
enum class BatchKind : std::uint8_t {
  directory,  ///< header and section table: no words
  biases,     ///< 8 bytes per kernel, one range of the value stream per layer
  dense,      ///< scheme base: one range of the value stream per layer
  clusters,   ///< the four arrays of one or two clusters
  tables,     ///< interleaving: one range of the column, row and layer streams per layer; no words
  input_map,  ///< 4 bytes per element; beats are whole bursts, words are unused
};

/// What the stream assembler makes of the bytes of one fetch: words with their coordinates, and the
/// beats in which they leave. Beats are full (`lanes` words) but for the last of a range or
/// cluster.
///
/// A beat of a cluster needs, besides its values and columns, every row entry up to and including
/// the first that lies behind the beat (only that one tells that the last row has not ended), and
/// the layer entries likewise.
class BatchContent {
 public:
  /// `layers_of_ranges`: for biases, dense and tables, the layer of each range.
  BatchContent(BatchKind kind, const FetchPlan& plan, std::vector<std::uint32_t> layers_of_ranges,
               const CrsWidths& widths, unsigned lanes, const Network& network);

  /// Bytes of a burst as they came. Returns true if they differ from what was known.
  bool update(FetchStream stream, std::uint64_t burst, const std::uint8_t* bytes);
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

  BatchKind kind() const { return kind_; }
  const FetchPlan& plan() const { return plan_; }
  std::uint64_t address(FetchStream stream, std::uint64_t burst) const;
  const std::array<std::uint64_t, kStreams>& bursts() const { return bursts_; }
  /// A new vector with every decode(): what was handed out stays as it was.
  const std::shared_ptr<const std::vector<WeightWord>>& words() const { return shared_words_; }
  const std::vector<BeatNeed>& beats() const { return beats_; }
  ByteView bytes(FetchStream stream) const;
  /// The used bytes of one range of the plan.
  ByteView range(FetchStream stream, std::size_t index) const;
  const std::vector<std::uint32_t>& layers_of_ranges() const { return layers_of_ranges_; }
  const CrsWidths& widths() const { return widths_; }
  ContentId content() const { return content_; }
  void set_content(ContentId content) { content_ = content; }

 private:
  /// Entry `entry` of a position array cannot follow the ones before it.
  struct Damage {
    std::string text;
    std::size_t stream = 0;
    std::uint64_t bursts = 0;  ///< with so many of the stream's first bursts it is certain
  };

  void decode_directory();
  void decode_input_map();
  void decode_biases();
  void decode_dense();
  void decode_clusters();
  void decode_tables();
  void decode_cluster(std::size_t index);
  CrsCluster intact_part(const std::array<ByteView, kStreams>& part,
                         const std::array<std::uint64_t, kStreams>& begin,
                         const std::string& reason);
  void add_value_beats(std::uint64_t first_word, std::uint64_t words, std::uint64_t word_bytes,
                       std::uint64_t first_burst);
  std::uint64_t range_begin(std::size_t stream, std::size_t range) const;

  BatchKind kind_;
  FetchPlan plan_;
  std::vector<std::uint32_t> layers_of_ranges_;
  CrsWidths widths_;
  unsigned lanes_;
  const Network* network_;
  std::array<std::uint64_t, kStreams> bursts_{};
  std::array<std::vector<std::uint8_t>, kStreams>
      bytes_;                                          ///< whole bursts, ranges one after the other
  std::array<std::vector<bool>, kStreams> delivered_;  ///< by the fetch that runs
  std::vector<Damage> damages_;
  std::vector<WeightWord> words_;  ///< while decoding
  std::shared_ptr<const std::vector<WeightWord>> shared_words_;
  std::vector<BeatNeed> beats_;
  ContentId content_ = 0;
};

}  // namespace airnn
