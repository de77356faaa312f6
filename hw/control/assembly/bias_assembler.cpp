// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/bias_assembler.h"

#include "hw/control/assembly/value_beats.h"

namespace airnn {

void BiasAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  for (std::size_t range = 0; range < fetch.ranges(FetchStream::value); ++range) {
    const auto columns = static_cast<std::uint32_t>(fetch.layer_of(range).columns);
    const ByteView bytes = fetch.range(FetchStream::value, range);
    const std::uint64_t words = bytes.size / 4;
    add_value_beats(fetch, range, words, 4, assembly);
    for (std::uint64_t i = 0; i < words; ++i) {
      assembly.words.push_back(
          {signed_word_at(bytes.data + 4 * i, 4), columns + static_cast<std::uint32_t>(i % 2),
           static_cast<std::uint32_t>(i / 2), fetch.layers_of_ranges()[range]});
    }
  }
}

}  // namespace airnn
