// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/value_beats.h"

#include <algorithm>

namespace airnn {

std::int32_t signed_word_at(const std::uint8_t* from, int bytes) {
  const int unused = 64 - 8 * bytes;
  const std::uint64_t bits = load_little_endian(from, bytes);
  return static_cast<std::int32_t>(static_cast<std::int64_t>(bits << unused) >> unused);
}

void add_value_beats(const FetchBytes& fetch, std::size_t range, std::uint64_t words,
                     std::uint64_t word_bytes, Assembly& assembly) {
  const std::uint64_t first_word = assembly.words.size();
  const auto first_burst = static_cast<std::uint32_t>(fetch.first_burst(FetchStream::value, range));
  for (std::uint64_t at = 0; at < words; at += fetch.lanes()) {
    const std::uint64_t end = std::min<std::uint64_t>(at + fetch.lanes(), words);
    BeatNeed beat;
    beat.first = first_word + at;
    beat.count = static_cast<std::uint32_t>(end - at);
    beat.needed[0] = first_burst + bursts_of(end * word_bytes);
    beat.released[0] =
        first_burst + (end == words ? bursts_of(end * word_bytes)
                                    : static_cast<std::uint32_t>(end * word_bytes / kBurstBytes));
    assembly.beats.push_back(beat);
  }
}

}  // namespace airnn
