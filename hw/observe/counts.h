// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "hw/observe/dram/dram_counts.h"

namespace airnn {

/// What happens in the machine and costs energy (docs/energy.md). A name of this list is a row of
/// an energy table.
enum class Action : std::uint8_t {
  dram_value_word,  ///< 32-bit words of bursts of the value arrays (and of dense weights)
  dram_index_word,  ///< of the column, row and layer arrays
  dram_table_word,  ///< of the interleave tables
  dram_input_word,  ///< of input maps
  multiplication,
  addition,
  weight_buffer_write,  ///< 32-bit words
  weight_buffer_read,
  feature_buffer_write,
  feature_buffer_read,
  address_calculation,  ///< one per word placed
  score_class,          ///< per class of a decision: softmax and margin
  buffer_reset_bit,     ///< valid bits cleared
  multiplexer,          ///< one 2-1 multiplexer of an accumulator passes a sum on
  flag_read,            ///< one flag, or bit of a tag
  operand_select,       ///< a multiplier takes the pixel that a column index names
};
inline constexpr std::size_t kActions = 16;

/// Name in tables and results, e.g. "weight_buffer_read".
const char* to_string(Action action);

/// How often each action happened. Sums and differences of runs are exact.
struct Counts {
  std::array<std::uint64_t, kActions> of{};
  // Not priced:
  std::uint64_t dram_reads = 0;  ///< 64-byte bursts
  std::uint64_t words_placed = 0;
  std::uint64_t idle_multiplications = 0;
  DramCounts dram;  ///< of a memory with rows; priced by its currents

  std::uint64_t& operator[](Action action) { return of[static_cast<std::size_t>(action)]; }
  std::uint64_t operator[](Action action) const { return of[static_cast<std::size_t>(action)]; }
  Counts& operator+=(const Counts& other);
  std::uint64_t dram_bytes() const { return dram_reads * 64; }
};

}  // namespace airnn
