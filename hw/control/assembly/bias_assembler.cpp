// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/bias_assembler.h"

#include "hw/control/assembly/value_beats.h"

namespace airnn {

void BiasAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  const std::vector<FetchRange>& ranges =
      fetch.plan().streams[static_cast<std::size_t>(FetchStream::value)];
  std::uint32_t table_column = 0;
  for (std::size_t range = 0; range < ranges.size(); ++range) {
    const Layer& layer = fetch.layer_of(range);
    const bool is_codebook = ranges[range].kind == SectionKind::codebook;
    const bool is_bias = ranges[range].kind == SectionKind::bias;
    const int width = is_codebook ? layer.weight_format.bits / 8 : 4;
    const ByteView bytes = fetch.range(FetchStream::value, range);
    const std::uint64_t words = bytes.size / static_cast<std::uint64_t>(width);
    add_value_beats(fetch, range, words, static_cast<std::uint64_t>(width), assembly);
    table_column = is_bias ? 0 : table_column;
    for (std::uint64_t i = 0; i < words; ++i) {
      const std::uint32_t column =
          is_bias ? static_cast<std::uint32_t>(layer.columns) + static_cast<std::uint32_t>(i % 2)
                  : table_column++;
      const auto row =
          static_cast<std::uint32_t>(is_bias ? i / 2 : static_cast<std::uint64_t>(layer.kernels));
      assembly.words.push_back(
          {signed_word_at(bytes.data + i * static_cast<std::uint64_t>(width), width), column, row,
           fetch.layers_of_ranges()[range]});
    }
  }
}

}  // namespace airnn
