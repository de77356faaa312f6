// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/counts.h"

namespace airnn {

const char* to_string(Action action) {
  switch (action) {
    case Action::dram_value_word:
      return "dram_value_word";
    case Action::dram_index_word:
      return "dram_index_word";
    case Action::dram_table_word:
      return "dram_table_word";
    case Action::dram_input_word:
      return "dram_input_word";
    case Action::multiplication:
      return "multiplication";
    case Action::addition:
      return "addition";
    case Action::weight_buffer_write:
      return "weight_buffer_write";
    case Action::weight_buffer_read:
      return "weight_buffer_read";
    case Action::feature_buffer_write:
      return "feature_buffer_write";
    case Action::feature_buffer_read:
      return "feature_buffer_read";
    case Action::address_calculation:
      return "address_calculation";
    case Action::score_class:
      return "score_class";
    case Action::buffer_reset_bit:
      return "buffer_reset_bit";
    case Action::multiplexer:
      return "multiplexer";
    case Action::flag_read:
      return "flag_read";
    case Action::operand_select:
      return "operand_select";
  }
  return "unknown";
}

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < kActions; ++i) {
    of[i] += other.of[i];
  }
  dram_reads += other.dram_reads;
  words_placed += other.words_placed;
  idle_multiplications += other.idle_multiplications;
  dram += other.dram;
  return *this;
}

}  // namespace airnn
