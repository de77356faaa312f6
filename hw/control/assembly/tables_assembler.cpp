// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/tables_assembler.h"

#include <algorithm>

#include "sw/format/encoding/array_info.h"

namespace airnn {

/// A beat is the entries of up to `lanes` kernels.
void TablesAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  const ArrayInfo* const arrays[] = {&array_of(SectionKind::kernel_index),
                                     &array_of(SectionKind::group_index),
                                     &array_of(SectionKind::kernel_block)};
  for (std::size_t i = 0; i < fetch.layers_of_ranges().size(); ++i) {
    const std::uint64_t kernels =
        arrays[0]->entries(fetch.range(arrays[0]->stream, i).size, fetch.widths());
    for (std::uint64_t at = 0; at < kernels; at += fetch.lanes()) {
      const std::uint64_t end = std::min<std::uint64_t>(at + fetch.lanes(), kernels);
      BeatNeed beat;
      beat.count = static_cast<std::uint32_t>(end - at);
      for (const ArrayInfo* array : arrays) {
        const std::uint64_t used = array->bytes(end, fetch.widths());
        const auto begin = static_cast<std::uint32_t>(fetch.first_burst(array->stream, i));
        const auto s = static_cast<std::size_t>(array->stream);
        beat.needed[s] = begin + bursts_of(used);
        beat.released[s] =
            begin +
            (end == kernels ? bursts_of(used) : static_cast<std::uint32_t>(used / kBurstBytes));
      }
      assembly.beats.push_back(beat);
    }
  }
}

}  // namespace airnn
