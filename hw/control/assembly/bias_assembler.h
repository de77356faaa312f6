// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/assembly/assembler.h"

namespace airnn {

/// What is read before the first input, a range of the value stream each. Biases: 8 bytes per
/// kernel, which are two words. Behind those of a layer that has bins, its codebook, a word per
/// centre, and the rows of its associative memory in words of 4 bytes; the words of both lie one
/// after the other in the row behind the last kernel.
class BiasAssembler final : public Assembler {
 public:
  BatchKind kind() const override { return BatchKind::biases; }
  void assemble(const FetchBytes& fetch, Assembly& assembly) const override;
};

}  // namespace airnn
