// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/control/assembly/fetch_bytes.h"

namespace airnn {

/// What a fetch brings, and to whom its beats go.
enum class BatchKind : std::uint8_t {
  directory,  ///< header and section table: to nobody
  biases,     ///< words to the weight buffers
  weights,    ///< likewise
  tables,     ///< groups of kernels: to nobody
  input_map,  ///< bursts to the input buffer
};

/// What is made of the bytes of a fetch.
struct Assembly {
  /// Bytes that contradict themselves.
  struct Damage {
    std::string text;
    FetchStream stream = FetchStream::value;
    std::uint64_t bursts = 0;  ///< with so many of the stream's first bursts it is certain
  };

  /// Always as many as the arrays have; those behind a damage mean nothing.
  std::vector<WeightWord> words;
  std::vector<LineSegment> segments;  ///< that the words are, where they are lines
  std::vector<BeatNeed> beats;        ///< as many as the known bytes tell
  std::vector<Damage> damages;
};

/// The stream assembler for one kind of fetch: makes words with their coordinates of the bytes, and
/// the beats in which they leave. Beats are full (`lanes` words) but for the last of a range or
/// cluster. It has no state.
class Assembler {
 public:
  virtual ~Assembler() = default;

  virtual BatchKind kind() const = 0;
  /// `assembly` is empty. Bytes that have not come yet are zero, or foreseen; nothing may be thrown
  /// because of what they are.
  virtual void assemble(const FetchBytes& fetch, Assembly& assembly) const = 0;
};

}  // namespace airnn
