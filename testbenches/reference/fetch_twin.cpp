// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/fetch_twin.h"

#include <algorithm>

namespace airnn::test {

namespace {

std::uint64_t bursts_for(std::uint64_t bytes) {
  return (bytes + 63) / 64;
}

/// Where the beat ends that begins behind `begin` words and `line` lines: as many whole lines as 64
/// bytes hold, of at most `lanes` words where columns come too, but one. `line` goes with it.
std::uint64_t end_of_lines(const FetchJob& job, const FetchArrays& arrays, std::uint64_t begin,
                           std::uint64_t& line) {
  std::uint64_t end = begin;
  for (std::uint64_t taken = 0; line < arrays.lines.size(); ++taken, ++line) {
    const bool is_full = (taken + 1) * arrays.word_bytes > 64;
    const bool is_wide = arrays.has_columns && end + arrays.lines[line] - begin > job.lanes;
    if (taken > 0 && (is_full || is_wide)) {
      break;
    }
    end += arrays.lines[line];
  }
  return end;
}

std::uint64_t positions_below(const std::vector<std::uint64_t>& positions, std::uint64_t limit) {
  std::uint64_t below = 0;
  for (const std::uint64_t position : positions) {
    below += position < limit ? 1 : 0;
  }
  return below;
}

}  // namespace

void FetchTwin::begin(const FetchJob& job) {
  beats_.clear();
  next_beat_ = 0;
  served_last_ = 3;
  for (std::vector<Burst>& stream : streams_) {
    stream.clear();
  }
  for (const FetchArrays& arrays : job.arrays) {
    std::array<std::uint64_t, 4> first_burst{};
    for (std::size_t s = 0; s < 4; ++s) {
      first_burst[s] = streams_[s].size();
      for (std::uint64_t b = 0; b < bursts_for(arrays.parts[s].bytes); ++b) {
        streams_[s].push_back({arrays.parts[s].address + 64 * b, State::unread, 0});
      }
    }
    add_beats(job, arrays, first_burst);
  }
  if (!beats_.empty()) {
    beats_.back().beat.last = true;
  }
}

void FetchTwin::add_beats(const FetchJob& job, const FetchArrays& arrays,
                          const std::array<std::uint64_t, 4>& first_burst) {
  const std::uint64_t words_before =
      beats_.empty() ? 0 : beats_.back().beat.first + beats_.back().beat.count;
  std::uint64_t line = 0;
  std::uint64_t first_line = 0;
  for (std::uint64_t begin = 0, e = 0; begin < arrays.words; begin = e) {
    e = arrays.lines.empty() ? std::min(begin + job.lanes, arrays.words)
                             : end_of_lines(job, arrays, begin, line);
    const std::uint64_t values = arrays.lines.empty() ? e : line;
    // Of lines with columns the next one is seen, too, where it could have gone along.
    const std::uint64_t taken = line - first_line;
    const bool sees_next = arrays.has_columns && line < arrays.lines.size() &&
                           (taken + 1) * arrays.word_bytes <= 64 && e - begin < job.lanes;
    first_line = line;
    Need need;
    need.beat.first = words_before + begin;
    need.beat.count = e - begin;
    for (std::uint64_t i = begin; i < e; ++i) {
      std::vector<BeatTwin::Piece>& pieces = need.beat.pieces;
      if (pieces.empty() || pieces.back().layer != arrays.layer_of_word[i]) {
        pieces.push_back({arrays.layer_of_word[i], 0});
      }
      ++pieces.back().count;
    }
    const std::uint64_t rows_before_e = positions_below(arrays.row_positions, e);
    const std::uint64_t layers_before = positions_below(arrays.layer_positions, rows_before_e);
    const bool one_more_row = rows_before_e < arrays.row_positions.size();
    const bool one_more_layer = layers_before < arrays.layer_positions.size();
    const std::array<std::uint64_t, 4> needed_bytes = {
        std::min((values + (sees_next ? 1 : 0)) * arrays.word_bytes, arrays.parts[0].bytes),
        e * arrays.index_bytes,
        (rows_before_e + (one_more_row ? 1 : 0)) * arrays.entry_bytes + e * arrays.group_bytes,
        (layers_before + (one_more_layer ? 1 : 0)) * arrays.entry_bytes + e * arrays.block_bytes};
    const std::array<std::uint64_t, 4> used_bytes = {
        std::min(values * arrays.word_bytes, arrays.parts[0].bytes), needed_bytes[1],
        rows_before_e * arrays.entry_bytes + e * arrays.group_bytes,
        layers_before * arrays.entry_bytes + e * arrays.block_bytes};
    for (std::size_t s = 0; s < 4; ++s) {
      const bool last_beat = e == arrays.words;
      need.needed[s] = first_burst[s] + bursts_for(needed_bytes[s]);
      need.freed[s] =
          first_burst[s] + (last_beat ? bursts_for(arrays.parts[s].bytes) : used_bytes[s] / 64);
    }
    beats_.push_back(need);
  }
}

std::size_t FetchTwin::count(const std::vector<Burst>& stream, State state) const {
  return static_cast<std::size_t>(std::count_if(
      stream.begin(), stream.end(), [state](const Burst& b) { return b.state == state; }));
}

void FetchTwin::complete_reads(Cycle t) {
  for (std::vector<Burst>& stream : streams_) {
    for (Burst& burst : stream) {
      if (burst.state == State::in_flight && burst.complete <= t) {
        burst.state = State::buffered;
      }
    }
  }
}

std::optional<std::uint64_t> FetchTwin::issue(Cycle t) {
  std::size_t in_flight = 0;
  for (const std::vector<Burst>& stream : streams_) {
    in_flight += count(stream, State::in_flight);
  }
  if (in_flight >= outstanding_reads_ || channel_free_ > t) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i <= 4; ++i) {
    std::vector<Burst>& stream = streams_[(served_last_ + i) % 4];
    const auto next = std::find_if(stream.begin(), stream.end(),
                                   [](const Burst& b) { return b.state == State::unread; });
    const bool has_place =
        count(stream, State::in_flight) + count(stream, State::buffered) < stream_buffer_bursts_;
    if (next != stream.end() && has_place) {
      const MemoryTwin::Fate fate = memory_.read(t);
      next->state = State::in_flight;
      next->complete = fate.complete;
      channel_free_ = fate.channel_free;
      served_last_ = (served_last_ + i) % 4;
      return next->address;
    }
  }
  return std::nullopt;
}

