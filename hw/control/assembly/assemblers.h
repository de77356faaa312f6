// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/control/assembly/assembler.h"
#include "sw/format/encoding/weight_encoding.h"

namespace airnn {

const Assembler& directory_assembler();
const Assembler& bias_assembler();
const Assembler& tables_assembler();
const Assembler& input_map_assembler();

/// Who assembles the words of an encoding.
struct AssemblerOfEncoding {
  std::uint8_t number = 0;  ///< of the encoding
  ArrayPart part = ArrayPart::matrix;
  const Assembler* assembler = nullptr;
};
using Assemblers = std::vector<AssemblerOfEncoding>;

/// Of the built-in encodings. A machine for more of them is given a larger table.
const Assemblers& built_in_assemblers();
/// Throws ImageError if there is none.
const Assembler& find_assembler(const Assemblers& assemblers, const WeightEncoding& encoding);

}  // namespace airnn
