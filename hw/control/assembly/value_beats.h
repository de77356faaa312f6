// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// A little-endian word with its sign.
std::int32_t signed_word_at(const std::uint8_t* from, int bytes);

/// Adds the beats of so many words that follow each other in a range of the value stream.
void add_value_beats(const FetchBytes& fetch, std::size_t range, std::uint64_t words,
                     std::uint64_t word_bytes, Assembly& assembly);

}  // namespace airnn