bool FetchTwin::beat_is_ready() const {
  if (next_beat_ == beats_.size()) {
    return false;
  }
  for (std::size_t s = 0; s < 4; ++s) {
    for (std::uint64_t b = 0; b < beats_[next_beat_].needed[s]; ++b) {
      if (streams_[s][b].state == State::unread || streams_[s][b].state == State::in_flight) {
        return false;
      }
    }
  }
  return true;
}

bool FetchTwin::all_over() const {
  bool all_arrived = true;
  for (const std::vector<Burst>& stream : streams_) {
    all_arrived =
        all_arrived && count(stream, State::unread) + count(stream, State::in_flight) == 0;
  }
  return all_arrived && next_beat_ == beats_.size();
}

bool FetchTwin::nothing_in_flight(Cycle t) {
  complete_reads(t);
  return std::all_of(streams_.begin(), streams_.end(), [this](const std::vector<Burst>& stream) {
    return count(stream, State::in_flight) == 0;
  });
}

FetchTwin::Step FetchTwin::step(Cycle t, bool slot_is_free) {
  Step result;
  complete_reads(t);
  result.read = issue(t);
  if (beat_is_ready()) {
    if (slot_is_free) {
      const Need& need = beats_[next_beat_++];
      result.beat = need.beat;
      for (std::size_t s = 0; s < 4; ++s) {
        for (std::uint64_t b = 0; b < need.freed[s]; ++b) {
          streams_[s][b].state = State::freed;
        }
      }
    } else {
      result.refused = true;
    }
  }
  result.ended = all_over();
  return result;
}

}  // namespace airnn::test
