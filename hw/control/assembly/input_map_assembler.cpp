// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/input_map_assembler.h"

#include <algorithm>

#include "sw/format/encoding/array_info.h"

namespace airnn {

void InputMapAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  const std::uint64_t elements = fetch.plan().streams[0].front().bytes / kInputElementBytes;
  constexpr std::uint64_t per_burst = kBurstBytes / kInputElementBytes;
  for (std::uint64_t burst = 0; burst < fetch.bursts()[0]; ++burst) {
    BeatNeed beat;
    beat.needed[0] = beat.released[0] = static_cast<std::uint32_t>(burst + 1);
    beat.first = burst * per_burst;
    beat.count = static_cast<std::uint32_t>(std::min(per_burst, elements - beat.first));
    assembly.beats.push_back(beat);
  }
}

}  // namespace airnn
