// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "testbenches/reference/fetch_job.h"
#include "testbenches/reference/memory_twin.h"

namespace airnn::test {

/// A beat: words [first, end) of the fetch, and the pieces in which layers take part.
struct BeatTwin {
  struct Piece {
    std::uint32_t layer = 0;
    std::uint32_t count = 0;
  };
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  bool last = false;
  std::vector<Piece> pieces;
};

/// Four prefetchers and the assembler, clocked cycle by cycle, as docs/timing.md, "A fetch", says.
class FetchTwin {
 public:
  /// What happened in one cycle.
  struct Step {
    std::optional<std::uint64_t> read;  ///< address
    std::optional<BeatTwin> beat;
    bool refused = false;  ///< a beat was ready, but there was no slot
    bool ended = false;    ///< this cycle is the fetch's last
  };

  FetchTwin(unsigned outstanding_reads, unsigned stream_buffer_bursts, MemoryTwin& memory)
      : outstanding_reads_(outstanding_reads),
        stream_buffer_bursts_(stream_buffer_bursts),
        memory_(memory) {}

  void begin(const FetchJob& job);
  Step step(Cycle t, bool slot_is_free);
  /// For a fetch that is not stepped any more.
  bool nothing_in_flight(Cycle t);

 private:
  enum class State { unread, in_flight, buffered, freed };
  struct Burst {
    std::uint64_t address = 0;
    State state = State::unread;
    Cycle complete = 0;
  };
  /// A beat and, per stream, how many bursts it needs and frees, counted from the fetch's first.
  struct Need {
    BeatTwin beat;
    std::array<std::uint64_t, 4> needed{};
    std::array<std::uint64_t, 4> freed{};
  };

  void add_beats(const FetchJob& job, const FetchArrays& arrays,
                 const std::array<std::uint64_t, 4>& first_burst);
  void complete_reads(Cycle t);
  std::optional<std::uint64_t> issue(Cycle t);
  bool beat_is_ready() const;
  std::size_t count(const std::vector<Burst>& stream, State state) const;
  bool all_over() const;

  const unsigned outstanding_reads_;
  const unsigned stream_buffer_bursts_;
  MemoryTwin& memory_;
  std::array<std::vector<Burst>, 4> streams_;
  std::vector<Need> beats_;
  std::size_t next_beat_ = 0;
  std::size_t served_last_ = 3;
  Cycle channel_free_ = 0;
};

}  // namespace airnn::test
