// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "hw/control/fetch/fetch_layout.h"

namespace airnn {

struct FetchEngineParams {
  unsigned outstanding_reads = 32;
  unsigned stream_buffer_bursts = 8;
};

/// A read of a fetch: which burst of which stream, counted since the fetch began.
struct FetchRead {
  FetchStream stream = FetchStream::value;
  std::uint64_t burst = 0;
};

/// What a fetch meets in the cycle that is stepped: the memory that it reads, and the receiver of
/// its beats.
class FetchSurroundings {
 public:
  virtual ~FetchSurroundings() = default;

  /// The memory takes a read in cycle t.
  virtual bool can_request(Cycle t) const = 0;
  /// A read is issued. It may arrive (FetchEngine::arrive) at once, for a later cycle than t.
  virtual void request(const FetchRead& read, Cycle t) = 0;
  /// The receiver takes a beat; only asked while one is ready.
  virtual bool has_credit() = 0;
  /// The beat with this index is sent.
  virtual void send(std::size_t beat, Cycle t) = 0;
};

/// The clocked behaviour of prefetchers and assembler for one fetch, without time of its own:
/// step(t) is called for every cycle in which something can happen, in ascending order. In a cycle,
/// in this order:
///  1. bursts that arrive in it are in their stream buffer;
///  2. the requester issues one read: round robin over the streams that have bursts left and a free
///  place
///     (buffered + in flight < stream_buffer_bursts), if fewer than outstanding_reads are in
///     flight;
///  3. the assembler makes the next beat if all its data are there, and frees what the beat used up
///  (the place can
///     be taken again from the next cycle on).
class FetchEngine {
 public:
  /// What was done in a cycle.
  struct Step {
    bool requested = false;
    bool sent = false;
    bool refused = false;  ///< a beat was ready, but its receiver did not take it
  };

  explicit FetchEngine(const FetchEngineParams& params);

  /// Starts a fetch of so many bursts per stream. `beats` must outlive it; beats not sent yet may
  /// change.
  void begin(const std::array<std::uint64_t, kStreams>& bursts, const std::vector<BeatNeed>* beats);

  /// The burst will be in its stream buffer from `cycle` on; a cycle that was not stepped yet.
  void arrive(const FetchRead& read, Cycle cycle);

  /// All three parts of cycle t.
  Step step(Cycle t, FetchSurroundings& surroundings);
  /// Part 1 alone, of a fetch that is not gone on with.
  void accept_arrivals(Cycle t);

  /// All data of the next beat are there.
  bool beat_ready() const;
  /// All data arrived and all beats were sent.
  bool finished() const;
  bool can_issue() const;
  /// What was done of the fetch so far: bursts per stream, and beats.
  std::array<std::uint64_t, kStreams> issued() const;
  std::size_t beats_sent() const { return next_beat_; }
  unsigned in_flight() const { return in_flight_total_; }
  /// Earliest cycle of an announced arrival, or kNever.
  Cycle next_arrival() const;

 private:
  struct Stream {
    std::uint64_t bursts = 0;  ///< to be read
    std::uint64_t issued = 0;
    std::uint64_t in_order = 0;  ///< arrived without a gap
    std::uint64_t released = 0;
    unsigned early = 0;         ///< arrived behind a gap,
    std::vector<bool> arrived;  ///< and these are they: a ring over the stream buffer
  };
  struct Arrival {
    Cycle cycle = 0;
    FetchRead read;
  };

  std::optional<FetchRead> issue();
  std::size_t use_up_beat();

  bool has_place(const Stream& stream) const {
    return stream.issued < stream.bursts &&
           stream.issued - stream.released < params_.stream_buffer_bursts;
  }

  const FetchEngineParams params_;
  std::array<Stream, kStreams> streams_;
  std::deque<Arrival> arrivals_;  ///< announced, ascending
  const std::vector<BeatNeed>* beats_ = nullptr;
  std::size_t next_beat_ = 0;
  unsigned in_flight_total_ = 0;
  std::size_t turn_ = 0;
};

}  // namespace airnn
