// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/dense_assembler.h"

#include "hw/control/assembly/value_beats.h"
#include "sw/format/encoding/array_info.h"

namespace airnn {

void DenseAssembler::assemble_range(const FetchBytes& fetch, std::size_t range,
                                    Assembly& assembly) {
  const ArrayInfo& array = array_of(SectionKind::dense_value);
  const std::uint64_t width = array.entry_bytes(fetch.widths());
  const auto columns = static_cast<std::uint64_t>(fetch.layer_of(range).columns);
  const ByteView bytes = fetch.range(FetchStream::value, range);
  const std::uint64_t words = array.entries(bytes.size, fetch.widths());
  add_value_beats(fetch, range, words, width, assembly);
  assembly.words.reserve(assembly.words.size() + words);
  for (std::uint64_t i = 0; i < words; ++i) {
    assembly.words.push_back({signed_word_at(bytes.data + i * width, fetch.widths().value_bytes),
                              static_cast<std::uint32_t>(i % columns),
                              static_cast<std::uint32_t>(i / columns),
                              fetch.layers_of_ranges()[range]});
  }
}

void DenseAssembler::assemble(const FetchBytes& fetch, Assembly& assembly) const {
  for (std::size_t range = 0; range < fetch.ranges(FetchStream::value); ++range) {
    assemble_range(fetch, range, assembly);
  }
}

}  // namespace airnn
