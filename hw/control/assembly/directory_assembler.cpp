// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/directory_assembler.h"

namespace airnn {

void DirectoryAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  for (std::uint32_t burst = 1; burst <= fetch.bursts()[0]; ++burst) {
    BeatNeed beat;
    beat.needed[0] = beat.released[0] = burst;
    assembly.beats.push_back(beat);
  }
}

}  // namespace airnn
